"""Who is asked instead: leave, stand-ins, leavers, silence, working hours, handing over."""

import datetime as dt

import pytest
import time_machine
from django.db import InternalError, transaction
from django.utils import timezone

from refprogram.governance.approvals import services
from refprogram.governance.approvals.enums import ApprovalState, ApproverKind, TurnState, Verdict
from refprogram.governance.approvals.models import Decision
from refprogram.governance.approvals.services import StepPlan
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from refprogram.people.services import change_role, deactivate_user, set_delegation
from tests.factories.approvals import approve, asked, away, chain_of, role_step, stuck, turn_of
from tests.factories.people import (
    BusinessCalendarFactory,
    RegionFactory,
    TeamFactory,
    UserFactory,
)
from tests.mailbox import mails_to, subjects_to

pytestmark = pytest.mark.django_db
S, T, V = ApprovalState, TurnState, Verdict


def topics():
    return list(Event.objects.filter(topic__startswith="approval.").order_by("pk").values_list("topic", flat=True))


# ---------------------------------------------------------------- leave, delegates, leavers, time


def test_the_stand_in_is_asked_and_decides_in_the_name_of(rep, finance, legal, drain, mailoutbox):
    away(finance, stand_in=legal)
    approval = asked(rep)
    drain()
    assert mails_to(finance, mailoutbox) == []
    assert "in place of Fina Finance" in mails_to(legal, mailoutbox)[0].alternatives[0][0]
    approve(approval, legal)
    decision = Decision.objects.get()
    assert (decision.by, decision.in_name_of) == (legal, finance)


def test_on_leave_without_a_stand_in_goes_on_at_once(rep, finance, executive):
    away(finance)
    turn = turn_of(asked(rep))
    assert turn.role == "executive"
    assert turn.why == "Fina Finance is on leave and nobody stands in, so it goes on to Executive sponsor"
    assert turn.escalated_at is not None


def test_stand_ins_who_name_each_other_are_nobody(rep, finance, legal, executive):
    away(finance, stand_in=legal)
    away(legal, stand_in=finance)
    approval = asked(rep)
    assert turn_of(approval).role == "executive"
    with pytest.raises(NotAllowed):
        approve(approval, legal)


def test_leave_that_begins_later_moves_the_turn(rep, finance, executive):
    approval = asked(rep)
    away(finance)
    services.follow_up()
    assert turn_of(approval).role == "executive"


def test_who_leaves_is_passed_over(rep, finance, executive, admin, drain, mailoutbox):
    approval = asked(rep)
    drain()
    deactivate_user(user=finance, actor=admin)
    drain()
    assert turn_of(approval).role == "executive"
    assert subjects_to(executive, mailoutbox) == [f"Approve? {approval.label}"]
    finance.refresh_from_db()
    with pytest.raises(NotAllowed):
        approve(approval, finance)


def test_who_changes_their_role_is_asked_no_more(rep, finance, executive, admin, drain):
    approval = asked(rep)
    change_role(user=finance, role=Role.REP, actor=admin)
    drain()
    assert turn_of(approval).role == "executive"
    with pytest.raises(NotAllowed):
        approve(approval, finance)


def test_no_answer_in_time_goes_on_once(rep, finance, executive, drain, mailoutbox):
    start = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        approval = asked(rep)
        clock.shift(dt.timedelta(hours=31))  # Tuesday 16:00: 15 of the 16 working hours are over
        services.follow_up()
        assert turn_of(approval).role == "finance"
        clock.shift(dt.timedelta(hours=1))
        services.follow_up()
        turn = turn_of(approval)
        assert (turn.role, turn.due_at) == ("executive", dt.datetime(2026, 3, 5, 17, tzinfo=dt.UTC))
        assert turn.why == "No answer within 16 working hours, so it goes on to Executive sponsor"
        drain()
        clock.shift(dt.timedelta(hours=100))
        services.follow_up()
        assert topics().count("approval.escalated") == 1
        assert len(mails_to(executive, mailoutbox)) == 1


def test_a_stand_in_named_later_is_asked_for_what_waits(rep, executive, legal, admin, drain, mailoutbox):
    boss = UserFactory(role=Role.FINANCE, name="Bo Boss")
    chain_of(StepPlan(1, ApproverKind.PERSON, user=boss, escalate_role="executive"))
    approval = asked(rep)
    drain()
    today = timezone.localdate()
    set_delegation(principal=boss, delegate=legal, starts_on=today, ends_on=today, actor=boss)
    drain()
    assert subjects_to(legal, mailoutbox) == [f"Approve? {approval.label}"]
    assert approve(approval, legal).state == S.APPROVED


# ---------------------------------------------------------------- working hours


