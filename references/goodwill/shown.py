"""This room's rows as pages show them."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from references.accounts import clock, fatigue, kept
from references.accounts.models import Contact
from references.goodwill.enums import Team
from references.goodwill.models import AskOverride, Reservation
from references.goodwill.selectors.calendar import month_of
from references.goodwill.selectors.report import STRAIN_AMBER, Pool
from refprogram.kernel.templatetags.rp import day, number

CALL: Final = 40  # what a panel says the price of: a reference call
RULES: Final = {"cap": _lazy("cap used"), "rest": _lazy("resting"), "reservation": _lazy("reserved by another team")}


@dataclass(frozen=True)
class Span:
    """The days that a calendar shows, and how to get to those before and after."""

    first: dt.date
    last: dt.date
    month: int | None
    title: str
    before: str
    after: str
    other: str


def span_of(query: Mapping[str, str]) -> Span:
    """Return the month (`month=2026-11`) or week (`week=2026-11-23`) that an address means."""
    wanted = str(query.get("week", ""))
    if wanted:
        return _week(_day(wanted))
    first = month_of(str(query.get("month", "")))
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    monday = first - dt.timedelta(days=first.weekday())
    return Span(
        first=monday,
        last=last + dt.timedelta(days=6 - last.weekday()),
        month=first.month,
        title=date_format(first, "F Y"),
        before=f"month={first - dt.timedelta(days=1):%Y-%m}",
        after=f"month={last + dt.timedelta(days=1):%Y-%m}",
        other=f"week={max(monday, min(clock.today(), last)):%Y-%m-%d}",
    )


def _week(on: dt.date) -> Span:
    monday = on - dt.timedelta(days=on.weekday())
    sunday = monday + dt.timedelta(days=6)
    return Span(
        first=monday,
        last=sunday,
        month=None,
        title=_("%(first)s to %(last)s") % {"first": date_format(monday, "j M"), "last": date_format(sunday, "j M Y")},
        before=f"week={monday - dt.timedelta(days=7):%Y-%m-%d}",
        after=f"week={monday + dt.timedelta(days=7):%Y-%m-%d}",
        other=f"month={monday:%Y-%m}",
    )


def _day(text: str) -> dt.date:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return clock.today()
    return found if 1990 <= found.year <= 2200 else clock.today()


def weekdays() -> list[str]:
    """Return the heads of the columns."""
    return [str(WEEKDAYS_ABBR[number]) for number in range(7)]


def team_links(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return (name, address, chosen) of every team, to narrow the calendar with one tap."""
    chosen = request.GET.getlist("team")
    found = []
    for team in Team:
        query = request.GET.copy()
        query.setlist("team", [] if team.value in chosen else [team.value])
        found.append((str(team.label), f"?{query.urlencode()}", team.value in chosen))
    return found


def reservation_facts(row: Reservation) -> list[tuple[Any, ...]]:
    """Return the facts of one reservation."""
    return [
        (_("Customer"), row.account.name, ""),
        (_("Whom"), row.contact.person.name if row.contact else _("the whole account"), ""),
        (_("Team"), str(dict(Team.choices).get(row.team, row.team)), ""),
        (_("Days"), _("%(first)s to %(last)s") % {"first": day(row.starts_on), "last": day(row.ends_on)}, ""),
        (_("Goodwill it needs"), number(row.points), ""),
        (_("Reserved by"), row.reserved_by.name, ""),
        (_("State"), row.get_state_display(), row.note),
    ]


def contact_index(contact: Contact) -> int:
    """Return a contact's own fatigue index: its load by what its caps allow."""
    load = fatigue.load(contact.fatigue_key, timezone.now())
    return round(100 * min(1.0, load / kept.capacity_of(contact)))


@dataclass(frozen=True)
class OverrideLine:
    """One ask that went past a rule."""

    row: AskOverride
    rules: str


def override_line(row: AskOverride) -> OverrideLine:
    """Return an override with its rules in words."""
    return OverrideLine(row, ", ".join(str(RULES.get(rule, rule)) for rule in row.rules))


def pool_stats(pool: Pool) -> list[tuple[str, str, str, str]]:
    """Return the four figures over the pool: name, value, definition, tone."""
    strain = pool.strain
    return [
        (_("Pool strain"), _share(strain),
         _("Effort of live activities in this quarter: %(effort)s of %(capacity)s points")
         % {"effort": number(pool.effort), "capacity": number(pool.capacity)},
         "wait" if strain is not None and strain >= STRAIN_AMBER else ""),
        (_("Concentration"), _share(pool.top_share),
         _("What the most asked tenth of contacts bore, of all asks within a year"), ""),
        (_("Inequality (Gini)"), "–" if pool.gini is None else number(pool.gini, 2),
         _("0: everybody the same; 1: one bears all"), ""),
        (_("Idle pool"), _share(pool.idle_share),
         _("%(idle)s of %(all)s who take part were not asked in 180 days")
         % {"idle": number(pool.idle), "all": number(pool.contacts)}, ""),
    ]  # fmt: skip


def _share(value: float | None) -> str:
    return "–" if value is None else _("%(n)s %%") % {"n": number(round(100 * value))}
