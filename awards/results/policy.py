"""Numbers of results that are policy. They are written into every tally, which keeps them."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("awards.results", _("Results of contests"))
class Figures:
    """The figures of this room."""

    photo_percent: int = figure(
        5, _("Two entries are a photo finish from a p of"), least=1, most=50, unit=_("%"),
        influences=_("When the first two are called too close to tell apart. Tallies computed from now on."),
    )  # fmt: skip
    placed: int = figure(
        2, _("Entries named after the winners of a category"), least=0, most=10,
        influences=_("How many are placed; further ones may be commended by hand."),
    )  # fmt: skip
    alternates: int = figure(
        2, _("Entries that may move up if a winner declines"), least=0, most=10,
        influences=_("Awards proposed from now on."),
    )  # fmt: skip
    silence_days: int = figure(
        3, _("Winners who have not answered are asked again"), least=1, most=14, unit=_("days before the announcement"),
        influences=_("Once, by mail; who runs the contest is told as well. Then they are announced all the same."),
    )  # fmt: skip
    code_minutes: int = figure(
        10, _("A code to sign with works for"), least=2, most=60, unit=_("minutes"),
        influences=_("Codes mailed from now on to who certifies without an authenticator."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
