"""Reading slots and talks: who may see which, what can be had, what waits for whom."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.facetime.enums import (
    COMING,
    OPEN_FEEDBACK,
    SlotState,
    TalkState,
)
from refprogram.governance.facetime.hours import earliest, terms_of
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.rules import OFFERS, stood_in_for
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role
from refprogram.people.models import User

OVERVIEW = (Role.MARKETER, Role.ADMIN, Role.EXECUTIVE)
MOST_SHOWN = 60  # slots to choose from


def slots_for(user: User) -> QuerySet[FaceTimeSlot]:
    """Return the slots that a colleague may read about: judges none."""
    rows = FaceTimeSlot.objects.select_related("executive__person")
    return rows.none() if user.role == Role.JUDGE else rows


def talks_for(user: User) -> QuerySet[FaceTimeTalk]:
    """Return the talks a colleague may read: who runs the program and executives all, others what they have part in."""
    rows = FaceTimeTalk.objects.all()
    if user.role == Role.JUDGE:
        return rows.none()
    if user.role in OVERVIEW:
        return rows
    mine = Q(asked_by=user.pk) | Q(slot__executive=user.pk)
    owned = FaceTimeFeedback.objects.filter(owner=user.pk).values("guest__talk")
    mine |= Q(pk__in=owned)
    if keys := stood_in_for(user):
        mine |= Q(slot__executive__in=keys)
    return rows.filter(mine)


def speaks_for(user: User, executive_id: int) -> bool:
    """Whether the colleague is this executive, or acts for them today."""
    return user.is_active and (user.pk == executive_id or executive_id in stood_in_for(user))


def executives(user: User | None = None) -> QuerySet[User]:
    """Return who offers time: all, or those for whom `user` may publish it."""
    rows = User.objects.filter(is_active=True, role__in=OFFERS).select_related("person").order_by("person__name", "pk")
    return rows if user is None else rows.filter(pk__in=[user.pk, *stood_in_for(user)])


def with_hours() -> QuerySet[User]:
    """Return the executives whose hours are shown: who leads the company, and whoever has offered time."""
    offers = FaceTimeSlot.objects.values("executive")
    rows = User.objects.filter(Q(is_active=True, role=Role.EXECUTIVE) | Q(pk__in=offers))
    return rows.select_related("person").order_by("person__name", "pk")


def listed(rows: QuerySet[FaceTimeTalk]) -> QuerySet[FaceTimeTalk]:
    """Add what lists and panels show of talks."""
    return rows.select_related("slot__executive__person", "asked_by__person").prefetch_related(
        Prefetch("guests", FaceTimeGuest.objects.select_related("person", "feedback"))
    )


def in_full(rows: QuerySet[FaceTimeTalk]) -> QuerySet[FaceTimeTalk]:
    """Add what the page of one talk shows."""
    guests = FaceTimeGuest.objects.select_related(
        "person", "proposed__executive__person", "feedback__owner__person", "feedback__decided_by__person",
        "feedback__answered_by__person",
    )  # fmt: skip
    whole = rows.select_related("slot__executive__person", "asked_by__person", "agreed_by__person", "approval")
    return whole.prefetch_related(Prefetch("guests", guests))


def free_slots(
    *, topic: str = "", circle: str = "", besides: int | None = None, executive: int | None = None
) -> list[FaceTimeSlot]:
    """Return the slots that can be asked for now, the earliest first: open, and with the notice that their executive
    wants. Whether hours and week have room is said when one is asked for. Two queries."""
    rows = FaceTimeSlot.objects.filter(
        state=SlotState.FREE, starts_at__gt=timezone.now(), executive__is_active=True
    ).select_related("executive__person")
    if topic:
        rows = rows.filter(topics__contains=[topic])
    if circle:
        rows = rows.filter(circles__contains=[circle])
    if besides is not None:
        rows = rows.exclude(pk=besides)
    if executive is not None:
        rows = rows.filter(executive=executive)
    found = list(rows.order_by("starts_at", "pk")[:MOST_SHOWN])
    terms = terms_of({slot.executive_id for slot in found}, Quarter.now())
    return [slot for slot in found if slot.starts_at >= earliest(terms[slot.executive_id])]


def next_free(slot: FaceTimeSlot, *, topic: str, circle: str) -> FaceTimeSlot | None:
    """Return what can be had instead: the same executive first, else the next one."""
    wanted: dict[str, Any] = {"topic": topic, "circle": circle, "besides": slot.pk}
    theirs = free_slots(**wanted, executive=slot.executive_id)
    return next(iter(theirs or free_slots(**wanted)), None)


def when(slot: FaceTimeSlot) -> str:
    """Return when and with whom, for a list to choose from: by the reader's own clock."""
    local = timezone.localtime(slot.starts_at)
    return _("%(name)s, %(day)s at %(time)s, %(minutes)d minutes") % {
        "name": slot.executive.name,
        "day": date_format(local, "l j F"),
        "time": local.strftime("%H:%M"),
        "minutes": slot.minutes,
    }


