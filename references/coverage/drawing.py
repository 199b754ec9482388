"""Cells of the map as HTML, built in Python: three hundred of them are no template's business."""

from collections.abc import Mapping
from urllib.parse import quote

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from references.coverage import words
from references.coverage.addresses import Shown
from references.coverage.selectors import HeatCell
from refprogram.kernel.templatetags import rp

SHOWN_FROM = 0.05  # less would read "0.0 expected"


class Drawer:
    """Draws the cells of one map; the part of the address that all share is made once."""

    def __init__(self, shown: Shown, missed: Mapping[tuple[str, str], int]) -> None:
        self.shown, self.missed = shown, missed
        base = shown.url(at="", editing=False)
        self.base = f"{base}&at="
        self.current = shown.at

    def url(self, cell: HeatCell) -> str:
        """Return the address of the map with this cell chosen."""
        return f"{self.base}{quote(cell.key)}#cell"

    def link(self, cell: HeatCell) -> SafeString:
        """Return the cell of the table: what is there, of how much, in words; what is expected."""
        one = cell.figures
        return format_html(
            '<a class="{}" href="{}"{}>{} <span>{}</span>{}{}</a>',
            words.bucket_css(one),
            self.url(cell),
            format_html(' aria-current="{}"', "true") if cell.key == self.current else "",
            rp.number(one.available),
            words.against(one),
            self._expected(one.demand),
            self._missed(cell),
        )

    def line(self, cell: HeatCell) -> SafeString:
        """Return the line of the phone's list."""
        one = cell.figures
        word, tone = words.state_of(one)
        facts = _("%(available)s of %(target)s, %(demand)s expected in 90 days") % {
            "available": rp.number(one.available),
            "target": rp.number(one.target),
            "demand": words.figure(one.demand),
        }
        return format_html(
            '<div class="rp-grow"><a class="rp-name" href="{}"{}>{}</a><small>{}</small></div>{}',
            self.url(cell),
            format_html(' aria-current="{}"', "true") if cell.key == self.current else "",
            cell.name,
            facts,
            rp.pill(word, tone),
        )

    def _missed(self, cell: HeatCell) -> SafeString | str:
        """Say how many requests of the cell nobody could be found for."""
        found = self.missed.get((cell.cell[self.shown.rows], cell.cell[self.shown.cols]), 0)
        return format_html(' <span class="rp-expects">{}</span>', _("%(n)d not met") % {"n": found}) if found else ""

    @staticmethod
    def _expected(demand: float) -> SafeString | str:
        if demand < SHOWN_FROM:
            return ""
        return format_html(' <span class="rp-expects">{}</span>', _("%(n)s expected") % {"n": words.figure(demand)})
