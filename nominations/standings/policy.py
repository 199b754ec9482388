"""What a step is worth beside the counts, who sees the last places, and when a period is closed."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from nominations.standings.enums import ShownTo
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

_WORTH, _LAST, _PERIODS = _("What a nomination is worth"), _("The last places"), _("Periods and leagues")
_POINTS = _("points")


@policy("nominations.standings", _("Standings"))
class Figures:
    """The figures of this room. Places follow from counts; the points stand beside them."""

    worth: Mapping[str, int] = figure(
        {"approved": 1, "enrolled": 3, "first_act": 2},
        _("Each step of a nomination is worth"), least=0, most=100, unit=_POINTS, group=_WORTH,
        influences=_("The points beside the counts, at once; closed periods keep theirs."),
    )  # fmt: skip
    gap: Decimal = figure(
        Decimal("1.5"), _("One in a gap of the coverage is worth"), least=1, most=10, unit=_("times as much"),
        group=_WORTH,
    )  # fmt: skip
    # The kindest that still works: nobody is shown up, and whoever can help knows.
    last_shown_to: str = figure(
        ShownTo.MANAGER.value, _("Who reads the last places"), choices=ShownTo.choices, group=_LAST,
        influences=_("First places are always public."),
    )  # fmt: skip
    last_places: int = figure(5, _("How many last places there are"), least=1, most=20, group=_LAST)
    smallest: int = figure(
        8, _("Nobody is last among fewer than"), least=2, most=100, unit=_("people"), group=_LAST,
        influences=_("People on leave are not counted, and never last."),
    )  # fmt: skip
    close_after: int = figure(
        3, _("A period is closed so many days after its end"), least=1, most=30, unit=_("days"), group=_PERIODS,
        influences=_("What is told later counts in the period that is open then."),
    )  # fmt: skip
    new_for: int = figure(
        365, _("Somebody is new for"), least=30, most=1_000, unit=_("days"), group=_PERIODS,
        influences=_("Who is in the league of those who are new here."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
