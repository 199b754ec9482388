"""The mails of campaigns. Words that somebody wrote, in the program's own letter: templates/nominations/mail/."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nominations.models import Campaign, CampaignMessage, MessageSend
from references.accounts import wording
from references.models import Contact
from refprogram.kernel import links
from refprogram.notices.services import Letter
from refprogram.people import selectors as people


def subject_of(send: MessageSend) -> str:
    """Return the subject that this reader gets."""
    return send.message.other_subject if send.other_subject else send.message.subject


def page_for(message: CampaignMessage) -> str:
    """Return where a notice of the campaign leads: to the form."""
    return form_url(message.campaign)


def form_url(campaign: Campaign) -> str:
    """Return the form in which somebody nominates for a campaign."""
    return f"{reverse('nominations:new')}?campaign={campaign.public_id}"


def way_on(send: MessageSend, reader: Any) -> str:
    """Return where a colleague who followed the link nominates: signed in the form, else a page that needs no sign-in.

    `reader` is whoever is signed in in this browser, if anybody.
    """
    colleague = people.colleagues().filter(person=send.person_id).first()
    if colleague is None or reader == colleague:
        return page_for(send.message)
    address = links.issue(purpose="nominate_by_mail", subject=colleague, person_id=send.person_id)
    return f"{address}?campaign={send.message.campaign.public_id}"


def to_colleague(send: MessageSend, url: str) -> Letter:
    """To a colleague: the message, the sponsor's word, one button."""
    campaign = send.message.campaign
    sponsor = campaign.sponsor
    return Letter(
        subject=subject_of(send),
        template="nominations/campaign",
        context={
            "lead": _("Dear %(name)s,") % {"name": send.person.name},
            "message": send.message.body,
            "sponsor": sponsor.name if sponsor is not None else "",
            "sponsor_message": campaign.sponsor_message if sponsor is not None else "",
            "action_label": _("Nominate a customer"),
            "action_url": url,
        },
    )


def to_customer(send: MessageSend, contact: Contact, url: str) -> Letter:
    """To a customer: the message, and one button for who would like to hear more."""
    return Letter(
        subject=subject_of(send),
        template="nominations/campaign_customer",
        context={
            "lead": _("Dear %(name)s,") % {"name": contact.person.name},
            "message": send.message.body,
            "us": wording.program_of(),
            "action_label": _("Yes, tell me more"),
            "action_url": url,
            "fine": _("No is a fine answer too: then nothing more is needed from you."),
        },
    )
