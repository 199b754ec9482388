"""What rules have given so far: points, badges, tickets, money; each counted where it is kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.badges.models import BadgeGrant
from incentives.draws.models import Ticket
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Posting
from incentives.ledger.selectors import OWN, in_full
from incentives.pay.models import Accrual
from incentives.rulebook.definition import Gift
from incentives.rulebook.models import Rule
from incentives.rulebook.sentences import amount_of
from refprogram.kernel.templatetags import rp
from refprogram.people.models import Person


@dataclass(frozen=True)
class Given:
    """What one rule gave: how much, how often, when last; `waiting` are points whose milestone has not come."""

    gift: Gift
    amount: int | Decimal = 0
    times: int = 0
    last_at: dt.datetime | None = None
    waiting: int = 0

    @property
    def words(self) -> str:
        """How much, in words: "600 points"."""
        if self.gift == Gift.MONEY:
            return str(rp.money(self.amount))
        return amount_of(self.gift, int(self.amount))

    @property
    def often(self) -> str:
        """How often, in words."""
        return ngettext("%(n)s time", "%(n)s times", self.times) % {"n": rp.number(self.times)}

    @property
    def waits(self) -> str:
        """What waits, in words."""
        return _("%(points)s wait") % {"points": amount_of(Gift.POINTS, self.waiting)} if self.waiting else ""


def given_by(rules: Iterable[Rule]) -> dict[int, Given]:
    """Return what each rule gave, by its id: one query for each kind of gift among them."""
    of_gift: dict[Gift, list[int]] = defaultdict(list)
    for rule in rules:
        of_gift[rule.says.gives.gift].append(rule.pk)
    found: dict[int, Given] = {}
    for gift, ids in of_gift.items():
        found |= {pk: Given(gift) for pk in ids}
        found |= {row.pop("of"): Given(gift, **row) for row in _SUMS[gift](ids)}
    return found


def _points(rules: list[int]) -> Iterable[dict[str, Any]]:
    own = Posting.objects.filter(entry__rule__in=rules, wallet__isnull=False, book__in=OWN)
    first = Q(entry__kind=BookingKind.EARNED)
    rows = own.values("entry__rule").annotate(
        total=Sum("amount", filter=Q(book=Book.AVAILABLE), default=0),
        waiting=Sum("amount", filter=Q(book=Book.PENDING), default=0),
        times=Count("entry__event", filter=first, distinct=True),
        last_at=Max("entry__occurred_at", filter=first),
    )
    return [_named(row, "entry__rule") for row in rows.order_by()]


def _badges(rules: list[int]) -> Iterable[dict[str, Any]]:
    rows = BadgeGrant.objects.filter(rule__in=rules, revoked_at__isnull=True).values("rule")
    sums = rows.annotate(total=Count("pk"), times=Count("pk"), last_at=Max("occurred_at"))
    return [_named(row, "rule") for row in sums.order_by()]


def _tickets(rules: list[int]) -> Iterable[dict[str, Any]]:
    rows = Ticket.objects.filter(rule__in=rules).values("rule")
    sums = rows.annotate(total=Sum("count"), times=Count("pk"), last_at=Max("occurred_at"))
    return [_named(row, "rule") for row in sums.order_by()]


def _money(rules: list[int]) -> Iterable[dict[str, Any]]:
    rows = Accrual.objects.filter(rule__in=rules).values("rule")
    sums = rows.annotate(
        total=Sum("amount"), times=Count("pk", filter=Q(reverses__isnull=True)), last_at=Max("occurred_at")
    )
    return [_named(row, "rule") for row in sums.order_by()]


def _named(row: Mapping[str, Any], of: str) -> dict[str, Any]:
    rest = {name: value for name, value in row.items() if name not in {of, "total"}}
    return {"of": row[of], "amount": row["total"], **rest}


_SUMS: dict[Gift, Callable[[list[int]], Iterable[dict[str, Any]]]] = {
    Gift.POINTS: _points,
    Gift.BADGE: _badges,
    Gift.TICKET: _tickets,
    Gift.MONEY: _money,
}


# ---------------------------------------------------------------- the last ones


@dataclass(frozen=True)
class Gave:
    """One thing that is no points: to whom, what, when."""

    person: Person
    words: str
    at: dt.datetime
    url: str = ""


def last_points(rule: Rule, n: int) -> list[Posting]:
    """Return the last lines of the ledger that a rule caused, newest first."""
    lines = Posting.objects.filter(entry__rule=rule, wallet__isnull=False, book__in=OWN)
    return list(in_full(lines).order_by("-id")[:n])


def last_others(rule: Rule, n: int) -> list[Gave]:
    """Return what a rule gave last that is no points, newest first."""
    gift = rule.says.gives.gift
    if gift == Gift.BADGE:
        grants = BadgeGrant.objects.filter(rule=rule, revoked_at__isnull=True).select_related("person", "badge")
        return [
            Gave(one.person, one.badge.name, one.occurred_at, one.get_absolute_url())
            for one in grants.order_by("-pk")[:n]
        ]
    if gift == Gift.TICKET:
        tickets = Ticket.objects.filter(rule=rule).select_related("person").order_by("-pk")[:n]
        return [Gave(one.person, amount_of(gift, one.count), one.occurred_at) for one in tickets]
    if gift == Gift.MONEY:
        accruals = Accrual.objects.filter(rule=rule).select_related("person").order_by("-pk")[:n]
        return [Gave(one.person, str(rp.money(one.amount)), one.occurred_at) for one in accruals]
    return []
