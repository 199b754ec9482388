"""A field incentive needs the head of sales: who wrote it, or may not switch, asks; approved, it goes on by itself."""

import pytest
from django.utils import timezone

from incentives.rulebook import services
from incentives.rulebook.enums import RuleState
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalState, Verdict
from refprogram.governance.approvals.models import Approval
from refprogram.kernel.errors import NotAllowed
from refprogram.notices.models import Notice
from tests.factories.incentives import RuleFactory, saying

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(marketer):
    return RuleFactory(state=RuleState.DRAFT, created_by=marketer)


def test_a_marketer_asks_and_the_head_of_sales_switches_it_on(draft, marketer, sales_head, drain, mailoutbox):
    assert services.start_rule(rule=draft, actor=marketer).state == RuleState.DRAFT
    approval = Approval.objects.get()
    assert (approval.kind, approval.requester, approval.turns.get().role) == ("field_incentive", marketer, "sales_head")
    drain()
    approvals.decide(approval=approval, by=sales_head, verdict=Verdict.APPROVE)
    drain()
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == (RuleState.LIVE, sales_head)


def test_rejected_it_stays_off(draft, marketer, sales_head, drain):
    services.start_rule(rule=draft, actor=marketer)
    approvals.decide(approval=Approval.objects.get(), by=sales_head, verdict=Verdict.REJECT, comment="No.")
    drain()
    draft.refresh_from_db()
    assert draft.state == RuleState.DRAFT


def test_the_head_of_sales_needs_somebody_else_for_their_own_rule(sales_head, executive, drain):
    own = RuleFactory(state=RuleState.DRAFT, created_by=sales_head)
    services.start_rule(rule=own, actor=sales_head)
    approval = Approval.objects.get()
    with pytest.raises(NotAllowed):
        approvals.decide(approval=approval, by=sales_head, verdict=Verdict.APPROVE)
    approvals.decide(approval=approval, by=executive, verdict=Verdict.APPROVE)
    drain()
    own.refresh_from_db()
    assert (own.state, own.approved_by) == (RuleState.LIVE, executive)


def test_changing_it_makes_one_its_author(draft, sales_head):
    says = saying("request.submitted", "requester", 7)
    changed = services.change_draft(rule=draft, name=draft.name, definition=says, actor=sales_head)
    assert services.start_rule(rule=changed, actor=sales_head).state == RuleState.DRAFT
    assert Approval.objects.get().requester == sales_head


def test_changing_it_takes_back_what_was_asked(draft, marketer):
    services.start_rule(rule=draft, actor=marketer)
    says = saying("request.submitted", "requester", 7000)
    services.change_draft(rule=draft, name=draft.name, definition=says, actor=marketer)
    assert Approval.objects.get().state == ApprovalState.WITHDRAWN


def test_switched_on_directly_nothing_is_asked_any_more(draft, marketer, sales_head, drain):
    services.start_rule(rule=draft, actor=marketer)
    assert services.start_rule(rule=draft, actor=sales_head).state == RuleState.LIVE
    assert Approval.objects.get().state == ApprovalState.WITHDRAWN
    drain()


def test_approved_twice_or_late_does_nothing(draft, sales_head):
    services.start_rule(rule=draft, actor=sales_head)
    assert services.start_approved(rule_id=draft.pk, approver=sales_head, read_at=timezone.now()) is None


def test_what_was_changed_after_the_yes_waits_for_another(draft, marketer, sales_head, drain):
    services.start_rule(rule=draft, actor=marketer)
    approvals.decide(approval=Approval.objects.get(), by=sales_head, verdict=Verdict.APPROVE)
    says = saying("request.submitted", "requester", 9000)
    services.change_draft(rule=draft, name=draft.name, definition=says, actor=marketer)  # before the yes is carried out

    drain()

    draft.refresh_from_db()
    assert draft.state == RuleState.DRAFT
    told = Notice.objects.get(person=marketer.person, kind="incentives.rules")
    assert "it was changed since" in told.text
