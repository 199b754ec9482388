"""Reading the catalogue."""

from django.db.models import QuerySet

from references.accounts import policy
from references.accounts.models import ActivityType
from refprogram.people.enums import Role
from refprogram.people.models import User


def visible_to(user: User) -> QuerySet[ActivityType]:
    """Every kind of activity, retired ones too; a light ask (a survey) is nothing to choose from."""
    kinds = ActivityType.objects.filter(effort__gt=policy.LIGHT_EFFORT)
    return kinds.none() if user.role == Role.JUDGE else kinds
