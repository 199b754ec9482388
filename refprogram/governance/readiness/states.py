"""How changes and their steps look."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.governance.readiness.enums import ChangeState
from refprogram.kernel.tables import Pill

STATES: Final = {
    ChangeState.OPEN: Pill(_("Under way"), "info"),
    ChangeState.DONE: Pill(_("Settled in"), "ok"),
    ChangeState.DROPPED: Pill(_("Called off"), "rest"),
}
