"""What giving is worth, and when plans collide: defaults here, changed on `/settings/program/`."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from references.goodwill.enums import GoodwillKind
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# Entries older than this weigh nothing any more: eight half-lives and more.
COUNTED_FOR: Final = dt.timedelta(days=731)


@policy("references.goodwill", _("Give and take"))
class Figures:
    """The figures of this room."""

    worth: Mapping[str, int] = figure(
        {
            GoodwillKind.EXECUTIVE_TIME: 40,
            GoodwillKind.TRAINING: 20,
            GoodwillKind.EARLY_ACCESS: 20,
            GoodwillKind.AWARD: 60,
            GoodwillKind.GIFT: 15,
            GoodwillKind.VISIBILITY: 30,
            GoodwillKind.THANKS: 5,
        },
        _("What we give is worth"), least=1, most=500, unit=_("points"),
        influences=_("The points of the next entries; those in the ledger stand."),
    )  # fmt: skip
    near: dt.timedelta = figure(
        dt.timedelta(days=14), _("Two asks of one customer are near within"), least=1, most=120,
        influences=_("When a collision is warned of."),
    )  # fmt: skip
    overdrawn_below: int = figure(
        0, _("Overdrawn below"), least=-500, most=500, unit=_("points"),
        influences=_("Who stands on the desk and in the weekly report."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
