"""The parts of a list page: what a room declares (actions, tabs, the empty state), and what the templates draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django_htmx.middleware import HtmxDetails

from refprogram.kernel.models import SavedView
from refprogram.kernel.templatetags import rp

Words = str | Promise

COUNT_LIMIT: Final = 1000


class ListRequest(HttpRequest):
    """Only for annotations: a signed-in request with htmx's details."""

    user: Any
    htmx: HtmxDetails


# ---------------------------------------------------------------- declared by rooms


@dataclass(frozen=True)
class Action:
    """A link among the page's actions; not drawn without `permission`."""

    label: Words
    url: Any
    icon: str = ""
    permission: str = ""


@dataclass(frozen=True)
class BulkAction:
    """A verb on chosen rows, done by the page's method `bulk_<name>`.

    `confirm` is asked before it is sent; `short` is the label on a phone; `key` presses it while rows are selected.
    """

    name: str
    label: Words
    icon: str = ""
    permission: str = ""
    confirm: Words = ""
    short: Words = ""
    key: str = ""

    def button(self) -> dict[str, Any]:
        """Return the button as components/bulk_bar.html takes it."""
        return {
            "name": "action",
            "value": self.name,
            "label": self.label,
            "icon": self.icon,
            "confirm": self.confirm,
            "key": self.key,
            "short": self.short,
        }


@dataclass(frozen=True)
class View:
    """A tab that everybody has: `params` is a state of the page as in its URL; `nothing` says that it is empty."""

    key: str
    label: Words
    params: str = ""
    permission: str = ""
    nothing: Words = ""


@dataclass(frozen=True)
class Empty:
    """What to say while there is nothing at all: what will be here, and the first step."""

    text: Words
    action: Action | None = None
    title: Words = gettext_lazy("Nothing here yet")
    icon: str = "inbox"


# ---------------------------------------------------------------- drawn by templates


@dataclass(frozen=True)
class Tab:
    """One tab. `own` is the reader's own saved view, which can be changed and deleted."""

    key: str
    label: Words
    query: str
    current: bool
    count: str = ""
    own: SavedView | None = None
    shared: bool = False
    nothing: Words = ""

    @property
    def url(self) -> str:
        """The address that turns the tab on: its state, and its key."""
        if not self.key:
            return "?"
        return f"?{self.query}&view={self.key}" if self.query else f"?view={self.key}"


def tabs_of(
    declared: Iterable[View], saved: Iterable[SavedView], *, user: Any, current: str, every: Words
) -> list[Tab]:
    """Return all tabs of a page: everything, the declared ones, the reader's own, those that others share."""
    tabs = [Tab(view.key, view.label, view.params, view.key == current, nothing=view.nothing) for view in declared]
    for view in saved:
        own = view if view.user_id == user.pk else None
        tabs.append(Tab(view.public_id, view.name, view.query, view.public_id == current, own=own, shared=view.shared))
    return [Tab("", every, "", current=not any(tab.current for tab in tabs)), *tabs]


@dataclass(frozen=True)
class Count:
    """How many rows there are; `exact` is False at "1,000+"."""

    number: int
    exact: bool = True

    def __str__(self) -> str:
        return rp.number(self.number) if self.exact else f"{rp.number(COUNT_LIMIT)}+"


@dataclass(frozen=True)
class Rows:
    """One portion of a list."""

    records: list[Any]
    start: int
    more: bool

    @property
    def until(self) -> int:
        """How many rows the reader has seen with this portion."""
        return self.start + len(self.records)


def capped_count(queryset: QuerySet[Any]) -> Count:
    """Count to 1,001 at most: keys only, no order, so that the database stops early."""
    return count_of(queryset.order_by().values("pk")[: COUNT_LIMIT + 1].count())


def count_of(number: int) -> Count:
    """Return a number that was counted to the limit and one more."""
    return Count(number, exact=number <= COUNT_LIMIT)
