"""The cast: one colleague per role, two teams, and what each of them comes in with."""

from typing import Any, Final

from django.test import Client

from refprogram.people.enums import Role, Scope
from refprogram.people.models import Team, User
from tests.factories.people import ApiTokenFactory, RegionFactory, TeamFactory, UserFactory

# name in tests -> (role, full name, team: "north", "south" or none)
PARTS: Final[dict[str, tuple[Role, str, str]]] = {
    "marketer": (Role.MARKETER, "Mona Marlow", ""),
    "rep": (Role.REP, "Rhea Rep", "north"),
    "support": (Role.SUPPORT, "Sami Support", "north"),
    "manager": (Role.MANAGER, "Mara Manager", "north"),
    "sales_head": (Role.SALES_HEAD, "Hanna Head", ""),
    "executive": (Role.EXECUTIVE, "Edo Executive", ""),
    "finance": (Role.FINANCE, "Fina Finance", ""),
    "legal": (Role.LEGAL, "Levi Legal", ""),
    "judge": (Role.JUDGE, "Jule Judge", ""),
    "admin": (Role.ADMIN, "Ada Admin", ""),
    "other_team_rep": (Role.REP, "Olga Outsider", "south"),
    "other_team_manager": (Role.MANAGER, "Otto Outsider", "south"),
}
ROLES: Final = tuple(role.value for role in Role)
BACKEND: Final = "refprogram.people.auth.Backend"


class Cast:
    """Creates each colleague when first asked for: `cast.rep`, `cast["rep"]`, `cast.north`."""

    def __init__(self) -> None:
        self._users: dict[str, User] = {}
        self._teams: dict[str, Team] = {}

    def __getitem__(self, part: str) -> User:
        if part not in self._users:
            role, name, team = PARTS[part]
            self._users[part] = UserFactory(
                role=role,
                name=name,
                email=f"{part.replace('_', '-')}@house.example",
                team=self._team(team) if team else None,
            )
            if role == Role.MANAGER:
                self._lead(self._team(team), self._users[part])
        return self._users[part]

    def __getattr__(self, name: str) -> Any:
        if name in PARTS:
            return self[name]
        if name in {"north", "south"}:
            self["manager" if name == "north" else "other_team_manager"]  # a team is led
            return self._team(name)
        raise AttributeError(name)

    def _team(self, name: str) -> Team:
        if name not in self._teams:
            region = RegionFactory(name="Europe" if name == "north" else "Americas")
            self._teams[name] = TeamFactory(name=name.title(), region=region)
        return self._teams[name]

    @staticmethod
    def _lead(team: Team, manager: User) -> None:
        team.manager = manager
        team.save()


def signed_in(user: User) -> Client:
    """Return a client in which this user is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


class Clients:
    """`clients["rep"]`: a signed-in client per part, and `clients["anonymous"]`."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._clients: dict[str, Client] = {}

    def __getitem__(self, part: str) -> Client:
        if part not in self._clients:
            self._clients[part] = Client() if part == "anonymous" else signed_in(self._cast[part])
        return self._clients[part]


class ApiClients:
    """`api["rep"]`: a client with a bearer token; JSON in, JSON out. `api.token(user, scope=…)` for others."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._clients: dict[str, Client] = {}

    def __getitem__(self, part: str) -> Client:
        if part not in self._clients:
            self._clients[part] = Client() if part == "anonymous" else self.token(self._cast[part])
        return self._clients[part]

    @staticmethod
    def token(user: User, *, scope: Scope = Scope.WRITE, **fields: Any) -> Client:
        """Return a client with a fresh token of this user."""
        secret = f"rp_{user.public_id}{scope}{len(fields)}"
        ApiTokenFactory(user=user, secret=secret, scope=scope, **fields)
        return Client(headers={"Authorization": f"Bearer {secret}"})
