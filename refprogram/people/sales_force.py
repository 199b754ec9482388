"""The sales force as a CRM export tells it: agents under managers in offices.

Agents become inactive users until somebody invites them; their office is a region, their manager leads their team.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from refprogram.people.enums import Role
from refprogram.people.models import Region, Team, User
from refprogram.people.services import ensure_agent


class Line(NamedTuple):
    """One agent; manager and region may be empty."""

    agent: str
    manager: str
    region: str


@transaction.atomic
def ensure(lines: Iterable[Line]) -> Counter[str]:
    """Bring users, teams and regions in line with the export; return counts of created / updated / unchanged agents."""
    outcome: Counter[str] = Counter()
    teams: dict[str, Team | None] = {"": None}
    before = dict(User.objects.exclude(external_ref="").values_list("external_ref", "team_id"))
    for line in lines:
        if line.manager not in teams:
            teams[line.manager] = _team_of(line.manager, line.region)
        team = teams[line.manager]
        ensure_agent(external_ref=line.agent, name=line.agent, team=team)
        if line.agent not in before:
            outcome["created"] += 1
        else:
            outcome["unchanged" if before[line.agent] == (team and team.pk) else "updated"] += 1
    return outcome


def _team_of(manager: str, region: str) -> Team:
    office = Region.objects.get_or_create(name=region)[0] if region else None
    leader = ensure_agent(external_ref=manager, name=manager, team=None, role=Role.MANAGER)
    team, _created = Team.objects.get_or_create(
        manager=leader, defaults={"name": _("%(manager)s’s team") % {"manager": manager}, "region": office}
    )
    if team.region_id != (office and office.pk):
        team.region = office
        team.save(update_fields=["region"])
    return team
