"""Words that a sponsor can send as they are: by what was promised, with the program's own figures of now.

A sentence whose figure nobody knows is left out. Rooms above say the figures (`SPONSOR_FACTS`), and name no customer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from refprogram.governance.sponsors.enums import PledgeKind
from refprogram.governance.sponsors.models import SponsorPledge

Told = Mapping[str, str]
Line = tuple[tuple[str, ...], str]  # what it needs to be known, and the sentence


@dataclass(frozen=True)
class Words:
    """A message: its subject and its text."""

    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """The address that opens it in one's own mail program."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.text)}"


def figures() -> dict[str, str]:
    """Return what the rooms above say of the program now."""
    found: dict[str, str] = {}
    for path in settings.SPONSOR_FACTS:
        found |= import_string(path)()
    return found


def drafted(row: SponsorPledge) -> Words:
    """Return the words for a promise, with the figures of now."""
    about = {
        "name": row.holder.name,
        "part": row.sponsorship.label,
        "words": row.words,
        "channel": row.channel,
        "audience": row.audience,
    }
    return written(row.kind, {**figures(), **about})


def written(kind: str, told: Told) -> Words:
    """Return the words of a kind of promise, of what is known."""
    subject, lines = _KINDS[PledgeKind(kind)]()
    said = [sentence for needs, sentence in lines if all(told.get(name) for name in needs)]
    said.append("{name}")
    return Words(subject.format_map(told), "\n\n".join(one.format_map(told) for one in said))


def _figures() -> list[Line]:
    """Return the sentences of figures, the same in every message."""
    return [
        (("references",), _("{references} customers speak for us today.")),
        (("coverage",), _("For {coverage} of what we sell, and to whom, we have enough of them. The rest is missing.")),
        (("nominated",), _("Since the quarter began, you have nominated {nominated} customers.")),
        (("nominators",), _("Most came from {nominators}. Thank you.")),
    ]


def _announce() -> tuple[str, list[Line]]:
    return _("Why I back our reference program"), [
        ((), _("Dear colleagues,")),
        ((), _("nothing wins a customer like another customer. That is why I back our reference program: {part}.")),
        *_figures(),
        (("nominate",), _("My request: name one happy customer this month. It takes forty seconds: {nominate}")),
    ]


def _repeat() -> tuple[str, list[Line]]:
    return _("Where our references stand"), [
        ((), _("Dear colleagues,")),
        ((), _("a word about our references, because they matter as much as last time.")),
        *_figures(),
        (("nominate",), _("Who comes to mind? One name is enough: {nominate}")),
    ]


def _attend() -> tuple[str, list[Line]]:
    return _("Two minutes about our references"), [
        (("channel",), _("For: {channel}")),
        ((), _("I am here because nothing wins a customer like another customer.")),
        *_figures(),
        ((), _("What stands in your way? Tell me now, and I will see to it.")),
    ]


def _unblock() -> tuple[str, list[Line]]:
    return _("Something stands in the way of our reference program"), [
        (("audience",), _("For: {audience}")),
        ((), _("I would like to have this out of the way: {words}")),
        (("references",), _("{references} customers speak for us today, and they do so because we keep our word.")),
        ((), _("What do you need from me, so that it is settled this week?")),
    ]


_KINDS: Final[Mapping[PledgeKind, Callable[[], tuple[str, list[Line]]]]] = {
    PledgeKind.ANNOUNCE: _announce,
    PledgeKind.REPEAT: _repeat,
    PledgeKind.ATTEND: _attend,
    PledgeKind.UNBLOCK: _unblock,
}
