"""Reading quotas: who sees which share, whom a plan is for, how people are called and where their day ends."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, DateField, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.quotas.enums import QuotaState
from nominations.quotas.lines import words_of
from nominations.quotas.models import QuotaCount, QuotaPlan, QuotaShare
from nominations.rules import has_overview
from nominations.waves.enums import WaveState
from nominations.waves.models import Wave
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.labels import Label, someone
from refprogram.kernel.prepared import Given
from refprogram.people.calendars.selectors import default_calendar, working_time
from refprogram.people.calendars.working_time import WorkingTime
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import BusinessCalendar, Region, Team, User
from refprogram.people.zones import known

RUNNING = (QuotaState.OPEN, QuotaState.GRACE)
OVER = (QuotaState.CLOSED, QuotaState.APPEALED)
HUNDRED = Decimal(100)

# ---------------------------------------------------------------- who sees what


def plans_for(user: User) -> QuerySet[QuotaPlan]:
    """Return the plans that a colleague may open: who oversees the program all, others those they have a part in."""
    rows = QuotaPlan.objects.select_related("owner__person", "wave")
    if has_overview(user):
        return rows
    if user.role == Role.JUDGE:
        return rows.none()
    mine = QuotaShare.objects.filter(pk__in=visible_to(user).values("pk"))
    return rows.filter(pk__in=mine.values("plan"))


def with_counts(rows: QuerySet[QuotaPlan]) -> QuerySet[QuotaPlan]:
    """Add how many have a share, and how many of them have reached it."""
    owing = Q(shares__target__gt=0)
    return rows.annotate(
        people=Count("shares", filter=owing, distinct=True),
        done=Count("shares", filter=owing & Q(shares__reached_at__isnull=False), distinct=True),
    )


def visible_to(user: User) -> QuerySet[QuotaShare]:
    """Return the shares that a colleague may read: the head of sales and who oversees all; a manager the team's."""
    rows = QuotaShare.objects.all()
    if has_overview(user):
        return rows
    if user.role == Role.JUDGE:
        return rows.none()
    seen = Q(user=user.pk) | Q(plan__owner=user.pk)
    if user.role == Role.MANAGER:
        seen |= Q(user__team__manager=user.pk)
    return rows.filter(seen)


def in_full(rows: QuerySet[QuotaShare]) -> QuerySet[QuotaShare]:
    """Add all that a share's page names."""
    return rows.select_related("plan__owner__person", "user__person", "user__team", "waived_by__person", "case__policy")


def counts_of(share: QuotaShare) -> list[QuotaCount]:
    """Return what was counted for a share, oldest first."""
    return list(share.counts.order_by("at", "pk"))


def own_shares(user: User) -> list[QuotaShare]:
    """Return a colleague's own shares of quotas that run."""
    rows = QuotaShare.objects.filter(user=user, plan__state__in=(*RUNNING, *OVER), target__gt=0)
    return list(rows.select_related("plan", "user__person").order_by("ends_on", "pk"))


def search_shares(rows: QuerySet[QuotaShare], words: Sequence[str]) -> QuerySet[QuotaShare]:
    """Narrow to shares that have every word in their person's or plan's name."""
    for word in words:
        rows = rows.filter(Q(user__person__name__icontains=word) | Q(plan__name__icontains=word))
    return rows


def plan_choices() -> list[tuple[str, str]]:
    """Return all plans, newest first, for filters."""
    return list(QuotaPlan.objects.order_by("-starts_on", "name").values_list("public_id", "name"))


def heads_of_sales() -> QuerySet[User]:
    """Return who can own a quota."""
    return User.objects.filter(role=Role.SALES_HEAD, is_active=True).select_related("person").order_by("person__name")


def teams() -> QuerySet[Team]:
    """Return all teams, by name."""
    return Team.objects.order_by("name")


def regions() -> QuerySet[Region]:
    """Return all regions, by name."""
    return Region.objects.order_by("name")


def waves() -> QuerySet[Wave]:
    """Return the waves that a quota can follow, the latest first."""
    return Wave.objects.exclude(state=WaveState.ENDED).order_by("-starts_on", "name")


def plan_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how plans are called in a sentence."""
    rows = QuotaPlan.objects.filter(pk__in=list(ids)).only("public_id", "name")
    sees = set(plans_for(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))
    return {row.pk: Label(row.name, row.get_absolute_url() if row.pk in sees else "") for row in rows}


def share_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how shares are called, to those who may read them; else nothing is given away."""
    wanted = list(ids)
    rows = visible_to(viewer).filter(pk__in=wanted).select_related("plan", "user__person")
    found = {row.pk: Label(f"{row.plan.name}: {row.user.name}", share_url(row)) for row in rows}
    return {key: found.get(key, someone()) for key in wanted}


def share_url(share: QuotaShare) -> str:
    """Return a share's page."""
    return reverse("nominations:quota-share", args=[share.public_id])


# ---------------------------------------------------------------- whom it is for, and where their day ends


