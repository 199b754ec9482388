"""Guests: the one link that each has, and what they answer to the invitation."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from refprogram.governance.facetime.enums import GuestAnswer, Side, SlotState, TalkState
from refprogram.governance.facetime.models import FaceTimeGuest, FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.policy import LINK_DAYS
from refprogram.governance.facetime.services.changing import end_before
from refprogram.governance.facetime.services.rows import lock_talk, note_talk, refuse
from refprogram.kernel import links
from refprogram.kernel.errors import IllegalMove
from refprogram.kernel.models import SignedLink
from refprogram.kernel.stream import subject_of

GUEST: Final = "face_time_guest"


def address_of(guest: FaceTimeGuest) -> str:
    """Return the address of a guest's link; it is made when they are first written to."""
    token = _token_of(guest)
    about = subject_of(guest)
    known = SignedLink.objects.filter(purpose=GUEST, subject_type=about.type, subject_id=about.id, revoked_at=None)
    if not known.exists():
        links.issue(purpose=GUEST, subject=guest, person_id=guest.person_id, days=LINK_DAYS, token=token)
    return links.address(token)


def _token_of(guest: FaceTimeGuest) -> str:
    return salted_hmac("governance.facetime", guest.public_id, algorithm="sha256").hexdigest()[:40]


@transaction.atomic
def answer_invitation(
    *, token: str, answer: str, words: str = "", proposed: FaceTimeSlot | None = None
) -> FaceTimeGuest:
    """Take a guest's answer; they may change it until it begins. Where nobody comes any more, the hour is free."""
    link = links.use(token)
    guest = FaceTimeGuest.objects.select_related("talk", "person").get(pk=link.subject_id)
    talk = lock_talk(guest.talk_id)
    guest = FaceTimeGuest.objects.select_for_update(of=("self",)).select_related("person").get(pk=guest.pk)
    if talk.state != TalkState.BOOKED or talk.slot.starts_at <= timezone.now():
        raise IllegalMove(str(_("talk")), str(talk.get_state_display()))
    if answer not in {GuestAnswer.YES, GuestAnswer.NO, GuestAnswer.OTHER}:
        refuse("answer", _("Choose one of the answers."))
    said = " ".join(words.split())[:500]
    if answer == GuestAnswer.OTHER:
        _check_proposal(talk, proposed, said)
    before = (guest.answer, guest.words, guest.proposed_id)
    guest.answer, guest.words, guest.answered_at = answer, said, timezone.now()
    guest.proposed = proposed if answer == GuestAnswer.OTHER else None
    if (guest.answer, guest.words, guest.proposed_id) == before:
        return guest
    guest.save(update_fields=["answer", "words", "proposed", "answered_at"])
    note_talk("facetime.guest_answered", talk, None, person_id=guest.person_id, guest=guest.pk, answer=answer)
    if not FaceTimeGuest.objects.filter(talk=talk).exclude(answer=GuestAnswer.NO).exists():
        why = said or _("Nobody of them can come.")
        end_before(talk, TalkState.CANCELLED, None, Side.GUEST, why, person_id=guest.person_id)
    return guest


def _check_proposal(talk: FaceTimeTalk, proposed: FaceTimeSlot | None, words: str) -> None:
    if proposed is None and not words:
        refuse("words", _("Say which time would suit you."))
    if proposed is not None and (
        proposed.executive_id != talk.slot.executive_id
        or proposed.state != SlotState.FREE
        or proposed.starts_at <= timezone.now()
    ):
        refuse("proposed", _("This time is not free any more. Choose another one, or say in words what would suit."))
