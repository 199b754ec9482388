"""How much goodwill is left, what an ask would use of it, and when there is enough again.

Left = capacity + what was given − what was asked, each halving by its age. All halve alike, so what was given and asked
is one sum that sinks as one: the forecast is a formula, not a simulation.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import BigIntegerField, DateField, DateTimeField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock, kept
from references.accounts import policy as figures
from references.accounts.models import Account, Contact
from references.accounts.selectors import visible_to
from references.goodwill import policy
from references.goodwill.enums import ReservationState
from references.goodwill.models import GoodwillEntry, Reservation
from refprogram.kernel.prepared import Among, Given, Prepared, PreparedValues
from refprogram.kernel.templatetags.rp import day
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 12


@dataclass(frozen=True)
class Balance:
    """What is left at a moment; `given` and `asked` are what the entries still weigh."""

    capacity: int
    given: float
    asked: float
    at: dt.datetime
    plans: tuple[Reservation, ...] = ()

    @cached_property
    def net(self) -> float:
        """What was given minus what was asked."""
        return self.given - self.asked

    @property
    def left(self) -> int:
        """Points that are left; below zero it is overdrawn."""
        return round(self.capacity + self.net)

    @property
    def overdrawn(self) -> bool:
        """Whether more was asked than there was."""
        return self.left < policy.now().overdrawn_below

    @property
    def room(self) -> int:
        """What there would be if nothing had been asked: the capacity, and what was given on top of it."""
        return round(self.capacity + self.given)

    @property
    def share(self) -> float:
        """What is left of that, between 0 and 1, for a bar."""
        return min(1.0, max(0.0, self.left / self.room))

    def left_on(self, when: dt.date, *, after: float = 0) -> int:
        """Return what will be left on a day when `after` points more are used now and nothing else happens."""
        days = max(0, (when - clock.today(self.at)).days)
        return round(self.capacity + (self.net - after) * 0.5 ** (dt.timedelta(days=days) / figures.now().half_life))

    def enough_on(self, points: float) -> dt.date | None:
        """Return the day on which so many points are left; today if they are, None if they never will be."""
        today = clock.today(self.at)
        if self.capacity + self.net >= points:
            return today
        room = self.capacity - points
        if room <= 0:
            return None
        wait = figures.now().half_life * math.log2(-self.net / room)
        return today + dt.timedelta(days=math.ceil(wait / dt.timedelta(days=1)))


@dataclass(frozen=True)
class Price:
    """What an ask would use, said before it is asked."""

    points: int
    left: int
    enough_on: dt.date | None
    plan: Reservation | None
    plan_left: int

    @property
    def short(self) -> bool:
        """Whether there is not enough, for the ask or for what is planned."""
        return self.points > self.left or (self.plan is not None and self.plan_left < self.plan.points)

    @property
    def words(self) -> str:
        """Return "Uses 40 of 55 left; Q4 launch needs 30"."""
        said = _("Uses %(points)d of %(left)d left") % {"points": self.points, "left": self.left}
        if self.plan is not None and self.plan.points:
            said += "; " + _("%(plan)s needs %(points)d from %(day)s") % {
                "plan": self.plan.purpose,
                "points": self.plan.points,
                "day": day(self.plan.starts_on),
            }
        if self.points > self.left and self.enough_on is not None:
            said += "; " + _("enough again on %(day)s") % {"day": day(self.enough_on)}
        return said


def balance_of(account: Account, contact: Contact | None = None) -> Balance:
    """Return the balance of an account, or of one contact there. Two queries."""
    now = timezone.now()
    rows = (
        _ENTRIES(ids=[account.pk], since=now - policy.COUNTED_FOR)
        if contact is None
        else GoodwillEntry.objects.filter(contact=contact).values_list("account_id", "points", "at")
    )
    plans = _PLANS(ids=[account.pk], today=clock.today())
    mine = [row for row in plans if contact is None or row.contact_id in {None, contact.pk}]
    capacity = figures.now().capacity if contact is None else kept.capacity_of(contact)
    return _balance(capacity, [(points, at) for _account, points, at in rows], now, mine)


def _balance(
    capacity: int, rows: Iterable[tuple[int, dt.datetime]], at: dt.datetime, plans: Iterable[Reservation]
) -> Balance:
    given = asked = 0.0
    half_life = figures.now().half_life
    for points, when in rows:
        weight = points * 0.5 ** ((at - when) / half_life)
        given, asked = (given + weight, asked) if points > 0 else (given, asked - weight)
    return Balance(capacity, given, asked, at, tuple(plans))


def price_of(balance: Balance, effort: int) -> Price:
    """Return what an ask of this effort would use, and whether the next plan still finds enough."""
    plan = next((row for row in balance.plans if row.points), None)
    plan_left = balance.left_on(plan.starts_on, after=effort) if plan is not None else 0
    return Price(effort, balance.left, balance.enough_on(effort), plan, plan_left)


_ENTRIES = PreparedValues(
    lambda: GoodwillEntry.objects.filter(Among("account", "ids"), at__gte=Given("since", DateTimeField())).values_list(
        "account_id", "points", "at"
    )
)
_PLANS = Prepared(
    lambda: Reservation.objects.filter(
        Among("account", "ids"), state=ReservationState.ACTIVE, ends_on__gte=Given("today", DateField())
    ).order_by("starts_on")
)


def prices(accounts: Collection[int], effort: int) -> dict[int, Price]:
    """Return the price of one ask at many accounts: two queries."""
    now, capacity = timezone.now(), figures.now().capacity
    rows: dict[int, list[tuple[int, dt.datetime]]] = defaultdict(list)
    for account, points, at in _ENTRIES(ids=list(accounts), since=now - policy.COUNTED_FOR):
        rows[account].append((points, at))
    plans: dict[int, list[Reservation]] = defaultdict(list)
    for row in _PLANS(ids=list(accounts), today=clock.today()):
        plans[row.account_id].append(row)
    return {key: price_of(_balance(capacity, rows[key], now, plans[key]), effort) for key in accounts}


def latest_entries(user: User, account: Account, contact: Contact | None) -> list[GoodwillEntry]:
    """Return the newest entries of an account, or of one of its contacts, that a colleague may read."""
    if contact is None:
        return _OF_ACCOUNT(user, account=account.pk)
    return _OF_CONTACT(user, account=account.pk, contact=contact.pk)


def entries_for(user: User) -> QuerySet[GoodwillEntry]:
    """Return the entries that a colleague may read, newest first."""
    rows = GoodwillEntry.objects.filter(account__in=visible_to(user))
    return rows.select_related("account", "contact__person", "recorded_by__person").order_by("-at", "-pk")


def _entries_of(viewer: User, *of: str) -> QuerySet[GoodwillEntry]:
    return entries_for(viewer).filter(**{name: Given(name, BigIntegerField()) for name in of})[:SHOWN]


_OF_ACCOUNT = PreparedFor(lambda viewer: _entries_of(viewer, "account"))
_OF_CONTACT = PreparedFor(lambda viewer: _entries_of(viewer, "account", "contact"))
