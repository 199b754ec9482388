"""What the receiver says: no longer wanted, it is there, it is not, and whether it was worth its points."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from incentives.catalogue import policy
from incentives.catalogue.enums import RedemptionState
from incentives.catalogue.models import Redemption
from incentives.catalogue.services.rows import lock, tell
from incentives.catalogue.services.settling import go, settle
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.services.receiving import Answer
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.people.models import Person, User

R, F = RedemptionState, FulfilmentState
CANCELLABLE = (F.IN_APPROVAL, F.WAITING_MONEY, F.READY, F.SCHEDULED)


def may_cancel(row: Redemption) -> bool:
    """Whether it can still be called off: before it is ordered."""
    return row.state == R.ASKED and row.gift is not None and row.gift.state in CANCELLABLE


@transaction.atomic
def cancel(*, redemption: Redemption, by: User, reason: str = "") -> Redemption:
    """Call it off before it is ordered: the points are free again."""
    row = lock(redemption)
    if not may_cancel(row) or row.gift is None:
        raise DomainError(_("It is ordered already, or settled: it cannot be called off any more."))
    words = " ".join(reason.split())[:500] or _("Called off by who asked for it.")
    gifts.cancel(fulfilment=row.gift, by=by, reason=words)
    return settle(row, by=by)


@transaction.atomic
def cancel_as_receiver(*, redemption: Redemption, person: Person) -> Redemption:
    """Take a customer's own no, on a page that has made sure that it is they who speak."""
    row = lock(redemption)
    _only_theirs(row, person)
    if not may_cancel(row) or row.gift is None:
        raise DomainError(_("It is ordered already, or settled: it cannot be called off any more."))
    gifts.answer_as_receiver(fulfilment=row.gift, answer=Answer.REFUSED, words=_("Called off by who asked for it."))
    return settle(row)


@transaction.atomic
def confirm(*, redemption: Redemption, person: Person, worth: int | None = None, words: str = "") -> Redemption:
    """Note that the receiver has it and, if they say so, whether it was worth its points (1 to 5)."""
    row = lock(redemption)
    _only_theirs(row, person)
    if worth is not None and not 1 <= worth <= 5:
        message = _("From 1 to 5.")
        raise InvalidInput(message, errors={"worth": message})
    if row.state not in (R.DELIVERED, R.CONFIRMED) or row.gift is None:
        raise DomainError(_("There is nothing to confirm yet."))
    if row.gift.state == F.DELIVERED:
        gifts.answer_as_receiver(fulfilment=row.gift, answer=Answer.RECEIVED)
        row = settle(row)
    if worth is not None:
        row.worth, row.worth_words = worth, " ".join(words.split())[:300]
        row.save(update_fields=["worth", "worth_words"])
        tell("redemption.rated", row, actor_id=person.pk, worth=worth)
    return row


@transaction.atomic
def say_missing(*, redemption: Redemption, person: Person, words: str = "") -> Redemption:
    """Note that it has not arrived: it is on order again, and who runs the catalogue hears."""
    row = lock(redemption)
    _only_theirs(row, person)
    if row.gift is None or row.gift.state != F.DELIVERED:
        raise DomainError(_("Nothing was handed over, or you have confirmed it already."))
    gifts.answer_as_receiver(fulfilment=row.gift, answer=Answer.MISSING, words=words)
    return settle(row)


def confirm_by_clock(now: dt.datetime) -> int:
    """Count as received what was handed over some time ago and nobody missed; return how many."""
    before = now - dt.timedelta(days=policy.now().confirm_after)
    ids = Redemption.objects.filter(state=R.DELIVERED, delivered_at__lte=before).order_by("pk")
    return sum(_confirm_silently(row) for row in ids)


@transaction.atomic
def _confirm_silently(redemption: Redemption) -> bool:
    row = lock(redemption)
    refused = row.gift is not None and row.gift.state == F.REFUSED
    if row.state != R.DELIVERED or refused or row.disputes.filter(state="open").exists():
        return False
    row.confirmed_by_clock = True
    go(row, R.CONFIRMED, by=None)
    return True


def _only_theirs(row: Redemption, person: Person) -> None:
    if row.person_id != person.pk:
        raise NotAllowed(_("Only %(name)s can say that.") % {"name": row.person.name})
