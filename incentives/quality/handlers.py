"""What this room does when events arrive. Each is safe to run twice."""

from incentives.quality import letters, services
from incentives.quality.models import Fault, QualityMonth
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.kernel.models import Event


def stop_clock(event: Event) -> None:
    """A write-back to the CRM was proposed: from then on it is out of the owner's hands."""
    if event.account_id is not None:
        services.stop_clock(account_id=event.account_id, field=event.payload["field"], at=event.occurred_at)


def start_clock_anew(event: Event) -> None:
    """The write-back was refused: the fault is the owner's again."""
    if event.account_id is not None:
        services.start_clock_anew(account_id=event.account_id, field=event.payload["field"], at=event.occurred_at)


def mark(event: Event) -> None:
    """A case took effect: where it costs demerits, they are noted."""
    services.mark(case=ConsequenceCase.objects.select_related("user__person", "policy").get(pk=event.subject_id))


def unmark(event: Event) -> None:
    """A case was waived: what it cost is taken off."""
    services.unmark(case_id=event.subject_id)


def tell_winner(event: Event) -> None:
    """A month was won: the winner hears, and who hands the voucher out."""
    month = QualityMonth.objects.select_related("user__person").filter(pk=event.subject_id).first()
    if month is not None:
        letters.won(month, key=f"quality.won:{month.pk}")


def tell_of_excuse(event: Event) -> None:
    """A fault was excused: its owner hears why."""
    fault = Fault.objects.select_related("user__person", "excused_by__person").filter(pk=event.subject_id).first()
    if fault is not None and fault.user is not None:
        letters.excused(fault, key=f"quality.excused:{fault.pk}")
