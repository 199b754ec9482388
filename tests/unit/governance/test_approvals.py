"""Asking, deciding, escalating: who is asked and why, and that nobody ever decides for themselves."""

import datetime as dt

import pytest
import time_machine
from django.db import InternalError, transaction
from django.utils import timezone

from refprogram.governance.approvals import selectors, services
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState, ApproverKind, TurnState, Verdict
from refprogram.governance.approvals.models import Approval, Chain, ChainStep, Decision, Turn
from refprogram.governance.approvals.services import StepPlan
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from refprogram.people.services import change_role, deactivate_user, set_delegation
from tests.factories.approvals import asked, away, chain_of, euros, role_step, stuck
from tests.factories.people import (
    BusinessCalendarFactory,
    DelegationFactory,
    RegionFactory,
    TeamFactory,
    UserFactory,
)
from tests.mailbox import mails_to, subjects_to

pytestmark = pytest.mark.django_db
S, T, V = ApprovalState, TurnState, Verdict


def turn_of(approval, position=1):
    return Turn.objects.get(approval=approval, position=position)


def approve(approval, by, **options):
    return services.decide(approval=approval, by=by, verdict=V.APPROVE, **options)


def topics():
    return list(Event.objects.filter(topic__startswith="approval.").order_by("pk").values_list("topic", flat=True))


# ---------------------------------------------------------------- the chains that come with the program


@pytest.mark.parametrize(
    ("kind", "amount", "roles"),
    [
        ("field_incentive", None, ["sales_head"]),
        ("customer_benefit", 249, ["marketer"]),
        ("customer_benefit", 250, ["executive"]),
        ("customer_benefit", None, ["executive"]),
        ("executive_time", None, ["executive"]),
        ("spending", 999, ["owner"]),
        ("spending", 1000, ["executive"]),
        ("money", 5, ["finance"]),
        ("legal", None, ["legal"]),
        ("process", None, ["owner", "admin"]),
        ("it_change", None, ["owner", "admin"]),
        ("exception", None, ["sales_head"]),
    ],
)
def test_the_first_chains(kind, amount, roles, cast):
    for role in ("marketer", "executive", "finance", "legal", "admin", "sales_head"):
        cast[role]
    turns = selectors.dry_run(
        kind=ApprovalKind(kind),
        amount=None if amount is None else euros(amount),
        requester=cast.rep,
        owner=cast.support,
    )
    assert [turn.role or "owner" for turn in turns if not turn.skipped] == roles
    assert [turn for turn in turns if turn.stuck] == []


def test_a_skipped_step_says_for_which_amounts_it_is(cast):
    cast.executive  # noqa: B018 - comes in
    turns = selectors.dry_run(kind=ApprovalKind.SPENDING, amount=euros(5000), requester=cast.rep, owner=cast.support)
    assert [turn.why for turn in turns if turn.skipped] == ["Only for amounts below $1,000"]


# ---------------------------------------------------------------- one decision, and on


def test_asking_and_approving(rep, finance, drain, mailoutbox):
    approval = asked(rep, amount=euros("1250.50"))
    assert (approval.state, turn_of(approval).state) == (S.PENDING, T.OPEN)
    drain()
    assert subjects_to(finance, mailoutbox) == [f"Approve? {approval.label}"]
    assert "$1,250.50" in mails_to(finance, mailoutbox)[0].body
    decided = approve(approval, finance)
    assert (decided.state, turn_of(approval).state) == (S.APPROVED, T.APPROVED)
    drain()
    assert subjects_to(rep, mailoutbox) == [f"Approved: {approval.label}"]
    event = Event.objects.get(topic="approval.decided")
    assert event.payload["verdict"] == "approve"
    assert (event.payload["subject_type"], event.payload["subject_id"]) == ("team", approval.subject_id)


def test_rejecting_needs_a_reason_and_ends_it(rep, finance):
    chain_of(role_step(Role.FINANCE), role_step(Role.LEGAL, 2))
    approval = asked(rep)
    with pytest.raises(InvalidInput):
        services.decide(approval=approval, by=finance, verdict=V.REJECT)
    services.decide(approval=approval, by=finance, verdict=V.REJECT, comment="Not this year.")
    approval.refresh_from_db()
    assert approval.state == S.REJECTED
    assert [t.state for t in approval.turns.order_by("position")] == [T.REJECTED, T.SKIPPED]
    with pytest.raises(DomainError):
        approve(approval, finance)


