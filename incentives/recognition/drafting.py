"""A letter's first words, from what the program knows: plain facts, for the executive to make their own."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.badges import selectors as badges
from incentives.recognition.enums import RecognitionSide
from incentives.recognition.levels import Level, levels_of
from refprogram.notices.mails import as_reader
from refprogram.people.models import User

MOST_BADGES = 3
WORTH_SAYING = 2  # the level from which a share is praise


def facts_of(about: User) -> list[str]:
    """Return what somebody did in the last four quarters, a sentence each; nothing that did not happen is said."""
    with as_reader(about.person):
        levels = {level.dimension: level for level in levels_of(about.person_id)}
        said = [_fact(levels[dimension]) for dimension in RecognitionSide]
        worn = badges.worn(badges.of_person(about.person))[:MOST_BADGES]
        if worn:
            names = ", ".join(one.badge.name for one in worn)
            said.append(_("Badges: %(names)s.") % {"names": names})
        return [sentence for sentence in said if sentence]


def _fact(level: Level) -> str:
    if not level.value or (level.dimension == RecognitionSide.QUALITY and level.level < WORTH_SAYING):
        return ""
    n = int(level.value) if level.value == int(level.value) else level.value
    words, count = {"n": n}, int(level.value)
    if level.dimension == RecognitionSide.VOLUME:
        said = ngettext(
            "%(n)s customer you nominated became a reference.",
            "%(n)s customers you nominated became references.",
            count,
        )
    elif level.dimension == RecognitionSide.QUALITY:
        said = _("%(n)s %% of your nominations were approved.")
    elif level.dimension == RecognitionSide.GAPS:
        said = ngettext("%(n)s of them is where we had none.", "%(n)s of them are where we had none.", count)
    else:
        said = ngettext("A colleague thanked you.", "Colleagues thanked you %(n)s times.", count)
    return said % words


def subject(about: User) -> str:
    """Return the subject of a letter, in its reader's language."""
    with as_reader(about.person):
        return _("Thank you, %(name)s") % {"name": about.first_name}


def body(about: User, writer: User, facts: list[str]) -> str:
    """Return the body of a letter, in its reader's language: greeting, the facts, a word, the writer's name."""
    with as_reader(about.person):
        parts = [
            _("Dear %(name)s,") % {"name": about.first_name},
            _("I have seen what you did for our customers and colleagues, and I want to thank you for it."),
            " ".join(facts),
            _("That helps all of us."),
            writer.name,
        ]
    return "\n\n".join(part for part in parts if part)
