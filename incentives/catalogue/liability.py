"""What the program owes in points, month by month, in money.

owed = points that are not redeemed (available or reserved) × what a point costs × (1 - breakage)

What a point costs is what redeemed points of the last twelve months cost, the value of what was had over the points
that were paid for it; before anything was redeemed, the figure of the program's settings. A month that is over is
counted once and kept as it was then (`LiabilityMonth`); the present one is counted anew.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from incentives.catalogue import policy
from incentives.catalogue.enums import POINTS_SPENT
from incentives.catalogue.expiring import first_of_month
from incentives.catalogue.models import LiabilityMonth, Redemption
from incentives.ledger.models import Entry

SIX: Final = Decimal("0.000001")
# What each kind of entry does: which column of the report it counts in, by the book it moves. What is held is read by
# the same statement: at one moment both.
_MOVED = """
WITH moved AS (
    SELECT CAST(date_trunc('month', e.created_at AT TIME ZONE %(zone)s) AS date) AS month,
        coalesce(sum(p.amount) FILTER (WHERE p.book = 'available' AND e.kind IN ('earned', 'vested', 'adjusted')), 0)
            AS given,
        -coalesce(sum(p.amount) FILTER (WHERE p.book = 'available' AND e.kind = 'reversed'), 0) AS back,
        coalesce(sum(p.amount) FILTER (WHERE p.book = 'redeemed'), 0) AS redeemed,
        coalesce(sum(p.amount) FILTER (WHERE p.book = 'expired'), 0) AS expired
    FROM incentives_entry e JOIN incentives_posting p ON p.entry_id = e.id
    WHERE e.created_at >= %(since)s AND p.book IN ('available', 'redeemed', 'expired')
    GROUP BY 1
)
SELECT held, month, given, back, redeemed, expired
FROM (SELECT coalesce(sum(available + reserved), 0) AS held FROM incentives_wallet) wallets LEFT JOIN moved ON true
"""


@dataclass(frozen=True)
class Month:
    """One month of the report."""

    starts_on: dt.date
    given: int
    taken_back: int
    redeemed: int
    expired: int
    held: int
    unit_cost: Decimal
    breakage: int
    closed: bool

    @property
    def owed(self) -> Decimal:
        """What is owed at its end, in money."""
        return owed(self.held, self.unit_cost, self.breakage)


def owed(points: int, unit_cost: Decimal, breakage: int) -> Decimal:
    """Return what so many points are worth: less those that are never redeemed."""
    return (points * unit_cost * (100 - breakage) / 100).quantize(Decimal("0.01"))


def unit_cost(on: dt.date) -> Decimal:
    """Return what a redeemed point cost in the twelve months before a day. One query."""
    until = timezone.make_aware(dt.datetime.combine(on, dt.time.min))
    asked = {"created_at__gte": until - dt.timedelta(days=365), "created_at__lt": until}
    rows = Redemption.objects.filter(state__in=POINTS_SPENT, **asked)
    sums = rows.aggregate(points=Sum("points"), value=Sum("value"))
    if not sums["points"]:
        return policy.now().unit_cost
    return (Decimal(sums["value"]) / sums["points"]).quantize(SIX)


def report() -> list[Month]:
    """Return the months, the present one first: what is kept of closed ones, and the present one as it stands."""
    kept = list(LiabilityMonth.objects.order_by("-starts_on")[: policy.MONTHS_SHOWN - 1])
    this = first_of_month(timezone.localdate())
    held, moved = _moved_since(this)
    cost = unit_cost(timezone.localdate() + dt.timedelta(days=1))
    now = Month(this, *moved.get(this, (0, 0, 0, 0)), held=held, unit_cost=cost, breakage=policy.now().breakage,
                closed=False)  # fmt: skip
    return [now, *(_month(row) for row in kept)]


def _month(row: LiabilityMonth) -> Month:
    return Month(row.starts_on, row.given, row.taken_back, row.redeemed, row.expired, row.held, row.unit_cost,
                 row.breakage, closed=True)  # fmt: skip


def _moved_since(day: dt.date) -> tuple[int, dict[dt.date, tuple[int, int, int, int]]]:
    """Return what is held now, and what moved in each month from a day on: given, taken back, redeemed, expired."""
    since = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, {"zone": timezone.get_default_timezone_name(), "since": since})
        rows = cursor.fetchall()
    return int(rows[0][0]), {row[1]: (int(row[2]), int(row[3]), int(row[4]), int(row[5])) for row in rows if row[1]}


@transaction.atomic
def close_months(now: dt.datetime) -> int:
    """Keep what is not kept yet of the months that are over; return how many. Safe to run twice.

    What was held at the end of a month is what is held now without what moved since.
    """
    this = first_of_month(timezone.localdate(now))
    known = set(LiabilityMonth.objects.values_list("starts_on", flat=True))
    began = Entry.objects.order_by("pk").values_list("created_at", flat=True).first()
    first = first_of_month(timezone.localdate(began)) if began is not None else this
    wanted = [month for back in range(1, policy.MONTHS_SHOWN) if (month := first_of_month(this, -back)) >= first]
    missing = [month for month in wanted if month not in known]
    if not missing:
        return 0
    held, moved = _moved_since(min(missing))
    rows = []
    figures = policy.now()
    for month in [this, *wanted]:
        given, back, redeemed, expired = moved.get(month, (0, 0, 0, 0))
        if month in missing:
            cost = unit_cost(first_of_month(month, 1))
            rows.append(
                LiabilityMonth(
                    starts_on=month,
                    given=given,
                    taken_back=back,
                    redeemed=redeemed,
                    expired=expired,
                    held=held,
                    unit_cost=cost,
                    breakage=figures.breakage,
                )
            )
        held -= given - back - redeemed - expired
    LiabilityMonth.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
