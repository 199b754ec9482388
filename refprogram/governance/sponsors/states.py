"""How promises and alerts look."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.governance.sponsors.enums import PledgeState
from refprogram.kernel.tables import Pill

STATES: Final[Mapping[str, Pill]] = {
    PledgeState.PROMISED: Pill(_("Promised"), "info"),
    PledgeState.HANDED: Pill(_("Waits for a yes"), "wait"),
    PledgeState.UNHELD: Pill(_("Needs a new sponsor"), "stop"),
    PledgeState.DONE: Pill(_("Done"), "ok"),
    PledgeState.MISSED: Pill(_("Missed"), "stop"),
    PledgeState.RELEASED: Pill(_("Released"), "rest"),
}
