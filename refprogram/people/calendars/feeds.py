"""One's own calendar in any calendar program: what each room knows of it, behind an address that only its owner has."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from refprogram.kernel import links
from refprogram.people.calendars.ics import Entry
from refprogram.people.models import Leave, User

PURPOSE: Final = "calendar_feed"
# Calendar programs forget what a feed no longer names, so the past stays in it for a while.
BACK: Final = dt.timedelta(days=90)


def entries_for(user: User) -> Iterator[Entry]:
    """Yield what stands in a colleague's calendar: each room of `settings.CALENDAR_FEEDS` is asked `(user, since)`."""
    since = timezone.now() - BACK
    for path in settings.CALENDAR_FEEDS:
        yield from import_string(path)(user, since)


def leaves(user: User, since: dt.datetime) -> Iterable[Entry]:
    """Return the colleague's own days off."""
    rows = Leave.objects.filter(user=user, ends_on__gte=since.date())
    return [
        Entry(
            uid=leave.public_id,
            title=str(leave.get_kind_display()).capitalize(),
            starts=leave.starts_on,
            ends=leave.ends_on,
            changed_at=leave.updated_at,
        )
        for leave in rows
    ]


@transaction.atomic
def new_address(*, user: User) -> str:
    """Give the feed an address, shown this once; the one before opens nothing any more."""
    links.withdraw(subject=user, purpose=PURPOSE)
    return links.issue(purpose=PURPOSE, subject=user, person_id=user.person_id)


def close_address(*, user: User) -> bool:
    """Close the feed; say whether there was an address."""
    return links.withdraw(subject=user, purpose=PURPOSE) > 0
