"""Asking for an hour, and the executive's answer."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.facetime import policy, selectors, subjects
from refprogram.governance.facetime.enums import ASKED, Side, SlotState, TalkState
from refprogram.governance.facetime.models import FaceTimeGuest, FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.services.changing import end_before
from refprogram.governance.facetime.services.fitting import demand_room, demand_topic
from refprogram.governance.facetime.services.rows import (
    check_talk,
    lock_slot,
    lock_talk,
    move_slot_to,
    move_talk_to,
    must_speak_for,
    note_talk,
    said,
)
from refprogram.governance.facetime.services.rows import (
    refuse as refuse_field,
)
from refprogram.governance.facetime.subjects import About
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.people.models import Person, User

MOST_GUESTS: Final = 8
LONGEST: Final = 2000


class SlotTaken(DomainError):
    """Somebody was faster. `instead`: what can be had in its place."""

    code = "slot-taken"

    def __init__(self, instead: FaceTimeSlot | None) -> None:
        message = _("Somebody was faster: this slot is taken.")
        if instead is not None:
            message = f"{message} " + _("Next: %(when)s.") % {"when": selectors.when(instead)}
        super().__init__(message, errors={"slot": message})
        self.instead = instead


@transaction.atomic
def request_talk(
    *,
    slot: FaceTimeSlot,
    about: About,
    people: Sequence[Person],
    topic: str,
    reason: str,
    by: User,
    anyway: bool = False,
) -> FaceTimeTalk:
    """Ask an executive for an hour. Who asks for their own hour, or stands in for its executive, has it at once.

    `anyway`: whoever asks has read what stands against it, where that is not final. Raises SlotTaken.
    """
    if not by.has_perm("governance.book_face_time"):
        raise NotAllowed(_("Hours of executives are asked for by sales, support and the program."))
    row = lock_slot(slot.pk)
    words = reason.strip()[:LONGEST] or refuse_field("reason", _("Say why it is worth their time."))
    _check_guests(about, people)
    demand_topic(row, topic, about.circle)
    if row.state != SlotState.FREE:
        raise SlotTaken(selectors.next_free(row, topic=topic, circle=about.circle))
    demand_room(row)
    _check_objections(about, people, by, anyway=anyway)
    at_once = selectors.speaks_for(by, row.executive_id)
    needs_approval = policy.now().needs_approval and not at_once
    talk = FaceTimeTalk(
        slot=row, topic=topic, circle=about.circle, subject_type=about.subject_type, subject_id=about.subject_id,
        account_id=about.account_id, label=about.label[:200], url=about.url[:300], reason=words, asked_by=by,
        state=TalkState.APPROVAL if needs_approval else TalkState.REQUESTED,
        answer_by=min(timezone.now() + dt.timedelta(days=policy.now().answer_days), row.starts_at),
    )  # fmt: skip
    try:
        with transaction.atomic():
            talk.save(force_insert=True)
    except IntegrityError as error:  # pragma: no cover - the lock comes first
        raise SlotTaken(selectors.next_free(row, topic=topic, circle=about.circle)) from error
    FaceTimeGuest.objects.bulk_create(FaceTimeGuest(talk=talk, person=person) for person in people)
    move_slot_to(row, SlotState.TAKEN)
    note_talk("facetime.requested", talk, by, guests=len(people), to_approve=needs_approval)
    if at_once:
        _book(talk, by)
    elif needs_approval:
        talk.approval = approvals.request(
            kind=ApprovalKind.EXECUTIVE_TIME, subject=talk, label=_label(talk), url=talk.get_absolute_url(),
            requester=by, reason=words, owner=row.executive,
        )  # fmt: skip
        talk.save(update_fields=["approval"])
    return talk


def _label(talk: FaceTimeTalk) -> str:
    return _("%(name)s for %(label)s") % {"name": talk.slot.executive.name, "label": talk.label}


def _check_guests(about: About, people: Sequence[Person]) -> None:
    known = {one.person.pk for one in about.people}
    if not people or len(people) > MOST_GUESTS or not {person.pk for person in people} <= known:
        refuse_field("people", _("Choose who is invited: between one and %(n)d people.") % {"n": MOST_GUESTS})


def _check_objections(about: About, people: Collection[Person], by: User, *, anyway: bool) -> None:
    found = subjects.objections(about, list(people), by)
    final = [one.text for one in found if one.final]
    if final:
        raise DomainError(" ".join(final), errors={"people": " ".join(final)})
    if found and not anyway:
        refuse_field("anyway", " ".join(one.text for one in found))


def _book(talk: FaceTimeTalk, by: User) -> None:
    talk.agreed_at, talk.agreed_by = timezone.now(), by
    move_talk_to(talk, TalkState.BOOKED, "agreed_at", "agreed_by")
    note_talk("facetime.booked", talk, by)


@transaction.atomic
def agree(*, talk: FaceTimeTalk, by: User, token: str = "") -> FaceTimeTalk:
    """The executive, or who stands in for them, says yes: the guests are invited. `token`: by the link of a mail."""
    if token:
        links.use(token)
    row = lock_talk(talk.pk)
    must_speak_for(by, row.slot)
    check_talk(row, TalkState.BOOKED)
    if row.slot.starts_at <= timezone.now():
        raise DomainError(_("It would have begun already. Say no, or choose another time."))
    if row.state == TalkState.APPROVAL:
        approvals.withdraw_for(subject=row, by=by, reason=_("%(name)s agreed already.") % {"name": by.name})
    _book(row, by)
    return row


@transaction.atomic
def decline(*, talk: FaceTimeTalk, by: User, why: str, token: str = "") -> FaceTimeTalk:
    """The executive says no, with a reason for whoever asked; the guests have heard of nothing."""
    row = lock_talk(talk.pk)
    must_speak_for(by, row.slot)
    check_talk(row, TalkState.DECLINED)
    words = said(why, "reason", _("Say why: whoever asked reads it."))
    if token:
        links.use(token)
    end_before(row, TalkState.DECLINED, by, Side.EXECUTIVE, words)
    return row


@transaction.atomic
def clear(*, talk_id: int, by: User | None) -> None:
    """The chain approved: the executive is asked now, unless it was they who approved."""
    row = lock_talk(talk_id)
    if row.state != TalkState.APPROVAL:
        return
    if by is not None and by.pk == row.slot.executive_id:
        _book(row, by)
        return
    row.answer_by = min(timezone.now() + dt.timedelta(days=policy.now().answer_days), row.slot.starts_at)
    move_talk_to(row, TalkState.REQUESTED, "answer_by")
    note_talk("facetime.cleared", row, by)


@transaction.atomic
def refuse(*, talk_id: int, by: User | None, why: str) -> None:
    """The chain said no, or the question was taken back."""
    row = lock_talk(talk_id)
    if row.state in ASKED:
        end_before(row, TalkState.DECLINED, by, Side.US, why)
