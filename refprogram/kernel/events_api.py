"""The stream and long work over the API: only what the token's user may read."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from refprogram.kernel import api, api_stream, jobs
from refprogram.kernel.api_lists import Cut, csv_response, cursor_after, position_of
from refprogram.kernel.enums import JobState
from refprogram.kernel.models import Event, Job

router = api.Router(tags=["shared"])


class Subject(api.Schema):
    """What an event is about."""

    type: str
    id: str | None


class EventOut(api.Fact):
    """One fact of the stream, as the timeline says it; append-only."""

    topic: str
    text: str
    occurred_at: dt.datetime
    subject: Subject
    account: str | None
    actor: str | None = Field(description="The person's id; null: the program itself.")
    payload: dict[str, Any]


class EventQuery(api.Schema):
    """What narrows the stream."""

    topic: list[str] | None = Field(None, description="Any of these topics.")
    account: str | None = Field(None, description="The account's id.")
    since: dt.datetime | None = Field(None, description="Written at or after this moment.")


class JobOut(api.Thing):
    """Long work: how far it is."""

    kind: str
    state: JobState
    done: int
    total: int
    message: str
    result: dict[str, Any]

    @staticmethod
    def resolve_url(obj: Job) -> str:
        return api.absolute(reverse("api:get_job", args=[obj.public_id]))


@router.get("/events", response=api.Page[EventOut])
def list_events(request: HttpRequest, cut: Query[Cut], narrow: Query[EventQuery]) -> Any:
    """Read the stream, oldest first. A page may be short although there is a next one."""
    since = narrow.since
    if since is not None and timezone.is_naive(since):
        since = timezone.make_aware(since)
    rows = api_stream.narrowed(names=narrow.topic, account=narrow.account, since=since)
    return events_page(request, rows, cut)


def events_page(request: HttpRequest, events: QuerySet[Event], cut: Cut) -> Any:
    """Return the part of some events that `cut` asks for, as far as the reader may see them; for other rooms too."""
    rows = events.order_by("pk")
    position = position_of(cut.cursor) if cut.cursor else 0
    if cut.format == "csv":
        return csv_response(request, api_stream.all_visible(rows, request.user, position), EventOut, "events")
    found, following = api_stream.visible_after(rows, request.user, position, cut.limit)
    params = request.GET.copy()
    params["cursor"] = cursor_after(following)
    address = api.absolute(f"{request.path}?{params.urlencode()}") if following else None
    return {"items": api_stream.described(found, request.user), "next": address}


@router.get("/events/{public_id}", response=EventOut)
def get_event(request: HttpRequest, public_id: str) -> Any:
    """Return one event."""
    return api_stream.one(request.user, public_id)


@router.get("/jobs/{public_id}", response=JobOut)
def get_job(request: HttpRequest, public_id: str) -> Any:
    """Return long work that you started, and how far it is."""
    job = api_stream.job_of(request.user, public_id)
    if job.open:
        job.done, job.total, job.message = jobs.progress_of(job)
    return job
