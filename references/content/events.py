"""What happens to stories, share pages and places. Payloads hold ids and facts, never names or words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from references.accounts.events import colleagues
from references.accounts.rules import OVERVIEW
from references.consents.enums import Channel
from references.content.enums import AssetKind, AssetState, ReviewAnswer
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role


def makers(user: Any, event: Event) -> bool:
    """Who has the overview, and who looks after customers; a draft is nothing for everybody."""
    return user.role in OVERVIEW or user.role in {Role.SUPPORT, Role.MANAGER} or user.person_id == event.actor_id


_STATES = {"to": dict(AssetState.choices), "before": dict(AssetState.choices)}
_CONTACT = {"contact": "contact"}
_PLACE = {"placement": "placement"}
_CHANNELS = {"channel": dict(Channel.choices)}

TOPICS = [
    Topic("asset.opened", _("{actor} began {subject}: {kind}"), ("kind", "source_type", "source_id"), visible=makers,
          tone="info", icon="plus", silent=True, words={"kind": dict(AssetKind.choices)}),
    Topic("asset.changed", _("{actor} changed {subject}"), ("fields",), visible=makers, icon="edit", silent=True),
    Topic("asset.written", _("{actor} wrote version {number} of {subject}"), ("number", "by_customer"), visible=makers,
          icon="edit", silent=True),
    Topic("asset.moved", _("{subject} is now: {to}"), ("before", "to", "note"), visible=makers, tone="info",
          icon="right", silent=True, words=_STATES),
    Topic("asset.sent", _("{actor} sent version {number} of {subject} to {contact}"), ("contact", "review", "number"),
          _CONTACT, makers, "wait", "mail"),
    Topic("asset.answered", _("{contact} answered to {subject}: {answer}"), ("contact", "review", "answer"), _CONTACT,
          makers, "ok", "chat", words={"answer": dict(ReviewAnswer.choices)}),
    Topic("claim.checked", _("{actor} checked a claim of {subject}"), ("claim",), visible=makers, tone="ok",
          icon="check", silent=True),
    Topic("placement.live", _("{subject} stands here now: {placement} ({channel})"), ("placement", "channel"),
          visible=colleagues, tone="ok", icon="globe", silent=True, refs=_PLACE, words=_CHANNELS),
    Topic("placement.takedown", _("{subject} has to come down: {placement} ({channel})"), ("placement", "channel"),
          visible=colleagues, tone="stop", icon="alert", silent=True, refs=_PLACE, words=_CHANNELS),
    Topic("placement.down", _("{subject} was taken down: {placement} ({channel})"), ("placement", "channel"),
          visible=colleagues, icon="check", silent=True, refs=_PLACE, words=_CHANNELS),
    Topic("board.made", _("{actor} made the share page {subject}"), ("opportunity", "n"), visible=colleagues,
          tone="info", icon="link", silent=True),
    Topic("board.changed", _("{actor} changed the share page {subject}"), ("opportunity", "n"), visible=colleagues,
          icon="edit", silent=True),
    Topic("board.closed", _("{actor} closed the share page {subject}"), ("opportunity", "n"), visible=colleagues,
          icon="x", silent=True),
    Topic("board.seen", _("The share page {subject} was looked at for the first time"), ("opportunity", "n"),
          visible=colleagues, tone="ok", icon="eye"),
]  # fmt: skip
