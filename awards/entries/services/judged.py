"""What a contest does with all its entries at once: locked for judging, closed at its end."""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests.models import Contest
from awards.entries.enums import ENTRY_MOVES, PLACE_MOVES, EntryState, PlaceState
from awards.entries.models import CategoryEntry, ContestEntry
from awards.entries.services.locks import tell_stream_of_all
from refprogram.kernel.errors import DomainError
from refprogram.kernel.moves import move_all
from refprogram.people.models import User

BLIND = "blind"
# The best of what an entry came to, over its categories.
AWARDS = ((PlaceState.WON, "winner"), (PlaceState.PLACED, "placed"), (PlaceState.COMMENDED, "commended"))


def unredacted(contest: Contest) -> list[ContestEntry]:
    """Return the eligible entries that nobody looked through for names, where a round judges blind."""
    if not contest.rounds.filter(blindness=BLIND).exists():
        return []
    rows = ContestEntry.objects.filter(contest=contest, state=EntryState.ELIGIBLE, redacted_at__isnull=True)
    return list(rows.order_by("code"))


@transaction.atomic
def lock_for_judging(contest: Contest, *, by: User | None) -> int:
    """Lock every eligible entry and put its categories into the first round; return how many entries.

    A few statements for all, whatever their number.

    Refused while something waits for a screener, or while a blind round would show names.
    """
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    waiting = ContestEntry.objects.filter(
        contest=contest, state__in=(EntryState.SUBMITTED, EntryState.SCREENING), anchor=False
    ).count()
    if waiting:
        message = ngettext("%(n)d entry is not screened yet.", "%(n)d entries are not screened yet.", waiting)
        raise DomainError(message % {"n": waiting})
    left = unredacted(contest)
    if left:
        codes = ", ".join(entry.code for entry in left[:10])
        raise DomainError(
            _("Judges of a blind round must learn no names. Look through these first: %(codes)s.") % {"codes": codes}
        )
    held = _held(contest, EntryState.ELIGIBLE)
    rows = ContestEntry.objects.filter(pk__in=held)
    move_all(rows, EntryState.ELIGIBLE, EntryState.LOCKED, moves=ENTRY_MOVES, state_since=timezone.now())
    places = CategoryEntry.objects.filter(entry__in=held)
    move_all(places, PlaceState.ENTERED, PlaceState.IN_ROUND, moves=PLACE_MOVES)
    return len(held)


def _held(contest: Contest, state: EntryState) -> list[int]:
    """Hold the entries of a contest that are in this state, with their categories, and return their keys."""
    rows = ContestEntry.objects.select_for_update().filter(contest=contest, state=state).order_by("pk")
    held = list(rows.values_list("pk", flat=True))
    list(CategoryEntry.objects.select_for_update().filter(entry__in=held).order_by("pk").values_list("pk", flat=True))
    return held


@transaction.atomic
def close_all(contest: Contest, *, by: User | None) -> int:
    """Close every judged entry at the end of a contest and tell the stream of each, once; return how many."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    held = _held(contest, EntryState.LOCKED)
    rows = ContestEntry.objects.filter(pk__in=held)
    move_all(rows, EntryState.LOCKED, EntryState.CLOSED, moves=ENTRY_MOVES, state_since=timezone.now())
    states: dict[int, set[str]] = defaultdict(set)
    for entry_id, state in CategoryEntry.objects.filter(entry__in=held).values_list("entry", "state"):
        states[entry_id].add(state)
    tell_stream_of_all(
        "entry.closed",
        list(rows.filter(anchor=False).select_related("contest", "nominator__team").order_by("pk")),
        by,
        facts=lambda entry: {
            "eligible": True,
            "award": _best(states[entry.pk]),
            "contact": entry.contact_id,
            "nominator": entry.nominator_id,
        },
    )
    return len(held)


def award_of(entry: ContestEntry) -> str:
    """Return the best that became of an entry: winner, placed, commended, or nothing."""
    return _best(set(entry.places.values_list("state", flat=True)))


def _best(states: Collection[str]) -> str:
    return next((name for state, name in AWARDS if state in states), "")
