"""The announcement: at one moment, in one transaction, for everybody."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import services as contests
from awards.contests.enums import ContestState
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
    if row.state == ContestState.PUBLISHED:
        return row
    if row.state != ContestState.DECIDED:
        raise DomainError(_("Winners are announced once the results are certified."))
    now = timezone.now()
    if now < row.announce_at:
        raise DomainError(_("The announcement is set for later. Change its moment first."))
    for award in Award.objects.select_for_update().filter(contest=row, state__in=PUBLIC).order_by("pk"):
        if award.kind == AwardKind.ALTERNATE:
            award.reason = "not_needed"
            moves.move(award, AwardState.REVOKED, moves=AWARD_MOVES, noun=_("award"), also=["reason"])
            continue
        award.published_at = now
        moves.move(award, AwardState.PUBLISHED, moves=AWARD_MOVES, noun=_("award"), also=["published_at"])
        _mark_place(award)
    entries.close_all(row, by=by)
    return contests.move(row, ContestState.PUBLISHED, by=by)


def _mark_place(award: Award) -> None:
    """Show on the entry's category what it got."""
    place = CategoryEntry.objects.select_for_update().get(pk=award.place_id)
    to = BECOMES[AwardKind(award.kind)]
    if place.state == PlaceState.ADVANCED:
        moves.move(place, PlaceState.IN_ROUND, moves=PLACE_MOVES, noun=_("entry"))
    if place.state != to:
        moves.move(place, to, moves=PLACE_MOVES, noun=_("entry"))


def publish_by_the_clock(*, now: dt.datetime) -> int:
    """Announce every decided contest whose moment has come; return how many. Beat calls it each minute."""
    due = list(Contest.objects.filter(state=ContestState.DECIDED, announce_at__lte=now).order_by("pk"))
    for contest in due:
        publish(contest=contest, by=None)
    return len(due)
