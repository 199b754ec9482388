"""The lines of the page of all figures: two hundred, of which most say the same on every page and for everybody."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from refprogram.kernel.program_settings.figures import Figure
from refprogram.kernel.program_settings.selectors import Line, Shown
from refprogram.kernel.templatetags import rp


class Said(NamedTuple):
    """What is always the same about a figure, in one language."""

    group: str
    before: SafeString
    usual: SafeString
    after: SafeString


def groups(shown: Shown) -> list[tuple[str, SafeString]]:
    """Return the headings of a room, in the order in which they were declared, each with its lines."""
    language = get_language()
    found: dict[str, list[SafeString]] = {}
    for line in shown.lines:
        said = _said(line.figure, language)
        found.setdefault(said.group, []).append(_line(line, said))
    return [(group, SafeString("".join(lines))) for group, lines in found.items()]


def _line(line: Line, said: Said) -> SafeString:
    if not line.changed:
        return said.usual
    return format_html("{}{} {}{}", said.before, line.words, rp.pill(_("changed"), "info"), said.after)


@lru_cache(maxsize=4096)
def _said(figure: Figure, language: str | None) -> Said:
    del language  # only the cache's key: gettext reads the active one
    usual = figure.kind.words(figure.default)
    influences = format_html('<br><small class="rp-muted">{}</small>', figure.influences) if figure.influences else ""
    before = format_html("<tr><td>{}{}</td><td>", figure.label, influences)
    after = format_html(
        '</td><td class="d-none d-md-table-cell rp-2">{}</td><td class="d-none d-md-table-cell rp-2">{}</td></tr>',
        usual,
        figure.kind.limits(),
    )
    group = str(figure.group) or _("Figures")
    return Said(group, before, format_html("{}{}{}", before, usual, after), after)
