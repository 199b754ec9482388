"""The calendar of all asks of all teams, and who is kept for what."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db.models import DateField, F, Q, QuerySet, Window
from django.db.models.aggregates import Count
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.enums import AskState
from references.accounts.models import Account, Ask
from references.accounts.selectors import visible_to
from references.goodwill import policy
from references.goodwill.checks import sentence
from references.goodwill.enums import GoodwillKind, ReservationState
from references.goodwill.models import GoodwillEntry, Reservation
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Among, Given, Prepared
from refprogram.kernel.templatetags.rp import day
from refprogram.people.calendars.ics import Entry
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor, PreparedValuesFor

PER_DAY: Final = 4
MOST_WARNINGS: Final = 5
SPANS: Final = 30


@dataclass
class Cell:
    """One day of the calendar."""

    on: dt.date
    inside: bool
    asks: list[Ask] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        """How many more there are than are drawn."""
        return self.total - len(self.asks)


def asks_visible_to(user: User) -> QuerySet[Ask]:
    """Return the asks at accounts that a colleague may open; what was released is over, invitations cost nothing."""
    asks = Ask.objects.filter(account__in=visible_to(user), activity__isnull=False)
    return asks.exclude(state=AskState.RELEASED)


def reservations_visible_to(user: User) -> QuerySet[Reservation]:
    """Return who is kept for what, at accounts that a colleague may open."""
    rows = Reservation.objects.filter(account__in=visible_to(user))
    return rows.select_related("account__owner", "contact__person", "reserved_by__person")


def weeks(
    user: User, first: dt.date, last: dt.date, *, month: int | None = None, only: QuerySet[Ask] | None = None
) -> list[list[Cell]]:
    """Return the days from a Monday to a Sunday, week by week, a few asks drawn in each and all counted.

    Two queries, whatever the number of asks. `month` says which days belong to it; `only` narrows what a colleague
    sees by filters.
    """
    cells = {}
    for number in range((last - first).days + 1):
        on = first + dt.timedelta(days=number)
        cells[on] = Cell(on, month is None or on.month == month)
    drawn = _TO_DRAW(user, first=first, last=last) if only is None else list(_to_draw(only, first, last))
    for _pk, on, _place, total in drawn:
        cells[on].total = total
    for ask in _DRAWN(ids=[one[0] for one in drawn]) if drawn else ():
        ask.state_word = AskState(ask.state).label  # type: ignore[attr-defined]
        cells[ask.planned_on].asks.append(ask)
    days = list(cells.values())
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def _to_draw(asks: QuerySet[Ask], first: Any, last: Any) -> QuerySet[Any, Any]:
    """Return the keys of the first few asks of each day, with the day and how many it has."""
    day = F("planned_on")
    within = asks.filter(planned_on__gte=first, planned_on__lte=last).order_by()
    numbered = within.annotate(
        place=Window(RowNumber(), partition_by=day, order_by=["-effort", "pk"]),
        total=Window(Count("pk"), partition_by=day),
    )
    return numbered.filter(place__lte=PER_DAY).values_list("pk", "planned_on", "place", "total")


_FIRST, _LAST = Given("first", DateField()), Given("last", DateField())
_TO_DRAW = PreparedValuesFor(lambda viewer: _to_draw(asks_visible_to(viewer), _FIRST, _LAST))
_DRAWN = Prepared(
    lambda: (
        Ask.objects.filter(Among("pk", "ids"))
        .select_related("account", "contact__person", "activity")
        .order_by("planned_on", "-effort", "pk")
    )
)


def spans(user: User, first: dt.date, last: dt.date) -> list[Reservation]:
    """Return the reservations that touch these days, the first to begin on top."""
    return _SPANS(user, first=first, last=last)


def _touching(user: User) -> QuerySet[Reservation]:
    rows = reservations_visible_to(user).filter(state=ReservationState.ACTIVE)
    return rows.filter(starts_on__lte=_LAST, ends_on__gte=_FIRST).order_by("starts_on", "pk")[:SPANS]


_SPANS = PreparedFor(_touching)


def collisions(account: Account, on: dt.date, *, team: str = "", but: int | None = None) -> list[str]:
    """Return what else is asked of a customer near a day, and who keeps them then: sentences. Two queries."""
    near = policy.now().near
    asks = Ask.objects.filter(
        account=account, activity__isnull=False, planned_on__range=(on - near, on + near)
    ).exclude(state__in=[AskState.RELEASED, AskState.DECLINED])
    found = [
        _("%(what)s with %(name)s on %(day)s (%(who)s)")
        % {
            "what": ask.activity.name if ask.activity else "",
            "name": ask.contact.person.name,
            "day": day(ask.planned_on),
            "who": ask.reserved_by.name if ask.reserved_by else _("the program"),
        }
        for ask in asks.exclude(pk=but or 0)
        .select_related("activity", "contact__person", "reserved_by__person")
        .order_by("planned_on", "pk")[:MOST_WARNINGS]
    ]
    kept = Reservation.objects.filter(
        account=account, state=ReservationState.ACTIVE, starts_on__lte=on + near, ends_on__gte=on
    ).exclude(team=team)
    rows = kept.select_related("reserved_by__person", "contact__person").order_by("starts_on")[:MOST_WARNINGS]
    return found + [sentence(row, row.contact.person.name if row.contact else account.name) for row in rows]


def feed(user: User, since: dt.datetime) -> Iterable[Entry]:
    """Return, for a colleague's calendar: what they asked for themselves, and whom they keep for a plan."""
    plans = Reservation.objects.filter(
        Q(reserved_by=user) | Q(account__owner=user) | Q(account__csm=user),
        state=ReservationState.ACTIVE,
        ends_on__gte=since.date(),
    ).select_related("account", "contact__person")
    for row in plans:
        who = row.contact.person.name if row.contact else row.account.name
        yield Entry(
            uid=row.public_id,
            title=_("Reserved: %(who)s, %(what)s") % {"who": who, "what": row.purpose},
            starts=row.starts_on,
            ends=row.ends_on,
            changed_at=row.updated_at,
            url=settings.BASE_URL + reverse("references:asks"),
            free=True,
        )
    asks = Ask.objects.filter(reserved_by=user, activity__isnull=False, planned_on__gte=since.date())
    waiting = asks.filter(state__in=[AskState.HELD]).select_related("activity", "account", "contact__person")
    for ask in waiting:
        yield Entry(
            uid=ask.public_id,
            title=_("Asked: %(what)s, %(who)s")
            % {"what": ask.activity.name if ask.activity else "", "who": ask.account.name},
            starts=ask.planned_on,
            ends=ask.planned_on,
            changed_at=ask.updated_at,
            url=settings.BASE_URL + ask.account.get_absolute_url(),
            free=True,
        )


def month_of(text: str) -> dt.date:
    """Return the first day of a month as the address names it (2026-11); of this one for anything else."""
    try:
        found = dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return clock.today().replace(day=1)
    return found if 1990 <= found.year <= 2200 else clock.today().replace(day=1)


def reservation_labels(ids: Iterable[int], viewer: Any) -> dict[int, Label]:
    """Return how reservations are called in sentences."""
    rows = Reservation.objects.filter(pk__in=list(ids)).select_related("account")
    return {row.pk: Label(row.purpose, reverse("references:reservation", args=[row.public_id])) for row in rows}


def entry_labels(ids: Iterable[int], viewer: Any) -> dict[int, Label]:
    """Return how entries of the ledger are called in sentences: by what was given or asked."""
    rows = GoodwillEntry.objects.filter(pk__in=list(ids)).values_list("pk", "kind")
    return {key: Label(str(GoodwillKind(kind).label)) for key, kind in rows}
