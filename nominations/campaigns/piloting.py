"""Messages of campaigns as things that a pilot tries (`PILOTABLES` in the wiring): those of which no copy has left."""

from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations.campaigns.enums import CampaignState, MessageChannel
from nominations.campaigns.selectors import visible_to
from nominations.campaigns.services.sending import close
from nominations.models import CampaignMessage
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.things import Pilotable, Thing
from refprogram.kernel.queueing import enqueue
from refprogram.people.models import User

STILL_TO_COME = (CampaignState.PLANNED, CampaignState.RUNNING)


def _rows() -> QuerySet[CampaignMessage]:
    return CampaignMessage.objects.exclude(channel=MessageChannel.OUTSIDE).select_related("campaign")


def _thing(message: CampaignMessage) -> Thing:
    has_left = message.sent_at is not None or message.sends.exists()
    planned = message.campaign.state == CampaignState.PLANNED
    return Thing(
        PilotKind.MESSAGE,
        message.public_id,
        _("%(subject)s (%(campaign)s)") % {"subject": message.subject, "campaign": message.campaign.name},
        message.campaign.get_absolute_url(),
        touches_customers=message.channel == MessageChannel.CUSTOMERS,
        why_not=_("Its first copies have left.") if has_left else "",
        standing=_("Its campaign has not begun: nothing is sent yet.") if planned else "",
    )


def _choices(user: User) -> Iterable[Thing]:
    open_ones = _rows().filter(campaign__in=visible_to(user), campaign__state__in=STILL_TO_COME, sent_at__isnull=True)
    rows = open_ones.filter(sends__isnull=True).order_by("send_on", "pk")
    return [_thing(message) for message in rows]


def _find(key: str) -> Thing | None:
    message = _rows().filter(public_id=key).first()
    return _thing(message) if message else None


def _follow(_key: str, _by: User | None) -> None:
    """Whom it reaches by now gets it at the next sending."""
    enqueue("nominations.send_campaigns")


def _stop(key: str, _by: User | None) -> None:
    message = CampaignMessage.objects.filter(public_id=key).first()
    if message is not None:
        close(message=message)


PILOTABLE: Final = Pilotable(gettext_lazy("Messages of campaigns"), _choices, _find, _follow, _stop)
