"""Points by the million: rules on events, trials on the past, bookings, proofs; rows are made inside the database.

Asked for by `ONLY=points`: it takes minutes, and no page of the others needs it.
"""

import json
import subprocess
import sys
import time
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from incentives.ledger import proofs, sealing
from incentives.ledger.booking import METRIC, Booking, Side, book
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Entry, Wallet
from incentives.ledger.services import wallets_of_ids
from incentives.models import Rule, RuleSpan
from incentives.rulebook.enums import RuleState
from incentives.rulebook.vocabulary import OCCASIONS
from refprogram.celery import keep_what_is_loaded
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.models import Delivery
from refprogram.kernel.stream import Subject, drain
from refprogram.people.enums import Role
from refprogram.people.models import Person, Team, User
from tests.bench.pages import Case

PEOPLE: Final = 10_000
ENTRIES: Final = 500_000  # two sides each
AT_ONCE: Final = 50_000
EVENTS: Final = 1_000_000
TOLD: Final = 4_000
RULES: Final = 50
MATCHING: Final = 5
HANDLER: Final = "incentives.handlers.apply_rules"
REP: Final = "bench-rep-7@demo.example"

_ENTRIES = """
INSERT INTO incentives_entry (public_id, key, kind, memo, occurred_at, created_at, team_id, region_id)
SELECT 'be' || lpad(g.n::text, 10, '0'), 'bench:' || g.n, 'adjusted', 'Bench', at, at, u.team_id, t.region_id
FROM generate_series(%(first)s, %(last)s) AS g (n)
CROSS JOIN LATERAL (SELECT now() - make_interval(days => (g.n %% 700)) AS at) days
JOIN bench_earner e ON e.n = g.n %% %(people)s
JOIN people_user u ON u.id = e.user_id LEFT JOIN people_team t ON t.id = u.team_id
"""
_POSTINGS = """
INSERT INTO incentives_posting (entry_id, book, wallet_id, amount)
SELECT entry.id, side.book, side.wallet_id, side.amount
FROM generate_series(%(first)s, %(last)s) AS g (n)
JOIN incentives_entry entry ON entry.key = 'bench:' || g.n
JOIN bench_earner e ON e.n = g.n %% %(people)s
CROSS JOIN LATERAL (VALUES ('issued', NULL::bigint, -(1 + g.n %% 90)), ('available', e.wallet_id, 1 + g.n %% 90))
    AS side (book, wallet_id, amount)
"""
# Standings of what was made here, by the arithmetic of the proof.
_STANDINGS = """
INSERT INTO kernel_rollup (metric, period, starts_on, dimension, key, value)
SELECT %(metric)s, period, CAST(date_trunc(period, days.day) AS date), d.dimension, d.key, sum(days.value)
FROM (
    SELECT CAST(e.occurred_at AT TIME ZONE %(zone)s AS date) AS day, w.person_id, e.team_id, e.region_id,
           sum(p.amount) AS value
    FROM incentives_posting p JOIN incentives_entry e ON e.id = p.entry_id
    JOIN incentives_wallet w ON w.id = p.wallet_id
    WHERE e.key LIKE 'bench:%%' AND p.book = 'available' GROUP BY 1, 2, 3, 4
) days
CROSS JOIN (VALUES ('week'), ('month'), ('quarter'), ('year')) AS periods (period)
CROSS JOIN LATERAL (VALUES ('person', person_id), ('team', team_id), ('region', region_id)) AS d (dimension, key)
WHERE d.key IS NOT NULL
GROUP BY 2, 3, 4, 5
ON CONFLICT (metric, period, starts_on, dimension, key) DO UPDATE SET value = kernel_rollup.value + EXCLUDED.value
"""
# A year of what happens, in the shares of the demo's stream; nothing is owed to anybody for it.
_EVENTS = """
INSERT INTO kernel_event (public_id, topic, subject_type, subject_id, account_id, actor_id, payload, at, occurred_at)
SELECT 'bv' || lpad(g.n::text, 10, '0'),
    (%(topics)s::text[])[1 + g.n %% %(kinds)s], 'nomination', 90000000 + g.n / 3, NULL,
    e.person_id, jsonb_build_object('nominator', e.person_id, 'requester', e.person_id, 'owner', e.person_id,
        'contact', e.person_id, 'in_gap', g.n %% 3 = 0, 'amount', g.n %% 100000, 'internal', false, 'score', NULL,
        'credits', jsonb_build_array(jsonb_build_array(e.person_id, NULL, NULL, 100))),
    at, at
FROM generate_series(%(first)s, %(last)s) AS g (n)
CROSS JOIN LATERAL (SELECT now() - make_interval(mins => (525000 - g.n / 2)::int) AS at) minutes
JOIN bench_earner e ON e.n = (g.n * 7919::bigint) %% %(people)s
ORDER BY g.n
"""


