"""What guests say afterwards, what we do with it, and what they are told: a circle that somebody closes."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.consequences.services.tasks import give_task
from refprogram.governance.facetime import policy
from refprogram.governance.facetime.enums import FEEDBACK_MOVES, FeedbackState, FollowUp, TalkState
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeTalk
from refprogram.governance.facetime.services.rows import (
    lock_talk,
    move_talk_to,
    note_talk,
    organises,
    refuse,
)
from refprogram.kernel import links, moves
from refprogram.kernel.errors import IllegalMove, NotAllowed
from refprogram.people.models import User

LONGEST: Final = 2000
NOUN: Final = "feedback"


def _locked(pk: int) -> tuple[FaceTimeTalk, FaceTimeFeedback]:
    """Hold what a guest said, its talk first."""
    talk = lock_talk(FaceTimeFeedback.objects.values_list("guest__talk", flat=True).get(pk=pk))
    rows = FaceTimeFeedback.objects.select_for_update(of=("self",)).select_related("guest__person", "owner__person")
    return talk, rows.get(pk=pk)


@transaction.atomic
def give_feedback(*, token: str, score: int, gained: str = "", wish: str = "") -> FaceTimeFeedback:
    """Take what a guest says: from 1 to 5, what they took with them, what we should do. Their first answer stands."""
    link = links.use(token)
    guest = FaceTimeGuest.objects.select_related("feedback").get(pk=link.subject_id)
    if not hasattr(guest, "feedback"):
        raise IllegalMove(NOUN, str(_("not asked for")))
    talk, row = _locked(guest.feedback.pk)
    moves.check(row, FeedbackState.GIVEN, moves=FEEDBACK_MOVES, noun=NOUN)
    if score not in range(1, 6):
        refuse("score", _("Choose one of the five."))
    row.score, row.gained, row.wish = score, gained.strip()[:LONGEST], wish.strip()[:LONGEST]
    row.given_at = timezone.now()
    row.due_at = row.given_at + dt.timedelta(days=policy.now().decide_days)
    moves.move(
        row, FeedbackState.GIVEN, moves=FEEDBACK_MOVES, noun=NOUN,
        also=["score", "gained", "wish", "given_at", "due_at"],
    )  # fmt: skip
    note_talk("facetime.feedback", talk, None, person_id=guest.person_id, feedback=row.pk, score=score)
    return row


@transaction.atomic
def decide(
    *, feedback: FaceTimeFeedback, verdict: str, because: str, owner: User | None, do_by: dt.date | None, by: User
) -> FaceTimeFeedback:
    """Decide what we do with it: done, planned (by whom, until when), or no, because. The guest is told next."""
    talk, row = _locked(feedback.pk)
    if not organises(by, talk):
        raise NotAllowed(_("That is decided by who asked for the talk, the executive, or the program."))
    moves.check(row, FeedbackState.DECIDED, moves=FEEDBACK_MOVES, noun=NOUN)
    if verdict not in FollowUp.values:
        refuse("verdict", _("Choose what we do with it."))
    words = because.strip()[:LONGEST] or refuse("because", _("Say what is done, or why not: they read it."))
    if verdict == FollowUp.PLANNED:
        if owner is None or not owner.is_active:
            refuse("owner", _("Say who does it."))
        if do_by is None or do_by < timezone.localdate():
            refuse("do_by", _("Say until when: today or later."))
    row.verdict, row.because, row.owner = verdict, words, owner if verdict != FollowUp.NO else None
    row.do_by = do_by if verdict == FollowUp.PLANNED else None
    row.decided_at, row.decided_by = timezone.now(), by
    row.due_at = max((row.given_at or row.decided_at) + dt.timedelta(days=policy.now().tell_days), row.decided_at)
    moves.move(
        row, FeedbackState.DECIDED, moves=FEEDBACK_MOVES, noun=NOUN,
        also=["verdict", "because", "owner", "do_by", "decided_at", "decided_by", "due_at"],
    )  # fmt: skip
    if verdict == FollowUp.PLANNED and owner is not None:
        give_task(
            assignee=owner, title=_("Promised to %(name)s") % {"name": talk.label}, detail=f"{row.wish}\n\n{words}",
            due_on=do_by, label=talk.label, url=talk.get_absolute_url(),
        )  # fmt: skip
    note_talk("facetime.decided", talk, by, feedback=row.pk, verdict=verdict)
    return row


@transaction.atomic
def answer(*, feedback: FaceTimeFeedback, reply: str, by: User) -> FaceTimeFeedback:
    """Answer the guest by mail: that closes the circle."""
    talk, row = _locked(feedback.pk)
    if not organises(by, talk) and by.pk != row.owner_id:
        raise NotAllowed(_("That is answered by who asked for the talk, the executive, or the program."))
    moves.check(row, FeedbackState.ANSWERED, moves=FEEDBACK_MOVES, noun=NOUN)
    words = reply.strip()[:LONGEST] or refuse("reply", _("Write what they read."))
    row.reply, row.answered_at, row.answered_by, row.due_at = words, timezone.now(), by, None
    moves.move(
        row, FeedbackState.ANSWERED, moves=FEEDBACK_MOVES, noun=NOUN,
        also=["reply", "answered_at", "answered_by", "due_at"],
    )  # fmt: skip
    note_talk("facetime.told", talk, by, feedback=row.pk)
    close_if_done(talk)
    return row


def close_if_done(talk: FaceTimeTalk) -> None:
    """Close a talk, held by the caller, when nothing that a guest said is open any more."""
    over = (FeedbackState.ANSWERED, FeedbackState.SILENT)
    left = FaceTimeFeedback.objects.filter(guest__talk=talk).exclude(state__in=over)
    if talk.state == TalkState.HELD and not left.exists():
        move_talk_to(talk, TalkState.CLOSED)
        note_talk("facetime.closed", talk, None)
