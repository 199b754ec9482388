"""The numbers of this room. Defaults here, changed on `/settings/program/`.

Source: research/features-references-incentives.md, 1.A "Coverage matrix and targets", 5 "Coverage %", novelty 1.
"""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# Demand is looked ahead so far, in three blocks of a month (1.A: 90-day forecast demand). Kept cells mean just this.
HORIZON: Final = dt.timedelta(days=90)
BLOCKS: Final = 3

# How many customers of a cell are looked at to find who could nominate there, and how many changes one round of
# counting takes: bounds of cost, not of meaning.
LOOKED_AT: Final = 2_000
AT_ONCE: Final = 2_000
HIGHEST_TARGET: Final = 999

_FORECAST, _WHO, _TIMES = _("Demand forecast"), _("Who could nominate"), _("Times")


@policy("references.coverage", _("Coverage and recruiting"))
class Figures:
    """The figures of this room."""

    learned_from: dt.timedelta = figure(
        dt.timedelta(days=365), _("Rates are learned from the last"), least=90, most=1_500, group=_FORECAST
    )
    prior_exposure: int = figure(
        20, _("The overall rate counts as much as"), least=1, most=1_000, unit=_("deals watched for 90 days"),
        group=_FORECAST, influences=_("Keeps a segment with few deals near to what is usual."),
    )  # fmt: skip
    interval: int = figure(
        80, _("The range beside an estimate holds with"), least=50, most=99, unit=_("percent"), group=_FORECAST
    )
    requests_each: int = figure(
        1, _("Requests that one reference takes in 90 days"), least=1, most=10, group=_FORECAST,
        influences=_("What the bench planner counts as a shortfall."),
    )  # fmt: skip

    who_could: int = figure(8, _("Colleagues proposed for a target"), least=1, most=30, group=_WHO)
    named_to_each: int = figure(3, _("Customers named to each"), least=1, most=10, group=_WHO)
    weight_owns: int = figure(
        3, _("A customer whom they own or care for"), least=0, most=20, unit=_("points"), group=_WHO
    )
    weight_won: int = figure(2, _("A deal that they won there"), least=0, most=20, unit=_("points"), group=_WHO)
    weight_solved: int = figure(2, _("An escalation that they solved"), least=0, most=20, unit=_("points"), group=_WHO)
    weight_happy: int = figure(
        2, _("A customer of theirs who would recommend us"), least=0, most=20, unit=_("points"), group=_WHO
    )
    happy_nps: int = figure(9, _("Would recommend us: an NPS from"), least=0, most=10, group=_WHO)
    won_since: dt.timedelta = figure(dt.timedelta(days=730), _("Won deals count for"), least=30, most=3_650, group=_WHO)
    solved_since: dt.timedelta = figure(
        dt.timedelta(days=365), _("Solved escalations count for"), least=30, most=3_650, group=_WHO
    )

    target_time: dt.timedelta = figure(
        dt.timedelta(days=60), _("A recruiting target gets"), least=7, most=730, group=_TIMES
    )
    step_soon: dt.timedelta = figure(
        dt.timedelta(days=7), _("A plan’s step is on the desk before it is due"), least=0, most=90, group=_TIMES
    )
    most_rows: int = figure(30, _("Rows that a map shows at first"), least=5, most=200, group=_TIMES)
    most_columns: int = figure(10, _("Columns that a map shows at first"), least=3, most=50, group=_TIMES)


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
