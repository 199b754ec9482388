"""Hours of executives: pledged, offered, booked, given, by quarter; and whether one more talk still fits."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import DurationField, ExpressionWrapper, F, Q, Sum
from django.utils import timezone

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.facetime import policy
from refprogram.governance.facetime.enums import OFFERED, SlotState
from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTerms
from refprogram.people.models import User

SPOKEN_FOR: Final = (SlotState.TAKEN, SlotState.USED)
NONE: Final = dt.timedelta()


@dataclass(frozen=True)
class Terms:
    """What an executive pledged for a quarter; `own`: in their own words, else the program's figures."""

    hours: Decimal
    most_a_week: int
    notice_days: int
    own: bool = True


@dataclass(frozen=True)
class Hours:
    """One executive's quarter, in hours."""

    executive: User
    terms: Terms
    offered: Decimal
    booked: Decimal
    given: Decimal

    @property
    def left(self) -> Decimal:
        """What is still to be had of what they pledged."""
        return max(self.terms.hours - self.booked - self.given, Decimal(0))

    @property
    def parts(self) -> list[tuple[Decimal, str]]:
        """The picture: given, booked, offered and still free, as parts of what they pledged."""
        free = max(self.offered - self.booked - self.given, Decimal(0))
        return [(self.given, "ok"), (self.booked, "mine"), (free, "wait")]

    @property
    def most(self) -> Decimal:
        """How long the picture is: what they pledged, or what they offered where that is more."""
        return max(self.terms.hours, self.offered, Decimal(1))


def edges_of(quarter: Quarter) -> tuple[dt.datetime, dt.datetime]:
    """Return its first moment and the first one after it, by the program's clock."""
    zone = timezone.get_default_timezone()
    days = (quarter.starts_on, quarter.after.starts_on)
    first, after = (dt.datetime.combine(day, dt.time(), tzinfo=zone) for day in days)
    return first, after


def terms_of(executives: Collection[int], quarter: Quarter) -> dict[int, Terms]:
    """Return what holds for each executive in a quarter: their last word until then, else the program's. One query."""
    rows = FaceTimeTerms.objects.filter(executive__in=executives, starts_on__lte=quarter.starts_on)
    said = {row.executive_id: Terms(row.hours, row.most_a_week, row.notice_days) for row in rows.order_by("starts_on")}
    usual = policy.now()
    default = Terms(usual.pledged_hours, usual.most_a_week, usual.notice_days, own=False)
    return {key: said.get(key, default) for key in executives}


def of_quarter(executives: Iterable[User], quarter: Quarter) -> list[Hours]:
    """Return what each executive pledged, offered, and what was booked and given in a quarter. Two queries."""
    people = list(executives)
    keys = [user.pk for user in people]
    first, after = edges_of(quarter)
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    rows = FaceTimeSlot.objects.filter(executive__in=keys, starts_at__gte=first, starts_at__lt=after)
    told = (
        rows.order_by()
        .values_list("executive")
        .annotate(
            offered=Sum(length, filter=Q(state__in=OFFERED), default=NONE),
            booked=Sum(length, filter=Q(state=SlotState.TAKEN), default=NONE),
            given=Sum(length, filter=Q(state=SlotState.USED), default=NONE),
        )
    )
    sums: dict[int, tuple[dt.timedelta, ...]] = {key: spans for key, *spans in told}  # type: ignore[misc]
    terms = terms_of(keys, quarter)
    return [Hours(user, terms[user.pk], *map(_hours, sums.get(user.pk, (NONE, NONE, NONE)))) for user in people]


def _hours(span: dt.timedelta) -> Decimal:
    return Decimal(int(span.total_seconds()) // 60) / 60


@dataclass(frozen=True)
class Room:
    """Whether a slot can still be asked for, by its executive's terms."""

    terms: Terms
    hours_left: Decimal
    in_week: int

    def fits(self, slot: FaceTimeSlot) -> bool:
        """Whether the quarter's hours and the week have room for it."""
        return slot.hours <= self.hours_left and self.in_week < self.terms.most_a_week


def room_for(slot: FaceTimeSlot) -> Room:
    """Return what is left of the slot's quarter and week. Two queries."""
    quarter = Quarter.of(timezone.localdate(slot.starts_at, timezone.get_default_timezone()))
    first, after = edges_of(quarter)
    monday, next_monday = _week_of(slot.starts_at)
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    others = FaceTimeSlot.objects.filter(executive=slot.executive_id, state__in=SPOKEN_FOR).exclude(pk=slot.pk)
    in_quarter = Q(starts_at__gte=first, starts_at__lt=after)
    near = others.filter(in_quarter | Q(starts_at__gte=monday, starts_at__lt=next_monday)).annotate(length=length)
    told = list(near.values_list("starts_at", "length"))
    spent = sum((span for at, span in told if first <= at < after), NONE)
    terms = terms_of([slot.executive_id], quarter)[slot.executive_id]
    return Room(terms, terms.hours - _hours(spent), sum(monday <= at < next_monday for at, _span in told))


def _week_of(at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    zone = timezone.get_default_timezone()
    day = at.astimezone(zone).date()
    monday = day - dt.timedelta(days=day.weekday())
    days = (monday, monday + dt.timedelta(days=7))
    first, after = (dt.datetime.combine(one, dt.time(), tzinfo=zone) for one in days)
    return first, after


def earliest(terms: Terms, zone: dt.tzinfo | None = None) -> dt.datetime:
    """Return from when on a talk may be asked for now: so many whole days ahead."""
    where = zone if isinstance(zone, ZoneInfo) else timezone.get_default_timezone()
    day = timezone.localdate(timezone=where) + dt.timedelta(days=terms.notice_days)
    return max(timezone.now(), dt.datetime.combine(day, dt.time(), tzinfo=where))