def test_steps_follow_one_another(rep, finance, legal, cast):
    chain_of(role_step(Role.FINANCE), role_step(Role.LEGAL, 2))
    approval = asked(rep)
    with pytest.raises(NotAllowed):
        approve(approval, legal)
    assert approve(approval, finance).state == S.PENDING
    assert approve(approval, legal).state == S.APPROVED


def test_side_by_side_all_must_agree_and_each_for_themselves(rep, finance, legal):
    chain_of(
        role_step(Role.FINANCE), role_step(Role.LEGAL), role_step(Role.FINANCE, escalate_role=Role.EXECUTIVE.value)
    )
    boss = UserFactory(role=Role.EXECUTIVE)
    approval = asked(rep)
    approve(approval, finance)
    with pytest.raises(DomainError):
        approve(approval, finance)
    assert approve(approval, legal).state == S.PENDING
    left = Turn.objects.get(approval=approval, state=T.OPEN)
    assert (left.role, "has decided here already" in left.why) == ("executive", True)
    assert approve(approval, boss).state == S.APPROVED


def test_no_step_for_an_amount_passes_only_where_the_chain_says_so(rep, finance):
    chain_of(role_step(Role.FINANCE, amount_from=euros(100)), passes=True)
    passed = asked(rep, amount=euros(99))
    assert (passed.state, passed.decisions.count()) == (S.APPROVED, 0)
    chain_of(role_step(Role.FINANCE, amount_from=euros(100)))
    assert asked(rep, amount=euros(99)).state == S.PENDING


def test_asked_twice_is_one(rep, finance):
    subject = TeamFactory()
    first, second = asked(rep, subject=subject), asked(rep, subject=subject)
    assert first == second
    assert Approval.objects.count() == 1


# ---------------------------------------------------------------- double clicks, two at once


def test_a_double_click_is_one_decision_and_never_the_next_step(rep):
    boss = UserFactory(role=Role.FINANCE)
    chain_of(role_step(Role.FINANCE), role_step(Role.FINANCE, 2))
    approval = asked(rep)
    turn = turn_of(approval)
    approve(approval, boss, turn=turn)
    assert approve(approval, boss, turn=turn).state == S.PENDING
    assert Decision.objects.count() == 1
    assert approve(approval, boss, turn=turn_of(approval, 2)).state == S.APPROVED


def test_the_second_of_a_role_is_told_who_was_first(rep, finance):
    other = UserFactory(role=Role.FINANCE)
    approval = asked(rep)
    turn = turn_of(approval)
    approve(approval, finance, turn=turn)
    for named in (turn, None):
        with pytest.raises(DomainError, match="Fina Finance has approved it already"):
            approve(approval, other, turn=named)


# ---------------------------------------------------------------- questions


def test_a_question_stops_the_clock_and_the_answer_starts_it(rep, finance, drain, mailoutbox):
    start = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        approval = asked(rep)
        due = turn_of(approval).due_at
        clock.shift(dt.timedelta(hours=1))
        services.decide(approval=approval, by=finance, verdict=V.ASK, comment="From which fund?")
        with pytest.raises(DomainError):
            approve(approval, finance)
        clock.shift(dt.timedelta(hours=60))  # Wednesday evening, 22:00
        services.follow_up()
        assert turn_of(approval).escalated_at is None
        with pytest.raises(NotAllowed):
            services.answer(approval=approval, by=finance, text="Mine.")
        services.answer(approval=approval, by=rep, text="From events.")
        # Monday 9:00 to 17:00 and Tuesday as long make 16 hours. One was used: 15 are left from Thursday 9:00 on.
        assert due == dt.datetime(2026, 3, 3, 17, tzinfo=dt.UTC)
        assert turn_of(approval).due_at == dt.datetime(2026, 3, 6, 16, tzinfo=dt.UTC)
        drain()
        assert "From events." in mails_to(finance, mailoutbox)[-1].body
        assert approve(approval, finance).state == S.APPROVED


