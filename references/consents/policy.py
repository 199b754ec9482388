"""Numbers of this room that are policy rather than code: defaults here, changed on `/settings/program/`.

Source: research/features-references-incentives.md, section 1.B "Consent ledger".
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# The clock may have stood still for so long: a notice is not missed for it.
CATCH_UP_DAYS: Final = 3

# One release asks for at most so many things: a list that is longer is not read.
TERMS_AT_ONCE: Final = 40

# How long a customer can take back by their link what they agreed to, and anybody can check a consent.
LINK_DAYS: Final = 1095


@policy("references.consents", _("What may be shown"))
class Figures:
    """The figures of this room."""

    first_notice: int = figure(
        60, _("Say that a consent ends so many days before"), least=1, most=365, unit=_("days"),
        influences=_("From then on it counts as “ends soon”."),
    )  # fmt: skip
    second_notice: int = figure(30, _("Say it again"), least=1, most=365, unit=_("days before"))
    last_notice: int = figure(7, _("Say it for the last time"), least=1, most=365, unit=_("days before"))

    def check(self) -> dict[str, str]:
        """The notices come one after the other."""
        if self.first_notice > self.second_notice > self.last_notice:
            return {}
        return {"second_notice": str(_("Each notice comes later than the one before."))}


def now() -> Figures:
    """Return the figures as they are."""
    return current(Figures)


def notices() -> tuple[int, int, int]:
    """Return how many days before its end a consent is spoken of."""
    figures = now()
    return (figures.first_notice, figures.second_notice, figures.last_notice)
