"""Reading what people did, for many at once: a week by what it was, and the days on which the CRM was used."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from incentives.activity import policy
from incentives.activity.counting import Done, Use, use
from incentives.quality.days import Workdays, workdays_of
from refprogram.kernel.filters import midnight
from refprogram.people.enums import Role, WorkKind
from refprogram.people.models import User, WorkActivity

A_DAY = dt.timedelta(days=1)
FIELD = (Role.REP, Role.SUPPORT, Role.MANAGER)


def field_people() -> QuerySet[User]:
    """Return the colleagues who work with customers in the CRM."""
    return User.objects.filter(role__in=FIELD, is_active=True).select_related("person", "team").order_by("pk")


def week_of(person_ids: Iterable[int], monday: dt.date) -> dict[int, list[tuple[Done, int]]]:
    """Return what each person did in a week, with the activity's own key."""
    rows = WorkActivity.objects.filter(
        person__in=list(person_ids),
        kind__in=(WorkKind.LOGGED, WorkKind.ASSET_USED),
        occurred_at__gte=midnight(monday),
        occurred_at__lt=midnight(monday + 7 * A_DAY),
    )
    found: dict[int, list[tuple[Done, int]]] = {}
    for person, detail, public_id, key in rows.order_by("pk").values_list("person", "detail", "public_id", "pk"):
        found.setdefault(person, []).append((Done(detail, public_id), key))
    return found


def use_of(users: Sequence[User], first: dt.date, last: dt.date) -> dict[int, Use]:
    """Return how far each colleague used the CRM in a span, both days included; they come with person and team.

    Days are those of their own place. Who was hired within it owes nothing before. A query for each time zone.
    """
    days = workdays_of(users, first)
    zones: dict[str, list[User]] = {}
    for user in users:
        zones.setdefault(str(days[user.pk].zone), []).append(user)
    used: dict[int, set[dt.date]] = {}
    for members in zones.values():
        for person, day in _used_days(members, days[members[0].pk], first, last):
            used.setdefault(person, set()).add(day)
    found = {}
    for user in users:
        begins = max(first, user.hired_on) if user.hired_on else first
        found[user.pk] = use(days[user.pk].between(begins, last), used.get(user.person_id, set()))
    return found


def _used_days(
    users: Sequence[User], place: Workdays, first: dt.date, last: dt.date
) -> QuerySet[WorkActivity, tuple[int, dt.date]]:
    begins, ends = (dt.datetime.combine(day, dt.time(), tzinfo=place.zone) for day in (first, last + A_DAY))
    rows = WorkActivity.objects.filter(
        person__in=[user.person_id for user in users], occurred_at__gte=begins, occurred_at__lt=ends
    )
    if not policy.now().signing_in_counts:
        rows = rows.exclude(kind=WorkKind.SIGNED_IN)
    return (
        rows.order_by().annotate(on=TruncDate("occurred_at", tzinfo=place.zone)).values_list("person", "on").distinct()
    )


# ---------------------------------------------------------------- figures for policies of consequences


def adoption_by_user(starts_on: dt.date, ends_on: dt.date, users: Sequence[User]) -> dict[int, Decimal]:
    """Return on how many in a hundred of their working days each colleague used the CRM; who owed none: 100."""
    whole = list(User.objects.filter(pk__in=[user.pk for user in users]).select_related("person", "team"))
    return {key: Decimal(found.percent) for key, found in use_of(whole, starts_on, ends_on).items()}


def activity_by_user(starts_on: dt.date, ends_on: dt.date, users: Sequence[User]) -> dict[int, Decimal]:
    """Return how many activities that are worth anything each colleague logged in a period."""
    worth = [name for name, weight in policy.now().weights.items() if weight]
    rows = WorkActivity.objects.filter(
        person__in=[user.person_id for user in users],
        detail__in=worth,
        occurred_at__gte=midnight(starts_on),
        occurred_at__lt=midnight(ends_on + A_DAY),
    ).values_list("person", flat=True)
    times: dict[int, int] = {}
    for person in rows:
        times[person] = times.get(person, 0) + 1
    return {user.pk: Decimal(times.get(user.person_id, 0)) for user in users}
