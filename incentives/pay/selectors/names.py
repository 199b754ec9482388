"""What amounts, months, escalators, SPIFFs and disputes are called."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from incentives.pay.models import Accrual, Escalator, PayDispute, PayPeriod, Spiff
from refprogram.kernel.labels import Label
from refprogram.people.models import User


def month_name(month: dt.date) -> str:
    """Return how a month is called: "November 2026"."""
    return date_format(month, "F Y")


def accrual_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return what amounts were for, leading each person to their own."""
    name = Coalesce(NullIf(F("memo"), Value("")), F("rule__name"), F("spiff__name"))
    rows = Accrual.objects.filter(pk__in=list(ids)).values_list("pk", name, "person_id", "earned_in")
    return {
        pk: Label(
            text or _("Pay"),
            f"{reverse('incentives:earnings')}?month={month:%Y-%m}" if person == viewer.person_id else "",
        )
        for pk, text, person, month in rows
    }


def period_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how months of pay are called."""
    may_open = viewer.has_perm("incentives.view_pay")
    rows = PayPeriod.objects.filter(pk__in=list(ids))
    words = _("Pay of %(month)s")
    return {
        row.pk: Label(words % {"month": month_name(row.starts_on)}, row.get_absolute_url() if may_open else "")
        for row in rows
    }


def escalator_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how versions of the escalator are called."""
    may_open = viewer.has_perm("incentives.view_rules")
    rows = Escalator.objects.filter(pk__in=list(ids))
    return {row.pk: Label(str(row), row.get_absolute_url() if may_open else "") for row in rows}


def spiff_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how SPIFFs are called."""
    may_open = viewer.has_perm("incentives.view_rewards")
    rows = Spiff.objects.filter(pk__in=list(ids))
    return {row.pk: Label(row.name, row.get_absolute_url() if may_open else "") for row in rows}


def dispute_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how disputes are called."""
    answers = viewer.has_perm("incentives.answer_disputes")
    rows = PayDispute.objects.filter(pk__in=list(ids))
    return {
        row.pk: Label(str(row), row.get_absolute_url() if answers or row.person_id == viewer.person_id else "")
        for row in rows
    }