def test_withdrawing_is_for_who_asked(rep, finance):
    approval = asked(rep)
    with pytest.raises(NotAllowed):
        services.withdraw(approval=approval, by=finance, reason="")
    services.withdraw(approval=approval, by=rep, reason="Too late.")
    approval.refresh_from_db()
    assert (approval.state, approval.withdrawn_because, turn_of(approval).state) == (
        S.WITHDRAWN,
        "Too late.",
        T.SKIPPED,
    )
    with pytest.raises(IllegalMove):
        services.withdraw(approval=approval, by=rep, reason="")


def test_a_room_takes_back_what_it_asked_about_a_subject(rep, finance):
    subject = TeamFactory()
    asked(rep, subject=subject)
    asked(rep)
    assert services.withdraw_for(subject=subject, by=rep, reason="It changed.") == 1
    assert Approval.objects.filter(state=S.PENDING).count() == 1


# ---------------------------------------------------------------- never for oneself


def test_nobody_approves_what_they_asked_for(finance, executive):
    approval = asked(finance)
    turn = turn_of(approval)
    assert (turn.role, turn.why) == (
        "executive",
        "Fina Finance asked for it, so it goes on to Executive sponsor",
    )
    with pytest.raises(NotAllowed, match="asked for it"):
        approve(approval, finance)
    assert approve(approval, executive).state == S.APPROVED


def test_nor_as_the_stand_in_of_the_approver(rep, finance, executive):
    away(finance, stand_in=rep)
    approval = asked(rep)
    assert turn_of(approval).role == "executive"
    with pytest.raises(NotAllowed):
        approve(approval, rep)


def test_nor_through_somebody_who_stands_in_for_them(rep, finance, executive, legal):
    away(finance, stand_in=legal)
    approval = asked(finance)
    with pytest.raises(NotAllowed):
        approve(approval, legal)
    assert approve(approval, executive).state == S.APPROVED


def test_nor_what_benefits_them(rep, finance, executive):
    approval = asked(rep, beneficiary=finance.person)
    assert turn_of(approval).role == "executive"
    with pytest.raises(NotAllowed, match="it benefits Fina Finance"):
        approve(approval, finance)


def test_nor_their_own_teams_prize(rep, cast, executive):
    cast.manager  # noqa: B018 - leads the team
    chain_of(StepPlan(1, ApproverKind.MANAGER, escalate_role="executive"))
    approval = asked(rep, team=cast.north)
    assert turn_of(approval).role == "executive"
    for one in (cast.manager, cast.support):
        with pytest.raises(NotAllowed):
            approve(approval, one)
    assert approve(approval, executive).state == S.APPROVED


def test_leaving_the_team_or_joining_it_changes_nothing(rep, cast, finance, executive):
    finance.team = cast.north
    finance.save()
    approval = asked(rep, team=cast.north)
    finance.team = None
    finance.save()
    with pytest.raises(NotAllowed, match="was in the team"):
        approve(approval, finance)
    executive.team = cast.north
    executive.save()
    with pytest.raises(NotAllowed, match="is in the team"):
        approve(approval, executive)


def test_nobody_left_is_told_to_administrators_and_stays_pending(finance, admin, drain, mailoutbox):
    approval = asked(finance)
    turn = turn_of(approval)
    assert (approval.state, turn.approver, turn.role) == (S.PENDING, None, "")
    assert turn.why == "Fina Finance asked for it; nobody has the role “Executive sponsor”"
    drain()
    assert subjects_to(admin, mailoutbox) == [f"Nobody can decide: {approval.label}"]
    services.follow_up()
    drain()
    assert len(subjects_to(admin, mailoutbox)) == 1
    boss = UserFactory(role=Role.EXECUTIVE)
    services.follow_up()
    assert approve(approval, boss).state == S.APPROVED


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


# ---------------------------------------------------------------- on record


def test_decisions_never_change(rep, finance):
    approve(asked(rep), finance)
    with pytest.raises(InternalError), transaction.atomic():
        Decision.objects.update(comment="Otherwise.")
    with pytest.raises(InternalError), transaction.atomic():
        Decision.objects.all().delete()


