"""Talks as calendar entries: a file for guests that replaces what was sent before, and feeds of colleagues."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from refprogram.governance.facetime.enums import COMING, TOOK_PLACE, TalkState
from refprogram.governance.facetime.models import FaceTimeTalk
from refprogram.people.calendars.ics import Entry, calendar_file
from refprogram.people.models import User

SHOWN = (*COMING, *TOOK_PLACE)


def entry_file(talk: FaceTimeTalk) -> bytes:
    """Return the talk as a file for its guests: always the same UID, with each change a higher SEQUENCE."""
    return calendar_file([_entry(talk, cancelled=talk.state not in SHOWN)])


def feed(user: User, since: dt.datetime) -> Iterable[Entry]:
    """Return the talks that an executive gives, or that a colleague asked for: booked, or held lately."""
    rows = FaceTimeTalk.objects.filter(state__in=(TalkState.BOOKED, *TOOK_PLACE), slot__starts_at__gte=since)
    mine = rows.filter(slot__executive=user) | rows.filter(asked_by=user)
    whole = mine.select_related("slot__executive__person").order_by("slot__starts_at", "pk")
    return [_entry(talk, url=settings.BASE_URL + talk.get_absolute_url(), inside=True) for talk in whole]


def _entry(talk: FaceTimeTalk, *, url: str = "", cancelled: bool = False, inside: bool = False) -> Entry:
    slot = talk.slot
    title = _("Talk with %(name)s") % {"name": slot.executive.name}
    return Entry(
        uid=talk.public_id,
        title=f"{title}: {talk.label}" if inside else title,
        starts=slot.starts_at,
        ends=slot.ends_at,
        changed_at=max(talk.updated_at, slot.updated_at),
        detail=talk.get_topic_display().capitalize(),
        url=url,
        place=slot.place,
        sequence=talk.sequence,
        cancelled=cancelled,
    )
