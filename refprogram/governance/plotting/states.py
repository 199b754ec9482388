"""How plotted requests look."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.governance.plotting.enums import Place, PlotState
from refprogram.kernel.tables import Pill

PLACES: Final = {
    Place.INSIDE: Pill(_("In scope"), "ok"),
    Place.OUTSIDE: Pill(_("Out of scope"), "stop"),
    Place.OFF: Pill(_("Not in the charter"), "wait"),
}
STATES: Final = {
    PlotState.PLOTTED: Pill(_("To decide"), "wait"),
    PlotState.TAKEN: Pill(_("Taken on"), "ok"),
    PlotState.REDIRECTED: Pill(_("Passed on"), "info"),
    PlotState.DECLINED: Pill(_("Said no to"), "rest"),
    PlotState.SETTLED: Pill(_("Answered elsewhere"), "ok"),
}
