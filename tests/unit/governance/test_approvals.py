"""Asking, deciding, escalating: who is asked and why, and that nobody ever decides for themselves."""

import datetime as dt

import pytest
import time_machine
from django.db import InternalError, transaction

from refprogram.governance.approvals import selectors, services
from refprogram.governance.approvals.enums import ApprovalState, TurnState, Verdict
from refprogram.governance.approvals.models import Approval, Chain, ChainStep, Decision, Turn
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from tests.factories.approvals import approve, asked, chain_of, euros, role_step, turn_of
from tests.factories.people import (
    DelegationFactory,
    TeamFactory,
    UserFactory,
)
from tests.mailbox import mails_to, subjects_to

pytestmark = pytest.mark.django_db
S, T, V = ApprovalState, TurnState, Verdict


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
