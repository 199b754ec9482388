"""A talk as pages show it: its pill, its walk, its guests, and how far what they said has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from refprogram.governance.facetime.enums import FeedbackState, GuestAnswer, TalkState
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeTalk
from refprogram.governance.facetime.states import ANSWERS, TALKS, VERDICTS, circle_of, pill_of, walk_of
from refprogram.kernel.tables import Pill
from refprogram.people.models import User


@dataclass(frozen=True)
class GuestLine:
    """One guest: their answer, and what they said afterwards."""

    guest: FaceTimeGuest
    answer: Pill | None
    feedback: FaceTimeFeedback | None
    pill: Pill | None
    steps: list[dict[str, str]]
    verdict: Pill | None
    may_decide: bool
    may_answer: bool


@dataclass(frozen=True)
class TalkCard:
    """One talk."""

    talk: FaceTimeTalk
    pill: Pill
    steps: list[dict[str, str]]
    guests: list[GuestLine]

    @property
    def names(self) -> str:
        """Who is invited."""
        return ", ".join(line.guest.person.name for line in self.guests)


def talk_cards(talks: Iterable[FaceTimeTalk], user: User | None, *, organises: bool = False) -> list[TalkCard]:
    """Return talks with what is shown of each. `organises`: the reader looks after them, and may close the circle."""
    return [card_of(talk, user, organises=organises) for talk in talks]


def card_of(talk: FaceTimeTalk, user: User | None, *, organises: bool) -> TalkCard:
    """Return one talk with what is shown of it."""
    lines = [_line(talk, guest, user, organises=organises) for guest in talk.guests.all()]
    return TalkCard(talk, TALKS[TalkState(talk.state)], walk_of(talk), lines)


def _line(talk: FaceTimeTalk, guest: FaceTimeGuest, user: User | None, *, organises: bool) -> GuestLine:
    feedback: Any = getattr(guest, "feedback", None)
    was_invited = talk.state not in {TalkState.APPROVAL, TalkState.REQUESTED, TalkState.DECLINED, TalkState.LAPSED}
    answer = ANSWERS[GuestAnswer(guest.answer)] if was_invited else None
    if feedback is None:
        return GuestLine(guest, answer, None, None, [], None, may_decide=False, may_answer=False)
    may_answer = organises or (user is not None and feedback.owner_id == user.pk)
    return GuestLine(
        guest,
        answer,
        feedback,
        pill_of(feedback, timezone.now()),
        circle_of(feedback),
        VERDICTS.get(feedback.verdict),
        may_decide=organises and feedback.state == FeedbackState.GIVEN,
        may_answer=may_answer and feedback.state == FeedbackState.DECIDED,
    )
