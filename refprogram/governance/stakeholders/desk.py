"""Whom the program should have spoken to by now, on the desk of who keeps the contact."""

from django.db.models import DateField, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.stakeholders.models import Stakeholder
from refprogram.governance.stakeholders.selectors import due
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 10


def desk_items(user: User) -> list[DeskItem]:
    """Return whom this colleague should have spoken to by now: one query, none where a glance found nothing."""
    return [_item(row) for row in _LATE(user)]


def _late(user: User) -> QuerySet[Stakeholder]:
    if user.role not in (Role.MARKETER, Role.ADMIN):
        return Stakeholder.objects.none()
    mine = Q(keeper=user.pk)
    if user.role == Role.MARKETER:
        mine |= Q(keeper__isnull=True)
    rows = Stakeholder.objects.filter(mine, every_days__gt=0).annotate(due_on=due())
    return rows.filter(due_on__lt=Given("today", DateField())).order_by("due_on", "pk")[:SHOWN]


_LATE = ForDesk(_late, lambda: {"today": timezone.localdate()})


def _item(row: Stakeholder) -> DeskItem:
    due_on = row.due_on  # type: ignore[attr-defined]
    return DeskItem(
        title=_("Speak to %(name)s") % {"name": row.name},
        detail=_("Was due on %(day)s") % {"day": rp.day(due_on)},
        tone="wait",
        icon="users",
        actions=(DeskAction(_("Open"), row.get_absolute_url(), primary=True),),
        since=row.updated_at,
        urgency=5,
    )
