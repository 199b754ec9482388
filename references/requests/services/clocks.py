"""The clocks of a request: until somebody reacts, and until a customer has agreed, in the requester's working time."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from references.requests import policy
from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest
from refprogram.people.calendars.clocks import pause_clock, resume_clock, start_clock, stop_clock
from refprogram.people.calendars.selectors import calendar_of
from refprogram.people.models import SlaClock, User

REACTION: Final = "request.reaction"
AGREEMENT: Final = "request.agreement"
SUBJECT: Final = "referencerequest"
# While a request is in one of these states, its clocks are wanted.
CLOCKED: Final = (RequestState.SUBMITTED, RequestState.NEEDS_INFO, RequestState.MATCHING, RequestState.CONFIRMED)
AT_ONCE: Final = 500


def start(request: ReferenceRequest) -> None:
    """Start both clocks of a request that was just saved, and keep on it until when a customer should agree."""
    calendar = calendar_of(request.requester)
    start_clock(kind=REACTION, subject=request, calendar=calendar, minutes=policy.now().reaction_minutes)
    clock = start_clock(kind=AGREEMENT, subject=request, calendar=calendar, days=request.activity.confirm_days)
    request.due_at = clock.due_at
    request.save(update_fields=["due_at"])


def start_missing() -> int:
    """Give open requests that were made before there were clocks the ones they would have; return how many.

    What was promised stays: the limit is the request's own. When somebody first reacted nobody wrote down, so only a
    request that is still new gets that clock.
    """
    with_clock = SlaClock.objects.filter(kind=AGREEMENT, subject_type=SUBJECT).values("subject_id")
    waiting = ReferenceRequest.objects.filter(state__in=CLOCKED).exclude(pk__in=with_clock).order_by("pk")
    return sum(_catch_up(key) for key in waiting.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _catch_up(request_id: int) -> bool:
    rows = ReferenceRequest.objects.select_for_update(of=("self",)).select_related("requester", "activity")
    request = rows.get(pk=request_id)
    about = {"subject_type": SUBJECT, "subject_id": request.pk}
    if request.state not in CLOCKED or SlaClock.objects.filter(kind=AGREEMENT, **about).exists():
        return False
    calendar, since = calendar_of(request.requester), request.submitted_at
    days = request.activity.confirm_days
    clock = start_clock(kind=AGREEMENT, subject=request, calendar=calendar, days=days, at=since)
    clock.due_at = request.due_at
    clock.save(update_fields=["due_at"])
    if request.state == RequestState.SUBMITTED and not SlaClock.objects.filter(kind=REACTION, **about).exists():
        minutes = policy.now().reaction_minutes
        start_clock(kind=REACTION, subject=request, calendar=calendar, minutes=minutes, at=since)
    if request.state == RequestState.NEEDS_INFO:
        reason = _("A question to the requester")
        pause_clock(kind=AGREEMENT, subject=request, reason=reason, by=None, at=request.asked_back_at or since)
    if request.state == RequestState.CONFIRMED:
        at = request.confirmed_at or since
        pause_clock(kind=AGREEMENT, subject=request, reason=_("A customer agreed"), by=None, at=at)
    return True


def reacted(request: ReferenceRequest) -> None:
    """Somebody of the program has done something about it: the first reaction is given, once and for all."""
    stop_clock(kind=REACTION, subject=request)


def wait_for_requester(request: ReferenceRequest, *, by: User | None) -> None:
    """Stand still while the requester owes an answer."""
    reacted(request)
    pause_clock(kind=AGREEMENT, subject=request, reason=_("A question to the requester"), by=by)


def agreed(request: ReferenceRequest) -> None:
    """Stand still from the customer's yes on; it runs on if the customer is lost again."""
    pause_clock(kind=AGREEMENT, subject=request, reason=_("A customer agreed"), by=None)


def run_on(request: ReferenceRequest) -> None:
    """Run on with what was left, and set the request's new limit (the caller saves `due_at`)."""
    clock = resume_clock(kind=AGREEMENT, subject=request)
    if clock is not None:
        request.due_at = clock.due_at


def stop(request: ReferenceRequest) -> None:
    """Stop both for good: it was held, refused, withdrawn or given up."""
    reacted(request)
    stop_clock(kind=AGREEMENT, subject=request)