def cases() -> list[Case]:
    """Return the pages that read points, at a million postings."""
    fill()
    return [
        Case("points, leaderboard", "/rewards/leaderboard/", 3, 12, who=REP),
        Case("points, my statement", "/rewards/", 3, 12, who=REP),
        Case("points, ledger", "/ledger/", 4, 8),
        Case("points, rules", "/rules/", 4, 8),
    ]


def fill() -> None:
    """Make the earners and their postings, once."""
    if Entry.objects.filter(key="bench:1").exists():
        return
    _earners()
    with connection.cursor() as cursor:
        for first in range(1, ENTRIES + 1, AT_ONCE):
            span = {"first": first, "last": min(ENTRIES, first + AT_ONCE - 1), "people": PEOPLE}
            cursor.execute(_ENTRIES, span)
            cursor.execute(_POSTINGS, span)
        cursor.execute(_STANDINGS, {"metric": METRIC, "zone": timezone.get_default_timezone_name()})
        cursor.execute("ANALYZE")


@transaction.atomic
def _earners() -> None:
    teams = list(Team.objects.order_by("pk"))
    people = Person.objects.bulk_create(
        [Person(name=f"Bench Rep {n}", email=f"bench-rep-{n}@demo.example") for n in range(PEOPLE)]
    )
    users = User.objects.bulk_create(
        [
            User(person=one, email=one.email, role=Role.REP, team=teams[n % len(teams)], password="!")
            for n, one in enumerate(people)
        ]
    )
    wallets = wallets_of_ids(one.pk for one in people)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_earner (n bigint PRIMARY KEY, person_id bigint, user_id bigint, wallet_id bigint)"
        )
        cursor.executemany(
            "INSERT INTO bench_earner VALUES (%s, %s, %s, %s)",
            [(n, one.pk, user.pk, wallets[one.pk].pk) for n, (one, user) in enumerate(zip(people, users, strict=True))],
        )


# ---------------------------------------------------------------- measured


def measured() -> dict[str, Any]:
    """Measure what is not a page."""
    fill()
    return {"booking": booking(), "relay": relay(), "trial": trial(), "verify": verify()}


def booking() -> dict[str, float]:
    """Book a thousand entries, one by one and at once, against bare inserts of the same rows without anything else."""
    wallets = list(Wallet.objects.filter(person__email__startswith="bench-rep-").select_related("person")[:1000])
    place = {"person": 0, "team": None, "region": None}

    def made(name: str) -> list[Booking]:
        return [
            Booking(
                f"{name}:{n}", BookingKind.ADJUSTED, "Bench", (Side(Book.ISSUED, -5), Side(Book.AVAILABLE, 5, wallet)),
                place={**place, "person": wallet.person_id},
            )
            for n, wallet in enumerate(wallets)
        ]  # fmt: skip

    with connection.cursor() as cursor:
        for table in ("entry", "posting"):
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE incentives_{table} INCLUDING ALL)")
    bare_single = _seconds(lambda: [_bare([one]) for one in made("bare")])
    bare_set = _seconds(lambda: _bare(made("bareset")))
    single = _seconds(lambda: [book([one]) for one in made("single")])
    at_once = _seconds(lambda: book(made("set")))
    return {
        "x_bare_single": round(single / bare_single, 2),
        "x_bare_set": round(at_once / bare_set, 2),
        "set_ms_each": round(at_once, 3),
        "goal": 1.5,
    }


