"""What makes a customer ready to be a reference, and whose names are masked: defaults, changed on `/settings/program/`.

Source: research/features-references-incentives.md, section 1.A "Readiness score and hard stops", "Tiers, masked
visibility". The weights are ours: what the customer says of us and what they can show weigh most.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

RECOUNT: Final = "recount_readiness"
_READY = _("Readiness")


class Part(StrEnum):
    """What readiness is made of."""

    SCORE = "score"
    OUTCOME = "outcome"
    SPONSOR = "sponsor"
    PAST = "past"
    CONSENT = "consent"
    PROFILE = "profile"


@policy("references.profiles", _("Readiness"))
class Figures:
    """The figures of this room."""

    weights: Mapping[str, int] = figure(
        {
            Part.SCORE: 25,
            Part.OUTCOME: 20,
            Part.SPONSOR: 10,
            Part.PAST: 20,
            Part.CONSENT: 15,
            Part.PROFILE: 10,
        },
        _("What readiness is made of"), least=0, most=100, group=_READY, by_job=RECOUNT,
        influences=_("score: their last answer to a survey · outcome: one that is verified · sponsor: an executive of "
                     "ours · past: what they did for us and declined · consent: in force · profile: what is known"),
    )  # fmt: skip
    fresh: dt.timedelta = figure(
        dt.timedelta(days=180), _("A score or outcome counts whole for"), least=7, most=1100, group=_READY,
        influences=_("After that it loses weight evenly."), by_job=RECOUNT,
    )  # fmt: skip
    stale: dt.timedelta = figure(
        dt.timedelta(days=540), _("A score or outcome counts nothing after"), least=14, most=2200, group=_READY,
        by_job=RECOUNT,
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """Something has a weight, and what is fresh is not stale yet."""
        if not any(self.weights.values()):
            return {"weights": gettext("One of them has to weigh something.")}
        if self.fresh >= self.stale:
            return {"stale": gettext("Later than that until which it counts whole.")}
        return {}


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
