"""Pilots as people use them; the same few queries however many there are."""

import re

import pytest

from refprogram.governance.pilots.models import Pilot, PilotNote
from refprogram.governance.pilots.views import PilotList
from tests.contracts import FormContract, ListContract
from tests.factories.incentives import RuleFactory
from tests.factories.pilots import PilotMemberFactory, PilotRowFactory, planned, running

pytestmark = pytest.mark.django_db


class TestPilots(ListContract):
    """What is tried."""

    view = PilotList
    reader = "executive"

    @staticmethod
    def make(count, cast):
        PilotRowFactory.create_batch(count, owner=cast.marketer)


class TestPlan(FormContract):
    """Planning one."""

    url, reader, typed = "/pilots/new/", "marketer", "They find whom to ask"
    broken = {"ends_on": "2026-01-01"}

    @pytest.fixture(autouse=True)
    def _filled(self, cast):
        self.good = {
            "thing": "feature:directory", "name": "Early birds", "hypothesis": self.typed,
            "people": cast.rep.public_id, "starts_on": "2027-01-04", "ends_on": "2027-02-01",
            "owner": cast.marketer.public_id,
        }  # fmt: skip

    @staticmethod
    def count():
        return Pilot.objects.count()


class TestLog(FormContract):
    """Writing in the log: on a phone, twice by accident."""

    reader, typed = "rep", "It broke twice"
    good, broken = {"text": typed}, {"text": typed + "." * 5_000}

    @pytest.fixture(autouse=True)
    def _pilot(self, cast):
        self.url = f"{running(cast.marketer, [cast.rep]).get_absolute_url()}log/"

    @staticmethod
    def count():
        return PilotNote.objects.count()


def test_a_page_costs_the_same_however_many_try_it(budget, clients, marketer, rep):
    row = planned(marketer, [rep])

    def visit():
        return clients["marketer"].get(row.get_absolute_url())

    visit()

    def more(count):
        PilotMemberFactory.create_batch(count, pilot=row)

    budget.flat("governance:pilot", make=more, visit=visit)


def test_the_page_of_a_rule_leads_to_a_pilot_of_it_and_says_that_it_is_tried(clients, marketer, rep):
    rule = RuleFactory(state="draft")
    page = clients["marketer"].get(rule.get_absolute_url()).text
    link = f"/pilots/new/?thing=rule:{rule.public_id}"
    assert link in page
    assert f'value="rule:{rule.public_id}" selected' in clients["marketer"].get(link).text
    planned(marketer, [rep], kind="rule", thing=rule.public_id)
    page = clients["marketer"].get(rule.get_absolute_url()).text
    assert link not in page
    assert "It is part of a pilot that has not begun" in page


def test_the_form_says_what_a_plan_does_to_each_kind_and_that_somebody_tries_it(clients):
    page = clients["marketer"].get("/pilots/new/").text
    assert "a feature stays as it is until then" in page
    labels = re.findall(r"<label[^>]*>(Who tries it|And everybody of a team)(.*?)</label>", page)
    assert [(name, "optional" in more) for name, more in labels] == [
        ("Who tries it", False), ("And everybody of a team", True)
    ]  # fmt: skip


def test_what_is_missing_is_said_before_it_can_begin(clients, marketer, rep):
    row = planned(marketer, [rep])
    clients["marketer"].post(f"/pilots/criteria/{row.criteria.get().public_id}/drop/")
    assert "add at least one exit criterion" in clients["marketer"].get(row.get_absolute_url()).text
    clients["marketer"].post(f"{row.get_absolute_url()}ready/")
    row.refresh_from_db()
    assert row.state == "draft"


def test_the_log_is_on_the_page_for_its_people_alone(clients, marketer, rep):
    row = running(marketer, [rep])
    clients["rep"].post(f"{row.get_absolute_url()}log/", {"text": "It broke twice"})
    assert "It broke twice" in clients["sales_head"].get(row.get_absolute_url()).text
    assert "It broke twice" not in clients["executive"].get(row.get_absolute_url()).text
    assert "It broke twice" not in clients["admin"].get(row.get_absolute_url()).text
