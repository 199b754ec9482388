"""What prizes do when something happened elsewhere: their gift was replaced or paid for, their award taken back."""

from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Award
from awards.prizes.enums import FELL_THROUGH, NOT_ORDERED, GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.services.arranging import keep_day
from awards.prizes.services.rows import PEOPLE, lock, move, tell
from awards.results.enums import AwardState
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.models import Fulfilment

G = GrantState


def grant_of(gift_id: int | None) -> PrizeGrant | None:
    """Return the granted prize whose latest gift this is."""
    return PrizeGrant.objects.select_related(*PEOPLE).filter(fulfilment=gift_id).first() if gift_id else None


@transaction.atomic
def follow_replacement(*, gift_id: int) -> None:
    """A gift was replaced by this one (charity, something else): the prize goes on with it. Twice is once."""
    gift = Fulfilment.objects.get(pk=gift_id)
    found = grant_of(gift.replaces_id)
    if found is None:
        return
    row = lock(found)
    row.fulfilment, row.item, row.value, row.cause = gift, gift.item, gift.value, gift.cause
    row.save(update_fields=["fulfilment", "item", "value", "cause"])


@transaction.atomic
def follow_money(*, gift_id: int) -> None:
    """A gift can be ordered: where its day is agreed already, it gets that day. Twice is once."""
    found = grant_of(gift_id)
    if found is not None:
        row = lock(found)
        keep_day(row, row.award.contest.owner)


@transaction.atomic
def follow_revoked(*, award: Award) -> None:
    """The award was taken back: what is not ordered is called off, the rest is to be brought back. Twice is once."""
    if Award.objects.get(pk=award.pk).state != AwardState.REVOKED:
        return
    for found in PrizeGrant.objects.filter(award=award).select_related("award").order_by("pk"):
        row = lock(found)
        if row.state in (G.OFFERED, G.HELD) or (row.state == G.TAKEN and _can_be_called_off(row)):
            _call_off(row)
        elif row.state == G.TAKEN:
            move(row, G.RECALLED)
            tell("prize.recalled", row, actor_id=None)


def _can_be_called_off(row: PrizeGrant) -> bool:
    return row.fulfilment is not None and row.fulfilment.state in (*NOT_ORDERED, *FELL_THROUGH)


def _call_off(row: PrizeGrant) -> None:
    row.reason, row.blocked = _("The award was taken back."), ""
    gift = row.fulfilment
    if gift is not None and gift.state in NOT_ORDERED:
        gifts.cancel(fulfilment=gift, by=gift.requested_by, reason=row.reason)
    move(row, G.CANCELLED, also=["reason", "blocked"])
    tell("prize.cancelled", row, actor_id=None)


@transaction.atomic
def follow_return(*, gift_id: int) -> None:
    """A gift of an award that was taken back is with us again, or its order was cancelled. Twice is once."""
    found = grant_of(gift_id)
    if found is None:
        return
    row = lock(found)
    if row.state == G.RECALLED and row.fulfilment is not None and row.fulfilment.state in FELL_THROUGH:
        row.reason = _("It came back.")
        move(row, G.CANCELLED, also=["reason"])
        tell("prize.cancelled", row, actor_id=None)
