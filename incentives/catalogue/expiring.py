"""Points that lapse: by the program's policy, on the first of a month, the oldest first, after two warnings.

Which points are the oldest is never booked point by point: whoever earned `e` points before a day and spent `s` at any
time has `e - s` left of them, for what is spent is taken from the oldest. Points that came back (released, refunded)
are as if never spent, but not before their owner could be warned of it; what was reversed, as if never earned.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, F, Q, Sum, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.catalogue import letters, policy
from incentives.ledger import services as ledger
from incentives.ledger.enums import STANDING, Book, BookingKind, WalletKind
from incentives.ledger.errors import OverdrawnError
from incentives.ledger.models import Posting, Wallet
from refprogram.kernel.stream import emit

CAME_BACK = (BookingKind.RELEASED, BookingKind.REFUNDED)
EARNING = (*STANDING, BookingKind.REVERSED, BookingKind.MERGED)


@dataclass(frozen=True)
class Lapse:
    """So many points of a wallet that lapse on a day."""

    wallet: Wallet
    points: int
    on: dt.date


def first_of_month(day: dt.date, months: int = 0) -> dt.date:
    """Return the first day of a month, so many months later (or, with a minus, earlier)."""
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def lapsing(on: dt.date, months: int) -> list[Lapse]:
    """Return what would lapse on the first of a month, if nothing is spent until then. One query."""
    before = timezone.make_aware(dt.datetime.combine(first_of_month(on, -months), dt.time.min))
    old = Q(entry__kind__in=EARNING, entry__occurred_at__lt=before)
    spent = ~Q(entry__kind__in=EARNING) | Q(amount__lt=0)  # what was taken away by hand was spent, whenever
    warned = timezone.make_aware(dt.datetime.combine(on - dt.timedelta(days=policy.now().warn_first), dt.time.min))
    came_back_late = Q(entry__kind__in=CAME_BACK, entry__created_at__gte=warned)
    left = Case(
        When(came_back_late, then=Value(0)),
        When(spent, then=F("amount")),
        When(old, then=F("amount")),
        default=Value(0),
    )
    lines = Posting.objects.filter(
        book=Book.AVAILABLE, wallet__kind=WalletKind.PERSON, wallet__available__gt=0, wallet__person__user__isnull=False
    )
    found = dict(lines.values_list("wallet").annotate(left=Sum(left)).filter(left__gt=0).order_by("wallet"))
    wallets = Wallet.objects.filter(pk__in=found).select_related("person").order_by("pk")
    return [Lapse(wallet, min(found[wallet.pk], wallet.available), on) for wallet in wallets]


def expire_due(now: dt.datetime) -> int:
    """Let lapse what is due this month, and warn of what comes; return how many wallets lost points.

    Safe to run twice and to miss a day: a month lapses once, a warning is given once.
    """
    figures = policy.now()
    if not figures.expire_after:
        return 0
    today = timezone.localdate(now)
    done = sum(_expire(one) for one in lapsing(first_of_month(today), figures.expire_after))
    warned: dict[int, int] = {}
    for months in range(1, 8):
        on = first_of_month(today, months)
        days = (on - today).days
        if days > figures.warn_first:
            break
        for one in lapsing(on, figures.expire_after):
            more = one.points - warned.get(one.wallet.pk, 0)  # the others lapse before that
            warned[one.wallet.pk] = one.points
            _warn(one, more, last=days <= figures.warn_last)
    return done


@transaction.atomic
def _expire(one: Lapse) -> bool:
    """Book it; whoever spends at this very moment wins, and the rest lapses tomorrow."""
    try:
        entry = ledger.expire(
            wallet=one.wallet, points=one.points, key=f"expire:{one.wallet.pk}:{timezone.localdate()}",
            memo=_("Older than the program keeps points"),
        )  # fmt: skip
    except OverdrawnError:
        return False
    person = one.wallet.person
    if person is not None:
        emit("points.expired", subject=entry, payload={"person": person.pk, "points": one.points})
        letters.tell_lapsed(person, one.points, key=f"lapsed:{entry.pk}")
    return True


def _warn(one: Lapse, points: int, *, last: bool) -> None:
    if one.wallet.person is not None and points > 0:
        key = f"lapse-{'last' if last else 'first'}:{one.wallet.pk}:{one.on}"
        letters.warn_of_lapse(one.wallet.person, points, one.on, key=key)
