"""The numbers that no row of the program knows: margin, and what people and tools cost. Not said is not zero."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Stage
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

_RETURN: Final = _("Return on the program")


@policy("dashboards.metrics", _("Metrics"))
class Figures:
    """The figures of this room."""

    gross_margin: int = figure(
        0, _("Gross margin of what we sell"), least=0, most=100, unit=_("percent"), group=_RETURN,
        influences=_("The return on the program. While it is 0, nobody has said it, and no return is shown."),
    )  # fmt: skip
    staff_cost: int = figure(
        0, _("What the program’s people cost in a year"), least=0, most=100_000_000, group=_RETURN,
        influences=_("The program’s cost. While it is 0, nobody has said it, and no return is shown."),
    )  # fmt: skip
    tools_cost: int = figure(
        0, _("What its tools cost in a year"), least=0, most=100_000_000, group=_RETURN,
        influences=_("The program’s cost."),
    )  # fmt: skip
    stage_chances: Mapping[str, int] = figure(
        {Stage.PROSPECTING.value: 10, Stage.ENGAGING.value: 30, Stage.PROPOSAL.value: 60},
        _("Chance to win, by stage"), least=0, most=100, unit=_("percent"),
        influences=_("The weighted pipeline."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
