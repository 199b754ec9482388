"""What this room does when events arrive. Each is safe to run twice."""

from refprogram.governance.approvals.enums import ApprovalState
from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets import letters, selectors, services
from refprogram.governance.budgets.models import Commitment
from refprogram.kernel.models import Event
from refprogram.people.models import User


def carry_out(event: Event) -> None:
    """A wish for money was decided, or taken back: the fund opens, or the promise is made."""
    approval = Approval.objects.get(pk=event.subject_id)
    granted = approval.state == ApprovalState.APPROVED
    by = User.objects.filter(person_id=event.actor_id).first() if event.actor_id else None
    if approval.subject_type == "fund":
        services.decide_on_fund(approval=approval, granted=granted, by=by)
    elif approval.subject_type == "commitment":
        services.decide_on_spending(approval=approval, granted=granted, by=by)


def tell_of_alert(event: Event) -> None:
    """A fund runs out."""
    letters.alert(selectors.by_id(event.subject_id), event.payload["percent"], key=f"budget-alert:{event.pk}")


def tell_owner(event: Event) -> None:
    """A fund was granted, or not."""
    letters.decided(selectors.by_id(event.subject_id), key=f"fund-decided:{event.pk}")


def tell_of_money(event: Event) -> None:
    """Money that somebody waited for is there."""
    waited = Commitment.objects.select_related("asked_by__person", "fund").get(pk=event.subject_id)
    letters.money_there(waited, key=f"money-there:{event.pk}")
