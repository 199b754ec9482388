"""After the customer spoke: counted, asked how it went, closed."""

import datetime as dt
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.services import measure_ask, spend_ask
from references.accounts.services.locks import Actor
from references.requests import policy
from references.requests.enums import CandidateState, RequestState, Side
from references.requests.models import Candidate, Feedback, ReferenceRequest
from references.requests.services import clocks
from references.requests.services.proposals import release_all
from references.requests.services.rows import (
    lock_candidate,
    lock_request,
    move_candidate,
    move_request,
    tell_stream,
    tell_stream_of,
    use_link,
)
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.models import User


@transaction.atomic
def mark_delivered(*, candidate: Candidate, actor: User | None, held_at: dt.datetime | None = None) -> Candidate:
    """It took place: the ask is spent, the customer's effort counts, and both sides are asked how it went.

    `held_at` says when, if not just now; it must be given when it took place before the agreed time.
    """
    locked = lock_candidate(candidate)
    at = _held(locked, held_at)
    move_candidate(locked, CandidateState.COMPLETED)
    if locked.ask is not None:
        spend_ask(ask=locked.ask, actor=actor, at=at)
    request = locked.request
    request.delivered_at = at
    move_request(request, RequestState.DELIVERED, "delivered_at")
    clocks.stop(request)
    release_all(request, actor=actor, keep=locked, line_too=True)
    tell_stream_of(
        "reference.delivered",
        locked,
        actor,
        opportunity=request.opportunity_id,
        activity=request.activity_id,
        assumed=actor is None,
    )
    return locked


def _held(candidate: Candidate, given: dt.datetime | None) -> dt.datetime:
    """Return when it took place; refuse what is still to come, and what came before the request."""
    now = timezone.now()
    if given is None:
        if candidate.scheduled_at is not None and candidate.scheduled_at > now:
            raise DomainError(_("It is agreed for a later time. If it took place already, say when."))
        return now
    if given > now:
        sentence = _("This time is still to come.")
        raise InvalidInput(sentence, errors={"held_at": sentence})
    if given < candidate.request.submitted_at.replace(second=0, microsecond=0):  # people enter whole minutes
        sentence = _("That was before anybody asked for it.")
        raise InvalidInput(sentence, errors={"held_at": sentence})
    return given


@transaction.atomic
def count_as_held(*, candidate: Candidate) -> Candidate:
    """Its agreed time is long over and nobody says otherwise: it counts as held then. Nothing to do if they did."""
    locked = lock_candidate(candidate)
    at = locked.scheduled_at
    over = at is not None and at <= timezone.now() and locked.request.state == RequestState.CONFIRMED
    if not over or locked.state != CandidateState.SCHEDULED:
        return locked
    return mark_delivered(candidate=locked, actor=None, held_at=at)


@transaction.atomic
def give_feedback(
    *,
    candidate: Candidate,
    side: Side,
    rating: int,
    expected: int | None = None,
    again: bool | None = None,
    minutes: int | None = None,
    comment: str = "",
    actor: User | None = None,
    token: str = "",
) -> Feedback:
    """Keep what one side says, once; when both sides have spoken, the request is closed.

    `rating` is 1 to 5: how useful it was (requester), how it felt (customer). `expected` is what they had
    hoped for, on the same scale. Giving it twice keeps the first.
    """
    locked = lock_candidate(candidate)
    use_link(token, locked)
    given = Feedback.objects.filter(candidate=locked, side=side).first()
    if given is not None:
        return given
    if locked.state != CandidateState.COMPLETED:
        raise DomainError(_("It has not taken place yet, as far as we know."))
    if expected is not None and expected not in range(1, 6):
        raise InvalidInput(_("Choose a level from 1 to 5."), errors={"expected": _("Choose a level from 1 to 5.")})
    if rating not in range(1, 6):
        raise InvalidInput(_("Choose a level from 1 to 5."), errors={"rating": _("Choose a level from 1 to 5.")})
    feedback = Feedback(
        candidate=locked,
        side=side,
        rating=rating,
        expected=expected,
        again=again,
        minutes=minutes,
        comment=comment.strip(),
    )
    feedback.save()
    if minutes is not None:
        _measure(locked, side, minutes, actor or locked.contact.person)
    tell_stream_of("feedback.given", locked, actor or locked.contact.person, side=side.value, rating=rating)
    if (
        Feedback.objects.filter(candidate=locked).count() == len(Side)
        and locked.request.state == RequestState.DELIVERED
    ):
        _close(locked.request, actor or locked.contact.person)
    return feedback


def _measure(candidate: Candidate, side: Side, minutes: int, actor: Actor) -> None:
    """Let the customer's fatigue follow what it took: their own word about their time counts before ours."""
    if candidate.ask is None or (side == Side.REQUESTER and candidate.ask.minutes is not None):
        return
    usual = candidate.request.activity
    effort = effort_of(usual.effort, usual.minutes, minutes)
    candidate.ask = measure_ask(ask=candidate.ask, minutes=minutes, effort=effort, actor=actor)


def effort_of(usual: int, usual_minutes: int, minutes: int) -> int:
    """Return what so many minutes cost the customer, when an activity of so many usually costs so much."""
    figures = policy.now()
    share = Fraction(minutes, max(1, usual_minutes))
    bounded = min(max(share, Fraction(figures.effort_least, 100)), Fraction(figures.effort_most, 100))
    return max(1, round(usual * bounded)) if usual else 0


@transaction.atomic
def close(*, request: ReferenceRequest, actor: User) -> ReferenceRequest:
    """Close a delivered request without waiting for the other side's feedback."""
    locked = lock_request(request)
    _close(locked, actor)
    return locked


@transaction.atomic
def close_unanswered(*, candidate: Candidate) -> ReferenceRequest:
    """Close a delivered request because its time for feedback is over; the stream says who was silent.

    Nothing to do when it was closed meanwhile.
    """
    locked = lock_candidate(candidate)
    request = locked.request
    if request.state != RequestState.DELIVERED:
        return request
    silent = silent_sides(locked)
    _close(request, None, unheard="both" if len(silent) > 1 else str(silent[0].value))
    return request


def silent_sides(candidate: Candidate) -> list[Side]:
    """Return who has not said how it was."""
    told = set(candidate.feedback.values_list("side", flat=True))
    return [side for side in Side if side.value not in told]


def _close(request: ReferenceRequest, actor: Actor, **facts: str) -> None:
    request.closed_at = timezone.now()
    move_request(request, RequestState.CLOSED, "closed_at")
    tell_stream("request.closed", request, actor, **facts)
