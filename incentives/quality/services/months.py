"""Closing a month: everybody's is counted once, kept with all it follows from, and the best one wins.

Months are closed the oldest first, all that are over: one that nobody closed in time (workers stood still, the days to
mend reach into the month after next) is closed later, and counts what it would have counted then.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from incentives.quality import policy
from incentives.quality.days import left_at
from incentives.quality.gathering import kept_by
from incentives.quality.models import Fault, Mark, QualityMonth
from incentives.quality.month import A_DAY, Span, over
from incentives.quality.reckoning import inputs_of, kept, line_as_kept
from incentives.quality.selectors import colleagues
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.stream import emit, subject_of
from refprogram.people.models import User

_LOCK = "quality:close"


def close_due() -> int:
    """Close every month whose days to mend are over, the oldest first, for how many people. Beat calls it every day."""
    today, closed = timezone.localdate(), set(QualityMonth.objects.values_list("month", flat=True).distinct())
    due = over(min(closed, default=_begins()), today, policy.now().freeze_after)
    return sum(close(span=span) for span in due if span.first not in closed)


def _begins() -> dt.date:
    """Return the day on which the first fault was found; today where none ever was."""
    found = Fault.objects.order_by("pk").values_list("found_at", flat=True).first()
    return timezone.localdate(found)


def freeze(*, month: dt.date) -> bool:
    """Close a month if its days to mend are over; return whether it is closed now. Pay asks before it closes its own.

    With nobody in it there is nothing to keep: it is closed all the same, and everybody has the whole of it.
    """
    span = Span.of(month)
    if timezone.localdate() <= span.last + policy.now().freeze_after:
        return QualityMonth.objects.filter(month=span.first).exists()
    close(span=span)
    return True


@transaction.atomic
def close(*, span: Span) -> int:
    """Count and keep the month of everybody who has records or was charged. Twice is once."""
    _enter()
    if QualityMonth.objects.filter(month=span.first).exists():
        return 0
    rows = counted(span)
    QualityMonth.objects.bulk_create(rows, batch_size=500)
    _tell(rows, next((row for row in rows if row.won), None), span)
    return len(rows)


def counted(span: Span) -> list[QualityMonth]:
    """Return everybody's month as it would be closed now, the winner's marked; nothing is written."""
    people, records = _of_the_month(span)
    found = inputs_of(people, span, as_of=_as_of(span), closing=True)
    rows = []
    for user in people:
        inputs = found[user.pk]
        result = inputs.count(span)
        rows.append(
            QualityMonth(
                user=user, month=span.first, score=result.score, records=records.get(user.pk, 0),
                demerits=result.demerits, refunded=result.refunded,
                lines=[line_as_kept(line) for line in result.lines], inputs=kept(inputs, span, result),
            )
        )  # fmt: skip
    winner = _winner(rows, span)
    if winner is not None:
        winner.won = True
    return rows


def _as_of(span: Span) -> dt.datetime:
    """Return the moment as of which a month is closed: now, and late at the end of its days to mend."""
    return min(timezone.now(), _moment(span.last + policy.now().freeze_after + A_DAY))


def _days(row: QualityMonth, span: Span) -> int:
    """Return on how many days of the month somebody worked."""
    begins, closed = max(span.first, row.user.hired_on or span.first), set(row.inputs["closed"])
    every = (begins + A_DAY * n for n in range((span.last - begins).days + 1))
    return sum(day.isoformat() not in closed for day in every)


def _of_the_month(span: Span) -> tuple[list[User], dict[int, int]]:
    """Return who was here in the month and keeps records or was charged, and how many records each keeps."""
    begins = _moment(span.first)
    everybody = list(colleagues().exclude(hired_on__gt=span.last).order_by("pk"))
    left = left_at(user.pk for user in everybody if not user.is_active)
    here = [user for user in everybody if user.is_active or (user.pk in left and left[user.pk] >= begins)]
    records = kept_by(user.pk for user in here)
    charged = set(Fault.objects.exclude(mended_at__lt=begins).values_list("user", flat=True))
    charged |= set(Mark.objects.filter(on__range=(span.first, span.last)).values_list("user", flat=True))
    return [user for user in here if records[user.pk] or user.pk in charged], records


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _winner(rows: Sequence[QualityMonth], span: Span) -> QualityMonth | None:
    """Return the best month: the higher score, then the more records, then a lot that anybody can draw again.

    Who has left does not win, nor who keeps too few records, or worked on too few days.
    """
    terms = policy.now()
    running = [
        row
        for row in rows
        if row.user.is_active and row.records >= terms.winner_records and _days(row, span) >= terms.winner_days
    ]
    month = span.first
    return max(running, key=lambda row: (row.score, row.records, lot(month, row.user.public_id)), default=None)


def lot(month: dt.date, public_id: str) -> str:
    """Return the lot of a colleague in a month: the higher one wins among equals."""
    return hashlib.sha256(f"{month:%Y-%m}:{public_id}".encode()).hexdigest()


def _tell(rows: Sequence[QualityMonth], winner: QualityMonth | None, span: Span) -> None:
    """Tell the stream of each month; it happened on the month's last day, which is the month that rules count it in."""
    noon = timezone.make_aware(dt.datetime.combine(span.last, dt.time(12)))
    emit_bulk(
        [
            BulkEvent(
                "quality.month_closed",
                subject_of(row),
                None,
                {
                    "person": row.user.person_id,
                    "team": row.user.team_id,
                    "region": row.user.team.region_id if row.user.team else None,
                    "month": span.first.isoformat(),
                    "score": row.score,
                    "records": row.records,
                    "days": _days(row, span),
                },
                noon,
            )
            for row in rows
        ]
    )
    if winner is not None:
        facts = {"person": winner.user.person_id, "month": span.first.isoformat(), "score": winner.score}
        emit("quality.won", subject=winner, payload=facts)


def _enter() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
