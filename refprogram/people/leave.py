"""Who is away on a day, and who stands in for them. Read once for a day, asked as often as needed."""

import datetime as dt
from functools import cached_property

from django.db.models import DateField, Q, QuerySet
from django.utils import timezone

from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.models import Delegation, Leave, User
from refprogram.people.selectors import visible_to

_DAY = Given("day", DateField())
_COVERS = Prepared(
    lambda: (
        Delegation.objects.filter(starts_on__lte=_DAY, ends_on__gte=_DAY)
        .select_related("delegate__person")
        .order_by("-pk")
    )
)
_AWAY = Prepared(lambda: Leave.objects.filter(starts_on__lte=_DAY, ends_on__gte=_DAY))


class Roster:
    """Leave and cover of everybody on one day: two queries, whoever is asked about."""

    def __init__(self, day: dt.date) -> None:
        self.day = day

    @cached_property
    def _away(self) -> set[int]:
        return {leave.user_id for leave in _AWAY(day=self.day)}

    @cached_property
    def _covers(self) -> dict[int, User]:
        """Who was named to stand in, by whom they stand in for."""
        return {c.principal_id: c.delegate for c in _COVERS(day=self.day)}

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


def leaves_visible_to(user: User) -> QuerySet[Leave]:
    """Return the days away of the colleagues whose page `user` may open."""
    rows = Leave.objects.select_related("user__person", "user__team__region")
    return rows.filter(user__in=visible_to(user).order_by().values("pk"))


def covers_visible_to(user: User) -> QuerySet[Delegation]:
    """Return who stands in for the colleagues whose page `user` may open, and for whom the reader stands in."""
    rows = Delegation.objects.select_related("principal__person", "delegate__person")
    return rows.filter(Q(principal__in=visible_to(user).order_by().values("pk")) | Q(delegate=user))


def leave_by_id(people: QuerySet[User], public_id: str) -> Leave | None:
    """Return days away of one of these colleagues."""
    rows = Leave.objects.select_related("user__person").filter(user__in=people.order_by().values("pk"))
    return rows.filter(public_id=public_id).first()
