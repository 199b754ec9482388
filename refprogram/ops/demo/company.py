"""Regions, teams and colleagues of the demo company."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from refprogram.ops.demo import words
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import DOMAIN, PASSWORD, address
from refprogram.people.enums import Role
from refprogram.people.models import Person, Region, Team, User

REPS_PER_TEAM = 4
SUPPORTERS = 4
# The sign-ins of contract.md: (address, name, title, role).
LEADS = (
    ("marketer", "Lena Hoffmann", "Reference manager", Role.MARKETER),
    ("sales-head", "Victor Marino", "Head of sales", Role.SALES_HEAD),
    ("executive", "Helena Lindqvist", "Chief customer officer", Role.EXECUTIVE),
    ("finance", "Farid Khan", "Controller", Role.FINANCE),
    ("legal", "Lotte Visser", "Legal counsel", Role.LEGAL),
    ("judge", "Jun Takeda", "Editor, outside judge", Role.JUDGE),
    ("admin", "Ava Novak", "Systems administrator", Role.ADMIN),
)
ZONES = {"EMEA": "Europe/Amsterdam", "Americas": "America/New_York", "APAC": "Asia/Singapore"}


@dataclass(frozen=True)
class Company:
    """Who works there."""

    regions: dict[str, Region]
    teams: list[Team]
    reps: list[User]
    supporters: list[User]
    managers: list[User]
    marketer: User


def build(maker: Maker) -> Company:
    """Make regions, teams and everybody in them; the demo sign-ins are the first of their kind."""
    password = make_password(PASSWORD)
    regions = {r.name: r for r in bulk(maker, [Region(name=name) for name in words.REGIONS])}
    teams = bulk(maker, [Team(name=t, region=regions[r]) for r, names in words.TEAMS.items() for t in names])
    leads = [_user(maker, password, role=role, title=t, local=a, name=n) for a, n, t, role in LEADS]
    managers = [
        _user(maker, password, role=Role.MANAGER, title="Sales manager", local="manager" if i == 0 else "", team=team)
        for i, team in enumerate(teams)
    ]
    reps = [
        _user(maker, password, role=Role.REP, title="Account executive", local="rep" if i == n == 0 else "", team=team)
        for i, team in enumerate(teams)
        for n in range(REPS_PER_TEAM)
    ]
    supporters = [
        _user(
            maker,
            password,
            role=Role.SUPPORT,
            title="Customer success manager",
            local="support" if i == 0 else "",
            team=teams[i],
        )
        for i in range(SUPPORTERS)
    ]
    _save([*leads, *managers, *reps, *supporters], maker)
    for team, manager in zip(teams, managers, strict=True):
        team.manager = manager
        team.save(update_fields=["manager"])
    return Company(regions, teams, reps, supporters, managers, marketer=leads[0])


def _user(
    maker: Maker, password: str, *, role: Role, title: str, local: str = "", name: str = "", team: Team | None = None
) -> User:
    name = name or f"{maker.chance.choice(words.FIRST)} {maker.chance.choice(words.LAST)}"
    email = address(local or f"{name.lower().replace(' ', '.')}.{maker.chance.randrange(100, 999)}")
    zone = ZONES[team.region.name] if team and team.region else ZONES["EMEA"]
    person = Person(name=name, email=email, title=title, time_zone=zone)
    return User(
        person=person,
        email=email,
        role=role,
        team=team,
        password=password,
        is_staff=role == Role.ADMIN,
        last_login=maker.moment(maker.day_ago(6)),
    )


def _save(users: list[User], maker: Maker) -> None:
    bulk(maker, [user.person for user in users])
    for user in users:
        user.person_id = user.person.pk
    bulk(maker, users)


def exists() -> bool:
    """Whether the demo company is here already."""
    return User.objects.filter(email=address("marketer")).exists()


def is_strange() -> bool:
    """Whether somebody works here who is not of the demo company: then these are real data."""
    return User.objects.exclude(email__endswith=f"@{DOMAIN}").exists()
