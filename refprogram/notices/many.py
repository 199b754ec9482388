"""Telling many people at once, as a digest does: the same as `tell` for each, in a few statements for hundreds."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from refprogram.kernel import links
from refprogram.kernel.queueing import enqueue
from refprogram.kernel.stream import Subject
from refprogram.notices import kinds, mails
from refprogram.notices.enums import Channel
from refprogram.notices.kinds import Kind
from refprogram.notices.mails import Letter
from refprogram.notices.models import Mail, Notice, Preference
from refprogram.people.models import Person, User

BATCH: Final = 750
MAILS: Final = 250  # with their letters in memory at once, twice: as rows, and as the statement that writes them

# What `links.issue_many` makes: (token, about what, for whom).
Acts = list[tuple[str, Subject, int | None]]


@dataclass(frozen=True)
class Link:
    """A signed link that stands in a letter: its token is made before the letter, the row with the others."""

    purpose: str
    subject: Subject
    token: str

    @property
    def address(self) -> str:
        """Where it leads."""
        return links.address(self.token)


@dataclass(frozen=True)
class Telling:
    """One thing for one person. The letter is written when it is known to be wanted; `link` stands in it."""

    person: Person
    key: str
    text: str
    url: str
    letter: Callable[[], Letter] | None = None
    link: Link | None = None


def tell_many(*, kind: str, tellings: Iterable[Telling]) -> int:
    """Tell each person their thing, once per key; return how many were told.

    Hundreds at a time, each lot a transaction of its own: what was told before an interruption is not told again.
    """
    waiting: Iterator[Telling] = iter(tellings)
    told = 0
    while lot := list(islice(waiting, BATCH)):
        told += _tell(kinds.registry()[kind], lot)
    return told


@transaction.atomic
def _tell(kind: Kind, lot: Sequence[Telling]) -> int:
    wishes = _wishes(kind, lot)
    rows = [
        Notice(
            person=each.person,
            kind=kind.name,
            key=each.key,
            text=mails.one_line(each.text)[:300],
            url=each.url,
            for_digest=wishes[each.person.pk] == Channel.DIGEST and mails.has_mailbox(each.person),
        )
        for each in lot
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    # Who was told before keeps the earlier line: ours are those that carry the ids we made.
    ours = Notice.objects.filter(public_id__in=[row.public_id for row in rows])
    fresh = set(ours.values_list("person_id", "key"))
    if not fresh:
        return 0
    User.objects.filter(person__in={person for person, _key in fresh}).update(unread_notices=F("unread_notices") + 1)
    _post(
        kind,
        [
            each
            for each in lot
            if (each.person.pk, each.key) in fresh
            and each.letter is not None
            and wishes[each.person.pk] == Channel.NOW
            and mails.has_mailbox(each.person)
        ],
    )
    return len(fresh)


def _wishes(kind: Kind, lot: Sequence[Telling]) -> dict[int, Channel]:
    people = [each.person.pk for each in lot]
    if kind.required:
        return dict.fromkeys(people, Channel.NOW)
    kept = Preference.objects.filter(kind=kind.name, person__in=people).values_list("person_id", "channel")
    return dict.fromkeys(people, kind.default) | {person: Channel(channel) for person, channel in kept}


def _post(kind: Kind, lot: Sequence[Telling]) -> None:
    """Write their mails, and the links that stand in them."""
    if not lot:
        return
    now = timezone.now()
    acts: dict[str, Acts] = {}
    due = False
    for first in range(0, len(lot), MAILS):
        made, some_due = _write(kind, lot[first : first + MAILS], now)
        acts.setdefault("unsubscribe", []).extend(made)
        due = due or some_due
    for each in lot:
        if each.link is not None:
            acts.setdefault(each.link.purpose, []).append((each.link.token, each.link.subject, each.person.pk))
    for purpose, ways in acts.items():
        if ways:
            links.issue_many(purpose=purpose, made=ways)
    if due:
        enqueue("notices.send_waiting")


def _write(kind: Kind, part: Sequence[Telling], now: dt.datetime) -> tuple[Acts, bool]:
    """Write some of the mails; return the links that end each of them, and whether one is due at once."""
    tokens = ["" if kind.required else links.new_token() for _each in part]
    rows = [_mail(kind, each, token, now) for each, token in zip(part, tokens, strict=True)]
    Mail.objects.bulk_create(rows)
    ways: Acts = [
        (token, Subject("mail", mail.pk), mail.person_id) for token, mail in zip(tokens, rows, strict=True) if token
    ]
    return ways, any(row.send_after <= now for row in rows)


def _mail(kind: Kind, each: Telling, token: str, now: dt.datetime) -> Mail:
    mail = Mail(
        person=each.person,
        kind=kind.name,
        key=each.key,
        to=each.person.email,
        send_after=mails.not_before(each.person, now),
        unsubscribe_url=links.address(token) if token else "",
    )
    if each.letter is not None:
        mails.write(mail, each.letter(), kind=kind)
    return mail