def far_away(name, zone, *, closed=()):
    """Somebody of finance whose place works nine to five in a zone of its own."""
    calendar = BusinessCalendarFactory(time_zone=zone)
    for day in closed:
        calendar.days.create(on=day, name="Founding day", hours=[])
    return UserFactory(role=Role.FINANCE, name=name, team=TeamFactory(region=RegionFactory(calendar=calendar)))


@pytest.mark.parametrize(
    ("asked_at", "due"),
    [
        # 12 working hours of Los Angeles (UTC-8): Monday 13:00 to 17:00 are four, Tuesday the other eight.
        ("2026-03-02T21:00:00Z", "2026-03-04T01:00:00Z"),
        # Friday 16:00 there: one hour, Monday eight, Tuesday three. The clocks went forward on Sunday: UTC-7.
        ("2026-03-07T00:00:00Z", "2026-03-10T19:00:00Z"),
        # Saturday: Monday eight and Tuesday four.
        ("2026-03-07T20:00:00Z", "2026-03-10T20:00:00Z"),
        # Thursday the 12th is a holiday: Wednesday 12:00 to 17:00 five, Friday seven.
        ("2026-03-11T19:00:00Z", "2026-03-13T23:00:00Z"),
    ],
)
def test_the_time_to_answer_is_the_approvers_own_working_time(rep, asked_at, due):
    far_away("Lia", "America/Los_Angeles", closed=[dt.date(2026, 3, 12)])
    chain_of(role_step(Role.FINANCE, hours=12))
    with time_machine.travel(asked_at, tick=False):
        assert turn_of(asked(rep)).due_at == dt.datetime.fromisoformat(due)


def test_of_several_the_first_who_had_the_whole_time_counts(rep):
    far_away("Lia", "America/Los_Angeles")
    far_away("Tama", "Pacific/Auckland")  # UTC+13
    chain_of(role_step(Role.FINANCE, hours=6))
    with time_machine.travel("2026-03-02T21:00:00Z", tick=False):  # Tuesday 10:00 in Auckland, Monday 13:00 in LA
        # Auckland: Tuesday 16:00, 3:00 UTC. Los Angeles: four hours on Monday, two on Tuesday: 11:00, 19:00 UTC.
        assert turn_of(asked(rep)).due_at == dt.datetime(2026, 3, 3, 3, tzinfo=dt.UTC)


# ---------------------------------------------------------------- handing over


def test_a_step_that_nobody_can_decide_is_handed_over_on_record(rep, legal, admin, drain, mailoutbox):
    approval = stuck(rep)
    services.hand_over(approval=approval, turn=turn_of(approval), to=legal, by=admin, reason="Gone has left.")
    drain()
    turn = turn_of(approval)
    assert (turn.approver, turn.why) == (legal, "Handed over by Ada Admin")
    assert subjects_to(legal, mailoutbox) == [f"Approve? {approval.label}"]
    said = Decision.objects.get()
    assert (said.verdict, said.by, said.comment) == ("hand", admin, "Gone has left.")
    assert Event.objects.get(topic="approval.handed_over").payload["to"] == legal.person_id
    with pytest.raises(InternalError), transaction.atomic():
        Decision.objects.update(comment="Otherwise.")
    assert approve(approval, legal).state == S.APPROVED


def test_it_is_never_handed_to_who_asked_gains_or_is_away(rep, finance, legal, admin, cast):
    approval = stuck(rep, beneficiary=finance.person)
    away(legal)
    gone = UserFactory(role=Role.LEGAL, is_active=False)
    for to, why in ((rep, "asked for it"), (finance, "benefits"), (legal, "on leave"), (gone, "no access")):
        with pytest.raises(InvalidInput, match=why) as refusal:
            services.hand_over(approval=approval, turn=turn_of(approval), to=to, by=admin, reason="Stuck.")
        assert list(refusal.value.errors) == ["to"]
    assert not Decision.objects.exists()


def test_it_is_handed_over_only_by_administrators_with_a_reason_and_where_it_is_needed(rep, legal, admin, marketer):
    approval = stuck(rep)
    turn = turn_of(approval)
    with pytest.raises(NotAllowed):
        services.hand_over(approval=approval, turn=turn, to=legal, by=marketer, reason="Stuck.")
    with pytest.raises(InvalidInput):
        services.hand_over(approval=approval, turn=turn, to=legal, by=admin, reason=" ")
    services.hand_over(approval=approval, turn=turn, to=legal, by=admin, reason="Stuck.")
    with pytest.raises(DomainError, match="still has time"):
        services.hand_over(approval=approval, turn=turn, to=marketer, by=admin, reason="Again.")
    with time_machine.travel(turn_of(approval).due_at + dt.timedelta(minutes=1)):
        services.hand_over(approval=approval, turn=turn, to=marketer, by=admin, reason="No answer.")
    assert turn_of(approval).approver == marketer
