"""What time alone does: questions that nobody answered, hours that nobody used, reminders, guests who say nothing."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.facetime import policy
from refprogram.governance.facetime.enums import ASKED, FeedbackState, Side, SlotState, TalkState
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.services.changing import end_before
from refprogram.governance.facetime.services.circle import close_if_done
from refprogram.governance.facetime.services.rows import lock_slot, lock_talk, move_slot_to, note_slot, note_talk

A_DAY: Final = dt.timedelta(days=1)
AT_ONCE: Final = 200


def go_on() -> None:
    """Do what is due; each row in a transaction of its own, so that a killed worker loses nothing."""
    _let_lapse()
    _end_unused()
    _remind()
    _wait_no_longer()


def _let_lapse() -> None:
    """Who has not agreed in time has not agreed."""
    due = FaceTimeTalk.objects.filter(state__in=ASKED, answer_by__lte=timezone.now())
    for key in due.order_by("answer_by").values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            talk = lock_talk(key)
            if talk.state in ASKED and talk.answer_by <= timezone.now():
                end_before(talk, TalkState.LAPSED, None, Side.EXECUTIVE, _("Nobody answered in time."))


def _end_unused() -> None:
    """An hour that has begun and that nobody asked for is not used."""
    due = FaceTimeSlot.objects.filter(state=SlotState.FREE, starts_at__lte=timezone.now())
    for key in due.order_by("starts_at").values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            slot = lock_slot(key)
            if slot.state == SlotState.FREE and slot.starts_at <= timezone.now():
                move_slot_to(slot, SlotState.LAPSED)
                note_slot("facetime.unused", slot, None)


def _remind() -> None:
    """A day before it, both sides are told once more."""
    now = timezone.now()
    due = FaceTimeTalk.objects.filter(
        state=TalkState.BOOKED, reminded_at__isnull=True, slot__starts_at__gt=now, slot__starts_at__lte=now + A_DAY
    )
    for key in due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            talk = lock_talk(key)
            if talk.state == TalkState.BOOKED and talk.reminded_at is None:
                talk.reminded_at = now
                talk.save(update_fields=["reminded_at"])
                note_talk("facetime.reminded", talk, None)


def _wait_no_longer() -> None:
    """A guest who has said nothing for weeks is not waited for."""
    before = timezone.now() - dt.timedelta(days=policy.now().patience_days)
    due = FaceTimeFeedback.objects.filter(state=FeedbackState.ASKED, created_at__lte=before)
    for key, talk_id in due.order_by("pk").values_list("pk", "guest__talk")[:AT_ONCE]:
        with transaction.atomic():
            talk = lock_talk(talk_id)
            rows = FaceTimeFeedback.objects.filter(pk=key, state=FeedbackState.ASKED)
            if rows.update(state=FeedbackState.SILENT, updated_at=timezone.now()):
                close_if_done(talk)
