"""What an escalator would have added in past months, beside what the versions of then add."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from django.db.models import Sum

from incentives.pay.enums import AccrualKind
from incentives.pay.models import Accrual, Escalator
from incentives.pay.selectors import escalators
from incentives.quality.selectors import scores_of
from incentives.rulebook.definition import Gift
from incentives.simulation.figures import Outcome, Tab

Tell = Callable[[int], None]


def months_in(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the first days of the months that lie whole in a span."""
    month = first if first.day == 1 else _next(first)
    found: list[dt.date] = []
    while _next(month) <= last + dt.timedelta(days=1):
        found.append(month)
        month = _next(month)
    return found


def outcomes(tried: Escalator, months: Iterable[dt.date], tell: Tell = lambda done: None) -> tuple[Outcome, Outcome]:
    """Return (as tried, as it was): what is added to each person's month, in cents.

    The base is what rules gave for the month and its corrections, the score that of the month: as pay counts it.
    """
    would, was = Tab(), Tab()
    for done, month in enumerate(months, start=1):
        bases = bases_of(month)
        scores = {**dict.fromkeys(bases, 100), **scores_of(bases, month)}
        _count(would, tried, month, bases, scores)
        held = escalators.in_force(month)
        if held is not None:
            _count(was, held, month, bases, scores)
        tell(done)
    return _outcome(would), _outcome(was)


def bases_of(month: dt.date) -> dict[int, Decimal]:
    """Return what the escalator multiplies in a month, by person."""
    rows = Accrual.objects.filter(earned_in=month, escalates=True).values("person_id").annotate(base=Sum("amount"))
    return {row["person_id"]: row["base"] for row in rows}


def booked(months: Iterable[dt.date]) -> int:
    """Return the cents that pay booked for the escalator in months: those that are not closed have none yet."""
    rows = Accrual.objects.filter(kind=AccrualKind.ESCALATOR, earned_in__in=list(months))
    return int((rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)) * 100)


def _count(tab: Tab, of: Escalator, month: dt.date, bases: Mapping[int, Decimal], scores: Mapping[int, int]) -> None:
    terms = escalators.terms_of(of)
    for person, base in sorted(bases.items()):
        cents = int(terms.added(base, scores[person]) * 100)
        if cents:
            tab.pay(person, month, of.pk, cents)


def _outcome(tab: Tab) -> Outcome:
    return Outcome({Gift.MONEY: tab} if tab.by_person else {})


def _next(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
