"""What who runs the contest does for a prize: host, day, place, another offer, its fund, a reminder, calling it off."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import PrizeKind
from awards.contests.services.rows import held
from awards.models import Contest
from awards.prizes.enums import FELL_THROUGH, NOT_ORDERED, GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.services.granting import look_again
from awards.prizes.services.rows import lock, move, said, tell
from awards.results.enums import AwardState
from refprogram.governance.budgets.models import Fund
from refprogram.governance.budgets.services.book import amount_of
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.models import User

G = GrantState
ARRANGED = (G.OFFERED, G.TAKEN)


@transaction.atomic
def arrange(
    *, grant: PrizeGrant, by: User, host: User | None, on: dt.date | None, where: str = "", note: str = ""
) -> PrizeGrant:
    """Say who hosts it, on which day and where; winner and host hear of it. A gift that is paid for gets that day."""
    row = lock(grant)
    if row.state not in ARRANGED:
        raise DomainError(_("This prize is settled: there is nothing to arrange any more."))
    if on is not None and on != row.on and on < timezone.localdate():
        sentence = _("This day is over. Choose today or later.")
        raise InvalidInput(sentence, errors={"on": sentence})
    row.host, row.on = host, on
    row.where, row.note = " ".join(where.split())[:120], " ".join(note.split())[:300]
    row.save(update_fields=["host", "on", "where", "note"])
    keep_day(row, by)
    tell("prize.arranged", row, actor_id=by.person_id)
    return row


def keep_day(row: PrizeGrant, by: User) -> None:
    """Give the gift the day that was agreed, once it is paid for, where the colleague may handle gifts."""
    gift = row.fulfilment
    if gift is None or row.on is None or row.on < timezone.localdate() or not by.has_perm("governance.handle_gifts"):
        return
    if gift.state in (FulfilmentState.READY, FulfilmentState.SCHEDULED) and gift.scheduled_on != row.on:
        gifts.schedule(fulfilment=gift, on=row.on, by=by)


@transaction.atomic
def offer_else(*, grant: PrizeGrant, kind: str, item: str, value: Decimal, by: User) -> PrizeGrant:
    """Offer something else, or the same again: where it was refused, held, not approved, or came to nothing."""
    row = lock(grant)
    if row.award.state != AwardState.PUBLISHED:
        raise DomainError(_("The award was taken back: nothing more is given for it."))
    if row.state == G.TAKEN and not fell_through(row):
        raise DomainError(_("A gift is under way. Call it off first."))
    called = " ".join(item.split())[:200]
    if not called:
        sentence = _("Say what is given.")
        raise InvalidInput(sentence, errors={"item": sentence})
    row.kind, row.item, row.cause, row.details = PrizeKind(kind), called, "", {}
    row.value = amount_of(value, field="value") if value else Decimal(0)
    row.host = row.on = row.reminded_at = row.answered_at = None
    row.where = row.note = row.reason = ""
    row.reminders = 0
    row.save()
    if row.state == G.HELD:
        return look_again(grant=row, by=by)
    row.offered_at = timezone.now()
    if row.state == G.OFFERED:
        row.save(update_fields=["offered_at"])
    else:
        move(row, G.OFFERED, also=["offered_at"])
    tell("prize.offered", row, actor_id=by.person_id)
    return row


def fell_through(row: PrizeGrant) -> bool:
    """Whether the gift of a prize came to nothing."""
    return row.fulfilment is not None and row.fulfilment.state in FELL_THROUGH


@transaction.atomic
def pay_from(*, contest: Contest, fund: Fund | None, by: User) -> int:
    """Pay what is not taken yet out of this fund; without one, out of the one with most room. Return how many."""
    row = held(contest)
    waiting = PrizeGrant.objects.select_for_update().filter(award__contest=row, fulfilment__isnull=True)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    PrizeGrant.objects.filter(pk__in=ids).update(fund=fund, updated_at=timezone.now())
    return len(ids)


@transaction.atomic
def remind(*, grant: PrizeGrant, by: User | None = None) -> PrizeGrant:
    """Write once more to a winner who has not chosen."""
    row = lock(grant)
    if row.state != G.OFFERED:
        raise DomainError(_("They have answered, or were not asked yet."))
    row.reminders, row.reminded_at = row.reminders + 1, timezone.now()
    row.save(update_fields=["reminders", "reminded_at"])
    tell("prize.reminded", row, actor_id=by.person_id if by else None)
    return row


@transaction.atomic
def call_off(*, grant: PrizeGrant, reason: str, by: User) -> PrizeGrant:
    """Call a prize off, with the reason. What is ordered is cancelled on the page of its gift first."""
    row = lock(grant)
    row.reason, row.blocked = said(reason), ""
    gift = row.fulfilment
    if gift is not None and gift.state in NOT_ORDERED:
        gifts.cancel(fulfilment=gift, by=gift.requested_by, reason=row.reason)
    elif row.state == G.TAKEN and not fell_through(row):
        raise DomainError(_("It is ordered, or handed over: cancel the order or take it back on the page of the gift."))
    move(row, G.CANCELLED, also=["reason", "blocked"])
    tell("prize.cancelled", row, actor_id=by.person_id)
    return row


@transaction.atomic
def let_keep(*, grant: PrizeGrant, reason: str, by: User) -> PrizeGrant:
    """Leave a prize with its receiver though the award was taken back, with the reason."""
    row = lock(grant)
    row.reason = said(reason)
    move(row, G.KEPT, also=["reason"])
    tell("prize.kept", row, actor_id=by.person_id)
    return row
