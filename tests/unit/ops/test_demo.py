"""The demo company: the same every time, never twice, never among real data, and sound."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.module_loading import import_string

from incentives import selectors as incentives
from nominations.models import Nomination
from nominations.standings.ranking import By, figures
from references.models import Account, Opportunity
from references.requests import services as requests
from references.requests.models import Candidate, ReferenceRequest
from refprogram.dashboards.desk import desk_of
from refprogram.dashboards.figures import stats
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Delivery, Event
from refprogram.ops.demo.maker import Maker
from refprogram.ops.management.commands.demo import build
from refprogram.people.demo import NAMES, PASSWORD, address
from refprogram.people.enums import Role
from refprogram.people.models import Team, User
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db
SCALE = 40


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-02T12:00Z", tick=False)


def demo(**options):
    call_command("demo", scale=SCALE, **options)


class UndoError(Exception):
    """Ends a demo whose facts have been read."""


def facts_of(seed):
    """Make the demo of a seed, read what one sees of it, and take it back."""
    try:
        with transaction.atomic():
            build(Maker(scale=SCALE, seed=seed))
            facts = _facts()
            raise UndoError
    except UndoError:
        return facts


def _facts():
    told = Event.objects.order_by("at", "public_id")
    (enrolled,) = figures(By.TEAM, Period.YEAR, dt.date(2026, 1, 1))
    return {
        "accounts": list(Account.objects.order_by("public_id").values_list("public_id", "name", "industry", "state")),
        "people": list(User.objects.order_by("public_id").values_list("public_id", "person__name", "team__name")),
        "deals": list(Opportunity.objects.order_by("public_id").values_list("public_id", "amount", "closes_on")),
        "nominations": list(Nomination.objects.order_by("public_id").values_list("public_id", "state", "submitted_at")),
        "requests": list(ReferenceRequest.objects.order_by("public_id").values_list("public_id", "state", "purpose")),
        "told": list(told.exclude(topic="points.posted").values_list("public_id", "topic", "at")),
        "booked": list(
            told.filter(topic="points.posted").order_by("payload__points").values_list("payload__points", flat=True)
        ),
        "standings": sorted(tuple(sorted(line.items())) for line in enrolled.values()),
    }


def test_the_same_seed_and_day_give_the_same_company():
    first, second = facts_of(7), facts_of(7)
    assert {key: first[key] == second[key] for key in first} == dict.fromkeys(first, True)


def test_another_seed_gives_another_company():
    assert facts_of(7)["accounts"] != facts_of(8)["accounts"]


def test_it_is_the_company_that_was_promised():
    demo()
    reps = User.objects.filter(role=Role.REP)
    assert (Account.objects.count(), reps.count(), Team.objects.count()) == (SCALE, 24, 6)
    assert {user.email for user in User.objects.all()} >= {address(name) for name in NAMES}
    assert User.objects.get(email=address("rep")).check_password(PASSWORD)
    assert {"nomination.enrolled", "reference.delivered"} <= set(Event.objects.values_list("topic", flat=True))
    assert not Delivery.objects.filter(done_at__isnull=True).exists()  # nothing waits to be told to anybody


def test_every_proof_holds_afterwards(settings):
    demo()
    broken = [(p.name, list(p.rows)) for path in settings.PROOFS for p in import_string(path)() if not p.holds]
    assert broken == []


def test_twice_is_once():
    demo()
    before = _facts()
    demo()
    assert _facts() == before


def test_real_data_are_left_alone():
    UserFactory(email="anna@house.example")
    with pytest.raises(CommandError, match="real data"):
        demo()
    assert not Account.objects.exists()


def test_accounts_of_somebody_else_are_real_data():
    AccountFactory()
    with pytest.raises(CommandError, match="real data"):
        demo()


def test_if_empty_keeps_quiet_about_real_data():
    AccountFactory()
    demo(if_empty=True)
    assert Account.objects.count() == 1


def test_a_company_of_no_accounts_is_refused():
    with pytest.raises(CommandError, match="at least one"):
        call_command("demo", scale=0)


def test_the_executive_page_has_targets_for_every_figure_that_has_a_good_direction():
    demo()
    wanting = [stat.name for stat in stats(User.objects.get(email=address("executive"))) if not stat.target]
    assert wanting == ["Requests open"]


def test_there_is_something_to_do_on_every_desk(drain):
    demo()
    rep, marketer = (User.objects.get(email=address(name)) for name in ("rep", "marketer"))
    assert [queue.name for queue in desk_of(marketer).queues if queue.count] != []
    assert desk_of(rep).place is not None
    assert sum(incentives.balance_of(user.person) for user in User.objects.all()) > 0
    assert not Candidate.objects.filter(scheduled_at__gt="2026-11-02T12:00Z", state="completed").exists()


@pytest.mark.parametrize("today", ["2026-11-02T12:00Z", "2026-10-01T12:00Z"])  # also on the first day of a quarter
def test_each_field_desk_is_full(time_machine, today):
    time_machine.move_to(today, tick=False)
    call_command("demo", scale=200)
    for name, enrolled, asked in (("rep", 2, 3), ("support", 2, 2), ("manager", 1, 1)):
        user = User.objects.get(email=address(name))
        desk = desk_of(user)
        titles = " ".join(str(item.title) for item in desk.items)
        assert Nomination.objects.filter(nominator=user, enrolled_at__gte="2026-10-01T00:00Z").count() >= enrolled
        assert len(desk.my_requests) >= asked
        assert desk.moments
        assert "still a happy customer?" in titles
        assert "May we ask" in titles


def test_a_rep_has_something_to_arrange_and_to_tell():
    call_command("demo", scale=200)
    desk = desk_of(User.objects.get(email=address("rep")))
    titles = " ".join(str(item.title) for item in desk.items)
    assert "said yes" in titles
    assert "How was it with" in titles


def test_what_lies_on_the_desks_can_be_gone_on_with(drain):
    call_command("demo", scale=200)
    rep = User.objects.get(email=address("rep"))
    waiting = Candidate.objects.filter(approver=rep, state="owner_review").first()
    requests.owner_approve(candidate=waiting, actor=rep)
    agreed = Candidate.objects.filter(request__requester=rep, state="accepted").get()
    requests.schedule(candidate=agreed, at=agreed.times[0], actor=rep)
    drain()
    waiting.refresh_from_db()
    assert waiting.state == "invited"


@pytest.mark.parametrize("scale", [1, 5])
def test_a_tiny_company_is_sound_as_well(settings, scale):
    call_command("demo", scale=scale)
    assert [p.name for path in settings.PROOFS for p in import_string(path)() if not p.holds] == []
