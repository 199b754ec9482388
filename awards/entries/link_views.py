"""Pages behind signed links: an entry for whoever has a part in it, an invitation for a customer. GET never acts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from awards.entries import letters, selectors, services, shown
from awards.entries.addresses import address_of, known_address
from awards.entries.enums import InviteState
from awards.entries.models import EntryInvite
from awards.entries.writing_page import EntryPage
from references.accounts import wording
from refprogram.kernel.models import SignedLink


def entry(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Open an entry for the person whose link this is; the moment of the request decides about deadlines."""
    at = timezone.now()
    row = selectors.entry_behind_link(link.subject_id)
    person = selectors.person_by_id(link.person_id)
    if row is None or person is None:
        raise Http404
    return EntryPage(request, row, person, at=at).respond()


def invitation(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask a customer whether they would enter; yes begins their entry and goes on there."""
    row = selectors.invite_behind_link(link.subject_id)
    if row is None:
        raise Http404
    if request.method == "POST" and row.state in (InviteState.INVITED, InviteState.ACCEPTED, InviteState.CONVERTED):
        if request.POST.get("act") == "decline":
            services.decline(token=token, reason=request.POST.get("reason", ""))
            return redirect(request.path)
        begun = services.accept(token=token)
        return redirect(address_of(begun, row.contact.person))
    return render(request, "awards/entries/invitation.html", _invitation(row, link))


def _invitation(row: EntryInvite, link: SignedLink) -> dict[str, object]:
    begun = selectors.entry_of_invite(row)
    return {
        "invite": row,
        "contest": row.contest,
        "person": row.contact.person,
        "program": wording.program_of(),
        "deadline": letters.deadline_words(row.contest),
        "left": shown.left_words(row.contest.closes_at - timezone.now()),
        "asking": row.state == InviteState.INVITED,
        "declined": row.state == InviteState.DECLINED,
        "entry_url": known_address(begun, row.contact.person) if begun is not None else "",
        "prizes": selectors.prize_lines(row.contest),
        "ends_at": link.expires_at,
    }
