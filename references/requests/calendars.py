"""The calendar entry of an agreed conversation, for either side."""

import datetime as dt

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from references.accounts.wording import program_of
from references.requests.models import Candidate

LEAST = 15


def entry(candidate: Candidate) -> bytes:
    """Return an iCalendar file with one entry. Choosing another time replaces it: the same UID, a later sequence.

    Raises ValueError while no time is chosen.
    """
    request, at = candidate.request, candidate.scheduled_at
    if at is None:
        message = "no time is chosen"
        raise ValueError(message)
    event = Event()
    event.add("uid", f"{candidate.public_id}@refprogram")
    event.add("sequence", int(candidate.updated_at.timestamp()))
    event.add("dtstamp", candidate.updated_at.astimezone(dt.UTC))
    event.add("dtstart", at.astimezone(dt.UTC))
    event.add("dtend", (at + dt.timedelta(minutes=max(LEAST, request.activity.minutes))).astimezone(dt.UTC))
    event.add(
        "summary",
        _("%(activity)s: %(account)s") % {"activity": request.activity.name, "account": candidate.account.name},
    )
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
    event.add("description", "\n".join(line for line in lines if line))
    calendar = Calendar()
    calendar.add("prodid", "-//refprogram//references//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
