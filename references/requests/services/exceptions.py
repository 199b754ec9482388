"""A restricted requester and a deal that cannot wait: asked for as an exception, it waits for an approval."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import Opportunity
from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest
from references.requests.services import clocks
from references.requests.services.rows import lock_request, move_request, tell_stream
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState
from refprogram.governance.approvals.models import Approval
from refprogram.governance.consequences.selectors import exception_threshold
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Privilege
from refprogram.people.models import Restriction, User
from refprogram.people.selectors import restrictions_of


def binding(user: User) -> list[Restriction]:
    """Return what keeps somebody from asking for references now, what ends last first."""
    found = list(restrictions_of(user).filter(privilege=Privilege.REQUEST_REFERENCES))
    return sorted(found, key=lambda one: (one.ends_at is not None, -(one.ends_at.timestamp() if one.ends_at else 0)))


def refusal(restriction: Restriction) -> str:
    """Return why somebody may not ask, and until when."""
    if restriction.ends_at is None:
        return _("You cannot ask for references at the moment: %(why)s") % {"why": restriction.reason}
    words = {"day": rp.exact(restriction.ends_at), "why": restriction.reason}
    return _("You cannot ask for references until %(day)s: %(why)s") % words


def needs_exception(requester: User, opportunity: Opportunity | None, reason: str) -> bool:
    """Whether this request has to wait for an exception.

    Raises NotAllowed where none may be asked for (no deal, or one that is too small), InvalidInput without a reason.
    """
    found = binding(requester)
    if not found:
        return False
    threshold = exception_threshold(found)
    amount = opportunity.amount if opportunity else None
    if threshold is None or amount is None or amount < threshold:
        raise NotAllowed(_with_threshold(refusal(found[0]), threshold))
    if not reason.strip():
        words = _("This deal is large enough for an exception: say why it cannot wait.")
        raise InvalidInput(f"{refusal(found[0])} {words}", errors={"exception_reason": words})
    return True


def _with_threshold(words: str, threshold: Decimal | None) -> str:
    if threshold is None:
        return words
    more = _("For a deal of %(amount)s or more you may ask for an exception.") % {"amount": rp.money(threshold)}
    return f"{words} {more}"


def ask_for_exception(request: ReferenceRequest) -> Approval:
    """Ask the head of sales for a request that was written down just now."""
    tell_stream("request.exception_asked", request, request.requester)
    approval = approvals.request(
        kind=ApprovalKind.EXCEPTION,
        subject=request,
        label=_("Exception: %(title)s") % {"title": request.title},
        url=request.get_absolute_url(),
        requester=request.requester,
        amount=request.opportunity.amount if request.opportunity else None,
        reason=request.exception_reason,
    )
    if approval.state == ApprovalState.APPROVED:
        decide_exception(approval=approval, by=None)
    return approval


@transaction.atomic
def decide_exception(*, approval: Approval, by: User | None) -> ReferenceRequest:
    """Carry out what was decided: it goes on as if submitted now, or is refused with the reason. Twice is once."""
    row = lock_request(ReferenceRequest(pk=approval.subject_id))
    if row.state != RequestState.EXCEPTION:
        return row
    if approval.state == ApprovalState.APPROVED:
        row.submitted_at = timezone.now()
        move_request(row, RequestState.SUBMITTED, "submitted_at")
        clocks.start(row)
        tell_submitted(row)
    elif approval.state == ApprovalState.REJECTED:
        row.reason, row.closed_at = _reason_of(approval), timezone.now()
        move_request(row, RequestState.REJECTED, "reason", "closed_at")
        tell_stream("request.decided", row, by, decision=RequestState.REJECTED.value)
    return row


def _reason_of(approval: Approval) -> str:
    last = approval.decisions.exclude(comment="").order_by("-pk").first()
    return _("No exception this time. %(words)s") % {"words": last.comment if last else ""}


def tell_submitted(request: ReferenceRequest) -> None:
    """Tell the stream that a reference is asked for: from here on the program looks for a customer."""
    opportunity = request.opportunity
    amount = opportunity.amount if opportunity else None
    tell_stream(
        "request.submitted",
        request,
        request.requester,
        activity=request.activity_id,
        opportunity=opportunity.pk if opportunity else None,
        amount=None if amount is None else float(amount),
    )


def give_up(request: ReferenceRequest, actor: User, reason: str) -> None:
    """Take the question for an exception back, because the request itself has ended."""
    approvals.withdraw_for(subject=request, by=actor, reason=reason)
