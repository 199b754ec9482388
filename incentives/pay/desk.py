"""What pay puts on somebody's desk: months to close or agree to, questions to answer, proofs to show and look at."""

import datetime as dt

from django.db.models import DateField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay.enums import DisputeState, EntryState, PeriodState
from incentives.pay.models import PayDispute, PayPeriod, SpiffEntry
from incentives.pay.months import last_day, this_month
from incentives.pay.selectors import months
from incentives.pay.selectors.names import month_name
from refprogram.kernel import rollups
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 10
CLOSERS = (Role.FINANCE, Role.SALES_HEAD)
RUNNERS = (Role.MARKETER, Role.SALES_HEAD)
EARNERS = (Role.REP, Role.SUPPORT)


def _disputes(user: User) -> QuerySet[PayDispute]:
    rows = PayDispute.objects.filter(state=DisputeState.OPEN).exclude(person=user.person_id)
    return rows.select_related("person").order_by("due_on", "pk")[:SHOWN]


def _entries(state: EntryState) -> QuerySet[SpiffEntry]:
    return SpiffEntry.objects.filter(state=state).select_related("spiff", "person").order_by("prove_until", "pk")


_MONTHS = Prepared(lambda: months.open_months(Given("until", DateField()))[:SHOWN])
_DISPUTES = ForDesk(_disputes)
_TO_SHOW = ForDesk(lambda user: _entries(EntryState.ASKED).filter(person=user.person_id)[:SHOWN])
_TO_JUDGE = ForDesk(lambda user: _entries(EntryState.SHOWN).exclude(person=user.person_id)[:SHOWN])


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits for this colleague; a query for each thing that their role may have to do."""
    found: list[DeskItem] = []
    if user.is_role(*CLOSERS):
        found += [item for row in _MONTHS(until=this_month()) if (item := _month(row, user)) is not None]
        found += [_dispute(row) for row in _DISPUTES(user)]
    if user.is_role(*EARNERS):
        found += [_to_show(row) for row in _TO_SHOW(user)]
    if user.is_role(*RUNNERS):
        found += [_to_judge(row) for row in _TO_JUDGE(user)]
    return found


def _month(row: PayPeriod, user: User) -> DeskItem | None:
    words = {"month": month_name(row.starts_on)}
    if row.state == PeriodState.CLOSING and row.proposed_by_id == user.pk:
        return None
    waits = row.state == PeriodState.CLOSING
    return DeskItem(
        title=(_("Agree to pay of %(month)s") if waits else _("Close pay of %(month)s")) % words,
        detail=_("A second person is needed.") if waits else _("The month is over."),
        tone="wait",
        icon="coins",
        actions=(DeskAction(_("Look at it"), row.get_absolute_url(), primary=True),),
        since=row.proposed_at or _midnight(last_day(row.starts_on)),
        urgency=4,
    )


def _dispute(row: PayDispute) -> DeskItem:
    late = row.due_on < rollups.day_of(timezone.now())
    return DeskItem(
        title=_("%(name)s asks about their pay") % {"name": row.person.name},
        detail=month_name(row.earned_in),
        tone="stop" if late else "wait",
        icon="chat",
        actions=(DeskAction(_("Answer"), row.get_absolute_url(), primary=True),),
        since=row.created_at,
        urgency=1 if late else 3,
    )


def _to_show(row: SpiffEntry) -> DeskItem:
    return DeskItem(
        title=_("Show your proof for “%(spiff)s”") % {"spiff": row.spiff.name},
        detail=row.spiff.proof,
        tone="wait",
        icon="trophy",
        actions=(DeskAction(_("Show it"), row.spiff.get_absolute_url(), primary=True),),
        since=row.updated_at,
        urgency=3,
    )


def _to_judge(row: SpiffEntry) -> DeskItem:
    return DeskItem(
        title=_("Look at the proof of %(name)s") % {"name": row.person.name},
        detail=row.spiff.name,
        tone="wait",
        icon="trophy",
        actions=(DeskAction(_("Look at it"), row.spiff.get_absolute_url(), primary=True),),
        since=row.updated_at,
        urgency=4,
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, timezone.get_default_timezone())
