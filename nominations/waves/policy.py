"""What waves are judged and forecast by: defaults here, changed on `/settings/program/`."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

MOST_COHORTS: Final = 26
# A forecast looks so far beyond the last cohort's end, and no further than this in all.
TAIL: Final = dt.timedelta(days=56)
LONGEST: Final = dt.timedelta(days=540)


@policy("nominations.waves", _("Waves"))
class Figures:
    """The figures of this room."""

    learned_from: dt.timedelta = figure(
        dt.timedelta(days=365), _("Nominations of the past count for"), least=30, most=1095, group=_("Simulation"),
        influences=_("The rates from which a wave is simulated."),
    )  # fmt: skip
    decided_lately: dt.timedelta = figure(
        dt.timedelta(days=90), _("Screening decisions of the past count for"), least=14, most=365,
        group=_("Simulation"), influences=_("How much a simulation takes the screeners to decide on a working day."),
    )  # fmt: skip
    per_hundred: int = figure(
        3, _("Without a past: nominations per 100 colleagues and week"), least=0, most=500, group=_("Simulation"),
        influences=_("A simulation before the program has a past of its own."),
    )  # fmt: skip
    weight: int = figure(
        50, _("How much the yearly mean weighs against what openings showed"), least=1, most=5000,
        unit=_("colleagues and weeks"), group=_("Simulation"),
        influences=_("Few past openings move the rates only a little."),
    )  # fmt: skip
    runs: int = figure(
        100, _("Runs of a simulation"), least=20, most=1000, group=_("Simulation"),
        influences=_("How smooth the interval is, and how long a simulation takes."),
    )  # fmt: skip
    interval: int = figure(
        80, _("The interval of a simulation holds"), least=50, most=98, unit=_("% of the runs"),
        group=_("Simulation"), influences=_("The lowest and highest line of the picture."),
    )  # fmt: skip
    large_from: int = figure(
        40_000, _("A simulation goes to the background from"), least=0, most=10_000_000,
        unit=_("simulated days"), group=_("Simulation"),
        influences=_("Days of the wave times runs; more is worked out beside the page, with its progress."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
