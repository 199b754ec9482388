"""What one person earns: a month so far, what waits, what the escalator does, what one more would bring."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, QuerySet
from django.utils import timezone

from incentives.pay.enums import AccrualKind, PeriodState
from incentives.pay.escalating import NOTHING, Step, Terms, next_step, worth_of_more
from incentives.pay.models import Accrual, Escalator, PayDispute, SpiffEntry
from incentives.pay.selectors import disputes, escalators, spiffs
from incentives.pay.selectors.spiffs import Chance
from incentives.quality.selectors import scores_of
from refprogram.people.models import Person, User

FULL = 100
LATELY = dt.timedelta(days=92)
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One amount, and whether it may still be asked about."""

    accrual: Accrual
    name: str
    may_ask: bool
    taken_back: bool
    from_month: dt.date | None  # where it is for an earlier month than it is paid with


@dataclass(frozen=True)
class Way:
    """A rule that gave this person money lately: what the last time brought, and what once more would."""

    name: str
    amount: Decimal
    with_escalator: Decimal


@dataclass(frozen=True)
class Estimate:
    """A month of one person's pay as it looks now. Before it is closed nothing of it is promised."""

    month: dt.date
    state: str
    lines: Sequence[Line]
    accrued: Decimal
    escalator: Escalator | None
    terms: Terms | None
    score: int | None
    base: Decimal
    added: Decimal
    step: Step | None
    waits: Sequence[SpiffEntry]
    chances: Sequence[Chance]
    ways: Sequence[Way]

    @property
    def is_closed(self) -> bool:
        """Whether it went to payroll, or may at any moment."""
        return self.state == PeriodState.CLOSED

    @property
    def total(self) -> Decimal:
        """What it comes to: what accrued, and what the escalator adds at today's score."""
        return self.accrued + self.added

    @property
    def waiting(self) -> Decimal:
        """What would come on top once it is proved."""
        return sum((entry.prize for entry in self.waits), NOTHING)

    @property
    def times(self) -> Decimal:
        """How many times the base counts."""
        return self.terms.times_at(self.score) if self.terms and self.score is not None else Decimal(1)


def paid_with(person: Person, month: dt.date) -> QuerySet[Accrual]:
    """Return what is paid with a month, the newest first."""
    rows = Accrual.objects.filter(person=person, period__starts_on=month)
    return rows.select_related("rule", "spiff", "period", "reverses", "reversed_by").order_by("-pk")


def estimate(user: User, month: dt.date) -> Estimate:
    """Return what a month looks like for this person now."""
    accruals = list(paid_with(user.person, month))
    state = accruals[0].period.state if accruals else PeriodState.OPEN
    is_now = month == timezone.localdate(timezone=timezone.get_default_timezone()).replace(day=1)
    version = escalators.in_force(month)
    terms = escalators.terms_of(version) if version else None
    score = scores_of([user.person_id], month).get(user.person_id, FULL) if version else None
    base, booked = _for_month(user, month)
    should_add = terms.added(base, score) if terms and score is not None else NOTHING
    return Estimate(
        month=month,
        state=state,
        lines=_explained(accruals, user),
        accrued=sum((row.amount for row in accruals), NOTHING),
        escalator=version,
        terms=terms,
        score=score,
        base=base,
        added=should_add - booked if state == PeriodState.OPEN else NOTHING,
        step=next_step(terms, base, score) if terms and score is not None and is_now else None,
        waits=spiffs.waiting_for(user.person_id) if is_now else [],
        chances=spiffs.chances_of(user) if is_now else [],
        ways=_ways(user, terms, base, score) if is_now else [],
    )


def _for_month(user: User, month: dt.date) -> tuple[Decimal, Decimal]:
    """Return what the escalator multiplies for a month, and what it has added for it already."""
    rows = Accrual.objects.filter(person=user.person_id, earned_in=month)
    amounts = list(rows.values_list("amount", "escalates", "kind"))
    base = sum((amount for amount, escalates, _kind in amounts if escalates), NOTHING)
    return base, sum((amount for amount, _e, kind in amounts if kind == AccrualKind.ESCALATOR), NOTHING)


def _explained(accruals: Sequence[Accrual], user: User) -> list[Line]:
    asked = set(
        PayDispute.objects.filter(person=user.person_id, state="open", accrual__in=accruals).values_list(
            "accrual_id", flat=True
        )
    )
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    return [
        Line(
            accrual=row,
            name=row.name,
            may_ask=row.pk not in asked
            and row.kind not in (AccrualKind.REVERSAL, AccrualKind.ESCALATOR)
            and not hasattr(row, "reversed_by")
            and disputes.may_ask(row, today),
            taken_back=hasattr(row, "reversed_by"),
            from_month=row.earned_in if row.earned_in != row.period.starts_on else None,
        )
        for row in accruals
    ]


def _ways(user: User, terms: Terms | None, base: Decimal, score: int | None) -> list[Way]:
    """Return the rules that are on and gave this person money lately, by what the last time brought."""
    since = timezone.now() - LATELY
    mine = Accrual.objects.filter(person=user.person_id, kind=AccrualKind.RULE, occurred_at__gte=since)
    last = mine.filter(rule__state="live", amount__gt=0).values("rule").annotate(last=Max("pk")).values("last")
    rows = Accrual.objects.filter(pk__in=last).select_related("rule").order_by("-amount", "pk")
    return [
        Way(
            name=row.name,
            amount=row.amount,
            with_escalator=worth_of_more(terms, base, score, row.amount) if terms and score is not None else row.amount,
        )
        for row in rows
    ]


def months_of(person: Person) -> list[dt.date]:
    """Return the months that something is paid with, the newest first."""
    rows = Accrual.objects.filter(person=person).values_list("period__starts_on", flat=True)
    return list(rows.distinct().order_by("-period__starts_on"))


def questions_of(person: Person) -> list[PayDispute]:
    """Return what a person asked about their pay lately, the newest first."""
    return list(PayDispute.objects.filter(person=person).order_by("-pk")[:5])
