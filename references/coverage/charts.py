"""The pictures of this room: how the map changed, what the pipeline will ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from references.coverage.selectors import Point
from refprogram.kernel.templatetags import rp


@dataclass(frozen=True)
class Chart:
    """A picture with its numbers: column heads as (text, role), rows with the label first."""

    kind: str
    title: str
    words: str
    heads: list[tuple[str, str]]
    rows: list[list[Any]]


def total(points: Sequence[Point]) -> Chart | None:
    """Return coverage over all cells; None before there are two snapshots to compare."""
    if len(points) < 2:
        return None
    first, last = points[0], points[-1]
    rows = [[_day(point), None if point.coverage is None else round(point.coverage)] for point in points]
    words = ""
    if first.coverage is not None and last.coverage is not None:
        words = _("From %(before)s to %(now)s since %(day)s.") % {
            "before": rp.pct(first.coverage / 100), "now": rp.pct(last.coverage / 100), "day": rp.day(first.day),
        }  # fmt: skip
    return Chart("line", _("Coverage, percent"), words, [(_("Month"), ""), (_("Coverage"), "")], rows)


def of_cell(name: str, points: Sequence[Point]) -> Chart | None:
    """Return one cell: available against its target, and the demand that was expected."""
    if len(points) < 2:
        return None
    heads = [(_("Month"), ""), (_("Available"), ""), (_("Expected in 90 days"), ""), (_("Target"), "target")]
    rows = [[_day(point), point.available, round(point.demand, 1), point.target] for point in points]
    return Chart("line", name, cell_words(points), heads, rows)


def cell_words(points: Sequence[Point]) -> str:
    """Return "2 on 1 November 2025"; empty without a past."""
    if len(points) < 2:
        return ""
    first = points[0]
    return _("%(n)s on %(day)s") % {"n": rp.number(first.available), "day": date_format(first.day, "j F Y")}


def _day(point: Point) -> str:
    return date_format(point.day, "j M Y")


def shortfalls(months: Sequence[tuple[str, float, float]]) -> Chart:
    """Return expected requests against the bench, by block of 30 days."""
    heads = [(_("Until"), ""), (_("Requests expected by then"), ""), (_("References free by then"), "target")]
    rows: list[list[Any]] = [[name, round(demand, 1), bench] for name, demand, bench in months]
    return Chart("bar", _("Requests against the bench"), "", heads, rows)
