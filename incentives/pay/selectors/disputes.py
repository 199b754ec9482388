"""Reading questions about pay: who may, and until when one may be asked."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from incentives.pay import policy
from incentives.pay.models import Accrual, PayDispute, PayPeriod
from incentives.pay.months import last_day
from refprogram.kernel import rollups
from refprogram.people.models import User


def visible_to(user: User) -> QuerySet[PayDispute]:
    """Return the questions this user may read: their own, or all for who answers them."""
    rows = PayDispute.objects.select_related("person", "answered_by__person", "accrual__rule", "accrual__spiff")
    return rows if user.has_perm("incentives.answer_disputes") else rows.filter(person=user.person_id)


def last_day_of(accrual: Accrual) -> dt.date | None:
    """Return the last day on which an amount can be asked about: so long after its month closed; None before that."""
    return _days_after(accrual.period.closed_at)


def may_ask(accrual: Accrual, today: dt.date) -> bool:
    """Return whether an amount can be asked about on a day."""
    last = last_day_of(accrual)
    return last is None or today <= last


def last_day_for(month: dt.date) -> dt.date | None:
    """Return until when one can say that something is missing: so long after the month closed; None before that.

    In a month in which nobody had anything there is nothing to close: it counts from its last day.
    """
    period = PayPeriod.objects.filter(starts_on=month).first()
    if period is None:
        return last_day(month) + dt.timedelta(days=policy.now().dispute_days)
    return _days_after(period.closed_at)


def _days_after(closed_at: dt.datetime | None) -> dt.date | None:
    if closed_at is None:
        return None
    return rollups.day_of(closed_at) + dt.timedelta(days=policy.now().dispute_days)


def files_for(user: User) -> QuerySet[Any, Any]:
    """Return the keys of the questions whose evidence this user may read."""
    return visible_to(user).values("pk")
