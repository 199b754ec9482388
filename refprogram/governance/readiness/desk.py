"""What changes put on desks: the steps that are due, on the desk of who sees to them."""

import datetime as dt

from django.db.models import DateField, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.readiness import policy
from refprogram.governance.readiness.enums import ChangeState
from refprogram.governance.readiness.models import ChangeStep
from refprogram.kernel.addresses import address
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 10


def desk_items(user: User) -> list[DeskItem]:
    """Return the steps that this colleague sees to and that are due: one query."""
    if user.role == Role.JUDGE:
        return []
    today = timezone.localdate()
    return [_item(row, today) for row in _DUE(user)]


def _due(user: User) -> QuerySet[ChangeStep]:
    """The steps of whom `selectors.answers_for` names: an owner without access stands for nobody."""
    nobody = Q(owner__isnull=True) | Q(owner__is_active=False)
    mine = Q(owner=user.pk) | (nobody & Q(change__owner=user.pk))
    if user.role == Role.MARKETER:
        mine |= nobody & (Q(change__owner__isnull=True) | Q(change__owner__is_active=False))
    rows = ChangeStep.objects.filter(
        mine, done_on__isnull=True, due_on__lte=Given("soon", DateField()), change__state=ChangeState.OPEN
    )
    return rows.select_related("change").order_by("due_on", "pk")[:SHOWN]


_DUE = ForDesk(_due, lambda: {"soon": timezone.localdate() + dt.timedelta(days=policy.now().step_soon)})


def _item(row: ChangeStep, today: dt.date) -> DeskItem:
    is_late = row.due_on < today
    day = rp.day(row.due_on)
    return DeskItem(
        title=row.name,
        detail=(_("Overdue since %(day)s · %(change)s") if is_late else _("Due %(day)s · %(change)s"))
        % {"day": day, "change": row.change.name},
        tone="stop" if is_late else "wait",
        icon="flag",
        actions=(
            DeskAction(_("Done"), address("governance:change-step-done", row.public_id), post=True, primary=True),
            DeskAction(_("Open"), row.get_absolute_url()),
        ),
        since=row.created_at,
        urgency=3 if is_late else 5,
    )
