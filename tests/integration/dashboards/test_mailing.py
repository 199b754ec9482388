"""Dashboards and lists by mail: each once, as their reader may see them that day."""

import datetime as dt

import pytest
import time_machine

from refprogram.dashboards.mailing import privacy, services
from refprogram.dashboards.mailing.views import Mails
from refprogram.dashboards.models import MailPlan
from refprogram.kernel import saved_views
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.enums import Role
from tests.contracts import FormContract, ListContract
from tests.factories.dashboards import MailPlanFactory
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 8, 17, 9, tzinfo=dt.UTC)


def test_a_view_of_a_list_comes_each_monday_once(clients, rep, drain, mailoutbox):
    with time_machine.travel(MONDAY, tick=False):
        view = saved_views.save_view(user=rep, page="references:requests", name="Mine", query="mine=yes")
        page = clients["rep"].post(
            "/dashboards/mails/new/", {"what": f"v:{view.public_id}", "name": "My requests", "when": "weekly-0"}
        )
        assert page.url == "/dashboards/mails/"
        request_of(rep, purpose="Northwind expansion")
        request_of(purpose="Somebody else’s")
        assert services.send_due() == 0  # it was asked for today: the next Monday
    with time_machine.travel(MONDAY + dt.timedelta(days=8), tick=False):  # the beat slept on Monday
        assert services.send_due() == 1
        assert services.send_due() == 0
        drain()
    (mail,) = [one for one in mailoutbox if one.subject == "My requests"]
    assert mail.to == ["Rhea Rep <rep@house.example>"]
    assert "Northwind expansion" in mail.body
    assert "Somebody else" not in mail.body
    assert MailPlan.objects.get().due_on == dt.date(2026, 8, 31)


def test_a_dashboard_comes_as_its_reader_sees_it_and_ends_with_their_access(executive, marketer, drain, mailoutbox):
    with time_machine.travel(MONDAY, tick=False):
        plan = services.plan_mail(
            actor=marketer, reader=executive, name="The eight", page="dashboards:executive", query="", rhythm="monthly",
            day=1,
        )  # fmt: skip
    with time_machine.travel(dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC), tick=False):
        assert services.send_due() == 1
        drain()
        assert "Matched lift" in mailoutbox[-1].body
        type(executive).objects.filter(pk=executive.pk).update(role=Role.REP)
    with time_machine.travel(dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC), tick=False):
        assert services.send_due() == 0
        plan.refresh_from_db()
        assert plan.ended_at is not None


def test_who_may_have_what_mailed_to_whom(rep, executive, marketer):
    facts = {"name": "x", "query": "", "rhythm": "weekly", "day": 0}
    with pytest.raises(NotAllowed):
        services.plan_mail(actor=rep, reader=executive, page="references:requests", **facts)
    for page in ("dashboards:executive", "dashboards:targets", "no:page", "references:request"):
        with pytest.raises(InvalidInput):
            services.plan_mail(actor=marketer, reader=rep, page=page, **facts)
    with pytest.raises(InvalidInput):
        services.plan_mail(actor=rep, reader=rep, page="references:requests", **{**facts, "day": 7})


def test_it_is_changed_and_ended_by_its_reader(clients, rep):
    plan = MailPlanFactory(reader=rep)
    url = f"/dashboards/mails/{plan.public_id}/"
    with time_machine.travel(MONDAY, tick=False):
        assert clients["rep"].post(url, {"name": "Other", "when": "monthly-15"}).url == "/dashboards/mails/"
    plan.refresh_from_db()
    assert (plan.name, plan.due_on) == ("Other", dt.date(2026, 9, 15))
    clients["rep"].post(f"{url}end/")
    assert clients["rep"].get(url).status_code == 404


def test_what_comes_by_mail_is_told_to_its_reader_and_ends_with_them(rep, marketer, executive):
    own = MailPlanFactory(reader=rep, name="Mine")
    theirs = MailPlanFactory(reader=executive, made_by=rep, name="For the board")
    other = MailPlanFactory(reader=marketer)
    held = privacy.export_person(rep.person_id)
    assert [one["name"] for one in held["mails_planned"]] == [own.name]
    assert [one["name"] for one in held["mails_planned_for_others"]] == [theirs.name]
    privacy.erase_person(rep.person_id)
    assert set(MailPlan.objects.values_list("pk", "made_by")) == {(theirs.pk, None), (other.pk, marketer.pk)}


class TestMails(ListContract):
    view = Mails
    reader = "rep"

    @staticmethod
    def make(count, cast):
        MailPlanFactory.create_batch(count, reader=cast.rep)


class TestNewMail(FormContract):
    url, reader = "/dashboards/mails/new/", "executive"
    good = {"what": "d:dashboards:executive", "name": "The eight", "when": "weekly-0"}
    typed, broken = "The eight", {"when": "never"}

    @staticmethod
    def count():
        return MailPlan.objects.count()
