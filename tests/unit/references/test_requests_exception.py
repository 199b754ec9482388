"""A restricted requester: refused with the reason, or, for a large deal, the head of sales decides."""

import datetime as dt
from decimal import Decimal

import pytest

from references.requests import selectors, services
from references.requests.enums import RequestState
from refprogram.governance.approvals import selectors as approvals_seen
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalState, Verdict
from refprogram.governance.approvals.models import Approval
from refprogram.kernel import timeline
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.people import services as people
from refprogram.people.enums import Privilege
from tests.cast import PARTS
from tests.factories import consequences as made
from tests.factories.references import OpportunityFactory, activity
from tests.mailbox import subjects_to

pytestmark = pytest.mark.django_db
R = RequestState


@pytest.fixture
def restricted(cast, time_machine):
    """The rep may not ask for 30 days, save for deals of 100,000 and more."""
    case = made.notified(cast.rep, by=cast.marketer)
    time_machine.move_to(case.takes_effect_at + dt.timedelta(hours=1))
    return case


def ask(cast, amount, **more):
    deal = OpportunityFactory(owner=cast.rep, amount=None if amount is None else Decimal(amount))
    return services.submit(
        requester=cast.rep, activity=activity(), opportunity=deal,
        needed_by=dt.date(2035, 1, 1), **more,
    )  # fmt: skip


@pytest.mark.parametrize("amount", [None, "99999.99"])
def test_a_small_deal_is_refused_with_until_when_and_why(cast, restricted, amount):
    with pytest.raises(NotAllowed, match=r"until .*UTC: Policy .*Nominations submitted.*\$100,000 or more"):
        ask(cast, amount, exception_reason="Please.")


def test_a_large_deal_is_asked_why_it_cannot_wait(cast, restricted):
    with pytest.raises(InvalidInput) as refusal:
        ask(cast, 100_000)
    assert list(refusal.value.errors) == ["exception_reason"]


def test_a_restriction_by_hand_knows_no_exception(cast):
    people.impose(user=cast.rep, privilege=Privilege.REQUEST_REFERENCES, reason="By hand", actor=cast.admin)
    with pytest.raises(NotAllowed, match="at the moment: By hand"):
        ask(cast, 100_000, exception_reason="Please.")


def test_granted_it_goes_on_as_submitted(cast, drain, mailoutbox, restricted):
    row = ask(cast, 250_000, exception_reason="They sign on Friday.")
    drain()
    assert row.state == R.EXCEPTION
    assert not Event.objects.filter(topic="request.submitted").exists()
    assert not any("New request" in subject for subject in subjects_to(cast.marketer, mailoutbox))
    approval = Approval.objects.get(kind="exception")
    assert (approval.amount, approval.reason) == (250_000, "They sign on Friday.")
    approvals.decide(approval=approval, by=cast.sales_head, verdict=Verdict.APPROVE)
    drain()
    row.refresh_from_db()
    assert row.state == R.SUBMITTED
    assert row.due_at > row.submitted_at
    assert Event.objects.filter(topic="request.submitted").count() == 1
    assert any("New request" in subject for subject in subjects_to(cast.marketer, mailoutbox))


def test_rejected_it_is_refused_with_the_reason(cast, drain, mailoutbox, restricted):
    cast.sales_head  # noqa: B018 - is asked
    row = ask(cast, 250_000, exception_reason="They sign on Friday.")
    approvals.decide(
        approval=Approval.objects.get(), by=cast.sales_head, verdict=Verdict.REJECT, comment="Give feedback first."
    )
    drain()
    row.refresh_from_db()
    assert row.state == R.REJECTED
    assert "Give feedback first." in row.reason
    assert any("No reference this time" in subject for subject in subjects_to(cast.rep, mailoutbox))


def test_withdrawn_it_need_not_be_decided(cast, drain, restricted):
    row = ask(cast, 250_000, exception_reason="They sign on Friday.")
    services.withdraw(request=row, actor=cast.rep)
    drain()
    assert Approval.objects.get().state == ApprovalState.WITHDRAWN


def test_it_gives_no_restriction_away(cast, restricted):
    cast.manager, cast.sales_head  # noqa: B018 - lead
    row = ask(cast, 250_000, exception_reason="They sign on Friday.")
    parts = sorted(PARTS)

    def who(sees):
        return {part for part in parts if sees(cast[part])}

    events = list(Event.objects.filter(subject_type__in=("referencerequest", "approval")))
    knows = {"rep", "manager", "marketer", "sales_head", "admin"}
    assert who(lambda user: selectors.visible_to(user).filter(pk=row.pk).exists()) == knows
    assert who(lambda user: approvals_seen.visible_to(user).exists()) == knows - {"manager"}
    assert who(lambda user: timeline.entries(events, user)) == knows - {"manager"}


def test_who_is_not_restricted_needs_no_exception(cast):
    row = ask(cast, 250_000, exception_reason="In case.")
    assert (row.state, row.exception_reason) == (R.SUBMITTED, "")


def test_who_is_restricted_does_not_serve_themselves(cast):
    assert cast.rep.has_perm("references.serve_oneself")
    people.impose(user=cast.rep, privilege=Privilege.SELF_SERVE, reason="Used one unasked", actor=cast.admin)
    assert not cast.rep.has_perm("references.serve_oneself")
    assert cast.rep.has_perm("references.ask_reference")
    assert not cast.judge.has_perm("references.serve_oneself")
