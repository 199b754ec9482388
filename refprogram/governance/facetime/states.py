"""How slots, talks, guests and feedback look, and the steps of their walk."""

from typing import Any, Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.facetime.enums import (
    OPEN_FEEDBACK,
    FeedbackState,
    FollowUp,
    GuestAnswer,
    SlotState,
    TalkState,
)
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeTalk
from refprogram.kernel.tables import Pill

SLOTS: Final = {
    SlotState.FREE: Pill(_("Free"), "ok"),
    SlotState.TAKEN: Pill(_("Taken"), "info"),
    SlotState.USED: Pill(_("Used"), "mine"),
    SlotState.WITHDRAWN: Pill(_("Withdrawn"), "rest"),
    SlotState.LAPSED: Pill(_("Not used"), "rest"),
}
TALKS: Final = {
    TalkState.APPROVAL: Pill(_("Waits for approval"), "wait"),
    TalkState.REQUESTED: Pill(_("Executive is asked"), "wait"),
    TalkState.BOOKED: Pill(_("Booked"), "info"),
    TalkState.HELD: Pill(_("Held"), "ok"),
    TalkState.CLOSED: Pill(_("Closed"), "ok"),
    TalkState.DECLINED: Pill(_("Declined"), "rest"),
    TalkState.CANCELLED: Pill(_("Called off"), "rest"),
    TalkState.NO_SHOW: Pill(_("They did not come"), "stop"),
    TalkState.LAPSED: Pill(_("No answer"), "rest"),
}
ANSWERS: Final = {
    GuestAnswer.OPEN: Pill(_("Has not answered"), "wait"),
    GuestAnswer.YES: Pill(_("Comes"), "ok"),
    GuestAnswer.NO: Pill(_("Does not come"), "rest"),
    GuestAnswer.OTHER: Pill(_("Proposes another time"), "wait"),
}
FEEDBACK: Final = {
    FeedbackState.ASKED: Pill(_("Asked"), "wait"),
    FeedbackState.GIVEN: Pill(_("To decide on"), "wait"),
    FeedbackState.DECIDED: Pill(_("To answer"), "wait"),
    FeedbackState.ANSWERED: Pill(_("Answered"), "ok"),
    FeedbackState.SILENT: Pill(_("Said nothing"), "rest"),
}
VERDICTS: Final = {
    FollowUp.DONE: Pill(_("Done"), "ok"),
    FollowUp.PLANNED: Pill(_("Planned"), "info"),
    FollowUp.NO: Pill(_("No, because"), "rest"),
}
LATE: Final = Pill(_("Late"), "stop")
_WALK: Final = (TalkState.REQUESTED, TalkState.BOOKED, TalkState.HELD, TalkState.CLOSED)
_CIRCLE: Final = (FeedbackState.ASKED, FeedbackState.GIVEN, FeedbackState.DECIDED, FeedbackState.ANSWERED)


def pill_of(feedback: FaceTimeFeedback, now: Any) -> Pill:
    """Return how feedback stands; what is late says so."""
    late = feedback.state in OPEN_FEEDBACK and feedback.due_at is not None and feedback.due_at < now
    return LATE if late else FEEDBACK[FeedbackState(feedback.state)]


def walk_of(talk: FaceTimeTalk) -> list[dict[str, str]]:
    """Return the steps of a talk's walk; none for one that ended before it took place."""
    state = TalkState.REQUESTED if talk.state == TalkState.APPROVAL else TalkState(talk.state)
    if state not in _WALK:
        return []
    words = (_t("Asked for"), _t("Booked"), _t("Held"), _t("Answered and closed"))
    return _steps(words, _WALK.index(state), whole=state == TalkState.CLOSED)


def circle_of(feedback: FaceTimeFeedback) -> list[dict[str, str]]:
    """Return the steps of what a guest said; none where nothing was said."""
    state = FeedbackState(feedback.state)
    if state not in _CIRCLE:
        return []
    words = (_t("Asked"), _t("Said"), _t("Decided"), _t("Answered"))
    return _steps(words, _CIRCLE.index(state), whole=state == FeedbackState.ANSWERED)


def _steps(words: tuple[str, ...], place: int, *, whole: bool) -> list[dict[str, str]]:
    """What has happened is done; the step at which it stands is the present one."""
    return [
        {"text": text, "state": "done" if whole or n < place else "now" if n == place else ""}
        for n, text in enumerate(words)
    ]
