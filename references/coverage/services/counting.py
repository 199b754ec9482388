"""Keeping the map's table of counts: what triggers marked, what time changed, and everything anew at night.

One counter at a time (an advisory lock). A round takes marks away first and reads the accounts in a later statement: a
change that commits in between leaves a mark of its own and is counted by the next round, so nothing is ever missed and
the order of changes does not matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from references.coverage import cube, policy
from references.coverage.cube import Counts, Key
from references.coverage.facts import Fact, facts_of
from references.coverage.models import CoverageCell, CoverageFact, CoverageMark, CoverageRound

LOCK: Final = 0x636F7665  # "cove": this lock gets in nobody else's way

_TAKE = """
DELETE FROM references_coveragemark WHERE id IN (
    SELECT id FROM references_coveragemark ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING account_id
"""
_ADD = """
INSERT INTO references_coveragecell (cut, first, second, third, available, contacts, demand, variance, deals, pipeline)
SELECT cut, first, second, third, available, contacts, 0, 0, 0, 0
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::int[])
    AS added (cut, first, second, third, available, contacts)
ON CONFLICT (cut, first, second, third) DO UPDATE
SET available = references_coveragecell.available + EXCLUDED.available,
    contacts = references_coveragecell.contacts + EXCLUDED.contacts
"""


def catch_up(*, rounds: int = 50) -> int:
    """Count what changed since the last time, in rounds of their own transactions; return how many accounts."""
    total = 0
    for _round in range(rounds):
        counted = count_changed()
        total += counted
        if counted < policy.AT_ONCE:
            break
    return total


@transaction.atomic
def count_changed() -> int:
    """Count one round of marked accounts, and those that time changed; return how many. 0 if somebody counts already.

    An increase may come before the decrease that belongs to it: numbers are added, never set.
    """
    if not _alone(wait=False):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [policy.AT_ONCE])
        marked = [account for (account,) in cursor.fetchall()]
    now = timezone.now()
    CoverageRound.objects.update_or_create(pk=1, defaults={"counted_at": now})
    due = CoverageFact.objects.filter(changes_at__lte=now).values_list("account_id", flat=True)
    changed = {*marked, *due[: policy.AT_ONCE]}
    if changed:
        _put(facts_of(changed, at=now), _kept(changed), changed)
    return len(changed)


@transaction.atomic
def count_everything() -> int:
    """Count all references anew, whatever the table says; return how many there are. Demand stays as it is."""
    _alone(wait=True)
    CoverageMark.objects.filter(pk__in=CoverageMark.objects.values("pk")).delete()
    now = timezone.now()
    CoverageRound.objects.update_or_create(pk=1, defaults={"counted_at": now})
    facts = facts_of(None, at=now)
    CoverageFact.objects.all().delete()
    CoverageFact.objects.bulk_create(_rows(facts), batch_size=policy.AT_ONCE)
    kept = {
        Key(*row[:4]): Counts(*row[4:])
        for row in CoverageCell.objects.values_list("cut", "first", "second", "third", "available", "contacts")
    }
    _add(cube.difference(cube.count(_available(facts)), kept))
    forget_empty()
    return len(facts)


def forget_empty() -> None:
    """Take cells away in which nothing is."""
    CoverageCell.objects.filter(available=0, contacts=0, demand=0, deals=0).delete()


def _alone(*, wait: bool) -> bool:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _kept(ids: Iterable[int]) -> dict[int, Fact]:
    rows = CoverageFact.objects.filter(account_id__in=list(ids))
    return {row.account_id: Fact(row.available, row.contacts, row.values, row.changes_at, row.free_on) for row in rows}


def _available(facts: Mapping[int, Fact]) -> Iterable[tuple[cube.Values, int]]:
    return ((fact.values, fact.contacts) for fact in facts.values() if fact.available)


def _rows(facts: Mapping[int, Fact]) -> list[CoverageFact]:
    return [CoverageFact(account_id=key, **asdict(fact)) for key, fact in facts.items()]


def _put(after: Mapping[int, Fact], before: Mapping[int, Fact], changed: Iterable[int]) -> None:
    gone = [key for key in changed if key not in after]
    CoverageFact.objects.filter(account_id__in=gone).delete()
    CoverageFact.objects.bulk_create(
        _rows(after),
        update_conflicts=True,
        unique_fields=["account_id"],
        update_fields=["available", "contacts", "values", "changes_at", "free_on"],
    )
    _add(cube.difference(cube.count(_available(after)), cube.count(_available(before))))


def _add(difference: Mapping[Key, Counts]) -> None:
    """Add to the cells, in one fixed order."""
    if not difference:
        return
    cells = sorted(difference)
    columns: list[list[object]] = [[key[place] for key in cells] for place in range(4)]
    columns += [[difference[key].available for key in cells], [difference[key].contacts for key in cells]]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, columns)
