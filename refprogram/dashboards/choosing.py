"""What a dashboard shows of what it could: as of when, about what, whose. Its address says it, a saved view keeps it.

`on` is a day, or `month` and `quarter` for the last ones that ended: a view, and a mail of it, moves on with time. What
an address says that makes no sense is passed over. `Board` is drawn by `dashboards/_choosing.html`; its views are those
of the lists (`kernel/saved_views.py`), shared in the same way.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.dashboards import sales
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics import kept
from refprogram.kernel import rollups, saved_views
from refprogram.kernel.enums import Period
from refprogram.kernel.filters import Chip, query_url, query_without
from refprogram.kernel.list_parts import Tab, tabs_of
from refprogram.people.models import User

ON, ABOUT, TEAM = "on", "about", "team"
MONTH, QUARTER = "month", "quarter"
DAY: Final = dt.timedelta(days=1)
LABELS: Final = {ON: gettext_lazy("As of"), ABOUT: gettext_lazy("About"), TEAM: gettext_lazy("Team")}
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "dashboards:executive": (ON,),
    "dashboards:program": (ON, ABOUT),
    "dashboards:sales": (TEAM,),
}
Pairs = Sequence[tuple[str, str]]


class Chosen:
    """What the address of a dashboard says, for one reader; `parts` are the names that it can be about."""

    def __init__(self, user: User, page: str, query: QueryDict, parts: Pairs = ()) -> None:
        self.user, self.page, self.query, self.parts = user, page, query, parts

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What can be chosen here by this reader; a day only where figures were kept for their sight."""
        found = CHOICES.get(self.page, ())
        return found if self.user.has_perm("dashboards.see_metrics") else tuple(n for n in found if n == TEAM)

    def _said(self, name: str) -> list[str]:
        return self.query.getlist(name) if name in self.names else []

    @cached_property
    def on(self) -> dt.date | None:
        """The day as of which it is shown; none for now."""
        said = (self._said(ON) or [""])[-1]
        if said == MONTH:
            return rollups.start_of(Period.MONTH, rollups.day_of(timezone.now())) - DAY
        return Quarter.now().starts_on - DAY if said == QUARTER else day_in(said)

    @cached_property
    def about(self) -> tuple[str, ...]:
        """The parts that it is about; none for all."""
        said = set(self._said(ABOUT))
        return tuple(key for key, _name in self.parts if key in said)

    @cached_property
    def team(self) -> str:
        """The team whose colleagues are shown; empty for all."""
        said = (self._said(TEAM) or [""])[-1]
        return said if said and said in sales.teams_for(self.user) else ""

    def words(self) -> list[tuple[str, str]]:
        """Return what is chosen, as (name, words)."""
        found = []
        if self.on is not None:
            found.append((ON, date_format(self.on, "j F Y")))
        if self.about:
            found.append((ABOUT, ", ".join(str(name) for key, name in self.parts if key in self.about)))
        if self.team:
            found.append((TEAM, sales.teams_for(self.user)[self.team]))
        return found


class Board(Chosen):
    """A dashboard as its page draws it: what is chosen as chips, saved views as tabs, two dialogs on demand."""

    def __init__(self, request: HttpRequest, page: str, parts: Iterable[tuple[str, Any]] = ()) -> None:
        user: Any = request.user
        super().__init__(user, page, request.GET, tuple((key, str(name)) for key, name in parts))
        self.request = request

    @cached_property
    def state(self) -> QueryDict:
        """The address's state."""
        return query_without(self.query)

    @cached_property
    def chips(self) -> list[Chip]:
        """What is chosen, each with the address without it."""
        return [
            Chip(name, str(LABELS[name]), words, query_url(query_without(self.state, [name, "view"])))
            for name, words in self.words()
        ]

    @cached_property
    def tabs(self) -> list[Tab]:
        """The usual one, one's own views, those that others share: one query."""
        saved = saved_views.for_page(user=self.user, page=self.page)
        return tabs_of((), saved, user=self.user, current=self.query.get("view", ""), every=_("Usual"))

    @cached_property
    def tab(self) -> Tab:
        """The tab that is on."""
        return next(tab for tab in self.tabs if tab.current)

    @cached_property
    def may_share(self) -> bool:
        """Whether the reader may give a view to everyone."""
        return self.user.has_perm(saved_views.SHARE)

    def part_url(self, part: str) -> str:
        """Return where a dialog's content is, in this state."""
        said = self.state.copy()
        said["part"] = part
        return f"{reverse(self.page)}?{said.urlencode()}"

    @property
    def filters_url(self) -> str:
        """Where the form of what can be chosen is."""
        return self.part_url("filters")

    @property
    def save_url(self) -> str:
        """Where the form of the view is."""
        return self.part_url("save")

    def part(self) -> HttpResponse | None:
        """Answer with the content of a dialog, if that is what was asked for."""
        asked = self.query.get("part", "") if getattr(self.request, "htmx", False) else ""
        if asked == "save":
            return render(self.request, "components/save_view.html", {"page": self})
        if asked == "filters":
            return render(self.request, "dashboards/_choose.html", {"board": self, "fields": self._fields()})
        return None

    def _fields(self) -> list[dict[str, Any]]:
        offered: dict[str, Callable[[], Pairs]] = {
            ON: self._days,
            ABOUT: lambda: self.parts,
            TEAM: lambda: [*sales.teams_for(self.user).items()],
        }
        chosen = {ON: self._said(ON)[-1:], ABOUT: list(self.about), TEAM: [self.team] if self.team else []}
        return [
            {
                "name": name,
                "label": LABELS[name],
                "options": offered[name](),
                "chosen": chosen[name],
                "many": name == ABOUT,
                "none": _("Now") if name == ON else _("All"),
            }
            for name in self.names
        ]

    @staticmethod
    def _days() -> Pairs:
        months = [(day.isoformat(), date_format(day, "j F Y")) for day in kept.months_kept()]
        return [(MONTH, _("End of last month")), (QUARTER, _("End of last quarter")), *months]


def day_in(text: str) -> dt.date | None:
    """Return the day that an address names; None for none, or for what is no day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
