"""What must always hold, put as questions to the live data; `manage.py verify` asks them all."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from refprogram.kernel.models import Delivery

UNDELIVERED = dt.timedelta(minutes=10)
MOST_ROWS = 20


@dataclass(frozen=True)
class Proof:
    """One invariant: `name` says what holds ("the ledger sums to zero"); `rows` are those that break it, in words."""

    name: str
    rows: Sequence[str] = field(default_factory=tuple)

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it."""
        return not self.rows


def by_query(name: str, sql: str, params: Mapping[str, Any] | None = None) -> Proof:
    """Return the proof whose query selects the rows that break the invariant; columns are shown as name=value."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({sql}) broken LIMIT {MOST_ROWS}", params)  # noqa: S608 - our own text
        names = [column.name for column in cursor.description or ()]
        rows = [" ".join(f"{key}={value}" for key, value in zip(names, row, strict=True)) for row in cursor.fetchall()]
    return Proof(name, rows)


def proofs() -> Iterable[Proof]:
    """Whatever is owed for ten minutes was at least tried, and its failure is on record."""
    late = Delivery.objects.filter(done_at__isnull=True, event__at__lt=timezone.now() - UNDELIVERED)
    silent = late.filter(Q(attempts=0) | Q(error="")).order_by("pk")[:MOST_ROWS]
    yield Proof(
        "nothing is undelivered for 10 minutes without a recorded failure",
        [f"event={delivery.event_id} handler={delivery.handler} due={delivery.next_at}" for delivery in silent],
    )
