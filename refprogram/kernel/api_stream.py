"""Reading the stream for programs: what may be read behind a cursor, with public ids in place of ours."""

import datetime as dt
import functools
import html
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.html import strip_tags

from refprogram.kernel import timeline, topics
from refprogram.kernel.api_lists import LARGEST, absolute
from refprogram.kernel.models import Event, Job, Noun

SCANNED = 2000  # events looked at for one answer: who may see few of them gets a short page, and a cursor


def narrowed(*, names: Sequence[str] | None, account: str | None, since: dt.datetime | None) -> QuerySet[Event]:
    """Return the events of these topics, of this account, since then, oldest first."""
    rows = Event.objects.filter(topic__in=names or topics.registry()).order_by("pk")
    if account is not None:
        rows = rows.filter(account_id=_inside("account", account))
    return rows if since is None else rows.filter(at__gte=since)


def readable(viewer: Any, event: Event) -> bool:
    """Whether the topic shows this event to the viewer."""
    topic = topics.registry().get(event.topic)
    return topic is not None and topic.visible(viewer, event)


def visible_after(rows: QuerySet[Event], viewer: Any, position: int, limit: int) -> tuple[list[Event], int]:
    """Return up to `limit` readable events behind `position`, and where to go on (0: that was all)."""
    found: list[Event] = []
    for start in range(0, SCANNED, LARGEST):
        del start  # only counts the blocks
        block = list(rows.filter(pk__gt=position)[:LARGEST])
        for event in block:
            if len(found) == limit:
                return found, position
            position = event.pk
            if readable(viewer, event):
                found.append(event)
        if len(block) < LARGEST:
            return found, 0
    return found, position


def all_visible(rows: QuerySet[Event], viewer: Any, position: int) -> Iterator[dict[str, Any]]:
    """Yield every readable event behind `position`, described, a block at a time."""
    while True:
        found, position = visible_after(rows, viewer, position, LARGEST)
        yield from described(found, viewer)
        if not position:
            return


def one(viewer: Any, public_id: str) -> dict[str, Any]:
    """Return one event, described; 404 for one that the viewer may not read."""
    event = Event.objects.filter(public_id=public_id).first()
    if event is None or not readable(viewer, event):
        raise Http404
    return described([event], viewer)[0]


def job_of(user: Any, public_id: str) -> Job:
    """Return a job that `user` started."""
    job = Job.objects.filter(created_by=user, public_id=public_id).first()
    if job is None:
        raise Http404
    return job


def described(events: list[Event], viewer: Any) -> list[dict[str, Any]]:
    """Return events as the API gives them; a few queries whatever their number."""
    named = {event.pk: timeline.named(event) for event in events}
    public = _public({ref for refs in named.values() for ref in refs.values()})
    sentences = [html.unescape(strip_tags(entry.text)) for entry in timeline.entries(events, viewer)]
    return [_fields(event, named[event.pk], public, text) for event, text in zip(events, sentences, strict=True)]


def _fields(
    event: Event, named: dict[str, tuple[str, int]], public: dict[tuple[str, int], str], text: str
) -> dict[str, Any]:
    outside = {slot: public.get(ref) for slot, ref in named.items()}
    return {
        "id": event.public_id,
        "url": absolute(reverse("api:get_event", args=[event.public_id])),
        "created_at": event.at,
        "occurred_at": event.occurred_at,
        "topic": event.topic,
        "text": text,
        "subject": {"type": event.subject_type, "id": outside.pop("subject")},
        "account": outside.pop("account", None),
        "actor": outside.pop("actor", None),
        "payload": event.payload | outside,
    }


# ---------------------------------------------------------------- public ids of rows known by type and id


@functools.cache
def _nouns() -> dict[str, type[Model]]:
    return {str(model._meta.model_name): model for model in apps.get_models() if issubclass(model, Noun)}


def _public(refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the public id of every (type, id) that is still there: one query per type."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, key in refs:
        wanted[kind].add(key)
    found: dict[tuple[str, int], str] = {}
    for kind, keys in wanted.items():
        if kind in _nouns():
            rows = _nouns()[kind]._default_manager.filter(pk__in=keys).values_list("pk", "public_id")
            found |= {(kind, key): public_id for key, public_id in rows}
    return found


def _inside(kind: str, public_id: str) -> int:
    """Return our id of a public one; 0, which no row has, where there is none."""
    rows = _nouns()[kind]._default_manager.filter(public_id=public_id)
    return rows.values_list("pk", flat=True).first() or 0
