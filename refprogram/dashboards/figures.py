"""The executive page's numbers: each with value, change, target, trend, definition and a link to its rows."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.db.models import DateField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from references.accounts.views.lists import AccountList
from references.requests import selectors as requests
from references.requests.enums import OPEN_REQUESTS
from references.requests.selectors.influence import ANSWERED
from references.requests.views.lists import RequestList
from refprogram.dashboards import history
from refprogram.dashboards.drill import rows_of, view_of
from refprogram.dashboards.history import Quarter, Series
from refprogram.dashboards.models import Target
from refprogram.dashboards.quarter import lines_for
from refprogram.kernel.prepared import Given, PreparedValues
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

UP, DOWN, NEITHER = 1, -1, 0
NEAR: Final = Decimal("0.9")  # a figure of today this close to its target is on its way


@dataclass(frozen=True)
class Figure:
    """One of the eight: `better` says which way is good, `adds_up` that it begins at nothing each quarter."""

    key: str
    name: Any
    definition: Any
    better: int = UP
    adds_up: bool = False
    unit: str = ""

    def words(self, value: Decimal | None) -> str:
        """Return a value of this figure as one reads it."""
        if value is None:
            return "–"
        if self.unit == "money":
            return rp.money_short(value)
        return rp.number(value.quantize(Decimal("0.1")) if self.unit == "days" else value.quantize(Decimal(1)))


FIGURES: Final = (
    Figure("pipeline", gettext_lazy("Influenced pipeline"), requests.DEFINITIONS["influenced_pipeline"], unit="money"),
    Figure(
        "revenue",
        gettext_lazy("Influenced revenue"),
        requests.DEFINITIONS["influenced_revenue"],
        adds_up=True,
        unit="money",
    ),
    Figure("open", gettext_lazy("Requests open"), requests.DEFINITIONS["open"], better=NEITHER),
    Figure("answered", gettext_lazy("Requests answered"), requests.DEFINITIONS["answered"], adds_up=True),
    Figure("days", gettext_lazy("Days to a yes"), requests.DEFINITIONS["median_days"], better=DOWN, unit="days"),
    Figure(
        "references",
        gettext_lazy("References"),
        gettext_lazy(
            "Accounts that agreed to speak for us and are still in the program. Quarters before the first nightly "
            "count show those of today that had joined by then."
        ),
    ),
    Figure(
        history.FREE,
        gettext_lazy("Free to be asked"),
        gettext_lazy("References that are not frozen, paused or resting, with no check due. Computed, never typed."),
    ),
    Figure(
        "enrolled",
        gettext_lazy("Enrolled this quarter"),
        gettext_lazy("Nominations that became references this quarter, counted from the stream of events."),
        adds_up=True,
    ),
)
BY_KEY: Final = {figure.key: figure for figure in FIGURES}


@dataclass(frozen=True)
class Stat:
    """One number that answers back; `good` tells whether its change is good news (None: neither, or not known)."""

    name: str
    value: str
    definition: str
    url: str
    rows: str
    change: str = ""
    good: bool | None = None
    target: str = ""
    share: float | None = None
    tone: str = ""
    trend: tuple[float | None, ...] = ()
    trend_words: str = ""
    note: str = ""
    more: str = ""


def stats(
    user: User,
    only: Iterable[str] = BY_KEY,
    *,
    goals: Mapping[str, Decimal] | None = None,
    lines: Mapping[str, Series] | None = None,
) -> list[Stat]:
    """Return the numbers of the quarter, as far as this person sees the rows; what is known already may be given."""
    found = lines_for(user).series if lines is None else lines
    goals = targets_for(user) if goals is None else goals
    moment = (get_language(), timezone.localdate(), Quarter.now())
    return [_stat(*moment, key, tuple(found[key]), goals.get(key)) for key in only]


@lru_cache(maxsize=512)
def _stat(
    _language: str | None,
    _today: dt.date,
    _quarter: Quarter,
    key: str,
    values: tuple[Decimal | None, ...],
    target: Decimal | None,
) -> Stat:
    """Return a tile; it hangs on nothing but what is given, and is made once."""
    figure, quarters = BY_KEY[key], history.last_quarters()
    now, before = values[-1], values[-2]
    url, rows = _rows(key, quarters[-1])
    change, good = _change(figure, now, before, quarters[-2])
    return Stat(
        name=str(figure.name),
        value=figure.words(now),
        definition=str(figure.definition),
        url=url,
        rows=rows,
        change=change,
        good=good,
        **_against(figure, now, target, quarters[-1]),
        trend=tuple(None if value is None else float(value) for value in values),
        trend_words=_trend_words(figure, values, quarters),
    )


def _rows(key: str, quarter: Quarter) -> tuple[str, str]:
    """Return where a figure's rows are, and the words of the link."""
    deals, since = reverse("dashboards:influenced"), quarter.starts_on.isoformat()
    answered = rows_of(RequestList, state=ANSWERED, asked_after=since)
    places = {
        "pipeline": (f"{deals}?open=yes", _("The open deals")),
        "revenue": (
            f"{deals}?open=no&closed_after={since}&closed_before={quarter.ends_on.isoformat()}",
            _("Deals won this quarter"),
        ),
        "open": (rows_of(RequestList, state=OPEN_REQUESTS), _("All open requests")),
        "answered": (answered, _("Asked this quarter")),
        "days": (answered, _("Median of this quarter's")),
        "references": (view_of(AccountList, "references"), _("All references")),
        history.FREE: (view_of(AccountList, "free"), _("Who they are")),
        "enrolled": (reverse("nominations:standings"), _("Standings")),
    }
    return places[key]


