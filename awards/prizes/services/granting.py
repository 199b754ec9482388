"""Who gets which prize: from the announcement to the offer. What stands in the way of an offer is said, and looked at

again every night.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.models import Award, Contest, Prize
from awards.prizes.enums import GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.services.rows import PEOPLE, lock, move, offer_of, tell, winner_of
from awards.results.enums import AwardKind, AwardState
from references.requests.services.gifts import why_no_gift
from refprogram.people.models import User

GIVING = (ContestState.PUBLISHED, ContestState.FULFILMENT)
HONOURED = (AwardKind.WINNER, AwardKind.JOINT, AwardKind.PLACED)


def matches(prize: Prize, award: Award) -> bool:
    """Whether this award is given this prize: the same place, of the category; one without a category is every one's.

    People's choice has its own prizes, and never those of the jury. Joint winners have one each.
    """
    if prize.people_choice != award.people_choice or prize.place != award.rank:
        return False
    return prize.category_id in (None, award.place.category_id)


@transaction.atomic
def grant_prizes(*, contest: Contest, by: User | None = None) -> list[PrizeGrant]:
    """Give each announced award its prizes, and offer them. Twice is once: what was granted before stays as it is."""
    row = lock_contest(contest)
    if row.state not in GIVING:
        return []
    made = missing_in(row)
    PrizeGrant.objects.bulk_create(made)
    ids = [grant.pk for grant in made]
    rows = list(PrizeGrant.objects.filter(pk__in=ids).select_related(*PEOPLE).order_by("pk"))
    for grant in rows:
        _put_to_winner(grant, by=by)
    if rows and row.state == ContestState.PUBLISHED:
        contests.move(row, ContestState.FULFILMENT, by=by)
        contest.state = row.state
    return rows


def missing_in(contest: Contest) -> list[PrizeGrant]:
    """Return the prizes that announced awards have not been given yet; not kept."""
    awards = Award.objects.filter(contest=contest, state=AwardState.PUBLISHED, kind__in=HONOURED)
    prizes = list(contest.prizes.order_by("pk"))
    known = set(PrizeGrant.objects.filter(award__contest=contest).values_list("award", "prize"))
    return [
        PrizeGrant(award=award, prize=prize, kind=prize.kind, item=prize.item, value=prize.value)
        for award in awards.select_related("place").order_by("rank", "pk")
        for prize in prizes
        if matches(prize, award) and (award.pk, prize.pk) not in known
    ]


def why_held(row: PrizeGrant) -> str:
    """Return why the winner cannot be offered it now; empty where they can."""
    entry = row.award.place.entry
    person = winner_of(row)
    if person is None or not person.email:
        return _("Nobody stands for this entry: name its contact first.")
    if entry.contact is not None and (problem := why_no_gift(entry.contact)):
        return problem
    if entry.account is not None and entry.account.frozen:
        return _("%(name)s is frozen: leave them alone for now.") % {"name": entry.account.name}
    found = offer_of(row)
    return found.words if found.nothing else ""


def _put_to_winner(row: PrizeGrant, *, by: User | None) -> None:
    """Offer a prize that was just granted, or say what stands in the way."""
    actor = by.person_id if by else None
    row.blocked = why_held(row)[:300]
    if row.blocked:
        row.state = GrantState.HELD
    else:
        row.offered_at = timezone.now()
    row.save(update_fields=["state", "blocked", "offered_at"])
    tell("prize.held" if row.blocked else "prize.offered", row, actor_id=actor)


@transaction.atomic
def look_again(*, grant: PrizeGrant, by: User | None = None) -> PrizeGrant:
    """Offer a prize that was held, if nothing stands in the way any more; else keep the reason up to date."""
    row = lock(grant)
    if row.state != GrantState.HELD:
        return row
    why = why_held(row)[:300]
    if why:
        row.blocked = why
        row.save(update_fields=["blocked"])
        return row
    row.blocked, row.offered_at = "", timezone.now()
    move(row, GrantState.OFFERED, also=["blocked", "offered_at"])
    tell("prize.offered", row, actor_id=by.person_id if by else None)
    return row


def look_at_held(rows: Iterable[PrizeGrant]) -> int:
    """Look again at prizes that were held; return how many could be offered."""
    return sum(look_again(grant=row).state == GrantState.OFFERED for row in rows)
