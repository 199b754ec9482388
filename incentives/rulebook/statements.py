"""A person's own points, each with its reason in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField

from incentives.ledger.models import Posting
from incentives.rulebook.enums import PromiseState
from incentives.rulebook.models import Promise
from incentives.rulebook.selectors import sentence_of
from incentives.rulebook.vocabulary import BY_TOPIC
from refprogram.kernel.models import Event
from refprogram.kernel.prepared import Given, Prepared
from refprogram.kernel.timeline import entries as sentences
from refprogram.people.models import User

MOST = 100  # of what waits, on one page


@dataclass(frozen=True)
class Line:
    """One line of a statement: what came or went, by which rule, because of what."""

    posting: Posting
    rule: str
    why: Any
    taken_back: bool


@dataclass(frozen=True)
class Waiting:
    """Points that are promised: because of what, and what they wait for, in words."""

    promise: Promise
    why: Any

    @property
    def then(self) -> Any:
        """What has to happen."""
        occasion = BY_TOPIC.get(self.promise.topic)
        return occasion.when if occasion else self.promise.topic


_PROMISED = Prepared(
    lambda: (
        Promise.objects.filter(
            wallet__person=Given("person", BigIntegerField()),
            state=PromiseState.OPEN,
            entry__reversed_by__isnull=True,
        )
        .select_related("entry__event")
        .order_by("until", "pk")
    ),
    portion=True,
)


def waiting_for(viewer: User) -> list[Waiting]:
    """Return what the viewer was promised and does not have yet; what runs out first stands first."""
    rows = _PROMISED(person=viewer.person_id, start=0, most=MOST)
    told = _told([row.entry.event for row in rows if row.entry.event is not None], viewer)
    return [Waiting(row, told.get(row.entry.event_id, "")) for row in rows]


def _told(events: Iterable[Event], viewer: User) -> dict[int | None, Any]:
    return {line.event_id: line.text for line in sentences({one.pk: one for one in events}.values(), viewer)}


def explained(postings: Sequence[Posting], viewer: User) -> list[Line]:
    """Return statement lines with their reasons in words; events are read in one go."""
    told = _told([posting.entry.event for posting in postings if posting.entry.event is not None], viewer)
    return [
        Line(
            posting=posting,
            rule=sentence_of(posting.entry.rule) if posting.entry.rule else "",
            why=told.get(posting.entry.event_id, ""),
            taken_back=hasattr(posting.entry, "reversed_by"),
        )
        for posting in postings
    ]
