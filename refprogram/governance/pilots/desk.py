"""What pilots put on somebody's desk: an answer for sales, a decision, a pilot that did not begin."""

from typing import Any

from django.db.models import DateField, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.pilots import policy
from refprogram.governance.pilots.enums import PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult
from refprogram.kernel.addresses import row_url
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 10


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague has to answer or decide: two queries at most, none where a glance found nothing."""
    if user.role == Role.JUDGE:
        return []
    return [*(_answer(row) for row in _ASKED(user)), *(_own(row) for row in _RUN(user))]


def _asked(user: User) -> QuerySet[PilotConsult]:
    rows = PilotConsult.objects.filter(asked=user.pk, answered_at__isnull=True, pilot__state=PilotState.CONSULTING)
    return rows.select_related("pilot", "asked_by__person").order_by("pk")[:SHOWN]


def _run(user: User) -> QuerySet[Pilot]:
    late = Q(state=PilotState.READY, starts_on__lt=Given("today", DateField()))
    rows = Pilot.objects.filter(Q(state=PilotState.ENDED) | late)
    mine = rows if user.role == Role.MARKETER else rows.filter(owner=user.pk)
    return mine.order_by("ends_on", "pk")[:SHOWN]


def _today() -> dict[str, Any]:
    return {"today": timezone.localdate()}


_ASKED, _RUN = ForDesk(_asked), ForDesk(_run, _today)


def _answer(row: PilotConsult) -> DeskItem:
    return DeskItem(
        title=_("Sales is asked: %(name)s") % {"name": row.pilot.name},
        detail=_("%(name)s wants to try it from %(day)s") % {"name": row.asked_by.name,
                                                             "day": rp.day(row.pilot.starts_on)},
        tone="wait",
        icon="chat",
        actions=(DeskAction(_("Answer"), row_url("governance:pilot-answer", row.pilot.public_id), primary=True),),
        since=row.created_at,
        urgency=3,
    )  # fmt: skip


def _own(row: Pilot) -> DeskItem:
    if row.state == PilotState.READY:
        title = _("“%(name)s” was to begin on %(day)s") % {"name": row.name, "day": rp.day(row.starts_on)}
        detail, tone, verb, urgency = _("Begin it, or change its days"), "wait", _("Open"), 4
    else:
        days = (timezone.localdate() - row.ends_on).days
        late = days > policy.now().decide_days
        title = _("Decide about “%(name)s”") % {"name": row.name}
        detail = _("Ended on %(day)s: fill its criteria, then decide") % {"day": rp.day(row.ends_on)}
        tone, verb, urgency = "stop" if late else "wait", _("Look and decide"), 2 if late else 4
    return DeskItem(
        title=title,
        detail=detail,
        tone=tone,
        icon="flag",
        actions=(DeskAction(verb, row.get_absolute_url(), primary=True),),
        since=row.ended_at or row.updated_at,
        urgency=urgency,
    )
