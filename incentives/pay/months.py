"""Which month something counts for, and which month it is paid with."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from incentives.pay.enums import PeriodState
from incentives.pay.models import PayPeriod
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period


def month_of(at: dt.datetime) -> dt.date:
    """Return the first day of the month that a moment counts for, in the program's zone."""
    return rollups.day_of(at).replace(day=1)


def this_month() -> dt.date:
    """Return the first day of the present month."""
    return month_of(timezone.now())


def next_month(month: dt.date) -> dt.date:
    """Return the first day of the month after."""
    return last_day(month) + dt.timedelta(days=1)


def last_day(month: dt.date) -> dt.date:
    """Return the last day of a month."""
    return rollups.end_of(Period.MONTH, month)


def hold_open(months: Iterable[dt.date]) -> dict[dt.date, PayPeriod]:
    """Return for each month the first one from it on that is open, held so that nobody closes it meanwhile.

    Many may hold a month at once; who closes it waits for them. Months that are not there yet are made.
    """
    wanted = sorted(set(months))
    if not wanted:
        return {}
    _make(wanted)
    found = _held(wanted[0])
    last = max(period.starts_on for period in found)
    while found and not any(period.starts_on >= wanted[-1] and period.state == PeriodState.OPEN for period in found):
        last = next_month(last)
        _make([last])
        found = _held(wanted[0])
    is_open = [period for period in found if period.state == PeriodState.OPEN]
    return {month: next(period for period in is_open if period.starts_on >= month) for month in wanted}


def _make(months: Iterable[dt.date]) -> None:
    PayPeriod.objects.bulk_create([PayPeriod(starts_on=month) for month in months], ignore_conflicts=True)


def _held(since: dt.date) -> list[PayPeriod]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM incentives_payperiod WHERE starts_on >= %s ORDER BY id FOR SHARE", [since])
    return list(PayPeriod.objects.filter(starts_on__gte=since).order_by("starts_on"))
