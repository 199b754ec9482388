"""From one round to the next: who goes on."""

from django.db import transaction
from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.entries.enums import PLACE_MOVES, PlaceState
from awards.entries.services.locks import tell_stream_of_all
from awards.judging.models import Round
from awards.models import CategoryEntry, ContestEntry
from awards.results.enums import TallyState
from awards.results.models import TallyRow, TallyRun
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User


@transaction.atomic
def advance(*, round_: Round, by: User) -> int:
    """Let the best of each category go on to the next round, by the round's rule; return how many.

    The first so many, with all who share the last of these places, and nobody below the score. From tallies that were
    looked through; earlier rounds stay as they are. A few statements for all, whatever their number.
    """
    contest = lock_contest(round_.contest)
    following = contest.rounds.filter(number=round_.number + 1, released_at__isnull=True).first()
    if contest.state != ContestState.DELIBERATION or following is None:
        raise DomainError(_("There is no further round to go on to."))
    tallies = list(TallyRun.objects.filter(round=round_).exclude(state=TallyState.SUPERSEDED).defer("snapshot"))
    if not tallies or any(tally.state == TallyState.COMPUTED for tally in tallies):
        raise DomainError(_("Look through the results of each category first."))
    forward = {place for tally in tallies for place in _best(tally, round_)}
    rows = CategoryEntry.objects.select_for_update(of=("self",)).filter(
        category__contest=contest, round_number=round_.number, state=PlaceState.IN_ROUND, entry__anchor=False
    )
    held = set(rows.order_by("pk").values_list("pk", flat=True))
    on, out = (CategoryEntry.objects.filter(pk__in=found) for found in (held & forward, held - forward))
    step, number = PlaceState.ADVANCED, following.number
    moves.move_all(on, PlaceState.IN_ROUND, step, moves=PLACE_MOVES, round_number=number)
    moves.move_all(on, step, PlaceState.IN_ROUND, moves=PLACE_MOVES)
    moves.move_all(out, PlaceState.IN_ROUND, PlaceState.NOT_ADVANCED, moves=PLACE_MOVES)
    entries = ContestEntry.objects.filter(pk__in=on.values("entry")).select_related("contest", "nominator__team")
    tell_stream_of_all("entry.shortlisted", list(entries.order_by("pk")), by)
    return len(forward)


def _best(tally: TallyRun, round_: Round) -> list[int]:
    rows = TallyRow.objects.filter(tally=tally, score__gte=float(round_.advance_score))
    if round_.advance_top:
        rows = rows.filter(rank__lte=round_.advance_top)
    return list(rows.values_list("place", flat=True))
