"""What is odd among new bookings of rules: four questions, a statement each, whatever the number of bookings."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from incentives.ledger.models import Entry, Seal
from incentives.watch import policy
from incentives.watch.enums import Why
from incentives.watch.models import Look, WatchRound
from refprogram.kernel.stream import emit

MOST: Final = 5000  # entries a round reads at once

_NEW = """
SELECT e.id, w.person_id FROM incentives_entry e
JOIN incentives_posting p ON p.entry_id = e.id AND p.amount > 0 AND p.book IN ('available', 'pending')
JOIN incentives_wallet w ON w.id = p.wallet_id AND w.person_id IS NOT NULL
WHERE e.id > %(after)s AND e.id <= %(upto)s AND e.kind = 'earned' AND e.rule_id IS NOT NULL
ORDER BY e.id
"""
# Who decided about the same thing: an approval, a yes in the owner's name, a delivery that somebody confirmed.
DECISIONS: Final = (
    "nomination.approved", "nomination.decided", "candidate.owner_approved", "entry.screened", "outcome.verified",
)  # fmt: skip
_OWN = """
SELECT DISTINCT e.id FROM incentives_entry e
JOIN kernel_event happened ON happened.id = e.event_id
JOIN kernel_event decided ON decided.subject_type = happened.subject_type
    AND decided.subject_id = happened.subject_id AND decided.topic = ANY(%(decisions)s)
JOIN incentives_posting p ON p.entry_id = e.id AND p.amount > 0
JOIN incentives_wallet w ON w.id = p.wallet_id AND w.person_id = decided.actor_id
WHERE e.id = ANY(%(entries)s)
"""
_BURST = """
SELECT max(e.id), count(DISTINCT e.event_id) FROM incentives_entry e
JOIN incentives_posting p ON p.entry_id = e.id AND p.amount > 0
JOIN incentives_wallet w ON w.id = p.wallet_id AND w.person_id = ANY(%(people)s)
JOIN (
    SELECT DISTINCT n.rule_id, CAST(n.occurred_at AT TIME ZONE %(zone)s AS date) AS day
    FROM incentives_entry n WHERE n.id = ANY(%(entries)s)
) days ON days.rule_id = e.rule_id AND days.day = CAST(e.occurred_at AT TIME ZONE %(zone)s AS date)
WHERE e.kind = 'earned' AND e.id <= %(upto)s AND NOT EXISTS (SELECT FROM incentives_entry r WHERE r.reverses_id = e.id)
GROUP BY e.rule_id, w.person_id, days.day
HAVING count(DISTINCT e.event_id) >= %(burst)s AND max(e.id) = ANY(%(entries)s)
"""
# Acts of the one that gave to the other, both ways: an act is an event of the one for which a rule gave to the other.
_RINGS = """
WITH acts AS (
    SELECT happened.actor_id AS giver, w.person_id AS taker, count(DISTINCT e.event_id) AS times, max(e.id) AS last
    FROM incentives_entry e
    JOIN kernel_event happened ON happened.id = e.event_id AND happened.actor_id IS NOT NULL
    JOIN incentives_posting p ON p.entry_id = e.id AND p.amount > 0
    JOIN incentives_wallet w ON w.id = p.wallet_id AND w.person_id <> happened.actor_id
    WHERE e.kind = 'earned' AND e.rule_id IS NOT NULL AND e.id <= %(upto)s
        AND NOT EXISTS (SELECT FROM incentives_entry r WHERE r.reverses_id = e.id)
        AND e.occurred_at >= now() - %(within)s
        AND (w.person_id = ANY(%(people)s) OR happened.actor_id = ANY(%(people)s))
    GROUP BY 1, 2
)
SELECT there.last, there.giver, there.times, back.times FROM acts there
JOIN acts back ON back.giver = there.taker AND back.taker = there.giver
WHERE there.times >= %(ring)s AND back.times >= %(ring)s AND there.last = ANY(%(entries)s)
"""


class Spotted(NamedTuple):
    """One reason to look at an entry, and what was counted."""

    entry: int
    why: Why
    fact: Any = None


@transaction.atomic
def watch_once() -> int:
    """Look through what rules gave since the last round, MOST at once; return how many entries were read.

    Each booking is looked at once: a second round at the same time waits for the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE incentives_watchround IN SHARE ROW EXCLUSIVE MODE")
    after = WatchRound.objects.values_list("upto", flat=True).first() or 0
    upto = _upto(after)
    if upto is None:
        return 0
    people = _asked(_NEW, {"after": after, "upto": upto})
    whose: dict[int, int] = dict(people)
    found = _looks(whose, spotted(whose, upto=upto)) if whose else []
    WatchRound(upto=upto, read=len(whose), found=len(found)).save()
    return max(1, len(whose))  # what was no rule's was read too


def spotted(whose: dict[int, int], *, upto: int) -> list[Spotted]:
    """Return what is odd about entries (entry -> person), those of the sample too."""
    figures = policy.now()
    asked = {
        "entries": list(whose), "people": sorted(set(whose.values())), "decisions": list(DECISIONS), "upto": upto,
        "zone": settings.TIME_ZONE, "burst": figures.burst, "ring": figures.ring, "within": figures.ring_within,
    }  # fmt: skip
    return [
        *(Spotted(entry, Why.OWN) for (entry,) in _asked(_OWN, asked)),
        *(Spotted(entry, Why.BURST, times) for entry, times in _asked(_BURST, asked)),
        *(Spotted(entry, Why.RING, [giver, there, back]) for entry, giver, there, back in _asked(_RINGS, asked)),
        *(Spotted(entry, Why.SAMPLE) for entry in whose if drawn(entry, figures.sample)),
    ]


def drawn(entry: int, percent: int) -> bool:
    """Whether an entry is in the sample: by a keyed hash of its number, which nobody foresees and we can repeat."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:audit:{entry}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < percent


def _upto(after: int) -> int | None:
    """Return the last entry of this round. Only what is sealed is read: below that nothing can still come."""
    sealed = Seal.objects.order_by("-last").values_list("last", flat=True).first() or 0
    ids = Entry.objects.filter(pk__gt=after, pk__lte=sealed).order_by("pk").values_list("pk", flat=True)[:MOST]
    return max(ids, default=None)


def _looks(whose: dict[int, int], odd: Iterable[Spotted]) -> list[Look]:
    by_entry: dict[int, list[Spotted]] = defaultdict(list)
    for one in odd:
        by_entry[one.entry].append(one)
    looks = [
        Look(
            entry_id=entry,
            person_id=whose[entry],
            why=sorted({one.why.value for one in reasons}),
            facts={one.why.value: one.fact for one in reasons if one.fact is not None},
        )
        for entry, reasons in sorted(by_entry.items())
    ]
    made = Look.objects.bulk_create(looks)
    for look in made:
        emit("look.asked", subject=look, payload={"person": look.person_id, "why": look.why})
    return made


def _asked(sql: str, params: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