def _bare(bookings: list[Booking]) -> None:
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bare_entry (public_id, key, kind, memo, occurred_at, created_at)"
            " SELECT left(md5(k), 12), k, 'adjusted', 'Bench', %s, %s FROM unnest(%s) k RETURNING id",
            [now, now, [one.key for one in bookings]],
        )
        ids = [row[0] for row in cursor.fetchall()]
        sides = [(pk, side) for pk, one in zip(ids, bookings, strict=True) for side in one.sides]
        cursor.execute(
            "INSERT INTO bare_posting (entry_id, book, wallet_id, amount)"
            " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::int[])",
            [
                [pk for pk, _side in sides],
                [str(side.book) for _pk, side in sides],
                [side.wallet.pk if side.wallet else None for _pk, side in sides],
                [side.amount for _pk, side in sides],
            ],
        )


def relay() -> dict[str, float]:
    """Carry events to fifty rules of which five give for each; the goal is events a second, on one worker."""
    with transaction.atomic():
        rules = Rule.objects.bulk_create(
            [
                Rule(
                    name=f"Bench rule {n}",
                    state=RuleState.LIVE,
                    definition={
                        "shape": 1,
                        "topic": "nomination.submitted" if n < RULES // 2 else OCCASIONS[n % len(OCCASIONS)].topic,
                        "who": "nominator" if n < RULES // 2 else next(iter(OCCASIONS[n % len(OCCASIONS)].who)),
                        "conditions": [{"fact": "in_gap", "op": "is", "values": [n < MATCHING]}]
                        if n < RULES // 2
                        else [],
                        "gives": {"amount": 5},
                        "caps": [{"span": "quarter", "most": 1000}],
                    },
                )
                for n in range(RULES)
            ]
        )
        elsewhere = [
            rule for n, rule in enumerate(rules) if n >= RULES // 2 and rule.says.topic == "nomination.submitted"
        ]
        RuleSpan.objects.bulk_create(
            RuleSpan(rule=rule, version=1, definition=rule.definition, topics=rule.says.topics)
            for rule in rules
            if rule not in elsewhere
        )
        people = list(Person.objects.filter(email__startswith="bench-rep-").values_list("pk", flat=True)[:2000])
        Delivery.objects.filter(handler=HANDLER, done_at__isnull=True).update(done_at=timezone.now())
        emit_bulk(
            [
                BulkEvent(
                    "nomination.submitted", Subject("nomination", 80_000_000 + n), None,
                    {"nominator": people[n % len(people)], "in_gap": True}, timezone.now(),
                )
                for n in range(TOLD)
            ]
        )  # fmt: skip
    before = Entry.objects.count()
    keep_what_is_loaded()  # as each worker does
    seconds = _seconds(lambda: drain(handler=HANDLER))
    given = Entry.objects.count() - before
    Rule.objects.filter(pk__in=[rule.pk for rule in rules]).update(state=RuleState.STOPPED)
    RuleSpan.objects.filter(rule__in=rules).update(until=timezone.now())
    return {"events_per_second": round(TOLD / seconds), "postings": given, "goal": 500}


def trial() -> dict[str, Any]:
    """Fold twenty rules over a million events, in a process of its own: seconds, and the most memory it had."""
    topics = [one.topic for one in OCCASIONS]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM kernel_event WHERE public_id = 'bv0000000001'")
        if cursor.fetchone() is None:
            for first in range(1, EVENTS + 1, AT_ONCE):
                cursor.execute(
                    _EVENTS,
                    {
                        "topics": topics,
                        "kinds": len(topics),
                        "first": first,
                        "last": first + AT_ONCE - 1,
                        "people": PEOPLE,
                    },
                )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE kernel_event")
    done = subprocess.run([sys.executable, "-m", "tests.bench.trial"], check=True, capture_output=True, text=True)
    return {**json.loads(done.stdout.splitlines()[-1]), "goal_seconds": 60, "goal_mib": 1024}


def verify() -> dict[str, Any]:
    """Prove a million postings, sealed."""
    sealing.seal()
    found: list[int] = []
    seconds = _seconds(lambda: found.extend(len(proof.rows) for proof in proofs.proofs()))
    return {
        "postings": 2 * Entry.objects.count(),
        "seconds": round(seconds, 1),
        "broken": sum(found),
        "goal_seconds": 20,
    }


def _seconds(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
