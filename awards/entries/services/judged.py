"""What a contest does with all its entries at once: locked for judging, closed at its end."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests.models import Contest
from awards.entries.enums import PLACE_MOVES, EntryState, PlaceState
from awards.entries.models import CategoryEntry, ContestEntry
from awards.entries.services.locks import lock_entry, move_entry, tell_stream
from refprogram.kernel.errors import DomainError
from refprogram.kernel.moves import move
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
    rows = ContestEntry.objects.select_for_update().filter(contest=contest, state=EntryState.ELIGIBLE).order_by("pk")
    locked = 0
    for pk in rows.values_list("pk", flat=True):
        entry = lock_entry(pk)
        move_entry(entry, EntryState.LOCKED)
        for place in CategoryEntry.objects.select_for_update().filter(entry=entry, state=PlaceState.ENTERED):
            move(place, PlaceState.IN_ROUND, moves=PLACE_MOVES, noun=_("entry"))
        locked += 1
    return locked


@transaction.atomic
def close_all(contest: Contest, *, by: User | None) -> int:
    """Close every judged entry at the end of a contest and tell the stream of each, once; return how many."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    rows = ContestEntry.objects.filter(contest=contest, state=EntryState.LOCKED).order_by("pk")
    closed = 0
    for pk in rows.values_list("pk", flat=True):
        entry = lock_entry(pk)
        move_entry(entry, EntryState.CLOSED)
        if not entry.anchor:
            tell_stream(
                "entry.closed", entry, by, eligible=True, award=award_of(entry), contact=entry.contact_id,
                nominator=entry.nominator_id,
            )  # fmt: skip
        closed += 1
    return closed


def award_of(entry: ContestEntry) -> str:
    """Return the best that became of an entry: winner, placed, commended, or nothing."""
    states = set(entry.places.values_list("state", flat=True))
    return next((name for state, name in AWARDS if state in states), "")
