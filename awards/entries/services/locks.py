"""The rows, held; who somebody is to an entry; and what the stream is told of it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db.models import BigIntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import Audience
from awards.contests.models import Contest
from awards.entries.enums import ENTRY_MOVES, EntryState, HelperPart
from awards.entries.models import CategoryEntry, ContestEntry, EntryHelper, EntryInvite
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.moves import move
from refprogram.kernel.prepared import Given, PreparedValues
from refprogram.kernel.stream import emit, subject_of
from refprogram.people.models import Person, User

Actor = User | Person | None


def lock_entry(pk: int) -> ContestEntry:
    """Return the entry, fresh and locked, with all that its services read."""
    rows = ContestEntry.objects.select_for_update(of=("self",)).select_related(
        "contest__form", "account__owner", "team", "contact__person", "owner", "answer__version__design",
        "nominator__team", "invite",
    )  # fmt: skip
    return rows.get(pk=pk)


def lock_invite(pk: int) -> EntryInvite:
    """Return the invitation, fresh and locked."""
    rows = EntryInvite.objects.select_for_update(of=("self",)).select_related(
        "contest", "category", "account__owner", "contact__person", "proposed_by__person", "ask"
    )
    return rows.get(pk=pk)


def person_of(actor: Actor) -> int | None:
    """Return the person's id that the stream names."""
    return actor.person_id if isinstance(actor, User) else actor.pk if actor is not None else None


def part_of(entry: ContestEntry, person_id: int | None) -> str:
    """Return what somebody is to the entry: `owner`, a helper's part, or nothing."""
    if person_id is None:
        return ""
    if entry.owner_id == person_id:
        return "owner"
    return next((str(part) for (part,) in _PARTS(entry=entry.pk, person=person_id)), "")


_PARTS: Final = PreparedValues(
    lambda: (
        EntryHelper.objects.filter(entry=Given("entry", BigIntegerField()), person=Given("person", BigIntegerField()))
        .order_by("pk")
        .values_list("part")[:1]
    )
)


def demand_writer(entry: ContestEntry, person_id: int | None) -> None:
    """Raise NotAllowed for who neither owns the entry nor was asked to write in it."""
    if part_of(entry, person_id) not in ("owner", HelperPart.EDITOR):
        raise NotAllowed(_("Only who owns this entry, and whoever they asked to write in it, may change it."))


def demand_owner(entry: ContestEntry, person_id: int | None) -> None:
    """Raise NotAllowed for anybody but the entry's owner."""
    if person_id is None or entry.owner_id != person_id:
        raise NotAllowed(_("Only who owns this entry may do that."))


def demand_no_part(entry: ContestEntry, by: User) -> None:
    """Raise NotAllowed for whoever brought or wrote the entry: they do not decide on it."""
    if entry.nominator_id == by.pk or part_of(entry, by.person_id):
        raise NotAllowed(_("You brought this entry or help with it: somebody else screens it."))


def move_entry(entry: ContestEntry, to: EntryState, *also: str) -> None:
    """Move an entry that is held, and note since when it is there."""
    entry.state_since = timezone.now()
    move(entry, to, moves=ENTRY_MOVES, noun=_("entry"), also=["state_since", *also])


def wrong(sentence: Any, *fields: str) -> InvalidInput:
    """Return a refusal that stands beside these fields."""
    return InvalidInput(str(sentence), errors={field: str(sentence) for field in fields})


def is_internal(contest: Contest) -> bool:
    """Whether teams of our own compete."""
    return contest.audience == Audience.INTERNAL


def credits_of(entry: ContestEntry) -> list[list[int | None]]:
    """Return whose work brought the entry, as the stream tells it: `[[person, team, region, percent]]`."""
    user = entry.nominator
    if user is None or not entry.contest.nominator_credit:
        return []
    return [[user.person_id, user.team_id, user.team.region_id if user.team else None, 100]]


def tell_stream(topic: str, entry: ContestEntry, actor: Actor = None, *, late: bool = False, **facts: Any) -> None:
    """Emit what happened to an entry, with what others count it by. No names, no words of the entry."""
    categories: Sequence[int] = list(entry.places.order_by("category").values_list("category", flat=True))
    emit(
        topic,
        subject=entry,
        account_id=entry.account_id,
        actor_id=person_of(actor),
        payload={**_stage(entry, categories), "late": late, **facts},
    )


def tell_stream_of_all(
    topic: str,
    entries: Sequence[ContestEntry],
    actor: Actor = None,
    *,
    facts: Callable[[ContestEntry], Mapping[str, Any]] = lambda _entry: {},
) -> None:
    """Emit what happened to many entries at once: an event each, as `tell_stream` would, in a few statements.

    The entries come with contest and nominator; `facts` says what is special of each.
    """
    places = CategoryEntry.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("category")
    categories: dict[int, list[int]] = defaultdict(list)
    for entry_id, category in places.values_list("entry", "category"):
        categories[entry_id].append(category)
    now, actor_id = timezone.now(), person_of(actor)
    emit_bulk(
        [
            BulkEvent(
                topic,
                subject_of(entry),
                actor_id,
                {**_stage(entry, categories[entry.pk]), "late": False, **facts(entry)},
                now,
                entry.account_id,
            )
            for entry in entries
        ]
    )


def _stage(entry: ContestEntry, categories: Sequence[int]) -> dict[str, Any]:
    """Return what others count an entry by."""
    return {
        "contest": entry.contest_id,
        "category": list(categories),
        "credits": credits_of(entry),
        "internal": is_internal(entry.contest),
    }
