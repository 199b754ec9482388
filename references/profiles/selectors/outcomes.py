"""Outcomes as lists, pages and files read them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, DecimalField, ExpressionWrapper, F, QuerySet, Value, When
from django.db.models.functions import Abs

from references.accounts.models import Account
from references.accounts.selectors import visible_to
from references.profiles.models import Outcome
from refprogram.kernel.labels import Label
from refprogram.people.models import User

_SHARE = DecimalField(max_digits=30, decimal_places=4)


def outcomes_visible_to(user: User) -> QuerySet[Outcome]:
    """Return the outcomes at accounts that the user may open."""
    return Outcome.objects.filter(account__in=visible_to(user))


def with_around(outcomes: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """Join what lists, forms and the API read beside an outcome; `share`: what the list sorts the change by."""
    share = ExpressionWrapper((F("after") - F("before")) * 100 / Abs(F("before")), output_field=_SHARE)
    joined = outcomes.select_related(
        "account__owner__team", "account__region", "contact__person", "recorded_by__person", "verified_by__person"
    )
    return joined.annotate(share=Case(When(before=0, then=Value(None)), default=share, output_field=_SHARE))


def outcomes_of(account: Account) -> list[Outcome]:
    """Return an account's outcomes, verified ones first, newest on top. One query."""
    rows = Outcome.objects.filter(account=account).select_related(
        "contact__person", "recorded_by__person", "verified_by__person"
    )
    return list(rows.order_by(F("verified_at").desc(nulls_last=True), "-pk"))


def outcomes_with_files_for(user: User) -> QuerySet[Outcome, Any]:
    """Return the keys of the outcomes whose evidence the user may read."""
    return outcomes_visible_to(user).values("pk")


def outcome_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name outcomes by what was measured, for who may open the account."""
    rows = outcomes_visible_to(viewer).filter(pk__in=list(ids)).select_related("account")
    return {row.pk: Label(row.metric, row.get_absolute_url()) for row in rows}
