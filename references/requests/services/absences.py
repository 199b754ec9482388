"""An agreed conversation that did not take place, and taking it up again."""

import datetime as dt

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.errors import AskRefused
from references.accounts.services import book_ask, release_ask, reserve_ask
from references.accounts.services.locks import Actor
from references.requests import policy
from references.requests.enums import MATCHABLE, AbsentSide, CandidateState, RequestState
from references.requests.models import Candidate, ReferenceRequest
from references.requests.services import clocks
from references.requests.services.proposals import holds_goodwill, release_all, reopen
from references.requests.services.rows import lock_candidate, move_candidate, move_request, tell_stream, tell_stream_of
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.models import User


@transaction.atomic
def no_show(*, candidate: Candidate, side: str, actor: User) -> Candidate:
    """One side did not come: the goodwill is free again and another time may be agreed.

    When the prospect has missed the agreed time twice, the requester must say first why a customer should be asked
    once more.
    """
    locked = lock_candidate(candidate)
    if side not in AbsentSide.values:
        sentence = _("Say who did not come.")
        raise InvalidInput(sentence, errors={"side": sentence})
    if locked.scheduled_at is not None and locked.scheduled_at > timezone.now():
        raise DomainError(_("The agreed time is still to come."))
    if side == AbsentSide.PROSPECT:
        locked.prospect_absences += 1
    move_candidate(locked, CandidateState.NO_SHOW, "prospect_absences")
    if holds_goodwill(locked):
        release_ask(ask=locked.ask, actor=actor)  # type: ignore[arg-type]  # holds_goodwill says so
    reopen(locked.request)
    at = locked.scheduled_at.isoformat() if locked.scheduled_at else None
    tell_stream_of("candidate.no_show", locked, actor, side=str(side), at=at)
    if side == AbsentSide.PROSPECT and _missed(locked.request) % policy.now().absences == 0:
        _ask_why(locked.request)
    return locked


def _missed(request: ReferenceRequest) -> int:
    """How often the prospect of a request stayed away, whoever waited for them."""
    return int(request.candidates.aggregate(n=Sum("prospect_absences"))["n"] or 0)


def _ask_why(request: ReferenceRequest) -> None:
    request.question = _(
        "The prospect has missed the agreed time %(n)d times. Why should a customer keep another one free?"
    ) % {"n": _missed(request)}
    request.answer, request.asked_back_at = "", timezone.now()
    move_request(request, RequestState.NEEDS_INFO, "question", "answer", "asked_back_at")
    clocks.wait_for_requester(request, by=None)
    tell_stream("request.asked_back", request, None)


def take_up_again(candidate: Candidate, *, actor: Actor) -> None:
    """Hold the goodwill of a locked candidate anew who was silent or whose conversation fell through.

    Refused in kind words, for the customer may read them, when nothing is needed from them any more.
    """
    request = candidate.request
    if request.state not in MATCHABLE:
        raise DomainError(_("Thank you. Nothing is needed from you just now; we write to you if that changes."))
    if request.state == RequestState.SUBMITTED:  # the requester has just said why
        move_request(request, RequestState.MATCHING)
    try:
        candidate.ask = reserve_ask(
            account=candidate.account,
            contact=candidate.contact,
            activity=request.activity,
            source=candidate,
            planned_on=request.needed_by,
            team=request.wanting,
            actor=actor,
        )
    except AskRefused as refused:
        sentence = _("Thank you for being ready. Meanwhile you are counted on for something else; we leave it at that.")
        raise DomainError(sentence) from refused
    candidate.save(update_fields=["ask"])


def agree_again(candidate: Candidate, *, actor: User, at: dt.datetime) -> None:
    """Agree on a new time with a locked candidate whose conversation fell through: the customer counts as agreed."""
    take_up_again(candidate, actor=actor)
    if candidate.ask is not None:
        book_ask(ask=candidate.ask, actor=actor, planned_on=clock.today(at))
    request = candidate.request
    request.confirmed_at = timezone.now()
    move_request(request, RequestState.CONFIRMED, "confirmed_at")
    clocks.agreed(request)
    release_all(request, actor=actor, keep=candidate)
