"""Users and teams over the API: the same doors as the pages."""

from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people import selectors, services
from refprogram.people.auth import MemberRequest
from refprogram.people.enums import Role, UserState
from refprogram.people.filters import PeopleFilter, TeamFilter
from refprogram.people.models import Team, User

router = api.Router(tags=["people"])


class UserOut(api.Thing):
    """A colleague."""

    name: str
    email: str
    title: str
    role: Role
    state: UserState
    team: api.Ref | None
    external_ref: str

    @staticmethod
    def resolve_title(obj: User) -> str:
        return obj.person.title


class UserIn(api.Input):
    """Whom to invite."""

    email: str = Field(max_length=254)
    name: str = Field(max_length=120)
    role: Role = Role.REP
    team: str | None = Field(None, description="The team's id.")


class UserPatch(api.Input):
    """What an administrator changes."""

    role: Role = Role.REP
    team: str | None = None


class TeamOut(api.Thing):
    """A sales team."""

    name: str
    region: api.Ref | None
    manager: api.Ref | None
    size: int = Field(description="How many active members it has.")


class TeamIn(api.Input):
    """A team to open."""

    name: str = Field(max_length=80)
    region: str | None = Field(None, max_length=80, description="The region's name; a new one is made.")
    manager: str | None = Field(None, description="The id of a user who is a sales manager.")


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed("Your role does not include this.")


def _named(rows: QuerySet[Any], field: str, public_id: str | None) -> Any:
    """Return the row that a field of the body names, or say that there is none."""
    if public_id is None:
        return None
    row = rows.filter(public_id=public_id).first()
    if row is None:
        message = "There is no such thing here, or you may not see it."
        raise InvalidInput(message, errors={field: message})
    return row


@api.listing(router, "/users", UserOut, filters=PeopleFilter, search=selectors.search_people)
def list_users(request: MemberRequest) -> QuerySet[User]:
    """List the colleagues whose page you may open."""
    return selectors.with_state(selectors.visible_to(request.user))


@router.get("/users/me", response=UserOut)
def get_me(request: MemberRequest) -> User:
    """Return who the token belongs to."""
    return request.user


@router.get("/users/{public_id}", response=UserOut)
def get_user(request: MemberRequest, public_id: str) -> User:
    """Return one colleague."""
    return api.found(selectors.visible_to(request.user), public_id)


@router.post("/users", response={201: UserOut})
def create_user(request: MemberRequest, data: UserIn) -> Any:
    """Invite a colleague; their mail follows."""
    _demand(request, "people.invite")
    team = _named(selectors.teams_visible_to(request.user), "team", data.team)
    user = services.invite_user(actor=request.user, email=data.email, name=data.name, role=data.role, team=team)
    return api.Status(201, user)


@router.patch("/users/{public_id}", response=UserOut)
def change_user(request: MemberRequest, public_id: str, data: api.PatchDict[UserPatch]) -> User:
    """Change a colleague's role or team."""
    user = api.found(selectors.visible_to(request.user), public_id)
    _demand(request, "people.edit_users")
    if data.get("role"):
        services.change_role(user=user, role=data["role"], actor=request.user)
    if "team" in data:
        team = _named(selectors.teams_visible_to(request.user), "team", data["team"])
        services.move_to_team(user=user, team=team, actor=request.user)
    return api.found(selectors.visible_to(request.user), public_id)


@router.post("/users/{public_id}/deactivate", response=UserOut)
def deactivate_user(request: MemberRequest, public_id: str) -> User:
    """End a colleague's access."""
    user = api.found(selectors.visible_to(request.user), public_id)
    _demand(request, "people.edit_users")
    services.deactivate_user(user=user, actor=request.user)
    return api.found(selectors.visible_to(request.user), public_id)


@api.listing(router, "/teams", TeamOut, filters=TeamFilter, search=selectors.search_teams)
def list_teams(request: MemberRequest) -> QuerySet[Team]:
    """List the sales teams."""
    return selectors.teams_visible_to(request.user)


@router.get("/teams/{public_id}", response=TeamOut)
def get_team(request: MemberRequest, public_id: str) -> Team:
    """Return one team."""
    return api.found(selectors.teams_visible_to(request.user), public_id)


@router.post("/teams", response={201: TeamOut})
def create_team(request: MemberRequest, data: TeamIn) -> Any:
    """Open a team."""
    _demand(request, "people.edit_teams")
    team = services.create_team(
        name=data.name,
        region=services.region_of(data.region),
        manager=_named(selectors.colleagues(), "manager", data.manager),
        actor=request.user,
    )
    return api.Status(201, api.found(selectors.teams_visible_to(request.user), team.public_id))


@router.patch("/teams/{public_id}", response=TeamOut)
def change_team(request: MemberRequest, public_id: str, data: api.PatchDict[TeamIn]) -> Team:
    """Rename a team, put it elsewhere, give it another manager."""
    team = api.found(selectors.teams_visible_to(request.user), public_id)
    _demand(request, "people.edit_teams")
    manager = _named(selectors.colleagues(), "manager", data["manager"]) if "manager" in data else team.manager
    services.change_team(
        team=team,
        name=data.get("name", team.name),
        region=services.region_of(data["region"]) if "region" in data else team.region,
        manager=manager,
        actor=request.user,
    )
    return api.found(selectors.teams_visible_to(request.user), public_id)