def of_account(account_ids: Iterable[int]) -> QuerySet[FaceTimeTalk]:
    """Return the talks with people of an account, for whoever may open its page (asked by the room above)."""
    return listed(FaceTimeTalk.objects.filter(account_id__in=list(account_ids)))


def of_person(person_id: int) -> QuerySet[FaceTimeTalk]:
    """Return the talks to which somebody is invited."""
    return listed(FaceTimeTalk.objects.filter(guests__person=person_id))


def of_subject(subject_type: str, subject_id: int) -> QuerySet[FaceTimeTalk]:
    """Return the talks that were asked for this row."""
    return listed(FaceTimeTalk.objects.filter(subject_type=subject_type, subject_id=subject_id))


def talks_in(slot: FaceTimeSlot) -> QuerySet[FaceTimeTalk]:
    """Return everything that was asked for in a slot, the last first."""
    return in_full(FaceTimeTalk.objects.filter(slot=slot))


def guest_behind(pk: int) -> QuerySet[FaceTimeGuest]:
    """Return the guest of a signed link."""
    rows = FaceTimeGuest.objects.filter(pk=pk)
    return rows.select_related(
        "person", "talk__slot__executive__person", "talk__asked_by__person", "proposed", "feedback__owner__person"
    )  # fmt: skip


def talk_behind(pk: int) -> QuerySet[FaceTimeTalk]:
    """Return the talk of an executive's signed link."""
    return in_full(FaceTimeTalk.objects.filter(pk=pk))


def feedback_for(user: User) -> QuerySet[FaceTimeFeedback]:
    """Return what guests said that a colleague may read."""
    return FaceTimeFeedback.objects.filter(guest__talk__in=talks_for(user)).select_related(
        "guest__person", "guest__talk__slot__executive__person", "guest__talk__asked_by__person", "owner__person"
    )


def coming_of(executive_id: int) -> QuerySet[FaceTimeTalk]:
    """Return what lies ahead of an executive."""
    return FaceTimeTalk.objects.filter(slot__executive=executive_id, state__in=COMING)


def user_of_person(person_id: int | None) -> User | None:
    """Return the colleague behind a link, while they may come in."""
    return User.objects.filter(person=person_id, is_active=True).select_related("person").first()


def search_slots(rows: QuerySet[FaceTimeSlot], words: list[str]) -> QuerySet[FaceTimeSlot]:
    """Narrow to those that have every word in the executive's name, the place or the note."""
    for word in words:
        rows = rows.filter(
            Q(executive__person__name__icontains=word) | Q(place__icontains=word) | Q(note__icontains=word)
        )
    return rows


def search_talks(rows: QuerySet[FaceTimeTalk], words: list[str]) -> QuerySet[FaceTimeTalk]:
    """Narrow to those that have every word in whom they are for, the executive's name or why it was asked."""
    for word in words:
        rows = rows.filter(
            Q(label__icontains=word) | Q(slot__executive__person__name__icontains=word) | Q(reason__icontains=word)
        )
    return rows


def late_keys(now: dt.datetime) -> QuerySet[Any, Any]:
    """Return the keys of talks of which something was said that should have been decided on or answered by now."""
    rows = FaceTimeFeedback.objects.filter(state__in=OPEN_FEEDBACK, due_at__lt=now)
    return rows.values("guest__talk")


def over_keys(now: dt.datetime) -> QuerySet[Any, Any]:
    """Return the keys of talks that are over, and of which nobody has said whether they took place."""
    return FaceTimeTalk.objects.filter(state=TalkState.BOOKED, slot__ends_at__lte=now).values("pk")


def slot_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how slots are called."""
    rows = slots_for(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(when(row), row.get_absolute_url()) for row in rows}


def talk_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how talks are called: for whom may read them, with whom they are."""
    asked = list(ids)
    rows = talks_for(viewer).filter(pk__in=asked).select_related("slot__executive__person")
    words = _("%(name)s and %(label)s")
    known = {
        row.pk: Label(words % {"name": row.slot.executive.name, "label": row.label}, row.get_absolute_url())
        for row in rows
    }
    return {key: known.get(key, Label(_("a talk with an executive"))) for key in asked}


def guests_of(talk: FaceTimeTalk) -> Sequence[FaceTimeGuest]:
    """Return who is invited."""
    return list(talk.guests.select_related("person"))
