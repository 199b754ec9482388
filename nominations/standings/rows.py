"""The lines of the standings page as markup: fifty rows of ten cells are drawn here, and not by a template."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nominations.standings.lines import Standing
from refprogram.kernel.markup import filled
from refprogram.kernel.templatetags.rp import bar, delta, number, plain

Drawn = tuple[Standing, tuple[str, bool | None], str, bool]  # line, movement, its nominations, whether others lie above

NOTHING: Final = SafeString("")
UNRANKED: Final = SafeString('<span class="rp-muted">–</span>')
ROW: Final = (
    '<tr{}><td class="rp-num">{}</td><td><b class="rp-name">{}</b>{}{}</td><td class="rp-num"><b>{}</b></td>'
    '<td class="rp-plot wide">{}</td>{}<td class="rp-num hide">{}</td><td class="rp-num hide">{}</td>'
    '<td class="rp-num hide">{}</td><td class="rp-num hide">{}</td><td class="end rp-nowrap">{}</td></tr>'
)


def drawn_rows(lines: Sequence[Drawn], *, leader: Any, heads: bool) -> SafeString:
    """Return the rows of the table; `heads` for teams and regions, of which it says what a head brought."""
    gap = filled('<tr><td colspan="{}" class="rp-muted">…</td></tr>', 10 if heads else 9)
    you = filled(' <span class="rp-pill mine">{}</span>', _("You"))
    drawn = [
        (gap if apart else "") + _row(line, movement, rows_url, leader or 1, you=you, heads=heads)
        for line, movement, rows_url, apart in lines
    ]
    return SafeString("".join(drawn))


def _row(
    line: Standing, movement: tuple[str, bool | None], rows_url: str, leader: Any, *, you: SafeString, heads: bool
) -> SafeString:
    enrolled = plain(line.enrolled)
    return filled(
        ROW,
        SafeString(' class="sel" id="me"') if line.mine else NOTHING,
        line.rank if line.enrolled else UNRANKED,
        line.name,
        you if line.mine else NOTHING,
        filled("<small>{}</small>", line.sub) if line.sub else NOTHING,
        filled('<a href="{}">{}</a>', rows_url, enrolled) if rows_url else enrolled,
        bar(line.enrolled, leader),
        filled('<td class="rp-num hide">{}</td>', number(line.per_head, 2)) if heads else NOTHING,
        plain(line.points),
        plain(line.approved),
        plain(line.submitted),
        f"+{number(line.to_pass)}" if line.to_pass else NOTHING,
        delta(*movement) if movement[0] else NOTHING,
    )
