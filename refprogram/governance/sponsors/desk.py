"""What a sponsor has to do or to answer, and sponsors who have to be found: on the desk, with one tap."""

import datetime as dt
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.governance.sponsors.enums import OPEN, Cause, PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 10
AHEAD = dt.timedelta(days=7)
KEEPERS = (Role.MARKETER, Role.ADMIN, Role.SALES_HEAD)


def desk_items(user: User) -> list[DeskItem]:
    """Return a colleague's own promises, and, for who finds sponsors, what has none: at most three queries."""
    if user.role == Role.JUDGE:
        return []
    items = due_items(user)
    if user.role in KEEPERS:
        items += [_lost(row) for row in _LOST(user)]
        items += [_orphan(row) for row in _ORPHANS(user)]
    return items


def due_items(user: User) -> list[DeskItem]:
    """Return what a sponsor has to do in the next days, and what they have to answer: one query."""
    return [_item(row) for row in _MINE(user)]


def _mine(viewer: User) -> QuerySet[SponsorPledge]:
    until = Given("until", DateField())
    wanted = Q(state=PledgeState.HANDED) | Q(state=PledgeState.PROMISED, due_on__lte=until)
    rows = SponsorPledge.objects.filter(wanted, sponsorship__user=viewer.pk)
    return rows.order_by("due_on", "pk")[:SHOWN]


def _lost_sponsors(_viewer: User) -> QuerySet[Sponsorship]:
    rows = Sponsorship.objects.exclude(alert="").select_related("user__person", "region", "deputy__person")
    return rows.annotate(open_now=Count("pledges", filter=Q(pledges__state__in=OPEN))).order_by("alerted_at")[:SHOWN]


def _orphans(_viewer: User) -> QuerySet[SponsorPledge]:
    rows = SponsorPledge.objects.filter(state=PledgeState.UNHELD, sponsorship__alert="")
    return rows.select_related("sponsorship__user__person").order_by("due_on", "pk")[:SHOWN]


_MINE = ForDesk(_mine, lambda: {"until": timezone.localdate() + AHEAD})
_LOST = ForDesk(_lost_sponsors)
_ORPHANS = ForDesk(_orphans)


def _item(row: SponsorPledge) -> DeskItem:
    today = timezone.localdate()
    if row.state == PledgeState.HANDED:
        return DeskItem(
            title=_("Take this over? %(words)s") % {"words": row.words},
            detail=_("Was to be done by %(day)s") % {"day": rp.day(row.due_on)},
            tone="wait",
            icon="swap",
            actions=(_post(_("Yes"), "pledge-accept", row), DeskAction(_("Read"), row.get_absolute_url())),
            since=row.updated_at,
            urgency=2,
        )
    late = row.due_on < today
    day = _("Was due on %(day)s") if late else _("Due on %(day)s")
    parts = [day % {"day": rp.day(row.due_on)}, row.channel, row.audience]
    return DeskItem(
        title=_("You promised: %(words)s") % {"words": row.words},
        detail=" · ".join(part for part in parts if part),
        tone="stop" if late else "wait",
        icon="flag",
        actions=(_post(_("Done"), "pledge-done", row), DeskAction(_("Words to send"), row.get_absolute_url())),
        since=row.created_at,
        urgency=2 if row.due_on <= today else 4,
    )


def _post(label: str, name: str, row: Any) -> DeskAction:
    return DeskAction(label, reverse(f"governance:{name}", args=[row.public_id]), post=True, primary=True)


def _lost(row: Sponsorship) -> DeskItem:
    number = row.open_now  # type: ignore[attr-defined]
    words = {"name": row.user.name, "why": Cause(row.alert).label, "part": row.label}
    waiting = ngettext("%(n)d promise needs a sponsor", "%(n)d promises need a sponsor", number) % {"n": number}
    actions = [DeskAction(_("Find who takes over"), row.get_absolute_url(), primary=row.deputy is None)]
    if row.deputy is not None:
        hand = _("Hand over to %(name)s") % {"name": row.deputy.name}
        actions.insert(0, _post(hand, "sponsor-to-deputy", row))
    return DeskItem(
        title=_("%(name)s %(why)s: %(part)s") % words,
        detail=waiting if number else _("Nothing of theirs is open"),
        tone="stop",
        icon="alert",
        actions=tuple(actions),
        since=row.alerted_at or row.updated_at,
        urgency=1,
    )


def _orphan(row: SponsorPledge) -> DeskItem:
    return DeskItem(
        title=_("Needs a new sponsor: %(words)s") % {"words": row.words},
        detail=_("%(name)s said no") % {"name": row.holder.name} if row.because else rp.day(row.due_on),
        tone="wait",
        icon="flag",
        actions=(DeskAction(_("Find one"), row.get_absolute_url(), primary=True),),
        since=row.updated_at,
        urgency=3,
    )
