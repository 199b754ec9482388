"""What every verb of this room does: lock the slot before the talk, say what happened, refuse in one way."""

from typing import Any, Final, NoReturn

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.governance.facetime import selectors
from refprogram.governance.facetime.enums import SLOT_MOVES, TALK_MOVES, SlotState, TalkState
from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTalk
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

SLOT: Final = gettext_lazy("slot")
TALK: Final = gettext_lazy("talk")


def refuse(field: str, message: str) -> NoReturn:
    """Raise InvalidInput beside a field."""
    raise InvalidInput(message, errors={field: message})


def said(text: str, field: str, missing: str, most: int = 300) -> str:
    """Return words in one line. Raises InvalidInput where there are none."""
    words = " ".join(text.split())[:most]
    return words or refuse(field, missing)


def lock_slot(pk: int) -> FaceTimeSlot:
    """Hold a slot for this transaction."""
    rows = FaceTimeSlot.objects.select_for_update(of=("self",)).select_related("executive__person")
    return rows.get(pk=pk)


def lock_talk(pk: int) -> FaceTimeTalk:
    """Hold a talk for this transaction, its slot first; it is put into another slot by nobody meanwhile."""
    while True:
        slot = lock_slot(FaceTimeTalk.objects.values_list("slot", flat=True).get(pk=pk))
        rows = FaceTimeTalk.objects.select_for_update(of=("self",)).select_related("asked_by__person")
        talk = rows.get(pk=pk)
        if talk.slot_id == slot.pk:
            talk.slot = slot
            return talk


def must_speak_for(by: User, slot: FaceTimeSlot) -> None:
    """Let only the executive through, and who stands in for them."""
    if not selectors.speaks_for(by, slot.executive_id):
        raise NotAllowed(_("That is for %(name)s, or who stands in for them.") % {"name": slot.executive.name})


def must_organise(by: User, talk: FaceTimeTalk) -> None:
    """Let whoever asked through, who runs the program, and the executive."""
    if not organises(by, talk):
        raise NotAllowed(_("That is for %(name)s, who asked for the talk.") % {"name": talk.asked_by.name})


def organises(by: User, talk: FaceTimeTalk) -> bool:
    """Whether somebody looks after a talk."""
    return (
        by.pk == talk.asked_by_id
        or by.has_perm("governance.run_face_time")
        or selectors.speaks_for(by, talk.slot.executive_id)
    )


def note_slot(topic: str, slot: FaceTimeSlot, by: User | None, **facts: Any) -> None:
    """Say what happened to a slot."""
    payload = {"executive": slot.executive.person_id, **facts}
    emit(topic, subject=slot, actor_id=by.person_id if by else None, payload=payload)


def note_talk(topic: str, talk: FaceTimeTalk, by: User | None, *, person_id: int | None = None, **facts: Any) -> None:
    """Say what happened to a talk; it stands in the timeline of its account as well."""
    payload = {"executive": talk.slot.executive.person_id, **facts}
    actor = by.person_id if by else person_id
    emit(topic, subject=talk, account_id=talk.account_id, actor_id=actor, payload=payload)


def move_slot_to(slot: FaceTimeSlot, to: SlotState) -> None:
    """Move a slot, locked by the caller."""
    moves.move(slot, to, moves=SLOT_MOVES, noun=str(SLOT))


def move_talk_to(talk: FaceTimeTalk, to: TalkState, *also: str) -> None:
    """Move a talk, locked by the caller."""
    moves.move(talk, to, moves=TALK_MOVES, noun=str(TALK), also=also)


def check_talk(talk: FaceTimeTalk, to: TalkState) -> None:
    """Raise IllegalMove where a talk, locked by the caller, cannot go there any more."""
    moves.check(talk, to, moves=TALK_MOVES, noun=str(TALK))


def give_back(slot: FaceTimeSlot) -> None:
    """Free the hour again; one that has begun is lost."""
    move_slot_to(slot, SlotState.FREE if slot.starts_at > timezone.now() else SlotState.LAPSED)
