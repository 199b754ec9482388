"""Reading colleagues: who may be seen, who answers for whom, how they are called."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.module_loading import import_string

from refprogram.kernel.desk import DeskItem
from refprogram.kernel.labels import Label, someone
from refprogram.kernel.prepared import Among, Prepared
from refprogram.people.enums import Privilege, Role, UserState
from refprogram.people.models import ApiToken, BusinessCalendar, Delegation, Person, Region, Restriction, Team, User


def visible_to(user: User) -> QuerySet[User]:
    """Return the colleagues whose page `user` may open: all, a manager's team, or oneself."""
    people = User.objects.select_related("person", "team__region")
    if user.is_role(Role.MARKETER, Role.ADMIN):
        return people
    if user.is_role(Role.MANAGER):
        return people.filter(Q(team__manager=user) | Q(pk=user.pk))
    return people.filter(pk=user.pk)


def with_state(people: QuerySet[User]) -> QuerySet[User]:
    """Add `standing`: `User.state` as the database sees it, for filters and order."""
    return people.annotate(
        standing=Case(
            When(is_active=False, then=Value(UserState.INACTIVE.value)),
            When(last_login__isnull=True, then=Value(UserState.INVITED.value)),
            default=Value(UserState.ACTIVE.value),
        )
    )


def colleagues() -> QuerySet[User]:
    """Return everybody who may come in, by name: for pickers."""
    return User.objects.filter(is_active=True).select_related("person").order_by("person__name")


def teams_visible_to(user: User) -> QuerySet[Team]:
    """Return all teams, with how many active members each has; judges see none."""
    teams = Team.objects.select_related("region", "manager__person")
    if user.is_role(Role.JUDGE):
        return teams.none()
    return teams.annotate(size=Count("members", filter=Q(members__is_active=True), distinct=True))


# ---------------------------------------------------------------- names, for the stream


class _Called(NamedTuple):
    """What it takes to name somebody, and to know who may open their page."""

    name: str
    erased_at: dt.datetime | None
    user_id: int | None
    public_id: str
    leader_id: int | None


def person_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how persons are called; an erased one is "someone". Colleagues whose page may be opened have a link."""
    return {row.pk: _label(viewer, _called(row)) for row in _NAMED(ids=list(ids))}


_NAMED = Prepared(
    lambda: (
        Person.objects.filter(Among("pk", "ids"))
        .only("pk", "name", "erased_at")
        .annotate(user_key=F("user__pk"), user_public_id=F("user__public_id"), leader_key=F("user__team__manager_id"))
    )
)


def _called(row: Any) -> _Called:
    return _Called(row.name, row.erased_at, row.user_key, row.user_public_id, row.leader_key)


def user_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how users are called: as their persons."""
    rows = User.objects.filter(pk__in=list(ids)).values_list(
        "pk", "person__name", "person__erased_at", "pk", "public_id", "team__manager_id"
    )
    return {row[0]: _label(viewer, _Called(*row[1:])) for row in rows}


def team_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Return how teams are called."""
    return {team.pk: Label(team.name, team.get_absolute_url()) for team in Team.objects.filter(pk__in=list(ids))}


def calendar_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Return how business calendars are called."""
    rows = BusinessCalendar.objects.filter(pk__in=list(ids))
    return {row.pk: Label(row.name, row.get_absolute_url()) for row in rows}


def _label(viewer: User, row: _Called) -> Label:
    if row.erased_at is not None or not row.name:
        return someone()
    open_to = viewer.is_role(Role.MARKETER, Role.ADMIN) or viewer.pk in {row.user_id, row.leader_id}
    if row.user_id is None or not open_to:
        return Label(row.name)
    return Label(row.name, User(public_id=row.public_id).get_absolute_url())


# ---------------------------------------------------------------- cover


def acts_for(user: User) -> QuerySet[User]:
    """Return those in whose name `user` may act today, besides their own."""
    today = timezone.localdate()
    return User.objects.select_related("person").filter(
        delegations_given__delegate=user,
        delegations_given__starts_on__lte=today,
        delegations_given__ends_on__gte=today,
    )


def who_answers_for(user: User) -> User:
    """Return who is asked instead of `user` today: who stands in, themselves, the team's manager, any marketer.

    Somebody who was never invited or has left answers nothing. Where nobody can, it is still `user`.
    """
    today = timezone.localdate()
    people = User.objects.select_related("person").filter(is_active=True)
    delegate = people.filter(
        delegations_held__principal=user,
        delegations_held__starts_on__lte=today,
        delegations_held__ends_on__gte=today,
    ).first()
    if delegate is not None:
        return delegate
    if user.is_active:
        return user
    manager = people.filter(managed_teams=user.team_id).first() if user.team_id else None
    return manager or people.filter(role=Role.MARKETER).order_by("pk").first() or user


