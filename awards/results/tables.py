"""The order of a category as its page shows it (score, interval, plain average, award), and how it came about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from awards.results import wording
from awards.results.enums import AwardKind
from awards.results.models import TallyRow
from awards.results.selectors import Names, title_of
from refprogram.kernel.markup import filled, filled_each
from refprogram.kernel.templatetags import rp

TONES = {
    AwardKind.WINNER: "ok",
    AwardKind.JOINT: "ok",
    AwardKind.PLACED: "info",
    AwardKind.COMMENDED: "info",
    AwardKind.ALTERNATE: "idle",
}
PAD = 2.0
MOST = 100.0
LEANS = 0.05  # what is less probable than that is not taken for chance


def scale_of(lines: Sequence[TallyRow]) -> tuple[float, float]:
    """Return the least and the greatest value that the page's pictures have to show.

    An interval may reach beyond what can be scored: it is cut there.
    """
    values = [value for line in lines for value in (line.score, line.raw, line.low, line.high) if value is not None]
    if not values:
        return 0.0, 100.0
    given = [value for line in lines for value in (line.score, line.raw)]
    high = max(values) + PAD
    least = 0.0 if min(given, default=0.0) >= 0.0 else min(0.0, *values)
    return max(min(values) - PAD, least), min(high, MOST) if max(given, default=0.0) <= MOST else high


def rows(lines: Sequence[TallyRow]) -> SafeString:
    """Return the body of the table."""
    low, high = scale_of(lines)
    return filled_each(
        '<tr><td class="rp-num">{}</td><td><a class="rp-name" href="{}">{}</a><small>{}</small></td>'
        '<td class="rp-num"><b>{}</b></td><td class="rp-plot wide">{}</td><td class="rp-num hide">{}</td>'
        '<td class="end">{}</td></tr>',
        (
            (
                line.rank,
                line.place.entry.get_absolute_url(),
                title_of(line.place),
                f"{line.place.entry.code}, {_entrant(line)}",
                rp.number(line.score, 2),
                rp.range_plot(
                    line.score,
                    line.score if line.low is None else max(line.low, low),
                    line.score if line.high is None else min(line.high, high),
                    low,
                    high,
                    plain=line.raw,
                ),
                rp.number(line.raw, 2),
                _pills(line),
            )
            for line in lines
        ),
    )


def _entrant(line: TallyRow) -> str:
    entrant = line.place.entry.account or line.place.entry.team
    return entrant.name if entrant is not None else ""


def _pills(line: TallyRow) -> SafeString:
    found, award = [], line.award  # type: ignore[attr-defined]  # annotated by selectors.lines_of
    if line.photo:
        found.append(rp.pill(_("Photo finish"), "wait"))
    if award is not None:
        kind = AwardKind(award["kind"])
        found.append(rp.pill(str(kind.label).capitalize(), TONES[kind]))
    elif line.joint:
        found.append(rp.pill(_("Equal"), "wait"))
    return SafeString(" ".join(found))


# ---------------------------------------------------------------- how it came about

_FIGURE = '<td class="rp-num">{}</td>'
_NO_FIGURE = SafeString(_FIGURE.format(""))


def matrix(compared: Mapping[str, Any], names: Names) -> SafeString:
    """Return who gave what: a row for each of the first entries, a cell for each judge who read one of them."""
    given = {(judge, entry): filled(_FIGURE, rp.number(total, 1)) for judge, entry, total in compared["given"]}
    readers = compared["judges"]
    return filled_each(
        '<tr><th scope="row">{}</th>{}<td class="rp-num">{}</td><td class="rp-num"><b>{}</b></td><td>{}</td></tr>',
        (
            (
                names.entry(line["entry"]),
                SafeString("".join([given.get((judge, line["entry"]), _NO_FIGURE) for judge in readers])),
                rp.number(line["raw"], 2),
                rp.number(line["score"], 2),
                wording.BY.get(line["by"], _("a criterion")),
            )
            for line in compared["lines"]
        ),
    )


def judges(found: Sequence[Mapping[str, Any]], names: Names) -> SafeString:
    """Return how each judge leans, with a picture on the scale of the one who leans farthest."""
    reach = max((abs(one["severity"]) + _half(one) for one in found), default=0.0) or 1.0
    return filled_each(
        '<tr><th scope="row">{}</th><td class="rp-num">{}</td><td class="rp-num">{}</td><td class="rp-plot">{}</td>'
        '<td class="rp-num">{}</td><td class="rp-num">{}</td><td>{}</td></tr>',
        (
            (
                names.judge(one["judge"]),
                one["ballots"],
                wording.signed(one["effect"]),
                rp.range_plot(
                    one["severity"],
                    one["severity"] - _half(one),
                    one["severity"] + _half(one),
                    -reach,
                    reach,
                    plain=one["effect"],
                ),
                rp.number(one["fit"], 2),
                rp.number(one["correlation"], 2),
                ", ".join(_flags(one)),
            )
            for one in found
        ),
    )


def _half(judge: Mapping[str, Any]) -> float:
    """Return half of the interval of a judge's severity."""
    return float(2 * (judge["error"] or 0.0))


def _flags(judge: Mapping[str, Any]) -> list[str]:
    """Return what stands out in a judge's ballots."""
    flags, side = [str(wording.FLAGS[flag]) for flag in judge["flags"]], judge["own_side"]
    if side is not None and side["p"] < LEANS:
        flags.append(_("leans to their own side by %(points)s") % {"points": wording.signed(side["lead"])})
    return flags
