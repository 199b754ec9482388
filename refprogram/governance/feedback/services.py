"""Saying what hurts or helps, answering it in time, and being done with it."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.feedback import policy
from refprogram.governance.feedback.enums import NOTE_MOVES, NoteKind, NoteState
from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.readiness.models import Change
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.calendars.clocks import start_clock, stop_clock
from refprogram.people.calendars.selectors import calendar_of
from refprogram.people.models import User

NOUN: Final = "feedback"
CLOCK: Final = "fieldnote.reply"
A_DAY: Final = dt.timedelta(days=1)


def _note(topic: str, row: FieldNote, by: User, **facts: Any) -> None:
    payload = {"kind": row.kind, "sender": row.sender_id, "to": row.goes_to_id, "change": row.change_id}
    emit(topic, subject=row, actor_id=by.person_id, payload=payload | facts)


def _refuse(field: str, message: str) -> None:
    raise InvalidInput(message, errors={field: message})


def _locked(row: FieldNote) -> FieldNote:
    rows = FieldNote.objects.select_for_update(of=("self",)).select_related("clock")
    return rows.get(pk=row.pk)


@transaction.atomic
def give(*, kind: str, words: str, by: User, change: Change | None = None) -> FieldNote:
    """Say what hurts or helps. It goes to the owner of the change, whose working hours then count."""
    if not by.has_perm("governance.give_feedback"):
        raise NotAllowed(_("Sign in to say something about the program."))
    words = words.strip()[: policy.LONGEST]
    if kind not in NoteKind.values:
        _refuse("kind", _("Choose what it is."))
    if not words:
        _refuse("words", _("Write a word or two."))
    if FieldNote.objects.filter(sender=by, created_at__gte=timezone.now() - A_DAY).count() >= policy.MOST_A_DAY:
        raise DomainError(_("You said a lot today, and all of it is kept. Speak to the reference managers."))
    owner = change.owner if change is not None else None
    goes_to = owner if owner is not None and owner.is_active and owner.pk != by.pk else None
    row = FieldNote(sender=by, kind=kind, words=words, change=change, goes_to=goes_to)
    row.save(force_insert=True)
    days = policy.now().reply_days
    row.clock = start_clock(kind=CLOCK, subject=row, calendar=calendar_of(goes_to), days=days, at=row.created_at)
    row.save(update_fields=["clock"])
    _note("fieldnote.given", row, by)
    return row


@transaction.atomic
def reply(*, row: FieldNote, words: str, by: User) -> FieldNote:
    """Answer it. Of two who answer at once the second hears that somebody was faster."""
    row = _locked(row)
    if not by.has_perm("governance.reply_feedback", row):
        raise NotAllowed(_("The owner of the change answers, or who runs the program; nobody answers themselves."))
    moves.check(row, NoteState.REPLIED, moves=NOTE_MOVES, noun=_(NOUN))
    words = words.strip()[: policy.LONGEST]
    if not words:
        _refuse("words", _("Write the answer: its reader waits for it."))
    row.reply, row.replied_by, row.replied_at = words, by, timezone.now()
    moves.move(row, NoteState.REPLIED, moves=NOTE_MOVES, noun=_(NOUN), also=["reply", "replied_by", "replied_at"])
    clock = stop_clock(kind=CLOCK, subject=row, at=row.replied_at)
    is_late = clock is not None and row.replied_at > clock.due_at
    _note("fieldnote.replied", row, by, minutes=clock.used_minutes if clock else None, late=is_late)
    return row


@transaction.atomic
def settle(*, row: FieldNote, by: User) -> FieldNote:
    """Be done with it: its sender has their answer, or needs none any more. Said twice is once."""
    row = _locked(row)
    if not by.has_perm("governance.settle_feedback", row):
        raise NotAllowed(_("Whoever said it says that it is settled."))
    if row.state == NoteState.SETTLED:
        return row
    row.settled_at = timezone.now()
    moves.move(row, NoteState.SETTLED, moves=NOTE_MOVES, noun=_(NOUN), also=["settled_at"])
    stop_clock(kind=CLOCK, subject=row, at=row.settled_at)
    _note("fieldnote.settled", row, by)
    return row