def delegations_of(user: User) -> QuerySet[Delegation]:
    """Return who stands in for `user` now or later."""
    today = timezone.localdate()
    return user.delegations_given.filter(ends_on__gte=today).select_related("delegate__person").order_by("starts_on")


# ---------------------------------------------------------------- restrictions and tokens


def restrictions_of(user: User) -> QuerySet[Restriction]:
    """Return what binds `user` now."""
    now = timezone.now()
    return (
        Restriction.objects.filter(user=user, lifted_at__isnull=True, starts_at__lte=now)
        .filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
        .select_related("imposed_by__person")
        .order_by("starts_at")
    )


def restriction_of(user: User, privilege: Privilege) -> Restriction | None:
    """Return the restriction that keeps `user` from this privilege now, if any."""
    return restrictions_of(user).filter(privilege=privilege).first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return a user's own tokens that are not revoked, newest first."""
    return ApiToken.objects.filter(user=user, revoked_at__isnull=True).order_by("-pk")


def open_work(user: User) -> list[DeskItem]:
    """Return what still lies on somebody's desk, in all rooms: named before their access ends."""
    return [item for path in settings.DESKS for item in import_string(path)(user)]


def user_by_email(email: str) -> User | None:
    """Return the user who signs in with this address."""
    return User.objects.select_related("person").filter(email=email.strip().lower()).first()


def active_user(key: int) -> User | None:
    """Return a colleague who may come in, by key."""
    return User.objects.select_related("person").filter(pk=key, is_active=True).first()


# ---------------------------------------------------------------- choices and search


def team_choices() -> list[tuple[str, str]]:
    """Return all teams, for filters."""
    return list(Team.objects.values_list("public_id", "name"))


def region_choices() -> list[tuple[str, str]]:
    """Return all regions, for filters."""
    return list(Region.objects.values_list("public_id", "name"))


def search_people(people: QuerySet[User], words: list[str]) -> QuerySet[User]:
    """Narrow to colleagues that have every word in their name, address or title."""
    for word in words:
        people = people.filter(
            Q(person__name__icontains=word) | Q(email__icontains=word) | Q(person__title__icontains=word)
        )
    return people


def search_teams(teams: QuerySet[Team], words: list[str]) -> QuerySet[Team]:
    """Narrow to teams that have every word in their own or their manager's name."""
    for word in words:
        teams = teams.filter(Q(name__icontains=word) | Q(manager__person__name__icontains=word))
    return teams


# ---------------------------------------------------------------- single rows


def teams() -> QuerySet[Team]:
    """Return all teams, by name: for pickers."""
    return Team.objects.order_by("name")


def regions() -> QuerySet[Region]:
    """Return all regions, by name: for pickers."""
    return Region.objects.order_by("name")


def members_of(team: Team) -> QuerySet[User]:
    """Return who is in a team, by name."""
    return User.objects.filter(team=team).select_related("person", "team__region").order_by("person__name")


def delegation_by_id(user: User, public_id: str) -> Delegation | None:
    """Return a delegation of somebody whose page `user` may open."""
    covers = Delegation.objects.select_related("principal__person", "delegate__person")
    return covers.filter(principal__in=visible_to(user).order_by().values("pk"), public_id=public_id).first()


def restriction_by_id(user: User, public_id: str) -> Restriction | None:
    """Return a restriction of somebody whose page `user` may open."""
    bans = Restriction.objects.select_related("user__person")
    return bans.filter(user__in=visible_to(user).order_by().values("pk"), public_id=public_id).first()


def invited(user_id: int) -> User | None:
    """Return whom an invitation is for, while they may come in."""
    return User.objects.select_related("person").filter(pk=user_id, is_active=True).first()


def as_if_gone(user: User) -> User:
    """Return the user as they would be without access: to say who would answer then."""
    gone = User.objects.select_related("person").get(pk=user.pk)
    gone.is_active = False
    return gone


def name_of(person_id: int | None) -> str:
    """Return how a person is called in a mail."""
    person = Person.objects.filter(pk=person_id or 0, erased_at__isnull=True).first()
    return person.name if person else someone().text
