"""This quarter’s books in the order of time: what was given was paid for when it came, not when the demo was made."""

import datetime as dt
from typing import Final

import pgtrigger
from django.utils import timezone

from refprogram.governance.budgets.enums import EntryKind, FundState
from refprogram.governance.budgets.models import Fund, FundEntry
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.ops.demo.maker import Maker

APPEND_ONLY: Final = "governance.FundEntry:fund_entry_append_only"
AFTER_THE_PROMISE: Final = {
    EntryKind.COMMIT: dt.timedelta(),
    EntryKind.SPEND: dt.timedelta(days=4),
    EntryKind.REFUND: dt.timedelta(days=8),
}


def build(maker: Maker) -> None:
    """Write the book of each fund of this quarter once more, sorted by the days on which things happened."""
    for fund in Fund.objects.filter(starts_on=Quarter.of(maker.today).starts_on, state=FundState.OPEN):
        _sort(fund)


def _sort(fund: Fund) -> None:
    entries = list(FundEntry.objects.filter(fund=fund).select_related("commitment").order_by("id"))
    came = dict(Fulfilment.objects.filter(commitment__fund=fund).values_list("commitment_id", "delivered_at"))
    opened, now = min(entry.at for entry in entries), timezone.now()
    for entry in entries:
        promise = entry.commitment
        if promise is not None and promise.subject_type in {"fulfilment", "asset"}:
            at = promise.created_at + AFTER_THE_PROMISE[EntryKind(entry.kind)]
            if entry.kind == EntryKind.SPEND:
                at = came.get(promise.pk) or at
            entry.at = min(max(at, opened), now)
    with pgtrigger.ignore(APPEND_ONLY):
        FundEntry.objects.filter(fund=fund).delete()
    for entry in entries:
        entry.pk = None
    FundEntry.objects.bulk_create(sorted(entries, key=lambda entry: entry.at))
