"""What a signal means before anybody has changed it: on, from when, how seldom. Source: features 1.F."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from nominations.signals.enums import Signal

# The lowest score, or how many days must have passed since.
LEAST: Final[Mapping[str, int]] = {
    Signal.NPS: 9,
    Signal.CSAT: 5,
    Signal.GO_LIVE: 90,
    Signal.RENEWAL: 7,
    Signal.WON: 0,
    Signal.RECOVERED: 0,
}
QUIET_DAYS: Final = 90
SCORES: Final = {Signal.NPS: 10, Signal.CSAT: 5}
MEANS: Final[Mapping[str, object]] = {
    Signal.NPS: _("Somebody there answered a survey with a high score, 0 to 10."),
    Signal.CSAT: _("Somebody there was satisfied, 1 to 5."),
    Signal.GO_LIVE: _(
        "They are live for so many days: “live since” of the account, kept by hand or brought by the CRM. Where nobody "
        "said it, their first won deal counts."
    ),
    Signal.RENEWAL: _("The day of their renewal is past by so many days, and they are still here."),
    Signal.WON: _("A deal with them was won so many days ago."),
    Signal.RECOVERED: _("An escalation was solved a while ago. The draft is for support, who helped them."),
}
