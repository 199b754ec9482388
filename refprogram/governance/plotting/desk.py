"""What the map puts on somebody's desk: what was passed on to them, and what is late elsewhere."""

from django.db.models import DateField, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.plotting.enums import PlotState
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 20


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits for this colleague, and, for who runs the program, what is late elsewhere: one query.

    None where a glance found nothing.
    """
    return [_item(row, user) for row in _WAITING(user)]


def _waiting(user: User) -> QuerySet[PlottedRequest]:
    if user.role == Role.JUDGE:
        return PlottedRequest.objects.none()
    mine = Q(redirect_to=user.pk)
    if user.role in (Role.MARKETER, Role.ADMIN):
        mine |= Q(due_on__lt=Given("today", DateField()))
    rows = PlottedRequest.objects.filter(mine, state=PlotState.REDIRECTED).select_related("redirect_to__person")
    return rows.order_by("due_on", "pk")[:SHOWN]


_WAITING = ForDesk(_waiting, lambda: {"today": timezone.localdate()})


def _item(row: PlottedRequest, user: User) -> DeskItem:
    late = row.due_on is not None and row.due_on < timezone.localdate()
    mine = row.redirect_to_id == user.pk
    whose = "" if mine or row.redirect_to is None else _("with %(name)s") % {"name": row.redirect_to.name}
    due = _("Answer by %(day)s") % {"day": rp.day(row.due_on)} if row.due_on else ""
    return DeskItem(
        title=row.text if mine else _("Late elsewhere: %(text)s") % {"text": row.text},
        detail=" · ".join(part for part in (due, whose) if part),
        tone="stop" if late else "wait",
        icon="map",
        actions=(DeskAction(_("Say what came of it"), row.get_absolute_url(), primary=True),),
        since=row.decided_at or row.created_at,
        urgency=2 if late and mine else 4,
    )
