"""How the states of versions look."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter.enums import CharterState
from refprogram.kernel.tables import Pill

PILLS: Final = {
    CharterState.DRAFT: Pill(_("Draft"), ""),
    CharterState.CONSULT: Pill(_("Being read"), "wait"),
    CharterState.APPROVED: Pill(_("Approved"), "info"),
    CharterState.PUBLISHED: Pill(_("Holds"), "ok"),
    CharterState.SUPERSEDED: Pill(_("Followed by a newer one"), "rest"),
}
