"""What people are told about talks: one mail, one thing to do. Guests need no account, only their link."""

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from refprogram.governance.facetime import calendars
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeTalk
from refprogram.governance.facetime.services.guests import address_of
from refprogram.kernel import links
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

TEMPLATE: Final = "governance/face_time"
ASK: Final = "face_time_ask"
# Written while the mail is, so that the reader's own zone and language hold.
exactly = lazy(rp.exact, str)


def us() -> str:
    """Return who invites, as guests know us."""
    return str(getattr(settings, "ORGANISATION_NAME", "") or settings.PROGRAM_NAME)


def _facts(talk: FaceTimeTalk, *more: tuple[str, Any]) -> list[tuple[str, Any]]:
    slot = talk.slot
    facts = [
        (_("When"), exactly(slot.starts_at)),
        (_("How long"), _("%(n)d minutes") % {"n": slot.minutes}),
        (_("How"), slot.get_manner_display().capitalize()),
        (_("Where"), slot.place),
        (_("About"), talk.get_topic_display().capitalize()),
        *more,
    ]
    return [(name, value) for name, value in facts if value]


def ask_executive(talk: FaceTimeTalk, reader: User, *, key: str) -> None:
    """Ask the executive, or who stands in: is this worth your hour?"""
    link = links.issue(purpose=ASK, subject=talk, person_id=reader.person_id)
    with as_reader(reader.person):
        subject = _("An hour for %(label)s?") % {"label": talk.label}
        guests = ", ".join(guest.person.name for guest in talk.guests.all())
        context = {
            "paragraphs": [
                _("%(who)s asks for the time that you offered.") % {"who": talk.asked_by.name},
                f"“{talk.reason}”",
            ],
            "facts": _facts(talk, (_("Who comes"), guests), (_("Please answer by"), exactly(talk.answer_by))),
            "action_label": _("Open and answer"),
            "action_url": link,
            "alternatives": [
                (_("Say no"), f"{link}?answer=no"),
                (_("Read all of it"), absolute(talk.get_absolute_url())),
            ],
            "fine": _("No answer counts as a no: the time is then free again."),
        }
        letter = Letter(subject, TEMPLATE, context)
        url = talk.get_absolute_url()
        tell(person=reader.person, kind="facetime.asked", key=key, text=subject, url=url, letter=letter)


def tell_colleague(
    talk: FaceTimeTalk, reader: User, subject: str, paragraphs: Sequence[str], *, key: str, kind: str = "facetime.news"
) -> None:
    """Tell a colleague what became of it. Words are made within `as_reader` by the caller."""
    context = {
        "paragraphs": paragraphs,
        "facts": _facts(talk),
        "action_label": _("Open the talk"),
        "action_url": absolute(talk.get_absolute_url()),
    }
    letter = Letter(subject, TEMPLATE, context)
    tell(person=reader.person, kind=kind, key=key, text=subject, url=talk.get_absolute_url(), letter=letter)


def invite(guest: FaceTimeGuest, *, key: str, moved: bool = False) -> None:
    """Invite a guest, or tell them the new time; the entry for their calendar goes with it."""
    talk = guest.talk
    name = talk.slot.executive.name
    with as_reader(guest.person):
        facts = {"name": name, "us": us()}
        subject = _("A new time: your talk with %(name)s") if moved else _("A talk with %(name)s of %(us)s")
        first = (
            _("Your talk with %(name)s has another time or place. Please say whether it suits you.")
            if moved
            else _("%(name)s would like to meet you. Please say whether the time suits you.")
        )
        _send(guest, subject % facts, [first % facts], key=key, label=_("Answer"), files=True)


def called_off(guest: FaceTimeGuest, *, key: str) -> None:
    """Tell a guest that it does not take place; it leaves their calendar."""
    with as_reader(guest.person):
        facts = {"name": guest.talk.slot.executive.name, "why": guest.talk.why}
        lines = [_("Your talk with %(name)s does not take place: %(why)s") % facts]
        subject = _("Called off: your talk with %(name)s") % facts
        _send(guest, subject, lines, key=key, label=_("See how it stands"), files=True)


def remind(guest: FaceTimeGuest, *, key: str) -> None:
    """A day before it."""
    with as_reader(guest.person):
        subject = _("Tomorrow: your talk with %(name)s") % {"name": guest.talk.slot.executive.name}
        lines = [_("If something comes between, say so by the button: it is changed in a moment.")]
        _send(guest, subject, lines, key=key, label=_("See it or change it"))


def ask_how_it_was(guest: FaceTimeGuest, *, key: str) -> None:
    """Ask three short questions."""
    with as_reader(guest.person):
        subject = _("How was your talk with %(name)s?") % {"name": guest.talk.slot.executive.name}
        lines = [_("Three short questions. What you say is decided on, and you hear from us what became of it.")]
        _send(guest, subject, lines, key=key, label=_("Answer, from 1 to 5"), kind="facetime.how_was_it")


def answered(feedback: FaceTimeFeedback, *, key: str) -> None:
    """Tell a guest what became of what they said."""
    guest = feedback.guest
    with as_reader(guest.person):
        subject = _("What became of what you told us")
        quoted = _("You said: “%(wish)s”") % {"wish": feedback.wish} if feedback.wish else ""
        promise = ""
        if feedback.do_by is not None:
            promise = _("We do it by %(day)s.") % {"day": rp.day(feedback.do_by)}
        lines = [line for line in (quoted, feedback.reply, promise) if line]
        _send(guest, subject, lines, key=key, label=_("Read it again"), kind="facetime.how_was_it", facts=False)


def _send(
    guest: FaceTimeGuest, subject: str, paragraphs: Sequence[str], *, key: str, label: str,
    kind: str = "facetime.guest", files: bool = False, facts: bool = True,
) -> None:  # fmt: skip
    talk = guest.talk
    context = {
        "lead": us(),
        "paragraphs": paragraphs,
        "facts": _facts(talk, (_("Arranged by"), talk.asked_by.name)) if facts else [],
        "action_label": label,
        "action_url": address_of(guest),
        "fine": _("No sign-in is needed. The link is yours alone.") if facts else "",
    }
    content = calendars.entry_file(talk).decode() if files else ""
    letter = Letter(subject, TEMPLATE, context, reply_to=talk.asked_by.address, calendar=content)
    tell(person=guest.person, kind=kind, key=key, text=subject, letter=letter)
