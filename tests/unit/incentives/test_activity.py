"""Weeks with sampled proof, months of use, the lowest few and their presentation: from the CRM's word to the ledger."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from incentives.activity import proofs, services
from incentives.activity.enums import PresentationState, ProofState, RewardState
from incentives.activity.models import ActivityProof, AdoptionMonth, BottomLook, Presentation, WeekReward
from incentives.activity.services import Plan
from incentives.badges.models import BadgeGrant
from incentives.ledger.selectors import balance_of
from incentives.models import Entry
from incentives.quality.month import Span
from refprogram.governance.consequences import services as consequences
from refprogram.governance.consequences.enums import CaseState, TaskState
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.program_settings import services as figures
from refprogram.kernel.program_settings.figures import rooms
from refprogram.people.enums import WorkKind
from tests.factories.incentives_activity import (
    MONDAY,
    CharityPotFactory,
    did,
    lowest_policy,
    presentation_of,
    used,
)
from tests.factories.people import LeaveFactory, UserFactory

pytestmark = pytest.mark.django_db
TUESDAY_AFTER = dt.datetime(2026, 3, 10, 6, tzinfo=dt.UTC)


@pytest.fixture
def lots(admin):
    """Return a way to set how many in a hundred the lot draws."""

    def draw(percent):
        figures.change(room=rooms()["incentives.activity"], values={"proof_percent": percent}, user=admin)

    return draw


def broken():
    return [proof.name for proof in proofs.proofs() if not proof.holds]


def test_a_week_is_paid_once_without_proof(lots, drain):
    """7 demos: 5 × 8 + 2 × 4 = 48; 2 proposals: 20; a contact of the Sunday before counts for another week."""
    lots(0)
    with time_machine.travel(TUESDAY_AFTER, tick=False) as clock:
        rep, idle = UserFactory(), UserFactory()
        did(rep, *["demo"] * 7, *["proposal"] * 2, "coffee")
        did(rep, "contact", at=dt.datetime(2026, 3, 1, 23, 59, tzinfo=dt.UTC))
        did(rep, "", kind=WorkKind.SIGNED_IN)
        clock.shift(-dt.timedelta(days=1))
        assert services.count_weeks_due() == 0  # Monday: the CRM may still tell of Sunday
        clock.shift(dt.timedelta(days=1))
        assert services.count_weeks_due() == 1
        assert services.count_weeks_due() == services.count_week(monday=MONDAY) == 0
        drain()
        row = WeekReward.objects.get()
        assert (row.points, row.state, row.entry.key) == (68, RewardState.PAID, f"activity:2026-03-02:{rep.person_id}")
        assert (balance_of(rep.person), balance_of(idle.person)) == (68, 0)
        assert all(proof.holds for proof in proofs.proofs())


def test_weeks_and_months_that_nobody_counted_in_time_are_counted_the_oldest_first(lots, drain):
    """Workers stood still for three weeks, over the end of a month; what was before the first week stays uncounted."""
    lots(0)
    with time_machine.travel(TUESDAY_AFTER, tick=False) as clock:
        rep = UserFactory()
        for weeks in (-2, -1, 0, 1, 3):
            did(rep, "demo", at=dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC) + dt.timedelta(weeks=weeks))
        assert (services.count_weeks_due(), services.count_months_due()) == (1, 1)
        clock.move_to(dt.datetime(2026, 6, 4, 6, tzinfo=dt.UTC))
        assert (services.count_weeks_due(), services.count_months_due()) == (2, 3)
        assert (services.count_weeks_due(), services.count_months_due()) == (0, 0)
        drain()
    weeks = WeekReward.objects.order_by("pk").values_list("week", "points")
    assert list(weeks) == [(MONDAY + dt.timedelta(weeks=n), 8) for n in (0, 1, 3)]
    months = AdoptionMonth.objects.order_by("pk").values_list("month__month", "used")
    assert list(months) == [(2, 2), (3, 3), (4, 0), (5, 0)]


def test_what_the_lot_chooses_is_proved_or_earns_nothing(lots, drain, marketer, mailoutbox):
    """Two of three proposals are drawn: one is accepted, one refused; 2 × 10 are paid, with the last verdict."""
    lots(100)
    with time_machine.travel(TUESDAY_AFTER, tick=False):
        rep = UserFactory()
        did(rep, *["proposal"] * 3)
        services.count_week(monday=MONDAY)
        drain()
        first, second = ActivityProof.objects.order_by("pk")
        assert [mail.to for mail in mailoutbox] == [[f"{rep.name} <{rep.email}>"]] * 2
        with pytest.raises(NotAllowed):
            services.give_proof(proof=first, by=marketer, words="I saw it.")
        services.give_proof(proof=first, by=rep, words="Ada Long of Halden, on Tuesday.", link="https://crm.example/1")
        services.give_proof(proof=second, by=rep, words="Somebody.")
        with pytest.raises(NotAllowed):
            services.judge_proof(proof=first, by=rep, accepted=True)
        services.judge_proof(proof=first, by=marketer, accepted=True)
        did(rep, "workshop", "proposal")
        assert balance_of(rep.person) == 0
        with pytest.raises(InvalidInput):
            services.judge_proof(proof=second, by=marketer, accepted=False)
        services.judge_proof(proof=second, by=marketer, accepted=False, verdict="Who was it?")
        with pytest.raises(DomainError):
            services.judge_proof(proof=second, by=marketer, accepted=True)
        drain()
        row = WeekReward.objects.get()
        assert (balance_of(rep.person), row.state) == (20, RewardState.PAID)
        assert row.lines == [["proposal", 2, 10, 20]]  # what was told after it was counted is in nobody's week
        assert broken() == []
        WeekReward.objects.update(lines=[["proposal", 2, 10, 21]])
        assert broken() == ["every week comes to what its lines come to"]
        WeekReward.objects.update(lines=[["proposal", 1, 10, 10]])
        assert broken() == ["every week comes to what its lines come to"]


def test_what_is_never_proved_lapses(lots, drain):
    lots(100)
    with time_machine.travel(TUESDAY_AFTER, tick=False) as clock:
        rep = UserFactory()
        did(rep, "demo")
        services.count_week(monday=MONDAY)
        clock.shift(dt.timedelta(days=7))
        assert services.lapse_due() == 0  # today is its last day
        clock.shift(dt.timedelta(days=1))
        assert (services.lapse_due(), services.lapse_due()) == (1, 0)
        drain()
        row = WeekReward.objects.get()
        assert (row.state, row.points, ActivityProof.objects.get().state) == (RewardState.NOTHING, 0, ProofState.LAPSED)
        assert not Entry.objects.exists()


FEBRUARY = Span.of(dt.date(2026, 2, 1))
WORKING = [day for day in range(1, 29) if dt.date(2026, 2, day).weekday() < 5]  # 20 working days


def test_ninety_in_a_hundred_working_days_earn_points(drain):
    """18 of 20 earn 10; 17 do not; with five days of leave 14 of 15 do; signing in alone is no use."""
    with time_machine.travel(dt.datetime(2026, 3, 4, 6, tzinfo=dt.UTC), tick=False):
        enough, short, away, signs_in = (UserFactory() for _n in range(4))
        used([enough], FEBRUARY.first, WORKING[:18])
        used([short], FEBRUARY.first, [*WORKING[:17], 28])  # the 28th is a Saturday
        LeaveFactory(user=away, starts_on=dt.date(2026, 2, 2), ends_on=dt.date(2026, 2, 6))
        used([away], FEBRUARY.first, WORKING[5:19])
        used([signs_in], FEBRUARY.first, WORKING, kind=WorkKind.SIGNED_IN)
        assert services.count_months_due() >= 4
        assert services.count_months_due() == 0
        drain()
        found = {row.user_id: (row.used, row.due, row.percent, row.points) for row in AdoptionMonth.objects.all()}
        assert [found[user.pk] for user in (enough, short, away, signs_in)] == [
            (18, 20, 90, 10), (17, 20, 85, 0), (14, 15, 93, 10), (0, 20, 0, 0),
        ]  # fmt: skip
        assert [balance_of(user.person) for user in (enough, short, away)] == [10, 0, 10]
        assert broken() == []
        AdoptionMonth.objects.filter(user=short).update(points=10)
        AdoptionMonth.objects.filter(user=enough).update(used=19)
        assert broken() == ["every month of use is paid as its days say"]


def test_the_lowest_few_present_and_are_cleared(drain, cast, mailoutbox):
    """Forty compared, two named; the board sends notices, the executive asks, the panel marks, the flag goes."""
    with time_machine.travel(dt.datetime(2026, 3, 5, 6, tzinfo=dt.UTC), tick=False) as clock:
        lowest_policy()
        low, lower, *others = [*UserFactory.create_batch(38), cast.rep, cast.other_team_rep]
        used(others, FEBRUARY.first, WORKING[:18])
        used([low], FEBRUARY.first, WORKING[:5])
        assert services.look_due() == 1
        assert services.look_due() == 0
        look = BottomLook.objects.get()
        assert (look.compared, look.named) == (40, 2)
        assert set(ConsequenceCase.objects.values_list("user", flat=True)) == {low.pk, lower.pk}
        case = ConsequenceCase.objects.get(user=low)
        consequences.notify(case=case, by=cast.marketer)
        clock.shift(dt.timedelta(days=4))
        consequences.follow_up()
        drain()
        row = Presentation.objects.get(case=case)
        plan = Plan("The forecast page", dt.date(2026, 3, 20), [cast.manager], ["Shows it", "Says why"], "Dear all,")
        with pytest.raises(NotAllowed):
            services.ask(presentation=row, by=cast.marketer, plan=plan)
        services.ask(presentation=row, by=cast.executive, plan=plan)
        mailoutbox.clear()
        drain()
        letter = next(mail for mail in mailoutbox if mail.to == [f"{low.name} <{low.email}>"])
        assert (letter.reply_to, "Dear all," in letter.body) == ([cast.executive.email], True)
        with pytest.raises(NotAllowed):
            services.mark(presentation=row, by=cast.rep, marks=[5, 5])
        services.mark(presentation=row, by=cast.manager, marks=[2, 1])
        services.decide(presentation=row, by=cast.executive, passed=False, verdict="No.", held_on=dt.date(2026, 3, 27))
        services.mark(presentation=row, by=cast.manager, marks=[4, 5])
        services.decide(presentation=row, by=cast.executive, passed=True, verdict="Well done.")
        drain()
        case.refresh_from_db()
        row.refresh_from_db()
        assert (row.state, case.state, case.task.state) == (PresentationState.PASSED, CaseState.SERVED, TaskState.DONE)
        assert BadgeGrant.objects.get().person == low.person
        assert all(proof.holds for proof in proofs.proofs())


def test_nobody_is_named_among_nineteen():
    with time_machine.travel(dt.datetime(2026, 3, 5, 6, tzinfo=dt.UTC), tick=False):
        rule = lowest_policy(min_cohort=2)
        UserFactory.create_batch(19)
        look = services.look(rule=rule, span=FEBRUARY)
        assert (look.compared, look.named, ConsequenceCase.objects.count()) == (19, 0, 0)


def test_a_waived_case_asks_for_nothing(drain, cast):
    row = presentation_of(cast.rep)
    consequences.waive(case=row.case, by=cast.sales_head, reason="She was moving house.")
    drain()
    row.refresh_from_db()
    assert row.state == PresentationState.CALLED_OFF


def test_nobody_gives_before_legal_says_so_and_nobody_has_to(cast):
    pot = CharityPotFactory()
    with pytest.raises(DomainError):
        services.pledge(pot=pot, by=cast.rep, amount=Decimal(20))
    with pytest.raises(NotAllowed):
        services.sign_off(pot=pot, by=cast.marketer, words="Fine.")
    with pytest.raises(InvalidInput):
        services.sign_off(pot=pot, by=cast.legal, words=" ")
    services.sign_off(pot=pot, by=cast.legal, words="Voluntary, not deducted from pay, not in France.")
    given = services.pledge(pot=pot, by=cast.rep, amount=Decimal(20))
    with pytest.raises(NotAllowed):
        services.withdraw(pledge=given, by=cast.marketer)
    assert services.withdraw(pledge=given, by=cast.rep).withdrawn_at is not None
