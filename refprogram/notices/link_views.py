"""The unsubscribe link of every mail that may be switched off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from refprogram.kernel.models import SignedLink
from refprogram.notices import kinds, selectors, services
from refprogram.notices.enums import Channel


def unsubscribe(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show what can be switched off; a POST does it. A mail program's one-click POST means "no more of these"."""
    if request.method == "POST":
        wished = request.POST.get("channel", Channel.OFF)
        channel = Channel(wished) if wished in Channel.values else Channel.OFF
        mail = services.turn_down(token=token, channel=channel)
        return render(request, "notices/unsubscribed.html", {"kind": kinds.registry()[mail.kind], "channel": channel})
    mail = selectors.mail_by_id(link.subject_id)
    return render(request, "notices/unsubscribe.html", {"kind": kinds.registry()[mail.kind]})
