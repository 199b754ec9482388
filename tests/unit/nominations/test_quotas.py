"""Quotas: who owes what, what counts, when it ends, and what follows."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nominations.enums import NominationState
from nominations.models import Nomination, NominationCredit
from nominations.quotas import services
from nominations.quotas.enums import QuotaState, Rung
from nominations.quotas.lines import words_of
from nominations.quotas.models import QuotaCount, QuotaPlan, QuotaShare
from nominations.quotas.proofs import proofs
from nominations.quotas.proration import attendance
from refprogram.governance.consequences import services as consequences
from refprogram.governance.consequences.enums import CaseState
from refprogram.governance.consequences.models import Task
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.people.calendars.working_time import WorkingTime
from refprogram.people.models import User
from tests.cast import Cast
from tests.factories.consequences import policy_of
from tests.factories.nominations import NominationFactory
from tests.factories.people import LeaveFactory, UserFactory
from tests.factories.quotas import opened, planned, share_of
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.django_db
N = NominationState
NINE_TO_FIVE = ((dt.time(9), dt.time(17)),)
WEEK = (*[NINE_TO_FIVE] * 5, (), ())
HALF = Decimal("0.5")


# ---------------------------------------------------------------- what somebody owes


def test_a_share_in_proportion_worked_by_hand() -> None:
    # October to December 2026: 22 + 21 + 23 = 66 working days; Christmas is the 25th, a Friday: 65. Away from Monday
    # 5 to Friday 23 October: 15 days. 4 x 50 / 65 = 3.08, so 3 are owed.
    time = WorkingTime(ZoneInfo("Europe/Berlin"), WEEK, {dt.date(2026, 12, 25): ()})
    period = (dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    found = attendance(time, period, [(dt.date(2026, 10, 5), dt.date(2026, 10, 23))], None)
    assert (found.working_days, found.days_off, found.of(Decimal(4), HALF)) == (65, 15, Decimal(3))


def test_leave_that_overlaps_counts_once_and_weekends_never() -> None:
    time = WorkingTime(ZoneInfo("UTC"), WEEK)
    period = (dt.date(2026, 11, 2), dt.date(2026, 11, 29))  # four weeks: 20 days
    leaves = [(dt.date(2026, 11, 5), dt.date(2026, 11, 8)), (dt.date(2026, 11, 6), dt.date(2026, 11, 9))]
    assert attendance(time, period, leaves, None).days_off == 3  # Thursday, Friday, Monday


def test_a_newcomer_owes_from_the_day_on_which_they_are_no_longer_new() -> None:
    time = WorkingTime(ZoneInfo("UTC"), WEEK)
    period = (dt.date(2026, 11, 2), dt.date(2026, 11, 29))
    found = attendance(time, period, [], dt.date(2026, 11, 16))
    assert (found.days_off, found.of(Decimal(4), HALF)) == (10, Decimal(2))
    assert attendance(time, period, [], dt.date(2027, 1, 1)).of(Decimal(4), HALF) == 0


def test_everybody_of_the_population_has_a_share(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z", tick=False)
    cast.rep.hired_on = dt.date(2026, 10, 15)
    cast.rep.save()
    assert cast.support
    LeaveFactory(user=cast.other_team_rep, starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2026, 11, 15))
    plan = opened(ends_on=dt.date(2026, 11, 29), new_hire_days=32)
    owed = {share.user: (share.days_off, share.target) for share in plan.shares.select_related("user")}
    # New until 16 November: ten of twenty days. Two weeks away: ten of twenty days. Support owes nothing.
    assert owed == {cast.rep: (10, Decimal(2)), cast.other_team_rep: (10, Decimal(2))}


def test_leave_that_is_told_later_lowers_what_is_owed(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z", tick=False)
    share = share_of(cast.rep, opened(ends_on=dt.date(2026, 11, 29)))
    assert share.target == 4
    LeaveFactory(user=cast.rep, starts_on=dt.date(2026, 11, 16), ends_on=dt.date(2026, 11, 29))
    services.daily()
    share.refresh_from_db()
    assert share.target == 2


def test_only_its_owner_or_an_administrator_plans_one(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.write(by=cast.marketer, owner=cast.sales_head, name="Mine")
    with pytest.raises(InvalidInput) as refused:
        planned(cast.admin, target=Decimal(0), roles=[])
    assert {"owner", "target", "roles"} <= refused.value.errors.keys()


def test_once_it_runs_it_only_becomes_kinder(cast: Cast) -> None:
    plan = opened(cast.sales_head, rungs=[Rung.NUDGE.value, Rung.REVIEW.value])
    with pytest.raises(DomainError):
        services.change(plan=plan, by=cast.sales_head, target=Decimal(9))
    with pytest.raises(DomainError):
        services.change(plan=plan, by=cast.sales_head, rungs=list(Rung.values))
    changed = services.change(plan=plan, by=cast.sales_head, rungs=[Rung.NUDGE.value], grace_days=14)
    assert (changed.rungs, changed.grace_days) == ([Rung.NUDGE.value], 14)


# ---------------------------------------------------------------- what counts


def brought(user: User, at: str = "", *, state: N = N.OUTREACH, in_gap: bool = False) -> Nomination:
    """A nomination of somebody that was approved at a moment, submitted an hour before."""
    when = dt.datetime.fromisoformat(at) if at else dt.datetime.now(dt.UTC)
    row = NominationFactory(nominator=user)
    Nomination.objects.filter(pk=row.pk).update(
        state=state, decided_at=when, in_gap=in_gap, submitted_at=when - dt.timedelta(hours=1),
        enrolled_at=when if state in {N.ENROLLED, N.FIRST_ACT} else None,
        revisit_on=dt.date(2030, 1, 1) if state == N.PARKED else None,
    )  # fmt: skip
    row.refresh_from_db()
    return row


def counted(share: QuotaShare) -> Decimal:
    share.refresh_from_db()
    return share.counted


def test_one_in_a_gap_counts_more_and_is_said_so(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z", tick=False)
    share = share_of(cast.rep, opened(ends_on=dt.date(2026, 11, 29)))
    for in_gap in (True, False):
        services.settle(nomination=brought(cast.rep, in_gap=in_gap))
    assert counted(share) == Decimal("2.5")
    assert words_of(share) == "2.5 of 4, 4 weeks left; one in a gap counts 1.5"


def test_joined_ones_share_what_counts(cast: Cast) -> None:
    plan = opened()
    row = brought(cast.rep)
    other = UserFactory()
    services.draw_up(plan=plan)
    NominationCredit.objects.filter(nomination=row).update(percent=70)
    NominationCredit.objects.get_or_create(
        nomination=row, user=other, defaults={"percent": 30, "since": row.submitted_at}
    )
    services.settle(nomination=row)
    assert [counted(share_of(user, plan)) for user in (cast.rep, other)] == [Decimal("0.7"), Decimal("0.3")]


def test_what_was_nominated_in_time_and_decided_in_the_grace_counts(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z", tick=False)
    share = share_of(cast.rep, opened(starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2026, 11, 15), grace_days=7))
    in_time, late, too_late = (brought(cast.rep, f"2026-11-{day}T10:00:00+00:00") for day in (20, 21, 24))
    for row in (in_time, too_late):
        Nomination.objects.filter(pk=row.pk).update(submitted_at="2026-11-14T10:00:00Z")
    for row in (in_time, late, too_late):
        services.settle(nomination=row)
    assert list(share.counts.values_list("nomination_id", flat=True)) == [in_time.pk]


@pytest.mark.parametrize(
    ("zone", "last_moment"),
    [
        ("America/Los_Angeles", "2027-03-15T06:59:59+00:00"),  # the clocks went forward that night: UTC-7 by then
        ("America/New_York", "2027-03-15T03:59:59+00:00"),
        ("Asia/Tokyo", "2027-03-14T14:59:59+00:00"),
        ("Europe/Berlin", "2027-03-14T22:59:59+00:00"),
    ],
)
def test_a_period_ends_at_midnight_where_the_rep_is(cast: Cast, time_machine: Any, zone: str, last_moment: str) -> None:
    time_machine.move_to("2027-03-01 12:00Z", tick=False)
    cast.rep.person.time_zone = zone
    cast.rep.person.save()
    share = share_of(cast.rep, opened(starts_on=dt.date(2027, 3, 1), ends_on=dt.date(2027, 3, 14), grace_days=0))
    services.settle(nomination=brought(cast.rep, last_moment))
    assert counted(share) == 1
    second = dt.datetime.fromisoformat(last_moment) + dt.timedelta(seconds=1)
    services.settle(nomination=brought(cast.rep, second.isoformat()))
    assert counted(share) == 1


def test_the_night_on_which_an_hour_comes_twice_belongs_to_one_day(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-10-12 12:00Z", tick=False)
    cast.rep.person.time_zone = "Europe/Berlin"
    cast.rep.person.save()
    share = share_of(cast.rep, opened(starts_on=dt.date(2026, 10, 12), ends_on=dt.date(2026, 10, 25), grace_days=0))
    for at in ("2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00", "2026-10-25T22:59:59+00:00"):
        services.settle(nomination=brought(cast.rep, at))
    services.settle(nomination=brought(cast.rep, "2026-10-25T23:00:00+00:00"))  # 26 October, 0:00 there
    assert counted(share) == 3


def test_a_nomination_counts_in_one_of_two_quotas(cast: Cast) -> None:
    assert cast.rep
    first, second = opened(), opened(ends_on=dt.date.today() + dt.timedelta(days=80))
    row = brought(cast.rep)
    services.settle(nomination=row)
    assert [counted(share_of(cast.rep, plan)) for plan in (first, second)] == [1, 0]


def test_what_is_refused_after_all_no_longer_counts(cast: Cast) -> None:
    share = share_of(cast.rep)
    row = brought(cast.rep)
    services.settle(nomination=row)
    Nomination.objects.filter(pk=row.pk).update(state=N.NOT_APPROVED)
    services.settle(nomination=row)
    assert counted(share) == 0


MOVES = st.sampled_from(
    [N.SCREENING, N.APPROVED, N.OUTREACH, N.PARKED, N.NOT_APPROVED, N.WITHDRAWN, N.ENROLLED, N.CUSTOMER_DECLINED]
)
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.one_of(MOVES, st.just("settle"), st.just("share"), st.just("join"))), max_size=9
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_quota_never_counts_one_nomination_twice(cast: Cast, steps: list[tuple[int, str]]) -> None:
    """Merges, withdrawals and repeats in any order: each counts at most once for each, and 100 % in all."""
    people = (cast.sales_head, cast.rep, cast.other_team_rep)
    with transaction.atomic():
        for kind in ("approved", "approved", "enrolled"):
            opened(cast.sales_head, counts=kind)
        other = people[2]
        rows = [brought(user) for user in (people[1], people[1], other)]
        for which, step in steps:
            _take(rows[which], rows[which - 1], step, other)
        for row in rows:
            row.refresh_from_db()
            services.settle(nomination=row)
            services.settle(nomination=row)
            for kind in ("approved", "enrolled"):
                counts = QuotaCount.objects.filter(nomination_id=row.pk, plan__counts=kind)
                users = [count.user_id for count in counts]
                assert len(users) == len(set(users))
                assert sum(count.value for count in counts) <= 1
                if row.state in {N.NOT_APPROVED, N.WITHDRAWN, N.MERGED}:
                    assert not users
        assert [proof.rows for proof in proofs()] == [[], [], [], []]
        transaction.set_rollback(True)


def _take(row: Nomination, before: Nomination, step: str, other: User) -> None:
    row.refresh_from_db()
    if step == "settle":
        services.settle(nomination=row, approved_at=row.decided_at)
    elif step == "share":
        NominationCredit.objects.filter(nomination=row, user=row.nominator).update(percent=60)
        NominationCredit.objects.get_or_create(
            nomination=row, user=other, defaults={"percent": 40, "since": row.submitted_at}
        )
    elif step == "join":
        before.refresh_from_db()
        if N.MERGED not in {row.state, before.state}:
            Nomination.objects.filter(pk=row.pk).update(state=N.MERGED, merged_into=before.pk)
    elif row.state != N.MERGED:
        Nomination.objects.filter(pk=row.pk).update(
            state=step, enrolled_at=row.decided_at if step == N.ENROLLED else None,
            revisit_on=dt.date(2030, 1, 1) if step == N.PARKED else None,
        )  # fmt: skip


# ---------------------------------------------------------------- time, and what follows


def test_states_follow_the_days(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-11-01 08:00Z", tick=False)
    assert cast.rep
    plan = planned(starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2026, 11, 15), grace_days=7)
    seen = []
    for moment in (
        "11-01 09:00",
        "11-01 10:00",
        "11-16 11:00",
        "11-16 13:00",
        "11-23 13:00",
        "12-06 13:00",
        "12-08 13:00",
    ):
        time_machine.move_to(f"2026-{moment}Z", tick=False)
        services.go_on()
        plan.refresh_from_db()
        seen.append(str(plan.state))
    # It is the 2nd in the east at 10:00 UTC of the 1st; the 15th is over everywhere at 12:00 UTC of the 16th.
    assert seen == ["planned", "open", "open", "grace", "closed", "closed", "final"]


def test_the_reminder_takes_a_nomination_from_the_mail(
    cast: Cast, drain: Any, mailoutbox: Any, time_machine: Any, client: Any
) -> None:
    time_machine.move_to("2026-11-02 09:00Z", tick=False)
    assert cast.rep
    plan = opened(ends_on=dt.date(2026, 11, 29))
    services.daily()
    drain()
    assert mails_to(cast.rep, mailoutbox) == []  # four weeks to go
    time_machine.move_to("2026-11-10 09:00Z", tick=False)
    services.daily()
    services.daily()
    drain()
    (mail,) = mails_to(cast.rep, mailoutbox)
    assert mail.subject == f"{plan.name}: 0 of 4, 2 weeks left; one in a gap counts 1.5"
    url = f"/s/{token_in(mail)}/"
    assert client.get(url).status_code == 200
    assert not Nomination.objects.exists()
    said = {"account": "Halvorsen Freight", "why": "Their depots answer within an hour now."}
    assert client.post(url, said).status_code == 200
    assert Nomination.objects.get().nominator == cast.rep
    client.post(url, said)
    assert Nomination.objects.count() == 1


def ended(cast: Cast, time_machine: Any, **more: Any) -> QuotaPlan:
    """A quota of nine reps that is closed; only the cast's rep has brought nothing."""
    time_machine.move_to("2026-11-02 12:00Z", tick=False)
    UserFactory.create_batch(8)
    cast.rep.hired_on = dt.date(2020, 1, 1)
    cast.rep.save()
    plan = opened(cast.sales_head, ends_on=dt.date(2026, 11, 15), target=Decimal(1), **more)
    for share in plan.shares.exclude(user=cast.rep):
        services.settle(nomination=brought(share.user))
    time_machine.move_to("2026-11-06 12:00Z", tick=False)
    services.daily()
    services.daily()
    for day in ("17", "25"):
        time_machine.move_to(f"2026-11-{day} 13:00Z", tick=False)
        services.go_on()
    plan.refresh_from_db()
    return plan


