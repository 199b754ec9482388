"""Who is away on a day, and who stands in for them. Read once for a day, asked as often as needed."""

import datetime as dt
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from refprogram.people.models import Delegation, Leave, User


class Roster:
    """Leave and cover of everybody on one day: two queries, whoever is asked about."""

    def __init__(self, day: dt.date) -> None:
        self.day = day

    @cached_property
    def _away(self) -> set[int]:
        return set(
            Leave.objects.filter(starts_on__lte=self.day, ends_on__gte=self.day).values_list("user_id", flat=True)
        )

    @cached_property
    def _covers(self) -> dict[int, User]:
        """Who was named to stand in, by whom they stand in for."""
        covers = Delegation.objects.filter(starts_on__lte=self.day, ends_on__gte=self.day)
        return {c.principal_id: c.delegate for c in covers.select_related("delegate__person").order_by("-pk")}

    def on_leave(self, user: User) -> bool:
        """Whether the colleague is away on this day."""
        return user.pk in self._away

    def stand_in_for(self, user: User) -> User | None:
        """Return who acts for `user`: the one they named, or who stands in for that one in turn.

        None where nobody was named, where the last one named is away or has no access, or where they name each other.
        """
        met, named = {user.pk}, self._covers.get(user.pk)
        while named is not None and named.pk not in met and named.is_active:
            further = self._covers.get(named.pk)
            if further is None:
                return None if self.on_leave(named) else named
            met.add(named.pk)
            named = further
        return None

    def principals_of(self, user: User) -> list[int]:
        """Return the keys of those for whom `user` acts on this day."""
        return sorted(key for key in self._covers if self._acts_for(user, key))

    def _acts_for(self, user: User, principal_id: int) -> bool:
        acting = self.stand_in_for(User(pk=principal_id))
        return acting is not None and acting.pk == user.pk


def on_leave(user: User, day: dt.date) -> bool:
    """Whether the colleague is away on that day."""
    return Roster(day).on_leave(user)


def stand_in_for(user: User, day: dt.date) -> User | None:
    """Return who acts for the colleague on that day; see `Roster.stand_in_for`."""
    return Roster(day).stand_in_for(user)


def would_loop(*, principal: User, delegate: User, starts_on: dt.date, ends_on: dt.date) -> bool:
    """Whether, on some of these days, following who stands in for `delegate` would lead back to `principal`."""
    covers = list(Delegation.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on))
    days = [(delegate.pk, starts_on, ends_on)]
    met: set[tuple[int, dt.date, dt.date]] = set()
    while days:
        step = days.pop()
        if step[0] == principal.pk:
            return True
        if step in met:
            continue
        met.add(step)
        days += [
            (c.delegate_id, max(step[1], c.starts_on), min(step[2], c.ends_on))
            for c in covers
            if c.principal_id == step[0] and c.starts_on <= step[2] and c.ends_on >= step[1]
        ]
    return False


def leaves_of(user: User) -> QuerySet[Leave]:
    """Return a colleague's days away, now and later."""
    return Leave.objects.filter(user=user, ends_on__gte=timezone.localdate()).order_by("starts_on")


def leave_by_id(people: QuerySet[User], public_id: str) -> Leave | None:
    """Return days away of one of these colleagues."""
    rows = Leave.objects.select_related("user__person").filter(user__in=people.order_by().values("pk"))
    return rows.filter(public_id=public_id).first()
