"""Making rows in bulk that are the same every time."""

import datetime as dt
import random
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from refprogram.kernel import topics
from refprogram.kernel.models import Delivery, Event
from refprogram.kernel.models.base import ALPHABET, PUBLIC_ID_LENGTH
from refprogram.kernel.stream import relay, subject_of

T = TypeVar("T")

BATCH = 2_000
# Of everything that listens, only these may hear of the demo's past: they count. Nobody is written to.
COUNTING = ("nominations.handlers.count", "incentives.handlers.apply_rules")


@dataclass
class Maker:
    """A seeded source of chance, the demo's "today", and the events that were made so far."""

    scale: int
    seed: int
    today: dt.date = field(default_factory=timezone.localdate)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - a demo is no secret

    def apart(self, what: str) -> "Maker":
        """Return a maker with a chance of its own: what it draws shifts nothing that is made after it."""
        return replace(self, seed=zlib.crc32(f"{self.seed} {what}".encode()))

    def public_id(self) -> str:
        """Return the next public id of this seed."""
        return "".join(self.chance.choices(ALPHABET, k=PUBLIC_ID_LENGTH))

    def moment(self, day: dt.date) -> dt.datetime:
        """Return a moment in the office hours of a day, never in the future."""
        at = dt.datetime.combine(day, dt.time(self.chance.randrange(8, 17), self.chance.randrange(60)), tzinfo=dt.UTC)
        return min(at, timezone.now())

    def weighted(self, table: Sequence[tuple[T, int]]) -> T:
        """Return one of the things in a table of (thing, weight)."""
        return self.chance.choices([thing for thing, _weight in table], [weight for _thing, weight in table])[0]

    def day_ago(self, most: int, least: int = 0) -> dt.date:
        """Return a day between `most` and `least` days ago."""
        return self.today - dt.timedelta(days=self.chance.randint(least, most))

    def tell(
        self,
        topic: str,
        subject: models.Model,
        at: dt.datetime,
        *,
        account_id: int | None,
        actor_id: int | None,
        **facts: Any,
    ) -> None:
        """Remember an event of the past; `flush` writes them in the order in which they happened."""
        unknown = facts.keys() - set(topics.registry()[topic].fields)
        if unknown:
            message = f"topic {topic} has no field {sorted(unknown)}"
            raise RuntimeError(message)
        about = subject_of(subject)
        self.events.append(
            Event(
                public_id=self.public_id(),
                topic=topic,
                subject_type=about.type,
                subject_id=about.id,
                account_id=account_id,
                actor_id=actor_id,
                payload=facts,
                at=at,
                occurred_at=at,
            )
        )

    def flush(self) -> None:
        """Write the events, and let the handlers that count hear of them."""
        ordered = sorted(self.events, key=lambda event: event.at)
        Event.objects.bulk_create(ordered, batch_size=BATCH)
        Delivery.objects.bulk_create(
            [
                Delivery(event=e, handler=h, next_at=e.at)
                for e in ordered
                for h in topics.handlers_of(e.topic)
                if h in COUNTING
            ],
            batch_size=BATCH,
        )
        self.events.clear()
        for handler in COUNTING:
            while relay(handler=handler):
                pass


def bulk(maker: Maker, rows: Iterable[Any]) -> list[Any]:
    """Write rows of one model in bulk, each with a public id of this seed; return them with their keys."""
    made = list(rows)
    for row in made:
        row.public_id = maker.public_id()
    if made:
        type(made[0]).objects.bulk_create(made, batch_size=BATCH)
    return made
