"""The stream as people read it: one sentence per event, only what the viewer may see."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet, TextField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from refprogram.kernel import labels, topics
from refprogram.kernel.models import Event
from refprogram.kernel.prepared import Given, Prepared
from refprogram.kernel.templatetags import rp

PAGE = 30
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Entry:
    """One line of a timeline."""

    at: dt.datetime
    text: SafeString
    tone: str
    icon: str
    topic: str
    event_id: int


def of_account(account_ids: Iterable[int]) -> QuerySet[Event]:
    """Return the events of an account (all its merged ids), newest first."""
    return Event.objects.filter(account_id__in=list(account_ids)).order_by("-id")


def of_subject(subject_type: str, subject_id: int) -> QuerySet[Event]:
    """Return the events about one row, newest first."""
    return Event.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("-id")


_LATEST = Prepared(
    lambda: of_subject(Given("type", TextField()), Given("id", BigIntegerField()))[:PAGE]  # type: ignore[arg-type]
)


def latest_of(subject_type: str, subject_id: int) -> list[Event]:
    """Return the latest events about one row, as its page shows them."""
    return _LATEST(type=subject_type, id=subject_id)


def of_person(person_id: int, user_id: int) -> QuerySet[Event]:
    """Return what a colleague did and what was done about their user, newest first."""
    about = Q(subject_type="user", subject_id=user_id)
    return Event.objects.filter(Q(actor_id=person_id) | about).order_by("-id")


def entries(events: Iterable[Event], viewer: Any) -> list[Entry]:
    """Turn events into sentences: one query per kind of thing named, and nothing the viewer may not see."""
    known = topics.registry()
    shown = [e for e in events if e.topic in known and known[e.topic].visible(viewer, e)]
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in shown:
        for kind, key in named(event).values():
            wanted[kind].add(key)
    found = labels.resolve(wanted, viewer)
    return [_entry(event, found) for event in shown]


def named(event: Event) -> dict[str, tuple[str, int]]:
    """Return what an event names: slot of the sentence -> (type, id)."""
    slots = {"subject": (event.subject_type, event.subject_id)}
    if event.account_id is not None:
        slots["account"] = ("account", event.account_id)
    if event.actor_id is not None:
        slots["actor"] = ("person", event.actor_id)
    for slot, kind in topics.registry()[event.topic].refs.items():
        if event.payload.get(slot) is not None:
            slots[slot] = (kind, event.payload[slot])
    return slots


def _entry(event: Event, found: dict[tuple[str, int], labels.Label]) -> Entry:
    topic = topics.registry()[event.topic]
    words: dict[str, Any] = dict(event.payload)
    words["actor"] = _("The program") if event.actor_id is None else ""
    for slot, meanings in topic.words.items():
        words[slot] = meanings.get(words.get(slot), words.get(slot, ""))
    for slot in topic.money:
        words[slot] = rp.money(words.get(slot))
    for slot, ref in named(event).items():
        words[slot] = _linked(found.get(ref, labels.someone()))
    sentence = str(topic.sentence)
    text = format_html(sentence, **{slot: words.get(slot, "") for slot in _SLOT.findall(sentence)})
    return Entry(at=event.occurred_at, text=text, tone=topic.tone, icon=topic.icon, topic=topic.name, event_id=event.pk)


def _linked(label: labels.Label) -> str:
    if label.url:
        return format_html('<a href="{}">{}</a>', label.url, label.text)
    return format_html("<b>{}</b>", label.text)