def test_who_is_behind_may_not_ask_for_references_until_it_is_waived(
    cast: Cast, time_machine: Any, clients: Any, drain: Any
) -> None:
    rule = policy_of(
        cast.sales_head, metric="quota_reached", threshold=Decimal(100), notice_days=0, appeal_days=0,
        deal_threshold=None,
    )  # fmt: skip
    plan = ended(cast, time_machine)
    share = share_of(cast.rep, plan)
    assert (plan.state, share.rung, share.case.state) == (QuotaState.CLOSED, Rung.RESTRICTED, CaseState.PROPOSED)
    assert rule.cases.count() == 1
    assert clients["rep"].get("/requests/new/").status_code == 200
    consequences.notify(case=share.case, by=cast.marketer)
    time_machine.move_to("2026-11-26 09:00Z", tick=False)
    refused = clients["rep"].get("/requests/new/")
    assert (refused.status_code, rule.name in refused.content.decode()) == (403, True)
    services.waive(share=share, by=cast.sales_head, reason="Was at the customer’s all month.")
    share.case.refresh_from_db()
    assert share.case.state == CaseState.WAIVED
    assert clients["rep"].get("/requests/new/").status_code == 200


def test_a_rung_that_is_off_is_not_taken(cast: Cast, time_machine: Any) -> None:
    policy_of(cast.sales_head, metric="quota_reached", threshold=Decimal(100))
    plan = ended(cast, time_machine, rungs=[Rung.REVIEW.value])
    share = share_of(cast.rep, plan)
    assert (share.rung, share.case) == ("", None)
    time_machine.move_to("2026-12-10 13:00Z", tick=False)
    services.go_on()
    task = Task.objects.get()
    assert (task.assignee, task.label) == (cast.rep.team.manager or cast.sales_head, plan.name)
    assert cast.rep.name in task.title


