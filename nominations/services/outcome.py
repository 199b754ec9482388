"""What became of it: the customer's word, brought by events."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import policy
from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.services.steps import locked, move, tell_stream

N = NominationState


@transaction.atomic
def enrol(*, nomination: Nomination, at: dt.datetime) -> Nomination:
    """The customer said yes: the nomination has become a reference."""
    nomination = locked(nomination)
    if nomination.enrolled:
        return nomination
    nomination.enrolled_at, nomination.reason, nomination.revisit_on = at, "", None
    move(nomination, N.ENROLLED, "enrolled_at", "reason", "revisit_on")
    tell_stream("nomination.enrolled", nomination, None, facts=True, occurred_at=at)
    return nomination


@transaction.atomic
def customer_declined(*, nomination: Nomination) -> Nomination:
    """The customer said no; nobody is to blame."""
    nomination = locked(nomination)
    if nomination.state == N.CUSTOMER_DECLINED:
        return nomination
    move(nomination, N.CUSTOMER_DECLINED)
    tell_stream("nomination.decided", nomination, None, decision=nomination.state)
    return nomination


@transaction.atomic
def invitation_withdrawn(*, nomination: Nomination) -> Nomination:
    """Somebody took the invitation back (the contact left, say): the nomination waits and comes back."""
    nomination = locked(nomination)
    if nomination.state != N.OUTREACH:
        return nomination
    nomination.reason = _("The invitation was withdrawn.")
    nomination.revisit_on = timezone.localdate() + policy.now().park_for
    move(nomination, N.PARKED, "reason", "revisit_on")
    tell_stream("nomination.decided", nomination, None, decision=nomination.state)
    return nomination


@transaction.atomic
def first_act(*, nomination: Nomination, at: dt.datetime) -> Nomination:
    """The reference did something for us for the first time: the last step of a nomination. Twice is once."""
    nomination = locked(nomination)
    if nomination.state != N.ENROLLED:
        return nomination
    nomination.first_act_at = at
    move(nomination, N.FIRST_ACT, "first_act_at")
    tell_stream("nomination.first_act", nomination, None, facts=True, occurred_at=at)
    return nomination
