"""What the edits of escalators and SPIFFs are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from incentives.pay.models import Escalator, Spiff
from incentives.pay.selectors import escalators, spiffs
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _tiers(value: Any) -> str:
    return ", ".join(f"{score}: × {times}" for score, times in value or [])


def _prizes(value: Any) -> str:
    return ", ".join(value or [])


ESCALATOR = EditNoun(
    title=_("Escalator"),
    path="/escalators",
    visible=escalators.visible_to,
    parts=(
        Part(
            Escalator,
            words={
                "tiers": _("Tiers"),
                "most_a_month": _("At most a month"),
                "starts_on": _("From"),
                "until": _("Until"),
                "written_by": _("Written by"),
                "approved_by": _("Approved by"),
                "approved_at": _("Approved"),
            },
            say={"tiers": _tiers},
        ),
    ),
)
SPIFF = EditNoun(
    title=_("SPIFF"),
    path="/spiffs",
    visible=spiffs.visible_to,
    parts=(
        Part(
            Spiff,
            words={
                "metric": _("What counts"),
                "audience": _("For whom"),
                "starts_on": _("From"),
                "ends_on": _("Until"),
                "votes_until": _("Votes until"),
                "prizes": _("Prizes"),
                "least": _("At least"),
                "proof": _("Proof"),
                "fund": _("Fund"),
                "written_by": _("Written by"),
                "approved_by": _("Approved by"),
                "live_since": _("On since"),
                "settled_at": _("Settled"),
            },
            say={"prizes": _prizes},
        ),
    ),
)
