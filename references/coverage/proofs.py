"""What must always hold about the map, asked of the live data by `manage.py verify`."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from references.coverage import cube
from references.coverage.cube import Counts, Key
from references.coverage.facts import facts_of
from references.coverage.models import CoverageCell, CoverageFact, CoverageMark
from refprogram.kernel.proofs import MOST_ROWS, Proof, by_query


def proofs() -> Iterable[Proof]:
    """The map counts what the references say; a target gained what was enrolled from it; the state follows."""
    yield Proof("the coverage map counts what the references say", list(_miscounted())[:MOST_ROWS])
    yield by_query(
        "a recruiting target gained the nominations that were enrolled from it",
        "SELECT t.public_id AS target, t.gained FROM references_recruitingtarget t WHERE t.gained <>"
        " (SELECT count(*) FROM references_targetnomination n WHERE n.target_id = t.id AND n.enrolled_at IS NOT NULL)",
    )
    yield by_query(
        "a recruiting target is met once it gained what it wanted",
        "SELECT t.public_id AS target, t.state FROM references_recruitingtarget t"
        " WHERE (t.state = 'open' AND t.gained >= t.wanted) OR (t.state = 'met' AND t.gained < t.wanted)",
    )
    yield by_query(
        "a customer who is a reference has no open plan to win them",
        "SELECT p.public_id AS plan FROM references_targetplan p JOIN references_account a ON a.id = p.account_id"
        " WHERE a.state IN ('active', 'review_due') AND a.member_since < now() - interval '10 minutes'"
        " AND p.created_at < a.member_since"
        " AND p.state IN ('planned', 'connecting', 'offered', 'agreed')",
    )


def _miscounted() -> Iterator[str]:
    """Yield what differs from a recount; what waits to be counted (marked, or changed by time) is left out."""
    now = timezone.now()
    with transaction.atomic():
        waiting = set(CoverageMark.objects.values_list("account_id", flat=True))
        kept = {row.account_id: row for row in CoverageFact.objects.all()}
        waiting |= {key for key, row in kept.items() if row.changes_at is not None and row.changes_at <= now}
        truth = facts_of(None, at=now)
        cells = {
            Key(*row[:4]): Counts(*row[4:])
            for row in CoverageCell.objects.values_list("cut", "first", "second", "third", "available", "contacts")
        }
    for key in sorted({*kept, *truth} - waiting):
        row, fact = kept.get(key), truth.get(key)
        if row is None or fact is None:
            yield f"account={key} counted={row is not None} should be {fact is not None}"
        elif (row.available, row.contacts, row.values) != (fact.available, fact.contacts, fact.values):
            yield f"account={key} available={row.available} should be {fact.available}, or another cell"
    counted = cube.count((row.values, row.contacts) for row in kept.values() if row.available)
    for cell, off in sorted(cube.difference(counted, cells).items()):
        yield f"cell={'|'.join(cell)} is off by {off.available} accounts, {off.contacts} people"
