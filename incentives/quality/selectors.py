"""Reading months, faults and scores: who may read whose."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from incentives.quality import policy, reckoning
from incentives.quality.enums import RecordType
from incentives.quality.models import Fault, Mark, QualityMonth
from incentives.quality.month import FULL, Count, Span
from incentives.quality.words import month_words
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role
from refprogram.people.models import Person, User

R = TypeVar("R", Fault, Mark, QualityMonth)

SEES_ALL = (Role.MARKETER, Role.ADMIN, Role.SALES_HEAD)


# ---------------------------------------------------------------- months


def score_of(person: Person, month: dt.date) -> int:
    """Return a person's score of a month, 0 to 100: as it was closed, else as it stands. Nothing known of them: 100."""
    return scores_of([person.pk], month).get(person.pk, FULL)


def scores_of(person_ids: Iterable[int], month: dt.date) -> dict[int, int]:
    """Return the scores of a month by person; colleagues only. `month`: any day in it.

    Once it is closed nobody's moves any more: who has no row in it was charged nothing.
    """
    wanted, span = list(person_ids), Span.of(month)
    closed = QualityMonth.objects.filter(month=span.first)
    # With one of anybody's, for it to say in the same statement that the month is closed.
    rows = closed.filter(Q(user__person__in=wanted) | Q(pk__in=closed.order_by("pk").values("pk")[:1]))
    kept: dict[int, int] = dict(rows.values_list("user__person", "score"))
    if kept:
        return {person: kept.get(person, FULL) for person in wanted}
    open_ones = colleagues().filter(person__in=wanted)
    counts = counts_of(open_ones, span)
    return {user.person_id: counts[user.pk].score for user in open_ones}


def counts_of(users: Iterable[User], span: Span) -> dict[int, Count]:
    """Return the month of each colleague as it stands now, by their key."""
    return {key: inputs.count(span) for key, inputs in reckoning.inputs_of(users, span).items()}


def colleagues() -> QuerySet[User]:
    """Return colleagues with what counting them needs."""
    return User.objects.select_related("person", "team")


def months_visible_to(user: User) -> QuerySet[QualityMonth]:
    """Return the closed months that `user` may read: everybody's, the team's for its manager, or one's own."""
    return _of_whom(user, QualityMonth.objects.select_related("user__person", "user__team"))


def score_by_user(starts_on: dt.date, _ends_on: dt.date, users: Sequence[User]) -> dict[int, Decimal]:
    """Return each colleague's score of the month that a period begins with: a figure for policies of consequences."""
    scores = scores_of([user.person_id for user in users], starts_on)
    return {user.pk: Decimal(scores.get(user.person_id, FULL)) for user in users}


# ---------------------------------------------------------------- faults


def faults_visible_to(user: User) -> QuerySet[Fault]:
    """Return the faults that `user` may read: everybody's, the team's for its manager, or one's own."""
    return _of_whom(user, Fault.objects.select_related("user__person", "user__team"))


def open_faults_of(user: User) -> list[Fault]:
    """Return what a colleague has to mend, the oldest first."""
    return list(
        Fault.objects.filter(user=user, mended_at__isnull=True, excused_at__isnull=True).order_by("found_at", "pk")
    )


def open_faults_of_account(account_id: int) -> list[Fault]:
    """Return what is wrong with an account's record, what weighs most first."""
    rows = Fault.objects.filter(record_type=RecordType.ACCOUNT, record_id=account_id, mended_at__isnull=True)
    weights = policy.now().account
    return sorted(rows, key=lambda fault: (-weights.get(fault.attribute, 0), fault.attribute))


def _of_whom(user: User, rows: QuerySet[R]) -> QuerySet[R]:
    if user.is_role(*SEES_ALL):
        return rows
    if user.is_role(Role.MANAGER):
        return rows.filter(Q(user__team__manager=user) | Q(user=user))
    return rows.filter(user=user)


def this_month() -> Span:
    """Return the present month, by the program's clock."""
    return Span.of(timezone.localdate())


# ---------------------------------------------------------------- names


def fault_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name faults for who may see them."""
    rows = faults_visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(row.label, row.get_absolute_url()) for row in rows}


def month_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name closed months for who may see them."""
    rows = months_visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(month_words(row.month), row.get_absolute_url()) for row in rows}


def mark_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name marks of the review board for who may see them."""
    rows = _of_whom(viewer, Mark.objects.filter(pk__in=list(ids)))
    return {row.pk: Label(row.reason) for row in rows}
