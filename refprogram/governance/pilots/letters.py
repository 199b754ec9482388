"""What people are told about pilots: one thing to do in each mail."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from refprogram.governance.pilots.enums import Answer, PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult
from refprogram.governance.pilots.states import ANSWERS, STATES
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

on_day = lazy(rp.day, str)  # written while the mail is, in its reader's language


def _facts(pilot: Pilot) -> list[tuple[str, Any]]:
    return [
        (_("What is tried"), pilot.label),
        (_("What is expected"), pilot.hypothesis),
        (_("From"), on_day(pilot.starts_on)),
        (_("Until"), on_day(pilot.ends_on)),
        (_("Run by"), pilot.owner.name),
    ]


def consult_asked(consult: PilotConsult, link: str, *, key: str) -> None:
    """Ask somebody of sales: may this be tried with customers?"""
    pilot, reader = consult.pilot, consult.asked
    with as_reader(reader.person):
        subject = _("May we try this first? %(name)s") % {"name": pilot.name}
        context = {
            "lead": _("%(name)s asks for the word of sales") % {"name": consult.asked_by.name},
            "consult": consult,
            "pilot": pilot,
            "facts": [*_facts(pilot), (_("How many try it"), pilot.members.count())],
            "action_label": _("Read it and answer"),
            "action_url": link,
            "fine": _("No sign-in is needed: the button opens a page that asks you. The link is yours alone."),
        }
        letter = Letter(subject, "governance/pilot_consult", context)
        tell(person=reader.person, kind="pilot.consult", key=key, text=subject, url=pilot.get_absolute_url(),
             letter=letter)  # fmt: skip


def answered(consult: PilotConsult, *, key: str) -> None:
    """Tell who asked, and who runs it, what sales said."""
    pilot = consult.pilot
    for person in {consult.asked_by.person, pilot.owner.person} - {consult.asked.person}:
        with as_reader(person):
            words = {"name": consult.asked.name, "pilot": pilot.name, "answer": ANSWERS[Answer(consult.answer)].word}
            text = _("%(name)s answered for sales about “%(pilot)s”: %(answer)s") % words
            tell(person=person, kind="pilot.run", key=key, text=text, url=pilot.get_absolute_url())


def _tell(pilot: Pilot, reader: User, key: str, subject: str, letter: tuple[str, str, str]) -> None:
    """Tell one of its people; `letter`: which mail, what its button says, where that leads under the pilot's page."""
    template, action, place = letter
    url = f"{pilot.get_absolute_url()}{place}"
    context = {"pilot": pilot, "facts": _facts(pilot), "action_label": action, "action_url": absolute(url)}
    mail = Letter(subject, f"governance/{template}", context)
    tell(person=reader.person, kind="pilot.member", key=key, text=subject, url=url, letter=mail)


def chosen(pilot: Pilot, reader: User, *, key: str) -> None:
    """Tell a colleague that they are in a pilot: what, until when, where to write."""
    with as_reader(reader.person):
        subject = _("You are one of the first to try: %(name)s") % {"name": pilot.name}
        _tell(pilot, reader, key, subject, ("pilot_chosen", _("Read what it is about"), ""))


def begun(pilot: Pilot, reader: User, *, key: str) -> None:
    """Tell a colleague that it has begun."""
    with as_reader(reader.person):
        subject = _("It begins: %(name)s") % {"name": pilot.name}
        _tell(pilot, reader, key, subject, ("pilot_begun", _("Write down what you see"), "log/"))


def ending(pilot: Pilot, reader: User, *, key: str) -> None:
    """Ask a colleague what they saw, before it ends."""
    with as_reader(reader.person):
        subject = _("%(name)s ends soon: what did you see?") % {"name": pilot.name}
        _tell(pilot, reader, key, subject, ("pilot_ending", _("Say what you saw"), "log/"))


def to_decide(pilot: Pilot, *, key: str) -> None:
    """Tell who runs it that its time is over."""
    with as_reader(pilot.owner.person):
        text = _("The time of “%(name)s” is over: say what came of each criterion, and decide") % {"name": pilot.name}
        tell(person=pilot.owner.person, kind="pilot.run", key=key, text=text, url=pilot.get_absolute_url())


def decided(pilot: Pilot, reader: User, *, key: str) -> None:
    """Tell a colleague what was decided, and thank them."""
    with as_reader(reader.person):
        words = {"name": pilot.name, "outcome": STATES[PilotState(pilot.state)].word}
        subject = _("%(name)s: %(outcome)s. Thank you") % words
        _tell(pilot, reader, key, subject, ("pilot_decided", _("See how it was decided"), ""))
