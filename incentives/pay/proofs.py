"""What must always be true of pay; `manage.py verify` asks."""

from collections.abc import Iterable

from incentives.pay.exporting import hash_of, is_signed
from incentives.pay.models import PayExport
from incentives.pay.services.exporting import files_of
from refprogram.kernel.proofs import MOST_ROWS, Proof, by_query

_LINES = """
SELECT p.starts_on AS month, coalesce(l.person_id, s.person_id) AS person, l.total, s.total AS accrued
FROM (SELECT * FROM incentives_payperiod WHERE state = 'closed') p
JOIN LATERAL (
    SELECT period_id, person_id, sum(amount) AS total FROM incentives_accrual WHERE period_id = p.id GROUP BY 1, 2
) s ON true
FULL JOIN incentives_payline l ON l.period_id = s.period_id AND l.person_id = s.person_id
WHERE l.total IS DISTINCT FROM s.total
"""
_REVERSED = """
SELECT r.public_id AS reversal, r.amount, a.amount AS of
FROM incentives_accrual r JOIN incentives_accrual a ON a.id = r.reverses_id
WHERE r.amount <> -a.amount OR r.person_id <> a.person_id OR r.earned_in <> a.earned_in
    OR r.escalates <> a.escalates
"""
_BEFORE = """
SELECT a.public_id AS accrual, a.earned_in, p.starts_on AS paid_with
FROM incentives_accrual a JOIN incentives_payperiod p ON p.id = a.period_id WHERE p.starts_on < a.earned_in
"""
_PRIZES = """
SELECT e.public_id AS entry, e.prize, a.amount
FROM incentives_spiffentry e JOIN incentives_spiff s ON s.id = e.spiff_id AND s.state = 'settled'
LEFT JOIN incentives_accrual a ON a.spiff_id = s.id AND a.person_id = e.person_id AND a.kind = 'spiff'
WHERE e.state = 'proved' AND e.prize > 0 AND e.prize IS DISTINCT FROM a.amount
"""


def proofs() -> Iterable[Proof]:
    """Lines are the sums of what accrued, corrections mirror what they correct, files are what was signed."""
    yield by_query("each line of pay is the sum of what accrued", _LINES)
    yield by_query("an amount that was taken back was taken back whole", _REVERSED)
    yield by_query("nothing is paid before the month it is for", _BEFORE)
    yield by_query("each proved place in a SPIFF got its prize", _PRIZES)
    yield _files()


def _files() -> Proof:
    broken = [
        f"month={row.period.starts_on}" for row in PayExport.objects.select_related("period") if not _is_genuine(row)
    ]
    return Proof("each file for payroll is what was signed, and what its lines say", broken[:MOST_ROWS])


def _is_genuine(row: PayExport) -> bool:
    signed = is_signed(row.manifest, row.signature, row.public_key) and hash_of(row.content) in row.manifest
    return signed and (row.content, row.manifest) == files_of(row.period)
