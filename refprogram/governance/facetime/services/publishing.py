"""Offering time: terms, slots one by one or weekly, moved, withdrawn."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.facetime import policy, series
from refprogram.governance.facetime.enums import COMING, STANDING, Circle, Manner, Side, SlotState, TalkState, TalkTopic
from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTalk, FaceTimeTerms
from refprogram.governance.facetime.rules import OFFERS
from refprogram.governance.facetime.selectors import speaks_for
from refprogram.governance.facetime.services.changing import ask_again, end_before
from refprogram.governance.facetime.services.rows import (
    lock_slot,
    lock_talk,
    move_slot_to,
    must_speak_for,
    note_slot,
    refuse,
    said,
)
from refprogram.kernel.errors import DomainError, IllegalMove, NotAllowed
from refprogram.people.calendars.selectors import hours_of
from refprogram.people.models import Leave, User

FARTHEST: Final = dt.timedelta(days=400)
MOST_HOURS: Final = 200
TOO_FAR: Final = gettext_lazy("That is more than a year ahead.")


@dataclass(frozen=True)
class Offer:
    """What an executive offers: from which day on, at which hour of their own clock, for how many weeks."""

    first: dt.date
    at: dt.time
    minutes: int
    topics: Sequence[str]
    circles: Sequence[str]
    manner: str = Manner.CALL
    place: str = ""
    note: str = ""
    weeks: int = 1


class Published(NamedTuple):
    """The slots that were made, and the days that were left out."""

    slots: list[FaceTimeSlot]
    closed: list[dt.date]
    away: list[dt.date]


@transaction.atomic
def publish(*, executive: User, offer: Offer, by: User) -> Published:
    """Offer time, once or weekly; days on which the executive does not work are left out of a series.

    Raises InvalidInput beside the field for what cannot be: an overlap, a day that has passed, nothing left of it.
    """
    if executive.role not in OFFERS or not speaks_for(by, executive.pk):
        raise NotAllowed(_("Time is offered by the executive, or by who stands in for them."))
    _check(offer)
    planned = _plan(executive, offer)
    length = dt.timedelta(minutes=offer.minutes)
    _refuse_overlap(executive, [(at, at + length) for at in planned.starts], "first")
    rows = [
        FaceTimeSlot(
            executive=executive, published_by=by, starts_at=at, ends_at=at + length, topics=list(offer.topics),
            circles=list(offer.circles), manner=offer.manner, place=offer.place.strip()[:300],
            note=offer.note.strip()[:300],
        )
        for at in planned.starts
    ]  # fmt: skip
    try:
        with transaction.atomic():
            FaceTimeSlot.objects.bulk_create(rows)
    except IntegrityError as error:  # offered twice at the same moment
        raise DomainError(_("Another slot was offered for that time just now.")) from error
    note_slot("facetime.published", rows[0], by, slots=len(rows))
    return Published(rows, planned.closed, planned.away)


def _check(offer: Offer) -> None:
    if not policy.SHORTEST <= offer.minutes <= policy.LONGEST:
        limits = {"least": policy.SHORTEST, "most": policy.LONGEST}
        refuse("minutes", _("Between %(least)d and %(most)d minutes.") % limits)
    if not offer.topics or not set(offer.topics) <= set(TalkTopic.values):
        refuse("topics", _("Choose what can be talked about."))
    if not offer.circles or not set(offer.circles) <= set(Circle.values):
        refuse("circles", _("Choose for whom it is."))
    if offer.manner not in Manner.values:
        refuse("manner", _("Choose how you meet."))
    if offer.manner != Manner.CALL and not offer.place.strip():
        refuse("place", _("Say where it is."))
    if not 1 <= offer.weeks <= policy.MOST_AT_ONCE:
        refuse("weeks", _("At most %(n)d weeks at once.") % {"n": policy.MOST_AT_ONCE})
    if offer.first > timezone.localdate() + FARTHEST:  # so far that a series from there on would leave the calendar
        refuse("first", str(TOO_FAR))


def _plan(executive: User, offer: Offer) -> series.Planned:
    works = hours_of(executive)
    last = offer.first + dt.timedelta(weeks=offer.weeks)
    leaves = Leave.objects.filter(user=executive, ends_on__gte=offer.first, starts_on__lte=last)
    away = list(leaves.values_list("starts_on", "ends_on"))
    planned = series.weekly(offer.first, offer.at, offer.weeks, zone=works.zone, works=works, away=away)
    if not planned.starts:
        words = _("%(name)s is away then.") if planned.away else _("%(name)s does not work on such a day.")
        refuse("first", words % {"name": executive.name})
    _refuse_far(planned.starts[0], planned.starts[-1], "first")
    return planned


def _refuse_far(first: dt.datetime, last: dt.datetime, field: str) -> None:
    now = timezone.now()
    if first <= now:
        refuse(field, _("That time has passed."))
    if last > now + FARTHEST:
        refuse(field, str(TOO_FAR))


def _refuse_overlap(
    executive: User, spans: Sequence[tuple[dt.datetime, dt.datetime]], field: str, *, besides: int | None = None
) -> None:
    """Say which day it is before the database refuses."""
    meets = Q(pk__in=[])
    for starts_at, ends_at in spans:
        meets |= Q(starts_at__lt=ends_at, ends_at__gt=starts_at)
    known = FaceTimeSlot.objects.filter(meets, executive=executive, state__in=STANDING).exclude(
        pk__in=[besides] if besides else []
    )
    other = known.order_by("starts_at").first()
    if other is not None:
        local = timezone.localtime(other.starts_at)
        facts = {"day": date_format(local, "j F"), "time": local.strftime("%H:%M")}
        refuse(field, _("There is a slot already on %(day)s at %(time)s.") % facts)


@transaction.atomic
def withdraw(*, slot: FaceTimeSlot, by: User, why: str = "") -> FaceTimeSlot:
    """Take back an hour. One that somebody has asked for needs a reason, which they read."""
    row = lock_slot(slot.pk)
    must_speak_for(by, row)
    talk = _coming(row)
    if talk is not None:
        end_before(talk, TalkState.CANCELLED, by, Side.EXECUTIVE, said(why, "reason", _("Say why: they read it.")))
        row = talk.slot
    move_slot_to(row, SlotState.WITHDRAWN)
    note_slot("facetime.withdrawn", row, by)
    return row


@transaction.atomic
def move_slot(*, slot: FaceTimeSlot, starts_at: dt.datetime, minutes: int, place: str, by: User) -> FaceTimeSlot:
    """Move a slot, with the talk in it: guests are sent the new time and asked whether they can."""
    row = lock_slot(slot.pk)
    must_speak_for(by, row)
    if row.state not in {SlotState.FREE, SlotState.TAKEN} or row.starts_at <= timezone.now():
        raise IllegalMove(str(_("slot")), str(row.get_state_display()))
    if not policy.SHORTEST <= minutes <= policy.LONGEST:
        limits = {"least": policy.SHORTEST, "most": policy.LONGEST}
        refuse("minutes", _("Between %(least)d and %(most)d minutes.") % limits)
    _refuse_far(starts_at, starts_at, "starts_at")
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    _refuse_overlap(row.executive, [(starts_at, ends_at)], "starts_at", besides=row.pk)
    place = place.strip()[:300]
    if (row.starts_at, row.ends_at, row.place) == (starts_at, ends_at, place):
        return row
    row.starts_at, row.ends_at, row.place = starts_at, ends_at, place
    try:
        with transaction.atomic():
            row.save(update_fields=["starts_at", "ends_at", "place"])
    except IntegrityError as error:
        raise DomainError(_("Another slot was offered for that time just now.")) from error
    note_slot("facetime.slot_moved", row, by)
    if (talk := _coming(row)) is not None:
        ask_again(talk, by)
    return row


def _coming(slot: FaceTimeSlot) -> FaceTimeTalk | None:
    """Return the talk that may still take place in a slot, held; the slot is held already."""
    key = FaceTimeTalk.objects.filter(slot=slot, state__in=COMING).values_list("pk", flat=True).first()
    return None if key is None else lock_talk(key)


@transaction.atomic
def set_terms(*, executive: User, hours: Decimal, most_a_week: int, notice_days: int, by: User) -> FaceTimeTerms:
    """Say what an executive gives from this quarter on. What is booked already stays."""
    if executive.role not in OFFERS or not speaks_for(by, executive.pk):
        raise NotAllowed(_("That is said by the executive, or by who stands in for them."))
    if not 0 <= hours <= MOST_HOURS:
        refuse("hours", _("Between 0 and %(most)d hours a quarter.") % {"most": MOST_HOURS})
    if most_a_week not in range(1, 21):
        refuse("most_a_week", _("Between 1 and 20 a week."))
    if notice_days not in range(61):
        refuse("notice_days", _("At most 60 days."))
    facts = {"hours": hours, "most_a_week": most_a_week, "notice_days": notice_days}
    quarter = Quarter.now().starts_on
    row, _new = FaceTimeTerms.objects.update_or_create(executive=executive, starts_on=quarter, defaults=facts)
    return row
