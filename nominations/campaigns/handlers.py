"""What campaigns do when something happened. Each is safe to run twice."""

from django.utils.translation import gettext as _

from nominations.campaigns import selectors
from nominations.campaigns.enums import MessageChannel
from nominations.campaigns.notice_kinds import KICKOFF
from nominations.models import MessageSend
from refprogram.kernel.models import Event
from refprogram.kernel.queueing import enqueue
from refprogram.notices.services import tell


def tell_of_interest(event: Event) -> None:
    """A customer would like to hear more: who owns the account, else who runs the campaign, calls them."""
    rows = MessageSend.objects.select_related("message__campaign__owner__person", "person")
    send = rows.filter(message=event.payload["message"], person=event.payload["who"]).first()
    if send is None or send.message.channel != MessageChannel.CUSTOMERS:
        return
    contact = selectors.contact_of(send)
    owner = contact.account.owner if contact is not None else None
    tell(
        person=(owner or send.message.campaign.owner).person,
        kind=KICKOFF,
        key=f"campaign-interest:{send.pk}",
        text=_("%(name)s would like to hear more: %(subject)s") % {
            "name": send.person.name, "subject": send.message.subject
        },
        url=contact.account.get_absolute_url() if contact is not None else send.message.campaign.get_absolute_url(),
    )  # fmt: skip


def send_to_cohort(event: Event) -> None:
    """A cohort opened: its members get what the campaign has sent so far."""
    enqueue("nominations.send_campaigns")
