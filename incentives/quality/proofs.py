"""What must always hold in this room."""

from collections.abc import Iterable

from incentives.quality.models import QualityMonth
from incentives.quality.month import Span
from incentives.quality.reckoning import line_as_kept, read
from refprogram.kernel.proofs import MOST_ROWS, Proof, by_query

# An account that is merged away, or a deal that is closed, has nothing to mend an hour later.
_GONE = """
SELECT f.public_id AS fault, f.record_id FROM incentives_fault f JOIN references_account a ON a.id = f.record_id
WHERE f.record_type = 'account' AND f.mended_at IS NULL AND a.merged_into_id IS NOT NULL
    AND a.updated_at < now() - interval '1 day'
"""


def proofs() -> Iterable[Proof]:
    """Months compute again to what they were closed with; nothing is to mend of what is gone."""
    yield Proof("every closed month of data quality counts to the same again", list(_torn()))
    yield by_query("no merged account has something to mend", _GONE)


def _torn() -> Iterable[str]:
    found = 0
    for row in QualityMonth.objects.order_by("pk").iterator(chunk_size=500):
        again = read(row.inputs).count(Span.of(row.month))
        same = (row.score, row.demerits, row.refunded) == (again.score, again.demerits, again.refunded)
        if not same or row.lines != [line_as_kept(line) for line in again.lines]:
            yield f"month={row.public_id} kept={row.score} counted={again.score}"
            found += 1
        if found == MOST_ROWS:
            return
