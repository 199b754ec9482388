"""The order of a category as its page shows it: score, interval, plain average, award."""

from collections.abc import Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from awards.results.enums import AwardKind
from awards.results.models import TallyRow
from awards.results.selectors import title_of
from refprogram.kernel.templatetags import rp

TONES = {
    AwardKind.WINNER: "ok",
    AwardKind.JOINT: "ok",
    AwardKind.PLACED: "info",
    AwardKind.COMMENDED: "info",
    AwardKind.ALTERNATE: "idle",
}
PAD = 2.0


def scale_of(lines: Sequence[TallyRow]) -> tuple[float, float]:
    """Return the least and the greatest value that the page's pictures have to show."""
    values = [value for line in lines for value in (line.score, line.raw, line.low, line.high) if value is not None]
    if not values:
        return 0.0, 100.0
    return max(min(values) - PAD, min(0.0, *values)), max(values) + PAD


def rows(lines: Sequence[TallyRow]) -> SafeString:
    """Return the body of the table."""
    low, high = scale_of(lines)
    return format_html_join(
        "",
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
                    line.score if line.low is None else line.low,
                    line.score if line.high is None else line.high,
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
    return format_html_join(" ", "{}", ((pill,) for pill in found))
