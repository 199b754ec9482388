"""What a week's activity earns, what adoption is, who is asked to present: defaults, changed on `/settings/program/`.

Source: research/features-references-incentives.md, section 1.J ("weighted value-added activities, sampled proof,
diminishing returns") and 1.K ("90 % log-in = 10 points; meaningful actions, not log-ins only; new-hire grace").
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

_WEEK = _("A week’s activity")
_ADOPTION = _("Use of the CRM")
_BOTTOM = _("The lowest of a month")
_POINTS = _("points")


@policy("incentives.activity", _("Activity and adoption"))
class Figures:
    """The figures of this room."""

    weights: Mapping[str, int] = figure(
        {"proposal": 10, "demo": 8, "on-site demo": 20, "workshop": 15, "contact": 1, "template": 2, "dashboard": 3,
         "calculator": 2},
        _("What each activity is worth"), least=0, most=500, unit=_POINTS, group=_WEEK,
        influences=_("As the CRM calls it; what is not named here earns nothing."),
    )  # fmt: skip
    whole_up_to: int = figure(
        5, _("The first so many of a kind count whole"), least=1, most=200, group=_WEEK,
    )  # fmt: skip
    half_up_to: int = figure(
        10, _("Then they count half, up to"), least=1, most=400, group=_WEEK,
        influences=_("Each one after that earns nothing: the tenth demo of a week is not worth as much as the first."),
    )  # fmt: skip
    most_a_week: int = figure(100, _("A week gives at most"), least=1, most=5_000, unit=_POINTS, group=_WEEK)
    proof_from: int = figure(
        8, _("Proof is asked for what is worth at least"), least=1, most=500, unit=_POINTS, group=_WEEK,
    )  # fmt: skip
    proof_percent: int = figure(
        10, _("Of these, so many in a hundred are drawn"), least=0, most=100, unit="%", group=_WEEK,
    )  # fmt: skip
    proofs_most: int = figure(2, _("From one person, in one week at most"), least=1, most=20, group=_WEEK)
    proof_days: dt.timedelta = figure(
        dt.timedelta(days=7), _("A proof is given within"), least=1, most=60, group=_WEEK,
        influences=_("Until it is judged, the week is not paid; what is never proved earns nothing."),
    )  # fmt: skip
    adoption_percent: int = figure(
        90, _("Use on so many in a hundred working days earns points"), least=1, most=100, unit="%", group=_ADOPTION,
    )  # fmt: skip
    adoption_points: int = figure(10, _("How many"), least=0, most=1_000, unit=_POINTS, group=_ADOPTION)
    signing_in_counts: bool = figure(
        False, _("Signing in alone is use"), group=_ADOPTION,
        influences=_("No: only a day on which something was logged, or a template or dashboard used, counts."),
    )  # fmt: skip
    adoption_after: dt.timedelta = figure(
        dt.timedelta(days=3), _("A month is counted after"), least=1, most=20, group=_ADOPTION,
        influences=_("Until then, the CRM can still tell of it."),
    )  # fmt: skip
    bottom_percent: Decimal = figure(
        Decimal(5), _("Named are at most so many in a hundred"), least=Decimal("0.5"), most=20, unit="%",
        group=_BOTTOM, influences=_("Rounded down, and never somebody who did as much as one who is not named."),
    )  # fmt: skip
    bottom_least: int = figure(
        20, _("Nobody is named among fewer than"), least=20, most=10_000, unit=_("people"), group=_BOTTOM,
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """Half comes after whole."""
        if self.half_up_to < self.whole_up_to:
            return {"half_up_to": gettext("Not before those that count whole.")}
        return {}


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
