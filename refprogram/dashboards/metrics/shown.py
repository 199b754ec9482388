"""Metrics as pages show them: tiles, their change, their target, the line of twelve months."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from refprogram.dashboards.figures import NEAR, Stat
from refprogram.dashboards.metrics.dictionary import DOWN, Metric, Unit
from refprogram.dashboards.metrics.kept import Counted, Said
from refprogram.dashboards.metrics.places import Place
from refprogram.dashboards.metrics.registry import EIGHT, METRICS
from refprogram.dashboards.models import Counting
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

STRAIN_AMBER: Final = Decimal(70)


Trend = tuple[tuple[dt.date, Decimal | None], ...]


def tiles(user: User, counted: Counted, keys: Iterable[str], targets: Mapping[str, Decimal]) -> list[Stat]:
    """Return metrics as tiles; targets are set for the eight (figures of the quarter have names like some metrics)."""
    language, as_of = get_language(), counted.counting.as_of if counted.counting else timezone.localdate()
    found = []
    for key in keys:
        goal = targets.get(key) if key in EIGHT else None
        places = _rows(language, key, as_of, user)
        found.append(_tile(language, key, counted.reading(key), counted.trend(key), goal, places))
    return found


@lru_cache(maxsize=1024)
def _tile(
    _language: str | None, key: str, said: Said | None, trend: Trend, target: Decimal | None, rows: tuple[str, str]
) -> Stat:
    """Return a tile; it hangs on nothing but what is given, and is made once."""
    metric, value = METRICS[key], said.value if said else None
    change, good = change_of(metric, trend)
    return Stat(
        name=str(metric.name),
        value=metric.words(value),
        definition=str(metric.text),
        url=rows[0],
        rows=rows[1],
        change=change,
        good=good,
        **_against(metric, value, target),
        trend=tuple(None if one is None else float(one) for _day, one in trend),
        trend_words=trend_words(metric, trend),
        note=note_of(metric, said),
        more=reverse("dashboards:metric", args=[metric.key]),
    )


def _rows(language: str | None, key: str, as_of: dt.date, user: User) -> tuple[str, str]:
    """Return where the rows are, for who may see them."""
    url, words, permission = _place(language, key, as_of)
    return ("", "") if permission and not user.has_perm(permission) else (url, words)


@lru_cache(maxsize=512)
def _place(_language: str | None, key: str, as_of: dt.date) -> Place:
    return METRICS[key].rows(as_of)


def note_of(metric: Metric, reading: Said | None) -> str:
    """Return why there is no value, or how sure it is and how many rows are behind it; also that nothing is proven."""
    if reading is None:
        return _("Not counted yet")
    if reading.value is None:
        words = metric.no_value(reading.why)
        return _("%(words)s (there are %(n)s)") % {"words": words, "n": rp.number(reading.n)} if reading.n else words
    if reading.low is not None and reading.high is not None:
        said = {"low": _bare(reading.low), "high": metric.words(reading.high), "n": rp.number(reading.n or 0)}
        return _("95 %%: %(low)s to %(high)s, n = %(n)s") % said
    rows = _("n = %(n)s") % {"n": rp.number(reading.n)} if reading.n is not None else ""
    return ", ".join(filter(None, (str(metric.at_floor), rows))) if reading.value == metric.floor else rows


def _bare(value: Decimal) -> str:
    return rp.number(value, 1)


def change_of(metric: Metric, trend: Trend) -> tuple[str, bool | None]:
    """Return the change since the month before what is shown, and whether it is good news."""
    if len(trend) < 2:
        return "", None
    (_day, now), (before_day, before) = trend[-1], trend[-2]
    if now is None or before is None:
        return "", None
    words = {"month": date_format(before_day, "F"), "by": difference(metric, now - before, before)}
    if now == before:
        return _("as at the end of %(month)s") % words, None
    good = (now - before) * metric.better > 0 if metric.better else None
    return (_("up %(by)s on %(month)s") if now > before else _("down %(by)s on %(month)s")) % words, good


def difference(metric: Metric, by: Decimal, before: Decimal) -> str:
    """Return a change as one reads it: money as a share of what it was, percent in points, else as it is."""
    if metric.unit == Unit.MONEY and before:
        return rp.pct(abs(by) / abs(before))
    if metric.unit in (Unit.PERCENT, Unit.POINTS):
        return _("%(n)s points") % {"n": rp.number(abs(by), 1)}
    return metric.words(abs(by))


def _against(metric: Metric, value: Decimal | None, target: Decimal | None) -> dict[str, Any]:
    """Return words, bar and tone for a target; the pool's strain is amber from 70 % without one."""
    if target is None:
        amber = metric.key == "strain" and value is not None and value >= STRAIN_AMBER
        return {"target": _("amber from 70 %"), "tone": "wait"} if amber else {}
    at_most = metric.better == DOWN
    words = (_("at most %(value)s") if at_most else _("target %(value)s")) % {"value": metric.words(target)}
    if value is None:
        return {"target": words}
    met = value <= target if at_most else value >= target
    said = _("%(target)s: met") if met else _("%(target)s: missed") if at_most else _("%(target)s: not yet met")
    if at_most:
        return {"target": said % {"target": words}}
    share = max(Decimal(0), min(value / target, Decimal(1)))
    return {
        "target": said % {"target": words},
        "share": float(share),
        "tone": "ok" if met else "" if share >= NEAR else "wait",
    }


def trend_words(metric: Metric, trend: Trend) -> str:
    """Return the line in words: "Sep 2026 78 %, Oct 2026 80 %"."""
    return ", ".join(f"{date_format(day, 'M Y')} {metric.words(value)}" for day, value in trend if value is not None)


def as_of_words(counting: Counting | None) -> str:
    """Say as of when figures are, and when they were counted."""
    if counting is None:
        return _("Nothing was counted yet. It happens every hour.")
    words = {
        "day": date_format(counting.as_of, "j F Y"),
        "ago": rp.relative_words((counting.counted_at - timezone.now()).total_seconds()),
    }
    if counting.afterwards:
        return _("As of %(day)s, counted afterwards from what rows still say") % words
    return _("As of %(day)s, counted %(ago)s") % words
