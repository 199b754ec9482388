"""What this room does when events arrive. Each is safe to run twice: a letter of one key goes once."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.facetime import letters, services
from refprogram.governance.facetime.enums import FeedbackState, GuestAnswer, TalkState
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeTalk
from refprogram.governance.facetime.selectors import talk_behind
from refprogram.kernel.models import Event
from refprogram.notices.mails import as_reader
from refprogram.people.leave import stand_in_for
from refprogram.people.models import User

S = TalkState


def _talk(event: Event) -> FaceTimeTalk:
    return talk_behind(event.subject_id).get()


def _guests(talk: FaceTimeTalk, *, also_no: bool = False) -> Iterable[FaceTimeGuest]:
    for guest in talk.guests.all():
        if also_no or guest.answer != GuestAnswer.NO:
            guest.talk = talk
            yield guest


def ask_executive(event: Event) -> None:
    """Somebody asks for an hour: the executive is asked, and who stands in for them today."""
    talk = _talk(event)
    if talk.state != S.REQUESTED:
        return
    deputy = stand_in_for(talk.slot.executive, timezone.localdate())
    for reader in filter(None, (talk.slot.executive, deputy)):
        letters.ask_executive(talk, reader, key=f"facetime.asked:{talk.pk}:{talk.sequence}")


def invite_guests(event: Event) -> None:
    """It is agreed: guests are invited, and whoever asked hears of it."""
    talk = _talk(event)
    if talk.state != S.BOOKED:
        return
    for guest in _guests(talk):
        letters.invite(guest, key=f"facetime.invited:{guest.pk}")
    if talk.agreed_by_id != talk.asked_by_id:
        with as_reader(talk.asked_by.person):
            subject = _("Agreed: %(label)s") % {"label": talk.label}
            lines = [_("%(name)s agreed. The guests have their invitation.") % {"name": talk.slot.executive.name}]
            letters.tell_colleague(talk, talk.asked_by, subject, lines, key=f"facetime.booked:{event.pk}")


def tell_of_end(event: Event) -> None:
    """It does not take place: whoever asked, the executive, and guests who knew of it are told."""
    talk = _talk(event)
    if event.payload["invited"]:
        for guest in _guests(talk, also_no=True):
            if guest.person_id != event.actor_id:
                letters.called_off(guest, key=f"facetime.off:{guest.pk}:{event.pk}")
    for reader in _both(talk):
        if reader.person_id != event.actor_id:
            with as_reader(reader.person):
                subject = _("It does not take place: %(label)s") % {"label": talk.label}
                letters.tell_colleague(talk, reader, subject, [talk.why], key=f"facetime.off:{event.pk}")


def _both(talk: FaceTimeTalk) -> list[User]:
    """Return whoever asked, and the executive, each once."""
    people = {talk.asked_by.pk: talk.asked_by, talk.slot.executive_id: talk.slot.executive}
    return [user for user in people.values() if user.is_active]


def tell_of_move(event: Event) -> None:
    """Another time: guests are asked again, the other side is told."""
    talk = _talk(event)
    if talk.state == S.BOOKED:
        for guest in _guests(talk):
            letters.invite(guest, key=f"facetime.moved:{guest.pk}:{event.pk}", moved=True)
    for reader in _both(talk):
        if reader.person_id != event.actor_id:
            with as_reader(reader.person):
                subject = _("A new time: %(label)s") % {"label": talk.label}
                letters.tell_colleague(talk, reader, subject, [], key=f"facetime.moved:{event.pk}")


def tell_of_guest(event: Event) -> None:
    """Whoever asked hears what a guest answered; a yes only in the program."""
    talk = _talk(event)
    guest = next((one for one in talk.guests.all() if one.pk == event.payload["guest"]), None)
    if guest is None or event.payload["answer"] == GuestAnswer.YES or talk.state != S.BOOKED:
        return
    with as_reader(talk.asked_by.person):
        facts = {"name": guest.person.name, "answer": guest.get_answer_display()}
        subject = _("%(name)s: %(answer)s") % facts
        lines = [guest.words] if guest.words else []
        letters.tell_colleague(talk, talk.asked_by, subject, lines, key=f"facetime.guest:{event.pk}")


def remind(event: Event) -> None:
    """Tomorrow it is: both sides are told."""
    talk = _talk(event)
    if talk.state != S.BOOKED:
        return
    for guest in _guests(talk):
        letters.remind(guest, key=f"facetime.reminded:{guest.pk}:{talk.sequence}")
    for reader in _both(talk):
        with as_reader(reader.person):
            subject = _("Tomorrow: %(label)s") % {"label": talk.label}
            letters.tell_colleague(
                talk, reader, subject, [talk.reason], key=f"facetime.reminded:{talk.pk}:{talk.sequence}"
            )


def ask_how_it_was(event: Event) -> None:
    """It took place: each guest who came is asked three questions."""
    rows = FaceTimeFeedback.objects.filter(guest__talk=event.subject_id, state=FeedbackState.ASKED)
    asked = {row.guest_id for row in rows}
    for guest in _guests(_talk(event)):
        if guest.pk in asked:
            letters.ask_how_it_was(guest, key=f"facetime.how:{guest.pk}")


def tell_of_feedback(event: Event) -> None:
    """Whoever asked, and the executive, read what a guest said, and until when it is to be decided on."""
    talk = _talk(event)
    row = FaceTimeFeedback.objects.select_related("guest__person").get(pk=event.payload["feedback"])
    for reader in _both(talk):
        with as_reader(reader.person):
            subject = _("%(name)s gave the talk %(score)d of 5") % {"name": row.guest.person.name, "score": row.score}
            lines = [*filter(None, (row.gained, row.wish)), _("Decide what we do with it; they are told.")]
            key = f"facetime.feedback:{row.pk}"
            letters.tell_colleague(talk, reader, subject, lines, key=key, kind="facetime.feedback")


def tell_guest(event: Event) -> None:
    """The guest reads what became of it."""
    row = FaceTimeFeedback.objects.select_related("guest__person").get(pk=event.payload["feedback"])
    if row.state == FeedbackState.ANSWERED:
        row.guest.talk = _talk(event)
        letters.answered(row, key=f"facetime.told:{row.pk}")


def carry_out(event: Event) -> None:
    """An approval was given or refused: the executive is asked now, or it ends."""
    facts = event.payload
    if facts["subject_type"] != "facetimetalk":
        return
    by = User.objects.filter(person=event.actor_id or 0).select_related("person").first()
    if facts.get("verdict") == "approve":
        services.clear(talk_id=facts["subject_id"], by=by)
    else:
        services.refuse(talk_id=facts["subject_id"], by=by, why=_("It was not approved."))
