"""A month's use of the CRM, counted once it is over: on enough of their working days, it earns points."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.activity import policy
from incentives.activity.models import AdoptionMonth
from incentives.activity.reading import A_DAY, field_people, use_of
from incentives.activity.services.paying import Payment, noon_of, pay
from incentives.activity.services.rows import enter
from incentives.quality.month import Span, over
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.stream import subject_of


def count_due() -> int:
    """Count every month since the last one that was counted, the oldest first, once the CRM has told of it.

    Beat calls it every day; return how many people it counted.
    """
    today = timezone.localdate()
    newest = AdoptionMonth.objects.aggregate(newest=Max("month"))["newest"]
    first = Span.of(newest).next.first if newest is not None else Span.of(today.replace(day=1) - A_DAY).first
    return sum(count_month(span=span) for span in over(first, today, policy.now().adoption_after))


@transaction.atomic
def count_month(*, span: Span) -> int:
    """Count everybody who owed a day, and pay who used it on enough of them. Twice is once."""
    enter("month")
    if AdoptionMonth.objects.filter(month=span.first).exists():
        return 0
    rows = counted(span)
    pay_months(rows, span)
    AdoptionMonth.objects.bulk_create(rows)
    _tell(rows, span)
    return len(rows)


def counted(span: Span) -> list[AdoptionMonth]:
    """Return everybody's month as it comes out; nothing is written."""
    figures, people = policy.now(), list(field_people())
    found = use_of(people, span.first, span.last)
    return [
        AdoptionMonth(
            user=user, month=span.first, used=use.used, due=use.due, percent=use.percent,
            points=figures.adoption_points if use.reaches(figures.adoption_percent) else 0,
        )
        for user in people
        if (use := found[user.pk]).due
    ]  # fmt: skip


def pay_months(rows: list[AdoptionMonth], span: Span) -> None:
    """Pay months that reached enough, in one statement, and note the entries on rows that are to be written."""
    memo, at = _memo(span), noon_of(span.last)
    entries = pay([Payment(_key(row), row.user, row.points, memo, at) for row in rows if row.points])
    for row in rows:
        row.entry = entries.get(_key(row))


def _key(row: AdoptionMonth) -> str:
    return f"adoption:{row.month.isoformat()}:{row.user.person_id}"


def _memo(span: Span) -> str:
    return _("Use of the CRM in %(month)s") % {"month": f"{span.first:%Y-%m}"}


def _tell(rows: list[AdoptionMonth], span: Span) -> None:
    """Tell the stream: it happened on the month's last day, which is the month that rules count it in."""
    facts = [
        {
            "person": row.user.person_id,
            "team": row.user.team_id,
            "region": row.user.team.region_id if row.user.team else None,
            "percent": row.percent,
            "days": row.due,
        }
        for row in rows
    ]
    emit_bulk(
        [
            BulkEvent("adoption.counted", subject_of(row), None, told, noon_of(span.last))
            for row, told in zip(rows, facts, strict=True)
        ]
    )
