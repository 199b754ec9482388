"""The announcement: at one moment, in one transaction, for everybody."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import services as contests
from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.entries import services as entries
from awards.entries.enums import PLACE_MOVES, PlaceState
from awards.models import Award, CategoryEntry, Contest
from awards.results.enums import AWARD_MOVES, AwardKind, AwardState
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User

PUBLIC = (AwardState.EMBARGOED, AwardState.NOTIFIED, AwardState.ACCEPTED)
BECOMES = {AwardKind.WINNER: PlaceState.WON, AwardKind.JOINT: PlaceState.WON, AwardKind.PLACED: PlaceState.PLACED,
           AwardKind.COMMENDED: PlaceState.COMMENDED}  # fmt: skip


@transaction.atomic
def publish(*, contest: Contest, by: User | None) -> Contest:
    """Announce the winners: awards, entries, contest, all at once. Without `by` the clock does it.

    Nobody publishes before the announced moment: who wants to be earlier changes that moment first. Twice is once.
    """
    row = lock_contest(contest)
    if row.state in AFTER_PUBLICATION:
        return row
    if row.state != ContestState.DECIDED:
        raise DomainError(_("Winners are announced once the results are certified."))
    now = timezone.now()
    if now < row.announce_at:
        raise DomainError(_("The announcement is set for later. Change its moment first."))
    _announce(row, now)
    entries.close_all(row, by=by)
    return contests.move(row, ContestState.PUBLISHED, by=by)


def _announce(contest: Contest, now: dt.datetime) -> None:
    """Publish what stands, and let go of who was kept in reserve: a few statements, whatever their number."""
    held = Award.objects.select_for_update().filter(contest=contest, state__in=PUBLIC).order_by("pk")
    rows = list(held.values_list("pk", "kind", "place", "people_choice"))
    spare = Award.objects.filter(pk__in=[pk for pk, kind, *_rest in rows if kind == AwardKind.ALTERNATE])
    given = Award.objects.filter(pk__in=[pk for pk, kind, *_rest in rows if kind != AwardKind.ALTERNATE])
    for state in PUBLIC:
        moves.move_all(spare, state, AwardState.REVOKED, moves=AWARD_MOVES, reason="not_needed")
        moves.move_all(given, state, AwardState.PUBLISHED, moves=AWARD_MOVES, published_at=now)
    # The people's choice wins no category.
    judged = [(place, kind) for _pk, kind, place, by_public in rows if not by_public and kind != AwardKind.ALTERNATE]
    _mark_places({place: BECOMES[AwardKind(kind)] for place, kind in judged})


def _mark_places(becomes: Mapping[int, PlaceState]) -> None:
    """Show on each entry's category what it got."""
    places = CategoryEntry.objects.filter(pk__in=becomes)
    held = dict(places.select_for_update().order_by("pk").values_list("pk", "state"))
    moves.move_all(places, PlaceState.ADVANCED, PlaceState.IN_ROUND, moves=PLACE_MOVES)
    steps: dict[tuple[str, PlaceState], list[int]] = defaultdict(list)
    for place, state in held.items():
        before = PlaceState.IN_ROUND.value if state == PlaceState.ADVANCED else state
        if before != becomes[place]:
            steps[before, becomes[place]].append(place)
    for (before, to), ids in sorted(steps.items()):
        moves.move_all(CategoryEntry.objects.filter(pk__in=ids), PlaceState(before), to, moves=PLACE_MOVES)


def publish_by_the_clock(*, now: dt.datetime) -> int:
    """Announce every decided contest whose moment has come; return how many. Beat calls it each minute."""
    due = list(Contest.objects.filter(state=ContestState.DECIDED, announce_at__lte=now).order_by("pk"))
    for contest in due:
        publish(contest=contest, by=None)
    return len(due)
