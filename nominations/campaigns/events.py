"""What happens to campaigns. Who is in one is in no payload."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def planners(user: Any, event: Event) -> bool:
    """Who may look at campaigns."""
    return bool(user.has_perm("nominations.see_campaigns"))


_REFS = {"campaign": "campaign", "who": "person"}

TOPICS = [
    Topic("campaign.planned", _("{actor} planned the campaign {subject}"), (), visible=planners, tone="info",
          icon="calendar", silent=True),
    Topic("campaign.changed", _("{actor} changed the campaign {subject}"), ("fields",), visible=planners, tone="idle",
          icon="edit", silent=True),
    Topic("campaign.started", _("{actor} started the campaign {subject}"), ("anyway",), visible=planners, tone="info",
          icon="play", silent=True),
    Topic("campaign.ended", _("The campaign {subject} ended"), (), visible=planners, icon="check",
          silent=True),
    Topic("campaign.cancelled", _("{actor} called the campaign {subject} off"), (), visible=planners, tone="stop",
          icon="x", silent=True),
    Topic("campaign.message_sent", _("A message of {subject} went to {sent} people"),
          ("message", "channel", "sent", "refused"), {"message": "campaignmessage"}, planners, "info", "mail",
          silent=True),
    Topic("campaign.followed", _("{who} followed the link of {subject}"), ("who", "message", "other_subject"),
          {"who": "person", "message": "campaignmessage"}, planners, "ok", "link"),
    Topic("kickoff.assigned", _("{actor} asked {who} to settle something for {campaign}"), ("campaign", "who"), _REFS,
          planners, "info", "flag", silent=True),
    Topic("kickoff.done", _("{actor} settled a line of the checklist of {campaign}"), ("campaign",),
          {"campaign": "campaign"}, planners, "ok", "check", silent=True),
]  # fmt: skip
