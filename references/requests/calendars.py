"""Agreed conversations as calendar entries: one as a file for either side, all of a colleague's in their feed."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from references.accounts.wording import program_of
from references.requests.enums import CandidateState
from references.requests.models import Candidate
from refprogram.people.calendars.ics import Entry, calendar_file
from refprogram.people.models import User

LEAST: Final = dt.timedelta(minutes=15)
HELD_OR_AGREED: Final = (CandidateState.SCHEDULED, CandidateState.COMPLETED)


def entry(candidate: Candidate) -> bytes:
    """Return an iCalendar file with one entry. Choosing another time replaces it: the same UID, a later sequence.

    Raises ValueError while no time is chosen.
    """
    return calendar_file([_call(candidate)])


def agreed_calls(user: User, since: dt.datetime) -> Iterable[Entry]:
    """Return the conversations that a colleague asked for, or whose customer is theirs."""
    theirs = Q(request__requester=user) | Q(account__owner=user) | Q(account__csm=user)
    rows = Candidate.objects.filter(theirs, state__in=HELD_OR_AGREED, scheduled_at__gte=since)
    whole = rows.select_related("request__activity", "request__requester__person", "account", "contact__person")
    return [_call(candidate, url=settings.BASE_URL + candidate.get_absolute_url()) for candidate in whole]


def _call(candidate: Candidate, *, url: str = "") -> Entry:
    request, at = candidate.request, candidate.scheduled_at
    if at is None:
        message = "no time is chosen"
        raise ValueError(message)
    lines = [
        _("For: %(purpose)s") % {"purpose": request.purpose},
        _("With: %(contact)s (%(account)s) and %(requester)s (%(program)s)")
        % {
            "contact": candidate.contact.person.name,
            "account": candidate.account.name,
            "requester": request.requester.name,
            "program": program_of(),
        },
        request.topics,
    ]
    return Entry(
        uid=candidate.public_id,
        title=_("%(activity)s: %(account)s") % {"activity": request.activity.name, "account": candidate.account.name},
        starts=at,
        ends=at + max(LEAST, dt.timedelta(minutes=request.activity.minutes)),
        changed_at=candidate.updated_at,
        detail="\n".join(line for line in lines if line),
        url=url,
    )
