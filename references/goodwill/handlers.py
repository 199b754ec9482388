"""What this room does when something happened: it keeps the ledger."""

from references.accounts.models import Ask
from references.goodwill import services
from refprogram.governance.fulfilment.selectors import by_id
from refprogram.kernel.models import Event


def write_down(event: Event) -> None:
    """An ask was held or declined: what it took stands in the ledger."""
    ask = Ask.objects.select_related("contact").filter(pk=event.subject_id).first()
    if ask is not None:
        services.note_ask(ask=ask)


def write_down_gift(event: Event) -> None:
    """A gift arrived: at a customer's person it is a deposit."""
    row = by_id(event.subject_id)
    services.note_gift(fulfilment=row, receiver=row.receiver, at=row.delivered_at or event.at)