def quarter_words(quarter: Quarter) -> str:
    """Return "Q3", with the year unless it is the present one."""
    if quarter.starts_on.year == Quarter.now().starts_on.year:
        return _("Q%(n)d") % {"n": quarter.number}
    return _("Q%(n)d %(year)d") % {"n": quarter.number, "year": quarter.starts_on.year}


def _change(figure: Figure, now: Decimal | None, before: Decimal | None, last: Quarter) -> tuple[str, bool | None]:
    """Return the change since the last quarter in words, and whether it is good news."""
    words = {"q": quarter_words(last)}
    if before is None or now is None:
        return _("no figure of %(q)s to compare") % words, None
    difference = now - before
    words["by"] = _difference(figure, difference, before)
    words["before"] = figure.words(before)
    if figure.adds_up and difference <= 0:
        return _("%(before)s in all of %(q)s") % words, None
    if not difference:
        return _("as at the end of %(q)s") % words, None
    good = difference * figure.better > 0 if figure.better else None
    return (_("up %(by)s on %(q)s") if difference > 0 else _("down %(by)s on %(q)s")) % words, good


def _difference(figure: Figure, difference: Decimal, before: Decimal) -> str:
    """Money as a share of what it was, unless that was nothing; anything else as it is."""
    if figure.unit == "money" and before:
        return rp.pct(abs(difference) / before)
    return figure.words(abs(difference))


def _against(figure: Figure, now: Decimal | None, target: Decimal | None, quarter: Quarter) -> dict[str, Any]:
    """Return the tile's words, bar and tone for a target; nothing without one."""
    if target is None:
        return {}
    at_most = figure.better == DOWN
    words = (_("at most %(value)s") if at_most else _("target %(value)s")) % {"value": figure.words(target)}
    if now is None:
        return {"target": words}
    share = now / target
    met = share <= 1 if at_most else share >= 1
    said = _("%(target)s: met") if met else _("%(target)s: missed") if at_most else _("%(target)s: not yet met")
    shown = {"target": said % {"target": words}}
    if at_most:  # a full bar looks like something achieved: how far a limit is used up is said in words alone
        return shown
    near = share >= (_elapsed(quarter) if figure.adds_up else NEAR)
    return shown | {"share": float(min(share, Decimal(1))), "tone": "ok" if met else "" if near else "wait"}


def _elapsed(quarter: Quarter) -> Decimal:
    """Return how much of the quarter is over, 0 to 1."""
    gone = timezone.localdate() - quarter.starts_on + dt.timedelta(days=1)
    whole = quarter.ends_on - quarter.starts_on + dt.timedelta(days=1)
    return Decimal(gone.days) / whole.days


def _trend_words(figure: Figure, values: Iterable[Decimal | None], quarters: list[Quarter]) -> str:
    """Return the picture in words: "Q3 2025 12, Q4 2025 14, …"."""
    parts = [f"{quarter_words(q)} {figure.words(v)}" for q, v in zip(quarters, values, strict=True) if v is not None]
    return ", ".join(parts)


# ---------------------------------------------------------------- targets


def targets(quarter: Quarter) -> dict[str, Decimal]:
    """Return a quarter's targets by figure; figures without one are absent."""
    return dict(_TARGETS(starts_on=quarter.starts_on))


_TARGETS = PreparedValues(
    lambda: Target.objects.filter(starts_on=Given("starts_on", DateField()), value__isnull=False).values_list(
        "figure", "value"
    )
)


def targets_for(user: User) -> Mapping[str, Decimal]:
    """Return the present quarter's targets, for who sees the whole program."""
    return targets(Quarter.now()) if user.has_perm("dashboards.see_targets") else {}