def test_managers_hear_who_is_behind_once(cast: Cast, time_machine: Any, drain: Any, mailoutbox: Any) -> None:
    assert cast.manager
    cast.rep.team.refresh_from_db()
    ended(cast, time_machine, rungs=[Rung.MANAGER.value])
    drain()
    (mail,) = mails_to(cast.manager, mailoutbox)
    assert "1 of your team is behind" in mail.subject
    assert cast.rep.name in mail.body


def test_an_objection_keeps_it_from_being_final(cast: Cast, time_machine: Any) -> None:
    plan = ended(cast, time_machine, rungs=[])
    share = share_of(cast.rep, plan)
    services.object_to(share=share, by=cast.rep, text="Two of mine were joined to others.")
    time_machine.move_to("2026-12-20 13:00Z", tick=False)
    services.go_on()
    plan.refresh_from_db()
    assert plan.state == QuotaState.APPEALED
    with pytest.raises(NotAllowed):
        services.answer(share=share, by=cast.rep, grant=True, text="Of course.")
    services.answer(share=share, by=cast.sales_head, grant=True, text="They were.")
    services.go_on()
    plan.refresh_from_db()
    share.refresh_from_db()
    assert (plan.state, share.waived_by, share.waive_reason) == (QuotaState.FINAL, cast.sales_head, "They were.")
