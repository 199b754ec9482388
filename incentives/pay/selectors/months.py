"""Reading months of pay: which there are, what stands in them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from incentives.pay.enums import AccrualKind, PeriodState
from incentives.pay.models import Accrual, PayExport, PayLine, PayPeriod
from refprogram.kernel.models import MoneyField
from refprogram.kernel.prepared import Given
from refprogram.people.models import User

NOTHING = Decimal("0.00")


def visible_to(user: User) -> QuerySet[PayPeriod]:
    """Return the months this user may read: all, for who answers for pay."""
    rows = PayPeriod.objects.select_related("proposed_by__person", "closed_by__person")
    return rows if user.has_perm("incentives.view_pay") else rows.none()


def with_sums(periods: QuerySet[PayPeriod]) -> QuerySet[PayPeriod]:
    """Add what came into each month so far: `people`, `gross`."""
    own = Accrual.objects.filter(period=OuterRef("pk")).order_by().values("period")
    gross = own.annotate(gross=Sum("amount")).values("gross")
    people = own.annotate(people=Count("person", distinct=True)).values("people")
    return periods.annotate(
        gross=Coalesce(Subquery(gross, output_field=MoneyField()), NOTHING, output_field=MoneyField()),
        people=Coalesce(Subquery(people), 0),
    )


def lines_of(period: PayPeriod) -> QuerySet[Any, Any]:
    """Return what each person gets with a month, the most first: as it is so far, while the month is not closed.

    Rows with `name`, `rules`, `spiffs`, `escalator`, `corrections`, `total`.
    """
    sums = ("rules", "spiffs", "escalator", "corrections")
    if period.state == PeriodState.CLOSED:
        kept = PayLine.objects.filter(period=period).order_by("-total", "pk")
        return kept.values("total", "score", *sums, name=F("person__name"))
    parts = {
        "rules": (AccrualKind.RULE,),
        "spiffs": (AccrualKind.SPIFF,),
        "escalator": (AccrualKind.ESCALATOR,),
        "corrections": (AccrualKind.REVERSAL, AccrualKind.HAND),
    }
    rows = Accrual.objects.filter(period=period).values("person_id", name=F("person__name"))
    summed = {
        part: Coalesce(Sum("amount", filter=Q(kind__in=kinds)), NOTHING, output_field=MoneyField())
        for part, kinds in parts.items()
    }
    return rows.annotate(**summed, total=Sum("amount")).order_by("-total", "person_id")


def accruals_visible_to(user: User) -> QuerySet[Accrual]:
    """Return the amounts this user may read: their own, or all for who answers for pay."""
    rows = Accrual.objects.select_related("person", "rule", "spiff", "period", "reverses", "reversed_by", "escalator")
    return rows if user.has_perm("incentives.view_pay") else rows.filter(person=user.person_id)


def open_months(until: dt.date | Given) -> QuerySet[PayPeriod]:
    """Return the months before `until` that are not closed yet, the first one first."""
    return PayPeriod.objects.filter(starts_on__lt=until).exclude(state=PeriodState.CLOSED).order_by("starts_on")


def sums_of(period: PayPeriod) -> dict[str, Any]:
    """Return what a month comes to, and for how many people."""
    found = Accrual.objects.filter(period=period).aggregate(gross=Sum("amount"), people=Count("person", distinct=True))
    return {"gross": found["gross"] or NOTHING, "people": found["people"]}


def export_of(period: PayPeriod) -> PayExport | None:
    """Return the file for payroll of a month, once it was made."""
    return PayExport.objects.filter(period=period).select_related("made_by__person").first()
