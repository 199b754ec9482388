"""How hard the whole pool is asked, who is overdrawn, and what was asked against the rules."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Case, Count, F, FloatField, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import clock, fatigue
from references.accounts import policy as figures
from references.accounts.enums import POOL, Membership
from references.accounts.kept import USES_CAP, YEAR
from references.accounts.models import Account, Ask, Contact
from references.accounts.selectors import visible_to
from references.goodwill import policy
from references.goodwill.models import AskOverride
from references.goodwill.selectors.balance import Price, prices
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

IDLE: Final = dt.timedelta(days=180)
MOST_OVERDRAWN: Final = 50
STRAIN_AMBER: Final = 0.7
KEPT_AS: Final = "goodwill-pool"
KEPT_SECONDS: Final = 600


@dataclass(frozen=True)
class Pool:
    """The whole pool: live effort of the quarter, capacity, who bears it, who is never asked."""

    effort: int
    capacity: int
    contacts: int
    idle: int
    top_share: float | None
    gini: float | None

    @property
    def strain(self) -> float | None:
        """Live effort asked in the quarter / total capacity."""
        return self.effort / self.capacity if self.capacity else None

    @property
    def idle_share(self) -> float | None:
        """Active contacts not asked in 180 days / active contacts."""
        return self.idle / self.contacts if self.contacts else None


def pool_lately() -> Pool:
    """Return the figures over the pool as they were within the last ten minutes: they look at a year of asks."""
    known: Pool | None = cache.get(KEPT_AS)
    if known is None:
        known = pool()
        cache.set(KEPT_AS, known, KEPT_SECONDS)
    return known


def speaking() -> QuerySet[Contact]:
    """Return everybody who takes part, of accounts that do."""
    return Contact.objects.filter(
        state=Membership.ACTIVE, left_company_at__isnull=True, merged_into__isnull=True, account__state__in=POOL
    )


def pool() -> Pool:
    """Return the figures over everybody who takes part: five queries."""
    today, known = clock.today(), figures.now()
    live = Ask.objects.filter(state__in=USES_CAP, activity__isnull=False, planned_on__gt=today - known.quarter)
    live = live.filter(activity__live=True)
    cap = Case(
        When(cap_per_quarter__isnull=True, then=Value(known.asks_per_quarter)),
        default=Least(F("cap_per_quarter"), Value(known.asks_per_quarter)),
        output_field=IntegerField(),
    )
    active = speaking()
    counted = active.aggregate(n=Count("pk"), caps=Sum(cap))
    asked = Ask.objects.filter(activity__isnull=False, state__in=USES_CAP, planned_on__gt=today - IDLE)
    used = Ask.objects.filter(activity__isnull=False, state__in=USES_CAP, planned_on__gt=today - YEAR)
    per_contact = used.filter(contact__in=active).order_by().values("contact").annotate(n=Count("pk"))
    loads = sorted(row["n"] for row in per_contact)
    contacts = counted["n"]
    idle = contacts - active.filter(pk__in=asked.values("contact")).count()
    return Pool(
        effort=live.aggregate(n=Sum("effort"))["n"] or 0,
        capacity=(counted["caps"] or 0) * known.ask_effort,
        contacts=contacts,
        idle=idle,
        top_share=top_share(loads, contacts),
        gini=gini(loads, contacts),
    )


def top_share(loads: list[int], contacts: int) -> float | None:
    """Return the share of what was asked that the most asked tenth of all contacts bore; `loads` rise."""
    total = sum(loads)
    return sum(loads[-max(1, contacts // 10) :]) / total if total else None


def gini(loads: list[int], contacts: int) -> float | None:
    """Return how unequal it is, 0 (everybody the same) to near 1 (one bears all); those never asked count as 0."""
    total = sum(loads)
    if not total:
        return None
    idle = contacts - len(loads)
    weighted = sum((idle + place) * load for place, load in enumerate(loads, start=1))
    return max(0.0, 2 * weighted / (contacts * total) - (contacts + 1) / contacts)


def overdrawn(user: User, limit: int = MOST_OVERDRAWN) -> list[tuple[Account, Price]]:
    """Return the accounts of which more was asked than there was, the worst first. Three queries.

    Who is overdrawn bears more than the capacity, so the index of the most tired ones finds them.
    """
    rows = _MOST_TIRED(user)[: limit * 2]
    if not rows:
        return []
    by_account, below = prices([row.pk for row in rows], 0), policy.now().overdrawn_below
    found = [(row, by_account[row.pk]) for row in rows if by_account[row.pk].left < below]
    return sorted(found, key=lambda pair: pair[1].left)[:limit]


def _most_tired(viewer: User) -> QuerySet[Account]:
    tired = visible_to(viewer).filter(fatigue_key__gte=Given("full", FloatField())).select_related("owner__person")
    return tired.order_by("-fatigue_key")[: MOST_OVERDRAWN * 2]


_MOST_TIRED = ForDesk(_most_tired, lambda: {"full": fatigue.key_at(100, timezone.now())})


def overrides_visible_to(user: User) -> QuerySet[AskOverride]:
    """Return what was asked against the rules, newest first."""
    rows = AskOverride.objects.filter(ask__account__in=visible_to(user))
    return rows.select_related("ask__account", "ask__contact__person", "ask__activity", "made_by__person").order_by(
        "-created_at", "-pk"
    )


def unreported() -> QuerySet[AskOverride]:
    """Return the overrides that no weekly report has named."""
    return AskOverride.objects.filter(reported_at__isnull=True)


def desk_items(user: User) -> list[DeskItem]:
    """Return, for who runs the program, that customers are overdrawn. Three queries, none for others."""
    if not user.has_perm("references.override_rest"):
        return []
    rows = overdrawn(user, 10)
    if not rows:
        return []
    names = ", ".join(account.name for account, _price in rows[:3])
    title = ngettext("%(n)d customer was asked for more than they have left",
                     "%(n)d customers were asked for more than they have left", len(rows))  # fmt: skip
    action = DeskAction(_("See who"), reverse("references:ask-report"))
    return [
        DeskItem(
            title=title % {"n": len(rows)}, detail=names, tone="wait", icon="alert", actions=(action,),
            since=timezone.now(), urgency=4,
        )
    ]  # fmt: skip
