"""Reading work activity: whose may be seen, who a row means, what was told before."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from refprogram.kernel.filters import midnight
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role, WorkKind
from refprogram.people.models import User, WorkActivity


class Who(NamedTuple):
    """The person a row means, with the facts that rules filter on."""

    person_id: int
    facts: dict[str, Any]


def visible_to(user: User) -> QuerySet[WorkActivity]:
    """Return whose activity `user` may read: everybody's, a manager's team's, or one's own."""
    rows = WorkActivity.objects.select_related("person")
    if user.is_role(Role.MARKETER, Role.ADMIN, Role.SALES_HEAD):
        return rows
    if user.is_role(Role.MANAGER):
        return rows.filter(Q(person__user__team__manager=user) | Q(person=user.person_id))
    return rows.filter(person=user.person_id)


def search(rows: QuerySet[WorkActivity], words: list[str]) -> QuerySet[WorkActivity]:
    """Narrow to rows that have every word in their person's name or in what was done."""
    for word in words:
        rows = rows.filter(Q(person__name__icontains=word) | Q(detail__icontains=word))
    return rows


def who_is(called: Iterable[str]) -> dict[str, Who]:
    """Return the colleagues behind addresses or CRM names (in lower case); an address counts before a name."""
    wanted = list(called)
    users = User.objects.annotate(by_mail=Lower("email"), by_crm=Lower("external_ref"))
    found = list(
        users.filter(Q(by_mail__in=wanted) | Q(by_crm__in=wanted)).values_list(
            "by_mail", "by_crm", "person_id", "team_id", "team__region_id"
        )
    )
    named = {crm: _who(*facts) for _mail, crm, *facts in found if crm}
    return {**named, **{mail: _who(*facts) for mail, _crm, *facts in found}}


def _who(person_id: int, team_id: int | None, region_id: int | None) -> Who:
    return Who(person_id, {"person": person_id, "team": team_id, "region": region_id})


def told_before(source: str, refs: Sequence[str]) -> set[str]:
    """Return which records of one source are known."""
    rows = WorkActivity.objects.filter(source=source, external_ref__in=refs)
    return set(rows.values_list("external_ref", flat=True))


def labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Return what the rows are called: the kind, and which."""
    words = dict(WorkKind.choices)
    rows = WorkActivity.objects.filter(pk__in=list(ids)).values_list("pk", "kind", "detail")
    return {key: Label(f"{words[kind]} ({detail})" if detail else str(words[kind])) for key, kind, detail in rows}


def source_choices() -> list[tuple[str, str]]:
    """Return the systems that told of anything, for filters."""
    return [
        (name, name) for name in WorkActivity.objects.order_by("source").values_list("source", flat=True).distinct()
    ]


def logged_by_user(starts_on: dt.date, ends_on: dt.date, users: Sequence[User]) -> dict[int, Decimal]:
    """Return how many activities each of these people logged in a period, as far as the CRM has told by now."""
    rows = WorkActivity.objects.filter(
        person__user__in=[user.pk for user in users],
        kind=WorkKind.LOGGED,
        occurred_at__gte=midnight(starts_on),
        occurred_at__lt=midnight(ends_on + dt.timedelta(days=1)),
    )
    counted = rows.order_by().values("person__user").annotate(n=Count("pk"))
    return {row["person__user"]: Decimal(row["n"]) for row in counted}
