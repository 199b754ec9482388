"""Writing a mail: its two parts, in the reader's language and zone."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from refprogram.notices import policy
from refprogram.notices.kinds import Kind
from refprogram.notices.models import Mail
from refprogram.people.models import Person

BLANK_LINES = re.compile(r"\n[ \t]*(\n[ \t]*)+\n")  # what empty blocks of a template leave behind


@dataclass(frozen=True)
class Letter:
    """A mail to be written. `template` "nominations/owner_check": templates/nominations/mail/owner_check.html and .txt.

    Both extend `mail/base.html|txt`. `context` holds what the template names; the base draws `action_label` and
    `action_url` as the one button, and `alternatives` (a list of (label, url)) as links below it. `reply_to`: who gets
    what is answered to the mail; empty: the program's own address. `calendar`: a calendar file that goes with it.
    """

    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    reply_to: str = ""
    calendar: str = ""


def write(mail: Mail, letter: Letter, *, kind: Kind) -> None:
    """Put the letter's words into the mail, as its reader reads: language, time zone, why it came, how to stop it."""
    app, _slash, name = letter.template.partition("/")
    path = f"{app}/mail/{name}"
    with as_reader(mail.person, _clock_of(mail.person, kind)):
        context = {
            **letter.context,
            "subject": letter.subject,
            "person": mail.person,
            "reason": kind.reason,
            "required": kind.required,
            "unsubscribe_url": mail.unsubscribe_url,
            "preferences_url": preferences_url(mail.person),
            "own_page_url": own_page_url(mail.person) if kind.customers else "",
            "program_name": settings.PROGRAM_NAME,
            "base_url": settings.BASE_URL,
        }
        mail.html = render_to_string(f"{path}.html", context)
        mail.text = BLANK_LINES.sub("\n\n", render_to_string(f"{path}.txt", context).strip()) + "\n"
    mail.subject = one_line(letter.subject)[:200]
    mail.reply_to, mail.calendar = letter.reply_to, letter.calendar


@contextmanager
def as_reader(person: Person, zone: dt.tzinfo | None = None) -> Iterator[None]:
    """Speak the reader's language and tell their time, within: for words that are chosen before the mail is written."""
    with translation.override(person.language or settings.LANGUAGE_CODE), timezone.override(zone or zone_of(person)):
        yield


def _clock_of(person: Person, kind: Kind) -> dt.tzinfo:
    """Return by what clock a mail tells the time: a customer who never said theirs lives where their company is."""
    if person.time_zone or not kind.customers:
        return zone_of(person)
    guessed: Callable[[Person], dt.tzinfo] = import_string(settings.CUSTOMER_ZONE)
    return guessed(person)


def preferences_url(person: Person) -> str:
    """Return where the reader sets what comes by mail; empty for somebody who cannot sign in."""
    return f"{settings.BASE_URL}{reverse('notices:preferences')}" if hasattr(person, "user") else ""


def own_page_url(person: Person) -> str:
    """Return a customer's own page, as the room that has one says it; empty for who has none."""
    address: Callable[[Person], str] = import_string(settings.CUSTOMER_PAGE)
    return address(person)


def one_line(text: str) -> str:
    """Return text without line breaks, which a mail's head may not hold."""
    return " ".join(str(text).split())


def absolute(url: str) -> str:
    """Return an address that works from a mail."""
    return f"{settings.BASE_URL}{url}" if url.startswith("/") else url


def zone_of(person: Person) -> dt.tzinfo:
    """Return the reader's time zone, or the program's own."""
    try:
        return zoneinfo.ZoneInfo(person.time_zone or settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


def has_mailbox(person: Person) -> bool:
    """Whether mail can reach the person at all."""
    return bool(person.email) and person.erased_at is None and not person.email.lower().endswith(policy.NO_MAILBOX)


def not_before(person: Person, at: dt.datetime) -> dt.datetime:
    """Return `at`, or the end of the reader's quiet hours if it falls into them."""
    hours = quiet_hours(person)
    if hours is None:
        return at
    start, end = hours
    local = at.astimezone(zone_of(person))
    clock = local.time()
    asleep = start <= clock or clock < end if start > end else start <= clock < end
    if not asleep:
        return at
    waking = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return waking if waking > local else waking + dt.timedelta(days=1)


def quiet_hours(person: Person) -> tuple[dt.time, dt.time] | None:
    """Return (from, until) of the reader's quiet hours; None: mail may come at any time.

    Nobody is woken by the mail catcher, so there only hours count that a person set.
    """
    if person.quiet_from is not None and person.quiet_until is not None:
        return (person.quiet_from, person.quiet_until) if person.quiet_from != person.quiet_until else None
    return None if settings.MAIL_CATCHER else (policy.QUIET_FROM, policy.QUIET_UNTIL)
