"""The words of a version as plain values, and what differs between two of them. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from refprogram.kernel.templatetags import rp


@dataclass(frozen=True)
class Line:
    """A line of the scope."""

    inside: bool
    hours: Decimal
    because: str = ""


@dataclass(frozen=True)
class Content:
    """What a version says: lines by name, marks of the road and steps of the plan by name with their months."""

    mission: str = ""
    short_strategy: str = ""
    long_strategy: str = ""
    lines: Mapping[str, Line] | None = None
    marks: Mapping[str, dt.date | None] | None = None
    plan: Mapping[str, dt.date | None] | None = None


def changes(old: Content, new: Content) -> list[str]:
    """Return in sentences what the newer words say differently; empty where they say the same."""
    texts = (
        (_("The mission"), old.mission, new.mission),
        (_("The short strategy"), old.short_strategy, new.short_strategy),
        (_("The long strategy"), old.long_strategy, new.long_strategy),
    )
    found = [_("%(part)s has other words.") % {"part": part} for part, was, now in texts if was != now]
    found += _scope(old.lines or {}, new.lines or {})
    found += _dated(old.marks or {}, new.marks or {}, _("The road"))
    return [*found, *_dated(old.plan or {}, new.plan or {}, _("The plan"))]


def _scope(old: Mapping[str, Line], new: Mapping[str, Line]) -> Iterable[str]:
    for name, line in new.items():
        was = old.get(name)
        if was is None or was.inside != line.inside:
            yield (_("%(line)s is in scope now.") if line.inside else _("%(line)s is out of scope now.")) % {
                "line": name
            }
        elif was.hours != line.hours:
            words = {"line": name, "hours": rp.plain(line.hours), "was": rp.plain(was.hours)}
            yield _("One %(line)s counts %(hours)s hours now, not %(was)s.") % words
        elif was.because != line.because:
            yield _("What is said of %(line)s has other words.") % {"line": name}
    for name in old:
        if name not in new:
            yield _("%(line)s is not spoken of any more.") % {"line": name}


def _dated(old: Mapping[str, dt.date | None], new: Mapping[str, dt.date | None], where: str) -> Iterable[str]:
    for name, month in new.items():
        if name not in old:
            yield _("%(where)s has “%(name)s” now.") % {"where": where, "name": name}
        elif old[name] != month and month is not None:
            words = {"where": where, "name": name, "month": date_format(month, "F Y")}
            yield _("%(where)s: “%(name)s” is for %(month)s now.") % words
    for name in old:
        if name not in new:
            yield _("%(where)s has “%(name)s” no more.") % {"where": where, "name": name}
