"""Pictures of figures: bars, rings, clocks, scores, ranges, heat.

Lengths are SVG attributes, never styles, so that the strict content security policy holds. Numbers inside
attributes are formatted with "g": a locale's decimal comma would break them.
"""

import functools
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from refprogram.kernel.markup import filled, filled_each
from refprogram.kernel.templatetags._wording import decimal_of, number, number_in

TONES: Final = frozenset({"ok", "wait", "stop", "info", "rest", "mine"})
_TONE: Final = {tone: filled(' class="{}"', tone) for tone in TONES}
_HIDDEN: Final = filled('aria-hidden="{}"', "true")


def _percent(value: float) -> str:
    return f"{value:.4g}%"


def _share(value: object, of: object) -> float:
    part, whole = decimal_of(value), decimal_of(of)
    if part is None or not whole:
        return 0.0
    return min(1.0, max(0.0, float(part / whole)))


def bar(value: object, of: object = 100, tone: str = "", label: str = "", tick: object = None) -> SafeString:
    """Progress line. ``tick`` marks where the target is. Without a label it is decoration beside its figures."""
    mark = ""
    if tick is not None:
        at = _percent(_share(tick, of) * 100)
        mark = filled('<line x1="{}" x2="{}" y1="-2" y2="8"/>', at, at)
    return filled(
        '<svg class="rp-bar" {}><rect{} width="{}" height="6" rx="3"/>{}</svg>',
        _named(label),
        _TONE.get(tone, ""),
        _percent(_share(value, of) * 100),
        mark,
    )


def stack(parts: Iterable[tuple[object, str]], of: object = 100, label: str = "") -> SafeString:
    """Progress line in several parts, each (value, tone), one after the other; what is over the whole is cut off."""
    rects: list[tuple[str, str, str]] = []
    at = 0.0
    for value, tone in parts:
        width = min(_share(value, of), 1.0 - at)
        rects.append((tone if tone in TONES else "", _percent(at * 100), _percent(width * 100)))
        at += width
    drawn = filled_each('<rect class="{}" x="{}" width="{}" height="6" rx="1"/>', rects)
    return filled('<svg class="rp-bar" {}>{}</svg>', _named(label), drawn)


def _named(label: str) -> SafeString:
    return filled('role="img" aria-label="{}"', label) if label else _HIDDEN


_ARC: Final = '<circle class="v" cx="50" cy="50" r="42" pathLength="100" stroke-dasharray="{} 100"/>'


def ring(value: object, of: object, pace: object = None, label: str = "") -> SafeString:
    """The one personal quota. ``pace`` is where today should be, as a tick on the ring."""
    mark = ""
    if pace is not None and decimal_of(of):
        angle = f"{_share(pace, of) * 360:.4g}"
        mark = filled('<line class="pace" x1="50" y1="2" x2="50" y2="14" transform="rotate({} 50 50)"/>', angle)
    arc = _share(value, of) * 100
    drawn = ""
    if arc > 0:
        drawn = filled(_ARC, f"{arc:.4g}")
    return filled(
        '<svg viewBox="0 0 100 100" role="img" aria-label="{}"><g transform="rotate(-90 50 50)">'
        '<circle cx="50" cy="50" r="42"/>{}</g>{}<text x="50" y="54">{}</text><text class="s" x="50" y="68">{}</text>'
        "</svg>",
        label or gettext("%(value)s of %(of)s") % {"value": value, "of": of},
        drawn,
        mark,
        number(value),
        gettext("of %(of)s") % {"of": number(of)},
    )


def sla(words: object, share: float = 1, state: str = "ok") -> SafeString:
    """A clock that runs: ``share`` of the time is gone, ``state`` is ok, risk or late."""
    used = max(0.0, min(1.0, float(share))) * 100
    return filled(
        '<span class="rp-sla {}"><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6"/>'
        '<circle class="v" cx="8" cy="8" r="6" pathLength="100" stroke-dasharray="{} 100"/></svg>{}</span>',
        state if state in {"ok", "risk", "late"} else "ok", f"{used:.4g}", words,
    )  # fmt: skip


def spark(values: Sequence[float | None], label: str = "") -> SafeString:
    """A small line of how a figure came to where it is; values that are not known leave it out. Needs two of them."""
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return SafeString("")
    top, bottom = max(value for _, value in known), min(value for _, value in known)
    span, steps = (top - bottom) or 1.0, len(values) - 1
    points = [
        (4 + index / steps * 92, 24 - (value - bottom) / span * 20 if top != bottom else 14) for index, value in known
    ]
    return filled(
        '<svg class="rp-spark" viewBox="0 0 100 28" {}><polyline points="{}"/><circle cx="{}" cy="{}" r="3"/></svg>',
        _named(label),
        " ".join(f"{x:.4g},{y:.4g}" for x, y in points),
        f"{points[-1][0]:.4g}",
        f"{points[-1][1]:.4g}",
    )


