"""What sponsors answer from their mail: that it is done, or yes and no to what they take over. GET shows, POST acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.sponsors import kit, selectors, services
from refprogram.governance.sponsors.enums import PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink
from refprogram.notices.mails import as_reader
from refprogram.people.models import User

S = PledgeState
LONGEST = 2000


def _reader(row: SponsorPledge | Sponsorship, link: SignedLink) -> User:
    """Return the sponsor whose link it is. Raises DomainError when it is somebody else's by now, or they have left."""
    user = row.user if isinstance(row, Sponsorship) else row.holder
    if user.person_id != link.person_id:
        raise DomainError(_("This was handed over to somebody else. Nothing more is needed from you."))
    if not user.is_active:
        raise DomainError(_("You have no access any more. Please tell the reference program."))
    return user


def pledge(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """One promise: done, with one tap; or, where it is to be taken over, yes or no."""
    row = get_object_or_404(selectors.pledge_behind(link.subject_id))
    user = _reader(row, link)
    with as_reader(user.person):
        if request.method == "POST":
            _act(request, row, user, token)
            return redirect(request.path)
        return _show_pledge(request, row, user, link)


def _act(request: HttpRequest, row: SponsorPledge, user: User, token: str) -> None:
    """Do what was tapped, if it is still to be done: a second tap changes nothing."""
    answer, words = request.POST.get("answer", "done"), request.POST.get("words", "")[:LONGEST]
    if answer == "done" and row.state in (S.PROMISED, S.MISSED):
        services.finish(row=row, by=user, proof=words, token=token)
    elif row.state == S.HANDED:
        _answer(row, user, answer, words)


def _answer(row: SponsorPledge, user: User, answer: str, words: str) -> None:
    if answer == "yes":
        services.accept(row=row, by=user)
    elif answer == "no":
        services.decline(row=row, because=words, by=user)


def _show_pledge(request: HttpRequest, row: SponsorPledge, user: User, link: SignedLink) -> HttpResponse:
    last = next(iter(row.texts.all()), None)
    is_open = row.state in (S.PROMISED, S.MISSED)
    words = (kit.Words(last.subject, last.text) if last else kit.drafted(row)) if is_open else None
    context: dict[str, Any] = {
        "row": row,
        "reader": user,
        "is_open": is_open,
        "words": words,
        "rates": selectors.rates(selectors.all_of(user), timezone.localdate()),
        "next_one": getattr(row, "next_one", None),
        "ends_at": link.expires_at,
    }
    return render(request, "governance/sponsors/pledge_link.html", context)


def handed(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Everything that a new sponsor is asked to take over: yes or no to each."""
    row = get_object_or_404(selectors.sponsor_behind(link.subject_id))
    user = _reader(row, link)
    with as_reader(user.person):
        waiting = selectors.handed_to(row.pk)
        if request.method == "POST":
            chosen = next((one for one in waiting if one.public_id == request.POST.get("pledge")), None)
            if chosen is not None:
                words = request.POST.get("words", "")[:LONGEST]
                _answer(chosen, user, request.POST.get("answer", ""), words)
            return redirect(request.path)
        context = {
            "row": row,
            "reader": user,
            "waiting": waiting,
            "taken": selectors.mine(user),
            "ends_at": link.expires_at,
        }
        return render(request, "governance/sponsors/handed_link.html", context)
