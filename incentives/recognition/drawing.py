"""Rows of the leaderboard and of one's statement, drawn by the hundred."""

from collections.abc import Iterable
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from incentives.recognition.standings import Place
from incentives.rulebook.statements import Line
from refprogram.kernel.markup import filled, filled_each
from refprogram.kernel.templatetags import rp

_PLACE: Final = (
    '<tr{}><td class="rp-num">{}</td><td><div class="rp-eye">{}<div><b class="rp-name">{}</b>{}{}</div></div></td>'
    '<td class="rp-num"><b>{}</b></td><td class="rp-plot wide">{}</td></tr>'
)
_LINE: Final = (
    '<li><span class="rp-dot{}">{}</span><div class="rp-grow"><p class="m-0">{}{}</p><small>{}{}</small></div>'
    '<b class="rp-num">{}{}</b></li>'
)


def ranking(places: Iterable[Place], *, by: str) -> SafeString:
    """Return a line of the table for each place; the reader's own stands out."""
    you = {"person": _("You"), "team": _("Your team"), "region": _("Your region")}[by]
    mine, own = SafeString(' class="sel" aria-current="true"'), filled(" {}", rp.pill(you, "mine"))
    return filled_each(
        _PLACE,
        (
            (
                mine if place.me else "",
                place.rank,
                rp.avatar(place.name) if by == "person" else "",
                place.name,
                own if place.me else "",
                filled("<small>{}</small>", place.detail) if place.detail else "",
                rp.number(place.points),
                rp.bar(place.share, 1),
            )
            for place in places
        ),
    )


def statement(lines: Iterable[Line]) -> SafeString:
    """Return a line for each posting: why, by which rule, when, how many points."""
    came, went = rp.icon("coins", "sm"), rp.icon("undo", "sm")
    gone = filled(" {}", rp.pill(_("Taken back"), "stop"))
    return filled_each(
        _LINE,
        (
            (
                _tone(line),
                went if line.posting.amount < 0 else came,
                line.why or filled("<b>{}</b>", line.posting.entry.memo),
                gone if line.taken_back else "",
                _by(line),
                rp.reltime(line.posting.entry.occurred_at),
                "+" if line.posting.amount > 0 else "",
                rp.number(line.posting.amount),
            )
            for line in lines
        ),
    )


def _tone(line: Line) -> str:
    if line.posting.amount < 0:
        return " stop"
    return "" if line.taken_back else " ok"


def _by(line: Line) -> str:
    """Return by what it was: a reason, a rule, or the words of who booked it."""
    entry = line.posting.entry
    words = line.rule or (entry.memo if line.why else "")
    if entry.reverses_id is not None:
        words = _("Taken back: %(reason)s") % {"reason": entry.memo}
    return f"{words} · " if words else ""