def delta(words: object, good: bool | None = None) -> SafeString:
    """A change: ``good`` is meaning, not direction ("down 8 %" of cost is good)."""
    css = "" if good is None else " good" if good else " bad"
    return filled('<span class="rp-delta{}">{}</span>', css, words)


def score(total: object, parts: Iterable[tuple[str, float]], of: float = 100) -> SafeString:
    """Total with its parts as a stacked line; readers hear the parts as words."""
    items = [(str(name), max(0.0, float(value))) for name, value in parts]
    whole = float(of) or 1.0
    rects: list[tuple[str, str, str]] = []
    at = 0.0
    for index, (_, value) in enumerate(items):
        width = value / whole * 100
        rects.append((f"f{index % 4 + 1}", _percent(at), _percent(max(0.0, width - 0.6))))
        at += width
    return filled(
        '<div class="rp-score"><b>{}</b><svg role="img" aria-label="{}">{}</svg></div>',
        number(total),
        ", ".join(f"{name} {number(value)}" for name, value in items),
        filled_each('<rect class="{}" x="{}" width="{}" height="8"/>', rects),
    )


def legend(names: Sequence[str]) -> SafeString:
    """Which colour of a score is which part."""
    return filled_each(
        '<span><svg aria-hidden="true"><rect class="{}" width="8" height="8"/></svg>{}</span>',
        [(f"f{index % 4 + 1}", name) for index, name in enumerate(names)],
    )


@functools.cache
def _range_words(_language: str | None) -> tuple[str, str]:
    """Return what is read aloud of a range, and of its uncorrected figure: looked up once for each language."""
    return gettext("%(estimate)s, between %(low)s and %(high)s"), "; " + gettext("plain average %(plain)s")


def range_plot(
    estimate: float, low: float, high: float, scale_low: float = 0, scale_high: float = 5, *, plain: float | None = None
) -> SafeString:
    """Estimate with its interval on a common scale; the small dot is the uncorrected figure."""
    span = float(scale_high) - float(scale_low) or 1.0

    def at(value: float) -> str:
        return _percent(min(100.0, max(0.0, (float(value) - float(scale_low)) / span * 100)))

    language = get_language()

    def figure(value: float) -> str:
        return number_in(language, value, 2)

    said, corrected = _range_words(language)
    words = said % {"estimate": figure(estimate), "low": figure(low), "high": figure(high)}
    dot: SafeString | str = ""
    if plain is not None:
        words += corrected % {"plain": figure(plain)}
        dot = SafeString(f'<circle class="s" cx="{at(plain)}" cy="50%" r="2.5"/>')
    return filled(
        '<svg class="rp-range" role="img" aria-label="{}"><line x1="0" x2="100%" y1="50%" y2="50%"/>'
        '<line class="i" x1="{}" x2="{}" y1="50%" y2="50%"/>{}<circle cx="{}" cy="50%" r="6"/></svg>',
        words, at(low), at(high), dot, at(estimate),
    )  # fmt: skip


HEAT_WORDS: Final = ("far short", "short", "nearly", "covered", "ample")


def heat_bucket(value: float, target: float | None) -> int | None:
    """Which of five colours a cell has, by share of its target; None where nobody set one."""
    if not target:
        return None
    share = value / target
    limits = (0.4, 0.8, 1.0, 1.3)
    return next((bucket for bucket, limit in enumerate(limits) if share < limit), 4)


def heat(value: float, target: float | None, url: str = "#", current: bool = False) -> SafeString:
    """One cell of a coverage table: number, target and a word, so that colour is never alone."""
    bucket = heat_bucket(float(value), None if target is None else float(target))
    words = {
        0: gettext("of %(target)s, far short"),
        1: gettext("of %(target)s, short"),
        2: gettext("of %(target)s, nearly"),
        3: gettext("of %(target)s, covered"),
        4: gettext("of %(target)s, ample"),
    }
    text = gettext("no target") if bucket is None else words[bucket] % {"target": number(target)}
    return filled(
        '<a class="{}" href="{}"{}>{} <span>{}</span></a>',
        "h-none" if bucket is None else f"h{bucket}",
        url,
        filled(' aria-current="{}"', "true") if current else "",
        number(value),
        text,
    )
