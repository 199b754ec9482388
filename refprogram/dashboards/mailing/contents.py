"""What a mail says: the figures of a dashboard, or the first rows of a list, as its reader may see them that day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _

from refprogram.dashboards import boards, figures, sales, support
from refprogram.dashboards.board_views import PROGRAM, SALES, program_parts
from refprogram.dashboards.choosing import Chosen
from refprogram.dashboards.figures import Stat
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics import kept, shown
from refprogram.dashboards.metrics.registry import EIGHT
from refprogram.kernel.exports import csv_rows
from refprogram.kernel.lists import ListPage
from refprogram.people.models import User

ROWS: Final = 12
CELLS: Final = 4
Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Content:
    """One mail: lines of (name, value), a sentence above them, and the page it is of."""

    lead: str
    facts: Facts
    url: str


def of(user: User, page: str, query: str) -> Content | None:
    """Return what a page says to a reader today; None when they may not open it, or there is no such page."""
    if page in _BOARDS:
        return _of_board(user, page, query)
    made = list_page(page)
    if made is None or (made.permission and not user.has_perm(made.permission)):
        return None
    return _of_list(user, made, query)


# ---------------------------------------------------------------- dashboards


def _eight(chosen: Chosen) -> tuple[str, list[Stat]]:
    counted = kept.counted(on=chosen.on, metrics=EIGHT)
    goals = figures.targets(Quarter.of(chosen.on)) if chosen.on else figures.targets_for(chosen.user)
    return shown.as_of_words(counted.counting), shown.tiles(chosen.user, counted, EIGHT, goals)


def _executive(chosen: Chosen) -> tuple[str, list[Stat]]:
    if chosen.user.has_perm("dashboards.see_metrics"):
        return _eight(chosen)
    return _("This quarter, as of now"), figures.stats(chosen.user)


def _program(chosen: Chosen) -> tuple[str, list[Stat]]:
    keys = [key for _name, names in program_parts(chosen.about) for key in names]
    counted = kept.counted(on=chosen.on, metrics=keys)
    return shown.as_of_words(counted.counting), shown.tiles(chosen.user, counted, keys, {})


def _sales(chosen: Chosen) -> tuple[str, list[Stat]]:
    if chosen.team:
        name = sales.teams_for(chosen.user)[chosen.team]
        stats = sales.sums_of(sales.lines_for(chosen.user, chosen.team))
        return _("%(team)s, this quarter, as of now") % {"team": name}, stats
    return _("This quarter, as of now"), figures.stats(chosen.user, SALES)


def _support(chosen: Chosen) -> tuple[str, list[Stat]]:
    return _("As of now"), support.care_of(chosen.user).stats


_BOARDS: Final[dict[str, Callable[[Chosen], tuple[str, list[Stat]]]]] = {
    "dashboards:executive": _executive,
    "dashboards:program": _program,
    "dashboards:sales": _sales,
    "dashboards:support": _support,
}


def boards_for(user: User) -> list[tuple[str, Any]]:
    """Return the dashboards that somebody can have by mail, as (page, name)."""
    return [(one.page, one.name) for one in boards.BOARDS if one.page in _BOARDS and user.has_perm(one.permission)]


def _of_board(user: User, page: str, query: str) -> Content | None:
    if not any(page == mine for mine, _name in boards_for(user)):
        return None
    parts = [(key, str(name)) for key, name, _keys in PROGRAM]
    lead, stats = _BOARDS[page](Chosen(user, page, QueryDict(query), parts))
    url = reverse(page)
    return Content(lead, [(stat.name, _said(stat)) for stat in stats], f"{url}?{query}" if query else url)


def _said(stat: Stat) -> str:
    return " · ".join(part for part in (stat.value, stat.change, stat.target, stat.note) if part)


# ---------------------------------------------------------------- lists


def name_of(page: str) -> str | None:
    """Return what a dashboard or list is called; None for what cannot be mailed."""
    board = next((one for one in boards.BOARDS if one.page == page and page in _BOARDS), None)
    if board is not None:
        return str(board.name)
    made = list_page(page)
    return None if made is None else str(made.title)


def list_page(page: str) -> type[ListPage] | None:
    """Return the list behind an address's name; None where there is none, or it lies within another row."""
    try:
        view = resolve(reverse(page)).func
    except NoReverseMatch:
        return None
    made = getattr(view, "view_class", None)
    return made if isinstance(made, type) and issubclass(made, ListPage) else None


def _of_list(user: User, made: type[ListPage], query: str) -> Content:
    page, url = made(), reverse(made.page)
    request = HttpRequest()
    request.method, request.path, request.GET = "GET", url, QueryDict(query)
    request.user = user
    request.htmx = False  # type: ignore[attr-defined]  # nobody asks for a part of it
    page.setup(request)
    lines = [_line(cells) for cells in csv_rows(page.ordered()[:ROWS], page.columns)]
    number = page.count.number
    if not number:
        lead = _("Nothing is listed today.")
    elif number > len(lines):
        lead = _("The first %(shown)d of %(number)s.") % {"shown": len(lines), "number": page.count}
    else:
        lead = _("All %(number)s of them.") % {"number": page.count}
    return Content(lead, lines, f"{url}?{query}" if query else url)


def _line(cells: list[Any]) -> tuple[str, str]:
    first, *others = ["" if cell is None else str(cell) for cell in cells]
    return first, " · ".join(one for one in others[:CELLS] if one)
