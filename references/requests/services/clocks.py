"""The clocks of a request: until somebody reacts, and until a customer has agreed, in the requester's working time."""

from typing import Final

from django.utils.translation import gettext as _

from references.requests import policy
from references.requests.models import ReferenceRequest
from refprogram.people.calendars.clocks import pause_clock, resume_clock, start_clock, stop_clock
from refprogram.people.calendars.selectors import calendar_of
from refprogram.people.models import User

REACTION: Final = "request.reaction"
AGREEMENT: Final = "request.agreement"


def start(request: ReferenceRequest) -> None:
    """Start both clocks of a request that was just saved, and keep on it until when a customer should agree."""
    calendar = calendar_of(request.requester)
    start_clock(kind=REACTION, subject=request, calendar=calendar, minutes=policy.now().reaction_minutes)
    clock = start_clock(kind=AGREEMENT, subject=request, calendar=calendar, days=request.activity.confirm_days)
    request.due_at = clock.due_at
    request.save(update_fields=["due_at"])


def reacted(request: ReferenceRequest) -> None:
    """Somebody of the program has done something about it: the first reaction is given, once and for all."""
    stop_clock(kind=REACTION, subject=request)


def wait_for_requester(request: ReferenceRequest, *, by: User) -> None:
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
