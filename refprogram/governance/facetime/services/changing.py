"""What a change of a talk entails: another time is asked about anew, one that ends gives its hour back."""

from django.utils import timezone

from refprogram.governance.approvals import services as approvals
from refprogram.governance.facetime.enums import GuestAnswer, Side, TalkState
from refprogram.governance.facetime.models import FaceTimeGuest, FaceTimeTalk
from refprogram.governance.facetime.services.rows import give_back, move_talk_to, note_talk
from refprogram.people.models import User


def end_before(
    talk: FaceTimeTalk, to: TalkState, by: User | None, side: Side, why: str, *, person_id: int | None = None
) -> None:
    """End a talk that has not taken place, held by the caller: its hour is free again, and everybody is told."""
    invited = talk.state == TalkState.BOOKED
    if talk.state == TalkState.APPROVAL:
        approvals.withdraw_for(subject=talk, by=by, reason=why)
    talk.ended_at, talk.ended_by_side, talk.why = timezone.now(), side, why[:300]
    talk.sequence += 1
    move_talk_to(talk, to, "ended_at", "ended_by_side", "why", "sequence")
    give_back(talk.slot)
    topic = {TalkState.DECLINED: "facetime.declined", TalkState.LAPSED: "facetime.lapsed"}.get(to, "facetime.cancelled")
    note_talk(topic, talk, by, person_id=person_id, side=side.value, invited=invited)


def ask_again(talk: FaceTimeTalk, by: User | None) -> None:
    """Another time or place, the talk held by the caller: entries in calendars are replaced, guests asked anew."""
    talk.sequence += 1
    talk.reminded_at = None
    talk.answer_by = min(talk.answer_by, talk.slot.starts_at)
    talk.save(update_fields=["sequence", "reminded_at", "answer_by"])
    answered = FaceTimeGuest.objects.filter(talk=talk).exclude(answer=GuestAnswer.OPEN)
    answered.update(answer=GuestAnswer.OPEN, words="", proposed=None, answered_at=None, updated_at=timezone.now())
    note_talk("facetime.moved", talk, by, invited=talk.state == TalkState.BOOKED)
