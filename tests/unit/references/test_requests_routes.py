"""The road before a customer is asked: steps as data, silence that goes up, and never a yes for the most precious."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from references.accounts.enums import AskState, Tier
from references.accounts.models import ActivityType
from references.accounts.services import freeze
from references.requests import overdue, policy, services
from references.requests.enums import CandidateState, LadderRung
from refprogram.governance.approvals import selectors as approvals
from refprogram.governance.approvals import services as approval_services
from refprogram.governance.approvals.enums import ApprovalKind, ApproverKind, SkipRule, TurnState, Verdict
from refprogram.governance.approvals.models import Approval, Chain
from refprogram.governance.approvals.services import StepPlan
from refprogram.kernel.errors import DomainError, IllegalMove
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from refprogram.people.enums import Role
from tests.factories.approvals import chain_of, role_step
from tests.factories.people import TeamFactory, UserFactory
from tests.factories.references import OpportunityFactory, speaker
from tests.factories.requests import in_review, owned_speaker, request_of

pytestmark = pytest.mark.django_db
KIND = ApprovalKind.REFERENCE_ASK
OWNER = StepPlan(1, ApproverKind.OWNER, hours=8, escalate_manager=True, escalate_role="marketer", skip=SkipRule.OWN)
MONDAY = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)  # office hours are 9 to 17, Monday to Friday


@pytest.fixture
def led():
    """An owner whose team has a manager."""
    boss = UserFactory(role=Role.MANAGER, name="Mona Manager")
    return UserFactory(team=TeamFactory(manager=boss), name="Otto Owner")


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, 1, tzinfo=dt.UTC)


def for_logo(owner=None):
    """Somebody who agreed to calls and to showing their logo."""
    return speaker(activities=("call", "logo"), owner=owner or UserFactory())


# ---------------------------------------------------------------- who is asked after the owner


def test_a_call_needs_nobody_beside_the_owner():
    candidate = in_review()
    services.owner_approve(candidate=candidate, actor=candidate.approver)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.approval) == (CandidateState.INVITED, None)


def test_what_the_catalogue_says_of_a_logo_asks_legal_before_the_customer(drain, mailoutbox):
    legal = UserFactory(role=Role.LEGAL, name="Levi Legal")
    candidate = in_review(request_of(slug="logo"), for_logo())
    services.owner_approve(candidate=candidate, actor=candidate.approver)
    drain()
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.IN_APPROVAL
    assert not [
        mail for mail in mailoutbox if candidate.contact.person.email in mail.to[0] and "Would you" in mail.subject
    ]
    turns = {(turn.step.approver, turn.step.role): turn.state for turn in candidate.approval.turns.all()}
    assert turns == {
        ("owner", ""): TurnState.APPROVED,
        ("carer", ""): TurnState.SKIPPED,
        ("lead", ""): TurnState.SKIPPED,
        ("role", "legal"): TurnState.OPEN,
        ("role", "executive"): TurnState.SKIPPED,
    }
    approval_services.decide(approval=candidate.approval, by=legal, verdict=Verdict.APPROVE)
    drain()
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.INVITED
    assert [m for m in mailoutbox if candidate.contact.person.email in m.to[0] and "Would you" in m.subject]


def test_somebody_of_the_road_says_no(drain):
    legal = UserFactory(role=Role.LEGAL, name="Levi Legal")
    candidate = in_review(request_of(slug="logo"), for_logo())
    services.owner_approve(candidate=candidate, actor=candidate.approver)
    candidate.refresh_from_db()
    approval_services.decide(approval=candidate.approval, by=legal, verdict=Verdict.REJECT, comment="Not in March.")
    drain()
    candidate.refresh_from_db()
    assert (candidate.state, candidate.reason) == (CandidateState.NOT_APPROVED, "Levi Legal: Not in March.")
    assert candidate.ask.state == AskState.RELEASED


def test_the_owner_answers_once():
    UserFactory(role=Role.LEGAL)
    candidate = in_review(request_of(slug="logo"), for_logo())
    services.owner_approve(candidate=candidate, actor=candidate.approver)
    with pytest.raises(IllegalMove):
        services.owner_approve(candidate=candidate, actor=candidate.approver)


def test_a_step_goes_by_activity_tier_and_deal_size():
    executive = UserFactory(role=Role.EXECUTIVE)
    step = role_step(Role.EXECUTIVE, 2, only_for=("activity:call", "tier:gold", "tier:platinum"))
    chain_of(OWNER, step, kind=KIND, passes=True)
    silver, gold = owned_speaker(tier=Tier.SILVER), owned_speaker(tier=Tier.GOLD)
    states = []
    for contact in (silver, gold):
        candidate = in_review(contact=contact)
        candidate = services.owner_approve(candidate=candidate, actor=candidate.approver)
        states.append(candidate.state)
    assert states == [CandidateState.INVITED, CandidateState.IN_APPROVAL]
    turn = approvals.open_turn(Approval.objects.get().turns.get(state=TurnState.OPEN).pk)
    assert executive.role == turn.role


def test_without_a_deal_an_ask_goes_the_way_of_an_unknown_amount_unless_the_program_says_it_counts_as_nothing():
    """Finance is asked from 50,000 on. A deal of 40,000 needs them not, one of unknown amount does."""
    UserFactory(role=Role.FINANCE)
    chain_of(OWNER, role_step(Role.FINANCE, 2, amount_from=Decimal(50_000)), kind=KIND, passes=True)
    small, unknown = OpportunityFactory(amount=Decimal(40_000)), OpportunityFactory(amount=None)

    def state_of(request):
        candidate = in_review(request, owned_speaker())
        return services.owner_approve(candidate=candidate, actor=candidate.approver).state

    said = [state_of(request_of()), state_of(request_of(opportunity=small)), state_of(request_of(opportunity=unknown))]
    admin = UserFactory(role=Role.ADMIN)
    change(room=room_of(policy.Figures), values={"no_deal_unknown": False}, user=admin)
    said.append(state_of(request_of()))
    asked, free = CandidateState.IN_APPROVAL, CandidateState.INVITED
    assert said == [asked, free, asked, free]


def test_letting_go_takes_the_question_back():
    UserFactory(role=Role.LEGAL)
    candidate = in_review(request_of(slug="logo"), for_logo())
    candidate = services.owner_approve(candidate=candidate, actor=candidate.approver)
    services.withdraw(request=candidate.request, actor=candidate.request.requester)
    candidate.approval.refresh_from_db()
    assert candidate.approval.state == "withdrawn"


def test_a_freeze_between_owner_and_legal_lets_them_go(drain):
    legal = UserFactory(role=Role.LEGAL)
    candidate = in_review(request_of(slug="logo"), for_logo())
    candidate = services.owner_approve(candidate=candidate, actor=candidate.approver)
    approval = candidate.approval
    approval_services.decide(approval=approval, by=legal, verdict=Verdict.APPROVE)
    freeze(account=candidate.account, kind="escalation", reason="An outage", actor=UserFactory(role=Role.MARKETER))
    drain()
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.RELEASED
    assert candidate.invited_at is None


def test_whoever_was_proposed_keeps_the_road_they_began_with():
    candidate = in_review()
    chain_of(OWNER, role_step(Role.FINANCE, 2), kind=KIND, passes=True)
    candidate = services.owner_approve(candidate=candidate, actor=candidate.approver)
    assert candidate.state == CandidateState.INVITED  # version 1, by which a call asks nobody else


# ---------------------------------------------------------------- silence goes up


def test_a_silent_owner_is_reminded_then_their_manager_then_the_program(drain, mailoutbox, led):
    marketer = UserFactory(role=Role.MARKETER)
    with time_machine.travel(MONDAY, tick=False):
        candidate = in_review(contact=owned_speaker(led), actor=marketer)
        # eight working hours from Monday 10:00 are over on Tuesday at 10:00
        assert candidate.owner_due_at == dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)
    seen = []
    for day in (3, 4, 5, 6):
        with time_machine.travel(at(day, 10), tick=False):
            overdue.follow_owners(timezone.now())
            drain()
            candidate.refresh_from_db()
            seen.append((candidate.owner_rung, candidate.approver.name if candidate.approver else ""))
    assert seen == [
        (LadderRung.REMINDED, "Otto Owner"),
        (LadderRung.MANAGER, "Mona Manager"),
        (LadderRung.PROGRAM, ""),
        (LadderRung.PROGRAM, ""),
    ]
    assert candidate.state == CandidateState.OWNER_REVIEW  # nobody has agreed, so nobody is asked
    asked = [mail.to[0] for mail in mailoutbox if mail.subject.startswith("May we ask")]
    assert [address.rpartition("<")[2].strip(">") for address in asked] == [
        led.email,
        led.email,
        led.team.manager.email,
    ]


def test_the_owner_may_still_answer_after_it_went_up(led):
    with time_machine.travel(MONDAY, tick=False):
        candidate = in_review(contact=owned_speaker(led))
    for day in (3, 4):
        with time_machine.travel(at(day, 10), tick=False):
            overdue.follow_owners(timezone.now())
    candidate.refresh_from_db()
    assert led.has_perm("references.decide_candidate", candidate)
    assert candidate.approver.has_perm("references.decide_candidate", candidate)


@pytest.mark.parametrize(
    ("tier", "state"), [(Tier.SILVER, CandidateState.INVITED), (Tier.PLATINUM, CandidateState.OWNER_REVIEW)]
)
def test_silence_is_a_yes_where_the_road_says_so_but_never_for_platinum(tier, state):
    chain_of(StepPlan(1, ApproverKind.OWNER, hours=8, skip=SkipRule.BOTH), kind=KIND)
    with time_machine.travel(MONDAY, tick=False):
        candidate = in_review(contact=owned_speaker(tier=tier))
    for day in (3, 4, 5, 6):
        with time_machine.travel(at(day, 10), tick=False):
            overdue.follow_owners(timezone.now())
    candidate.refresh_from_db()
    assert candidate.state == state


def test_silence_in_a_further_step_is_never_a_yes_for_platinum():
    chain_of(OWNER, role_step(Role.LEGAL, 2, hours=8, skip=SkipRule.SILENT), kind=KIND, passes=True)
    UserFactory(role=Role.LEGAL)
    found = {}
    for tier in (Tier.SILVER, Tier.PLATINUM):
        with time_machine.travel(MONDAY, tick=False):
            candidate = in_review(contact=owned_speaker(tier=tier))
            found[tier] = services.owner_approve(candidate=candidate, actor=candidate.approver).approval
    with time_machine.travel(at(3, 11), tick=False):
        approval_services.follow_up()
    states = {tier: Approval.objects.get(pk=row.pk).state for tier, row in found.items()}
    assert states == {Tier.SILVER: "approved", Tier.PLATINUM: "pending"}


# ---------------------------------------------------------------- trying and refusing a road


def draft(*steps):
    admin = UserFactory(role=Role.ADMIN)
    chain = Chain.objects.get(kind=KIND)
    approval_services.save_draft(chain=chain, steps=steps, passes=True, actor=admin)
    return chain, admin


def test_a_draft_is_tried_on_last_months_candidates_and_says_what_changes():
    UserFactory(role=Role.FINANCE, name="Fay Finance")
    UserFactory(role=Role.LEGAL, name="Levi Legal")
    owner = UserFactory(name="Otto Owner")
    with time_machine.travel(timezone.now() - dt.timedelta(days=31)):
        in_review(request_of(purpose="Too long ago"))
    call = in_review(request_of(purpose="Talk"), owned_speaker(owner))
    logo = in_review(request_of(slug="logo", purpose="Wall"), for_logo(owner))
    chain, _admin = draft(OWNER, role_step(Role.FINANCE, 2, only_for=("activity:call",)))
    found = approvals.rehearse(approvals.draft_of(Chain.objects.get(pk=chain.pk)))
    said = {one.case.key: (one.also, one.no_longer) for one in found.tried}
    assert said == {call.public_id: (["Finance"], []), logo.public_id: ([], ["Legal"])}


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ((), "A chain needs at least one step"),
        ((OWNER, role_step(Role.LEGAL, 2, escalate_role="legal")), "goes on to whom it asks"),
        ((OWNER, role_step(Role.LEGAL, 2), role_step(Role.LEGAL, 3)), "Step 3 comes back to step 2"),
        (
            (
                OWNER,
                role_step(Role.LEGAL, 2, escalate_role="finance"),
                role_step(Role.FINANCE, 3, escalate_role="legal"),
            ),
            "Step 3 comes back to step 2",
        ),
        ((role_step(Role.LEGAL, 1), StepPlan(2, ApproverKind.OWNER)), "owner is asked before everybody else"),
    ],
)
def test_a_road_that_is_empty_or_goes_in_a_circle_is_refused(steps, sentence):
    for role in (Role.LEGAL, Role.FINANCE):
        UserFactory(role=role)
    chain, admin = draft(*steps)
    with pytest.raises(DomainError, match=sentence):
        approval_services.publish(chain=chain, actor=admin)


def test_the_same_role_twice_is_no_circle_where_no_matter_calls_for_both():
    UserFactory(role=Role.LEGAL)
    chain, admin = draft(
        OWNER,
        role_step(Role.LEGAL, 2, only_for=("activity:logo",)),
        role_step(Role.LEGAL, 3, only_for=("activity:call",)),
    )
    assert approval_services.publish(chain=chain, actor=admin).number == 2


def test_a_step_cannot_go_by_what_nobody_knows():
    with pytest.raises(DomainError, match="not known here"):
        draft(role_step(Role.LEGAL, only_for=("moon:full",)))


def test_every_need_of_the_catalogue_has_its_step():
    needs = {need for kind in ActivityType.objects.all() for need in kind.approvals}
    live = approval_services.live_version(KIND)
    served = {trait.removeprefix("needs:") for step in live.steps.all() for trait in step.only_for}
    assert needs <= served
