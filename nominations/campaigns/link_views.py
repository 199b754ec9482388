"""The page behind the link of a campaign's mail: without an account, GET shows, POST follows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nominations.campaigns import letters, selectors, services
from nominations.campaigns.enums import CampaignState, MessageChannel
from refprogram.kernel.models import SignedLink


def campaign(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show what the mail was about. The button counts as followed; opening the page does not, for scanners open it."""
    send = selectors.send_behind_link(link.subject_id)
    if send is None:
        raise Http404
    message = send.message
    customer = message.channel == MessageChannel.CUSTOMERS
    if request.method == "POST":
        services.follow(token=token)
        if not customer:
            return redirect(letters.way_on(send, request.user))
    context = {
        "campaign": message.campaign,
        "message": message,
        "subject": letters.subject_of(send),
        "person": send.person,
        "customer": customer,
        "thanked": customer and (request.method == "POST" or send.followed_at is not None),
        "over": message.campaign.state != CampaignState.RUNNING,
    }
    return render(request, "nominations/campaigns/link.html", context)
