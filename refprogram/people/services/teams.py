"""Teams: their names, regions and managers."""

from django.db import transaction
from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import Region, Team, User


def region_of(name: str | None) -> Region | None:
    """Return the region of this name, made if it is new; none for no name."""
    return Region.objects.get_or_create(name=name.strip())[0] if name and name.strip() else None


@transaction.atomic
def create_team(*, name: str, region: Region | None, manager: User | None, actor: User) -> Team:
    """Open a team."""
    return _keep(Team(), name=name, region=region, manager=manager, actor=actor)


@transaction.atomic
def change_team(*, team: Team, name: str, region: Region | None, manager: User | None, actor: User) -> Team:
    """Rename a team, put it elsewhere, give it another manager."""
    locked = Team.objects.select_for_update().get(pk=team.pk)
    return _keep(locked, name=name, region=region, manager=manager, actor=actor)


def _keep(team: Team, *, name: str, region: Region | None, manager: User | None, actor: User) -> Team:
    problems = {}
    if not name.strip():
        problems["name"] = _("Give it a name.")
    elif Team.objects.filter(name__iexact=name.strip()).exclude(pk=team.pk).exists():
        problems["name"] = _("There is a team of this name.")
    if manager is not None and not manager.is_role(Role.MANAGER):
        problems["manager"] = _("%(name)s is no sales manager.") % {"name": manager.name}
    if problems:
        raise InvalidInput(" ".join(problems.values()), errors=problems)
    team.name, team.region, team.manager = name.strip(), region, manager
    team.save()
    emit("team.changed", subject=team, actor_id=actor.person_id)
    return team
