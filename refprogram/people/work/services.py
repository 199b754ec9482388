"""Taking work activity in: from the API at once, from a file as a job; what was told before is left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel import jobs, sheets
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.copying import copy_rows, take_ids
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.files import services as files
from refprogram.kernel.models import Job, StoredFile, new_public_id
from refprogram.kernel.stream import Subject
from refprogram.people.models import User
from refprogram.people.work.reading import Rejected, Row, check, places_in, rows_of
from refprogram.people.work.selectors import Who, told_before, who_is

JOB: Final = "work_activity"
AT_ONCE: Final = 1000  # rows of one API call
SHOWN_REJECTED: Final = 500
CHUNK: Final = 20_000
COLUMNS: Final = (
    *("id", "public_id", "source", "external_ref", "person_id"),
    *("kind", "detail", "occurred_at", "event_id", "created_at"),
)


@dataclass
class Taken:
    """What became of the rows: new ones, those told before, those that could not be taken."""

    created: int = 0
    known: int = 0
    rejected: list[Rejected] = field(default_factory=list)


@transaction.atomic
def take_rows(*, source: str, rows: Sequence[Mapping[str, Any]]) -> Taken:
    """Take up to `AT_ONCE` rows of one source. A row that cannot be taken keeps none of the others out."""
    if len(rows) > AT_ONCE:
        message = _("At most %(count)d rows at once; send more as a file.") % {"count": AT_ONCE}
        raise InvalidInput(message, errors={"rows": message})
    return _take(_checked_source(source), list(enumerate(rows, start=1)), tell=lambda *_told: None)


@transaction.atomic
def take_file(*, source: str, upload: UploadedFile, user: User) -> Job:
    """Keep a file and take its rows in a job. Raises InvalidInput beside the field `file`, also for its columns."""
    name = _checked_source(source)
    places_in(sheets.read_header(upload.read()))
    upload.seek(0)
    file = files.store(upload=upload, purpose=JOB, user=user)
    job = jobs.start(kind=JOB, params={"file": file.public_id, "source": name}, user=user)
    files.attach(file=file, subject=job)
    return job


def run_file(job: Job, tell: jobs.Progress) -> dict[str, Any]:
    """Take the rows of a job's file; whole, or not at all if the worker dies."""
    file = StoredFile.objects.get(public_id=job.params["file"])
    with files.read(file) as content:
        sheet = sheets.read(content.read())
    taken = _take(job.params["source"], rows_of(sheet), tell=tell)
    shown = {**asdict(taken), "rejected": [r._asdict() for r in taken.rejected[:SHOWN_REJECTED]]}
    return {**shown, "rejected_count": len(taken.rejected), "url": reverse("people:work-done", args=[job.public_id])}


def _checked_source(source: str) -> str:
    name = source.strip()
    if not name or len(name) > 40:
        message = _("Name the system that tells it, in at most 40 letters.")
        raise InvalidInput(message, errors={"source": message})
    return name


def _take(source: str, raw: Sequence[tuple[int, Mapping[str, Any]]], *, tell: jobs.Progress) -> Taken:
    good, rejected = check(raw)
    taken = Taken(rejected=rejected)
    unread = len(rejected)  # rows that say nothing are done with: they count, too
    _enter(source)
    people = who_is({row.person for row in good})
    for start in range(0, len(good), CHUNK):
        _take_chunk(source, good[start : start + CHUNK], people, taken)
        tell(unread + min(start + CHUNK, len(good)), len(raw), _("Taking rows in"))
    taken.rejected.sort()
    words = _("%(new)d new, %(known)d told before, %(refused)d not taken.")
    tell(len(raw), len(raw), words % {"new": taken.created, "known": taken.known, "refused": len(taken.rejected)})
    return taken


def _enter(source: str) -> None:
    """Let two calls of one source wait for each other, so that neither trips over the other's rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"work:{source}"])


def _take_chunk(source: str, rows: Sequence[Row], people: Mapping[str, Who], taken: Taken) -> None:
    known = told_before(source, [row.external_ref for row in rows])
    fresh: dict[str, Row] = {}
    for row in rows:
        if row.person not in people:
            taken.rejected.append(Rejected(row.number, _("Nobody here has this address or CRM name.")))
        elif row.external_ref in known or row.external_ref in fresh:
            taken.known += 1
        else:
            fresh[row.external_ref] = row
    _write(source, list(fresh.values()), people)
    taken.created += len(fresh)


def _write(source: str, rows: Sequence[Row], people: Mapping[str, Who]) -> None:
    """Write rows with their events. Facts that rules filter on (team, region) are kept as they are now."""
    ids = take_ids("people_workactivity", len(rows))
    events = emit_bulk(
        [
            BulkEvent(
                topic=row.kind,
                subject=Subject("workactivity", key),
                actor_id=people[row.person].person_id,
                payload={**people[row.person].facts, "detail": row.detail},
                occurred_at=row.occurred_at,
            )
            for key, row in zip(ids, rows, strict=True)
        ]
    )
    now = timezone.now()
    copy_rows(
        "people_workactivity",
        COLUMNS,
        (
            (
                *(key, new_public_id(), source, row.external_ref, people[row.person].person_id),
                *(row.kind, row.detail, row.occurred_at, event, now),
            )
            for key, event, row in zip(ids, events, rows, strict=True)
        ),
    )