def population(plan: QuotaPlan) -> QuerySet[User]:
    """Return whom a plan is for: active colleagues of these roles, in these teams or regions (none named: all)."""
    people = User.objects.filter(is_active=True, role__in=plan.roles)
    teams_of, regions = list(plan.teams.values_list("pk", flat=True)), list(plan.regions.values_list("pk", flat=True))
    if teams_of or regions:
        people = people.filter(Q(team__in=teams_of) | Q(team__region__in=regions))
    return people.select_related("person", "team").order_by("pk")


class Places:
    """The calendars of all regions, read once: working days, and the zone in which somebody's day ends."""

    def __init__(self) -> None:
        rows = BusinessCalendar.objects.prefetch_related("days").filter(regions__isnull=False).distinct()
        self._by_region = {
            region: working_time(row) for row in rows for region in row.regions.values_list("pk", flat=True)
        }
        self._default = working_time(default_calendar())

    def time_of(self, user: User) -> WorkingTime:
        """Return when people work where this colleague does."""
        region = user.team.region_id if user.team is not None else None
        return self._by_region.get(region, self._default) if region is not None else self._default

    def zone_of(self, user: User) -> ZoneInfo:
        """Return a colleague's zone: the one they chose, else that of their place."""
        own = user.person.time_zone
        return _zone(own) if own in known() else self.time_of(user).zone

    def day_of(self, user: User, at: dt.datetime) -> dt.date:
        """Return which day it is for this colleague at a moment."""
        return at.astimezone(self.zone_of(user)).date()


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


# ---------------------------------------------------------------- desk, consequences


def desk_items(user: User) -> list[DeskItem]:
    """Return one's own share of a quota that runs and is not reached, and for its owner what people objected to."""
    if user.role == Role.JUDGE:
        return []
    today = timezone.localdate()
    items = [_own_item(row, today) for row in _OWN_SHARES(user)]
    if user.role == Role.SALES_HEAD:
        items += [_appeal_item(row) for row in _APPEALS(user)]
    return items


def _own_shares(viewer: User) -> QuerySet[QuotaShare]:
    rows = QuotaShare.objects.filter(
        user=viewer.pk, plan__state=QuotaState.OPEN, target__gt=0, reached_at__isnull=True, waived_at__isnull=True,
        starts_on__lte=Given("today", DateField()),
    )  # fmt: skip
    return rows.select_related("plan").order_by("ends_on")[:3]


def _appeals(viewer: User) -> QuerySet[QuotaShare]:
    open_ones = QuotaShare.objects.filter(plan__owner=viewer.pk, appealed_at__isnull=False, appeal_answer="")
    return open_ones.select_related("plan", "user__person").order_by("appealed_at")


_OWN_SHARES = ForDesk(_own_shares, lambda: {"today": timezone.localdate()})
_APPEALS = ForDesk(_appeals)


def _own_item(share: QuotaShare, today: dt.date) -> DeskItem:
    return DeskItem(
        title=share.plan.name,
        detail=words_of(share, today),
        tone="wait" if (share.ends_on - today).days <= 21 else "info",
        icon="target",
        actions=(
            DeskAction(_("Nominate"), reverse("nominations:new"), primary=True),
            DeskAction(_("What counts"), share_url(share)),
        ),
        since=share.created_at,
        urgency=6,
    )


def _appeal_item(share: QuotaShare) -> DeskItem:
    return DeskItem(
        title=_("%(name)s objects to their count") % {"name": share.user.name},
        detail=_("%(plan)s: %(words)s") % {"plan": share.plan.name, "words": share.appeal[:140]},
        tone="wait",
        icon="scale",
        actions=(DeskAction(_("Answer"), share_url(share), primary=True),),
        since=share.appealed_at or share.created_at,
        urgency=3,
    )


def reached_by_user(starts_on: dt.date, ends_on: dt.date, users: Sequence[User]) -> dict[int, Decimal]:
    """Return how much of their quotas that ended in this time people reached, in percent; who owed nothing, all."""
    rows = QuotaShare.objects.filter(
        user__in=[user.pk for user in users], ends_on__range=(starts_on, ends_on), target__gt=0,
        waived_at__isnull=True,
    )  # fmt: skip
    found = {user.pk: HUNDRED for user in users}
    for user, counted, target in rows.values_list("user", "counted", "target"):
        found[user] = min(found[user], reached(counted, target))
    return found


def reached(counted: Decimal, target: Decimal) -> Decimal:
    """Return the share of a target in percent."""
    return HUNDRED if target <= 0 else min(HUNDRED, (HUNDRED * counted / target).quantize(Decimal("0.01")))


def behind(plan: QuotaPlan) -> QuerySet[QuotaShare]:
    """Return the shares that are not reached, and that nobody waived."""
    rows = plan.shares.filter(target__gt=0, counted__lt=F("target"), waived_at__isnull=True, user__is_active=True)
    return rows.select_related("user__person", "user__team__manager__person", "plan").order_by("pk")
