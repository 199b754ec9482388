"""Figures of the map as people read them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.coverage import policy
from references.coverage.figures import CellFigures, Coverage
from references.coverage.selectors import HeatMap
from references.coverage.selectors.unmet import Unmet
from refprogram.kernel.templatetags import rp

TONES = ("stop", "wait", "wait", "ok", "ok")


def state_of(cell: CellFigures) -> tuple[str, str]:
    """Return a cell's word and tone: "far short", stop."""
    bucket = rp.heat_bucket(float(cell.available), float(cell.target) if cell.target else None)
    if bucket is None:
        return _("no target"), ""
    words = (_("far short"), _("short"), _("nearly"), _("covered"), _("ample"))
    return words[bucket], TONES[bucket]


def bucket_css(cell: CellFigures) -> str:
    """Return the colour of a cell."""
    bucket = rp.heat_bucket(float(cell.available), float(cell.target) if cell.target else None)
    return "h-none" if bucket is None else f"h{bucket}"


def against(cell: CellFigures) -> str:
    """Return "of 8, far short" or "no target"."""
    word, _tone = state_of(cell)
    return _("of %(target)s, %(word)s") % {"target": rp.number(cell.target), "word": word} if cell.target else word


def figure(value: float) -> str:
    """Return an expected number: one place below ten, none above."""
    return rp.number(value, 1) if value < 10 else rp.number(value)


def demand(cell: CellFigures) -> str:
    """Return "4.2, 2 to 7"."""
    low, high = cell.expected.interval(policy.now().interval / 100)
    facts = {"mean": figure(cell.demand), "low": low, "high": high}
    return _("%(mean)s, between %(low)d and %(high)d") % facts


def cell_facts(cell: CellFigures, unmet: Unmet | None = None) -> list[tuple[Any, ...]]:
    """Return what the panel beside the map says of a cell."""
    facts: list[tuple[Any, ...]] = [
        (
            _("Available"),
            rp.number(cell.available),
            ngettext("with %(n)d person who takes part", "with %(n)d people who take part", cell.contacts)
            % {"n": cell.contacts},
        ),
        (_("Target"), rp.number(cell.target) if cell.target else _("none")),
        (_("Expected in 90 days"), demand(cell) if cell.demand else _("nothing")),
    ]
    if unmet is not None and unmet.count:
        why = ", ".join(f"{reason} ({n})" if n > 1 else reason for reason, n in unmet.reasons)
        facts.append((_("Not met in 90 days"), rp.number(unmet.count), why))
    if cell.depth is not None:
        facts.append((_("Bench depth"), figure(cell.depth), _("people per expected request")))
    if cell.deals:
        deals = round(cell.deals)
        words = ngettext("%(amount)s in %(n)d deal", "%(amount)s in %(n)d deals", deals)
        facts.append((_("Pipeline"), words % {"amount": rp.money_short(cell.pipeline), "n": deals}))
    return facts


def map_facts(heat: HeatMap) -> str:
    """Return the line under the title."""
    cells = heat.targeted
    if not cells:
        return _("No cell has a target yet. Set some, and the map says where you are short.")
    short = sum(1 for cell in cells if cell.missing)
    parts = [coverage_words(heat.coverage)]
    parts.append(
        ngettext(
            "%(n)d of %(of)d cell with a target is short", "%(n)d of %(of)d cells with a target are short", len(cells)
        )
        % {"n": short, "of": len(cells)}
        if short
        else _("every target is met")
    )
    if heat.untargeted:
        parts.append(
            ngettext(
                "%(n)d cell expects requests and has no target",
                "%(n)d cells expect requests and have no target",
                heat.untargeted,
            )
            % {"n": heat.untargeted}
        )
    return ". ".join(part[:1].upper() + part[1:] for part in parts)


def coverage_words(coverage: Coverage) -> str:
    """Return "Coverage 84 %"."""
    return _("Coverage %(share)s") % {"share": rp.pct(coverage.share)} if coverage.share is not None else ""
