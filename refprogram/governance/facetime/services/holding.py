"""What becomes of a talk: called off, put into another slot, held, or nobody came."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.facetime.enums import (
    COMING,
    TOOK_PLACE,
    FeedbackState,
    GuestAnswer,
    Side,
    SlotState,
    TalkState,
)
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.selectors import speaks_for
from refprogram.governance.facetime.services.changing import ask_again, end_before
from refprogram.governance.facetime.services.fitting import demand_room, demand_topic, suits_as_agreed
from refprogram.governance.facetime.services.rows import (
    check_talk,
    give_back,
    lock_slot,
    lock_talk,
    move_slot_to,
    move_talk_to,
    must_organise,
    note_talk,
    refuse,
    said,
)
from refprogram.kernel.errors import DomainError, IllegalMove
from refprogram.people.models import User

LONGEST: Final = 4000


@transaction.atomic
def cancel(*, talk: FaceTimeTalk, by: User, why: str, theirs: bool = False) -> FaceTimeTalk:
    """Call a talk off; guests who were invited are told. `theirs`: the guests did, and somebody notes it."""
    row = lock_talk(talk.pk)
    must_organise(by, row)
    check_talk(row, TalkState.CANCELLED)
    words = said(why, "reason", _("Say why: the others read it."))
    is_executive = by.pk != row.asked_by_id and speaks_for(by, row.slot.executive_id)
    side = Side.GUEST if theirs else Side.EXECUTIVE if is_executive else Side.US
    end_before(row, TalkState.CANCELLED, by, side, words)
    return row


@transaction.atomic
def move_talk(*, talk: FaceTimeTalk, to: FaceTimeSlot, by: User) -> FaceTimeTalk:
    """Put a talk into another free slot of the same executive; guests who were invited are asked whether they can.

    Who does not speak for the executive keeps to what they offered, and to what they agreed to where they did.
    """
    old_id = FaceTimeTalk.objects.values_list("slot", flat=True).get(pk=talk.pk)
    held = {pk: lock_slot(pk) for pk in sorted({old_id, to.pk})}
    row = lock_talk(talk.pk)
    must_organise(by, row)
    if row.state not in COMING:
        raise IllegalMove(str(_("talk")), str(row.get_state_display()))
    new = held[to.pk]
    if row.slot_id == new.pk:
        return row
    if row.slot_id != old_id or new.executive_id != row.slot.executive_id:
        refuse("slot", _("Choose another slot of %(name)s.") % {"name": row.slot.executive.name})
    if new.state != SlotState.FREE or new.starts_at <= timezone.now():
        refuse("slot", _("This slot is not free any more. Choose another one."))
    give_back(held[old_id])
    if not speaks_for(by, new.executive_id):
        _demand_fit(row, new)
    move_slot_to(new, SlotState.TAKEN)
    row.slot = new
    row.save(update_fields=["slot"])
    ask_again(row, by)
    return row


def _demand_fit(talk: FaceTimeTalk, new: FaceTimeSlot) -> None:
    if talk.state == TalkState.BOOKED and not suits_as_agreed(talk, new):
        words = _("%(name)s agreed to something else. Call it off, and ask for this slot.")
        refuse("slot", words % {"name": new.executive.name})
    demand_topic(new, talk.topic, talk.circle)
    demand_room(new)


@transaction.atomic
def hold(*, talk: FaceTimeTalk, by: User, outcome: str = "", next_steps: str = "") -> FaceTimeTalk:
    """It took place: the hour is given, and each guest is asked how it was. Said again, nothing more happens."""
    row = lock_talk(talk.pk)
    must_organise(by, row)
    if row.state in TOOK_PLACE:
        return row
    check_talk(row, TalkState.HELD)
    if row.slot.starts_at > timezone.now():
        raise DomainError(_("It has not begun yet."))
    row.outcome, row.next_steps, row.ended_at = outcome.strip()[:LONGEST], next_steps.strip()[:LONGEST], timezone.now()
    move_talk_to(row, TalkState.HELD, "outcome", "next_steps", "ended_at")
    move_slot_to(row.slot, SlotState.USED)
    came = FaceTimeGuest.objects.filter(talk=row).exclude(answer=GuestAnswer.NO).order_by("pk")
    FaceTimeFeedback.objects.bulk_create(FaceTimeFeedback(guest=guest, state=FeedbackState.ASKED) for guest in came)
    note_talk("facetime.held", row, by, minutes=row.slot.minutes)
    return row


@transaction.atomic
def note_outcome(*, talk: FaceTimeTalk, by: User, outcome: str, next_steps: str) -> FaceTimeTalk:
    """Write down what came of a talk that was held."""
    row = lock_talk(talk.pk)
    must_organise(by, row)
    if row.state not in TOOK_PLACE:
        raise IllegalMove(str(_("talk")), str(row.get_state_display()))
    row.outcome, row.next_steps = outcome.strip()[:LONGEST], next_steps.strip()[:LONGEST]
    row.save(update_fields=["outcome", "next_steps"])
    note_talk("facetime.noted", row, by)
    return row


@transaction.atomic
def no_show(*, talk: FaceTimeTalk, by: User, why: str = "") -> FaceTimeTalk:
    """Nobody came: the hour was kept, and is lost."""
    row = lock_talk(talk.pk)
    must_organise(by, row)
    check_talk(row, TalkState.NO_SHOW)
    if row.slot.starts_at > timezone.now():
        raise DomainError(_("It has not begun yet."))
    row.why, row.ended_at, row.ended_by_side = " ".join(why.split())[:300], timezone.now(), Side.GUEST
    move_talk_to(row, TalkState.NO_SHOW, "why", "ended_at", "ended_by_side")
    move_slot_to(row.slot, SlotState.LAPSED)
    note_talk("facetime.no_show", row, by)
    return row