def test_a_published_chain_never_changes():
    version = chain_of(role_step(Role.FINANCE))
    with pytest.raises(InternalError), transaction.atomic():
        ChainStep.objects.filter(version=version).update(role="legal")
    with pytest.raises(InternalError), transaction.atomic():
        ChainStep(version=version, position=2, approver="manager").save()
    version.published_at = None
    with pytest.raises(InternalError), transaction.atomic():
        version.save()


def test_what_runs_keeps_its_chain(rep, finance, legal):
    running = asked(rep)
    chain_of(role_step(Role.LEGAL))
    assert turn_of(asked(rep)).role == "legal"
    assert approve(running, finance).state == S.APPROVED
    assert running.version.number == 1


def test_only_administrators_write_chains(marketer):
    chain = Chain.objects.get(kind="money")
    with pytest.raises(NotAllowed):
        services.save_draft(chain=chain, steps=[], passes=False, actor=marketer)


def test_a_chain_without_steps_is_not_published(admin):
    chain = Chain.objects.get(kind="money")
    services.save_draft(chain=chain, steps=[], passes=False, actor=admin)
    with pytest.raises(DomainError):
        services.publish(chain=chain, actor=admin)


# ---------------------------------------------------------------- who sees what


def test_seen_by_who_asked_who_is_asked_and_who_runs_the_program(rep, cast, finance, legal):
    chain_of(role_step(Role.LEGAL))
    approval = asked(rep)
    sees = {
        part
        for part in ("rep", "support", "legal", "finance", "marketer", "manager")
        if approval in selectors.visible_to(cast[part])
    }
    assert sees == {"rep", "legal", "finance", "marketer"}


def test_what_waits_is_what_may_be_decided(rep, finance, executive, legal):
    approval = asked(rep)
    own = asked(finance)
    DelegationFactory(principal=finance, delegate=legal)
    waits = {user.name: set(selectors.waiting_for(user)) for user in (finance, executive, legal, rep)}
    assert waits == {finance.name: {approval}, executive.name: {own}, legal.name: {approval}, rep.name: set()}


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


# ---------------------------------------------------------------- publishing


def draft_of(*steps, admin, kind="money"):
    chain = Chain.objects.get(kind=kind)
    services.save_draft(chain=chain, steps=steps, passes=False, actor=admin)
    return chain


def test_a_chain_is_not_published_while_a_step_finds_nobody(admin):
    chain = draft_of(role_step(Role.LEGAL), admin=admin)
    with pytest.raises(DomainError, match="Step 1 finds nobody: Nobody has the role “Legal”"):
        services.publish(chain=chain, actor=admin)
    UserFactory(role=Role.LEGAL)
    assert services.publish(chain=chain, actor=admin).number == 2


def test_a_chain_is_tried_on_what_was_asked_last_month(rep, finance, legal, admin):
    with time_machine.travel(timezone.now() - dt.timedelta(days=31)):
        asked(legal, label="Too long ago")
    asked(rep, label="Goes well")
    chain = draft_of(role_step(Role.LEGAL), admin=admin)
    assert selectors.rehearse(selectors.draft_of(Chain.objects.get(pk=chain.pk))).sound
    asked(legal, label="By legal itself")
    found = selectors.rehearse(selectors.draft_of(Chain.objects.get(pk=chain.pk)))
    assert [one.approval.label for one in found.tried] == ["By legal itself", "Goes well"]
    assert [one.approval.label for one in found.stuck] == ["By legal itself"]
    with pytest.raises(DomainError, match="Levi Legal asked for it"):
        services.publish(chain=chain, actor=admin)
    draft_of(role_step(Role.LEGAL, escalate_role="finance"), admin=admin)
    services.publish(chain=chain, actor=admin)


def test_trying_a_chain_costs_the_same_whatever_was_asked(rep, legal, admin, django_assert_num_queries):
    chain = draft_of(role_step(Role.LEGAL), StepPlan(2, ApproverKind.MANAGER, escalate_role="legal"), admin=admin)
    draft = selectors.draft_of(Chain.objects.get(pk=chain.pk))
    for count in (1, 12):
        for _ in range(count):
            asked(UserFactory(team=TeamFactory(manager=UserFactory(role=Role.MANAGER))))
        with django_assert_num_queries(5):  # steps, approvals, the role, leave, cover
            assert selectors.rehearse(draft).sound


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
