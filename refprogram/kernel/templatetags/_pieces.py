"""Pieces that pages have many of, drawn in Python: the files of the same names in components/ only call these."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from refprogram.kernel.markup import filled, filled_each

# What stands in for so many lines: 2 to 6.
_BARS: Final = {6: ("", " w2", " w1", ""), 5: (" w2", " w1", ""), 4: (" w1", ""), 3: ("",), 2: ()}
_FACT: Final = "<dt>{}</dt><dd>{}{}</dd>"


def _shown(value: Any) -> str:
    """What `{{ value }}` writes: figures and days in the reader's way."""
    return conditional_escape(value) if isinstance(value, str) else render_value_in_context(value, Context())


def facts(rows: Iterable[Sequence[Any]] | None) -> SafeString:
    """What components/facts.html says: names and values, and a note where there is one; nothing where all is empty."""
    told = [row for row in rows or () if row[1] is not None and row[1] != ""]
    lines = filled_each(_FACT, ((_shown(row[0]), _shown(row[1]), _note(row)) for row in told))
    return filled('<dl class="rp-facts">{}</dl>', lines)


def _note(row: Sequence[Any]) -> str:
    return filled(' <small class="rp-muted">{}</small>', _shown(row[2])) if len(row) > 2 and row[2] else ""


def skeleton(label: str = "", lines: int = 3, url: str = "") -> SafeString:
    """What components/skeleton.html says: something is on its way, or is fetched from `url` once this is there."""
    bars = _BARS[min(6, max(2, lines or 3))]
    return filled(
        '<div class="rp-stack tight rp-wait" role="group" aria-busy="true" aria-label="{}"{}>{}'
        '<span class="rp-skel w1"></span><span class="rp-skel w2"></span></div>',
        label or gettext("Loading"),
        filled(' hx-get="{}" hx-trigger="load" hx-swap="outerHTML"', url) if url else "",
        filled_each('<span class="rp-skel{}"></span>', ((width,) for width in bars)),
    )
