"""Looking at records: what is newly wrong becomes a fault, what is right again is mended. Twice is once."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from incentives.quality import policy
from incentives.quality.enums import RecordType
from incentives.quality.gathering import Record, records
from incentives.quality.models import Fault
from incentives.quality.records import faults_of
from refprogram.people.models import User

_LOCK = "quality:look"


@dataclass
class Looked:
    """How many faults are new, and how many are mended."""

    found: int = 0
    mended: int = 0


def look_at_all() -> Looked:
    """Look at every record, kind by kind. Beat calls it every hour."""
    looked = Looked()
    for record_type in RecordType:
        seen: set[int] = set()
        for chunk in records(record_type):
            seen.update(record.id for record in chunk)
            look_at(record_type, chunk, looked)
        _close_gone(record_type, seen, looked)
    return looked


def look_at_own(*, owner: User) -> Looked:
    """Look at one colleague's records: they say that they mended something."""
    looked = Looked()
    for record_type in RecordType:
        mine = _open(record_type).filter(user=owner)
        known = set(mine.values_list("record_id", flat=True))
        for chunk in records(record_type, owner.pk):
            known.difference_update(record.id for record in chunk)
            look_at(record_type, chunk, looked)
        _close(mine.filter(record_id__in=known), looked)
    return looked


@transaction.atomic
def look_at(record_type: RecordType, chunk: list[Record], looked: Looked) -> None:
    """Compare some records with the faults that are known of them. Each waits for the other, so no fault is twice."""
    _enter()
    figures, now, today = policy.now(), timezone.now(), timezone.localdate()
    known: dict[int, list[Fault]] = {}
    for fault in _open(record_type).filter(record_id__in=[record.id for record in chunk]):
        known.setdefault(fault.record_id, []).append(fault)
    fresh: list[Fault] = []
    over: list[Fault] = []
    for record in chunk:
        wrong = {found.attribute: found.kind for found in faults_of(record.facts, figures, today)}
        for fault in known.get(record.id, ()):
            # Whoever gets a record gets its faults anew, with time of their own to mend them.
            if wrong.get(fault.attribute) == fault.kind and fault.user_id == record.user_id:
                del wrong[fault.attribute]
            else:
                fault.mended_at = _mended_at(fault, record, now)
                over.append(fault)
        fresh += [_fault(record_type, record, attribute, kind, now) for attribute, kind in wrong.items()]
    Fault.objects.bulk_update(over, ["mended_at"], batch_size=500)
    Fault.objects.bulk_create(fresh, batch_size=1_000)
    looked.found += len(fresh)
    looked.mended += len(over)


def _fault(record_type: RecordType, record: Record, attribute: str, kind: str, now: dt.datetime) -> Fault:
    return Fault(
        record_type=record_type, record_id=record.id, label=record.label[:200], attribute=attribute, kind=kind,
        user_id=record.user_id, found_at=now, clock_from=now,
    )  # fmt: skip


def _mended_at(fault: Fault, record: Record, now: dt.datetime) -> dt.datetime:
    """Return when it was mended: as the record was last written, if that was since; it may be an hour ago."""
    return record.changed_at if fault.found_at < record.changed_at <= now else now


def _close_gone(record_type: RecordType, seen: set[int], looked: Looked) -> None:
    """Close the faults of records that are not looked at any more: merged, closed, left."""
    rows = _open(record_type)
    _close(rows.filter(record_id__in=set(rows.values_list("record_id", flat=True)) - seen), looked)


@transaction.atomic
def _close(rows: QuerySet[Fault], looked: Looked) -> None:
    _enter()
    now = timezone.now()
    looked.mended += rows.update(mended_at=now, updated_at=now)


def _open(record_type: RecordType) -> QuerySet[Fault]:
    return Fault.objects.filter(record_type=record_type, mended_at__isnull=True)


def _enter() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
