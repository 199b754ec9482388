"""What references did for sales, and how requests stand: figures for dashboards, each with its definition.

Definitions follow research/features-references-incentives.md, section 5.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import OPEN_STAGES, Stage
from references.accounts.models import Opportunity
from references.requests.enums import OPEN_REQUESTS, RequestState
from references.requests.selectors.requests import visible_to
from refprogram.kernel.filters import midnight
from refprogram.kernel.prepared import Given
from refprogram.people.models import User
from refprogram.people.prepared import PreparedValuesFor

ANSWERED: Final = (RequestState.CONFIRMED, RequestState.DELIVERED, RequestState.CLOSED)
HELD: Final = (RequestState.DELIVERED, RequestState.CLOSED)

DEFINITIONS: Final = {
    "influenced_pipeline": _(
        "Amount of open deals for which at least one reference took place. Each deal counts once, with its amount in "
        "the CRM today; a deal without an amount counts as zero."
    ),
    "influenced_revenue": _(
        "Amount of won deals for which at least one reference took place on or before the day they closed. Each deal "
        "counts once. Won deals without a closing day are left out."
    ),
    "influenced_deals": _(
        "Deals for which at least one reference took place: open ones, and won ones if it took place on or before the "
        "day they closed. Each deal stands here once, with its amount in the CRM today."
    ),
    "open": _("Requests that still need something from somebody: from new to held but not closed."),
    "answered": _("Requests of the period for which a customer said yes."),
    "median_days": _(
        "Half of the answered requests took at most this many days from asking to the customer's yes (calendar days; "
        "time spent waiting for the requester's answer included)."
    ),
    "fill_rate": _(
        "Of the requests of the period that ended answered (by a customer or by content) or not filled, the share that "
        "was answered. Refused and passed on ones are shown beside it."
    ),
    "deflection": _("Of the requests of the period that were answered, the share that content answered."),
    "shadow_rate": _("Of the references of the period that took place, the share that was written down afterwards."),
}


class Median(Aggregate):
    """The value in the middle, by the database."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Influence:
    """Sums over the deals that references had a part in."""

    open_deals: int
    pipeline: Decimal
    won_deals: int
    revenue: Decimal


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True)
class RequestCounts:
    """How the requests asked since a day stand."""

    open: int
    answered: int
    unfilled: int
    median_days: float | None
    by_content: int = 0
    held: int = 0
    afterwards: int = 0
    refused: int = 0
    passed_on: int = 0

    @property
    def fill_rate(self) -> float | None:
        """Answered, by a customer or by content, over these and not filled; None while there is nothing to divide."""
        answered = self.answered + self.by_content
        return _share(answered, answered + self.unfilled)

    @property
    def deflection(self) -> float | None:
        """Of what was answered, the share that needed nobody's time."""
        return _share(self.by_content, self.answered + self.by_content)

    @property
    def shadow_rate(self) -> float | None:
        """Of the references that took place, the share that was written down afterwards."""
        return _share(self.afterwards, self.held)


def influenced_opportunities(user: User) -> QuerySet[Opportunity]:
    """Open and won deals with at least one reference held for them (before they closed), as far as the user sees."""
    held = visible_to(user).filter(opportunity__isnull=False, delivered_at__isnull=False)
    of_deal = held.filter(opportunity=OuterRef("pk")).annotate(day=Cast(F("delivered_at"), DateField()))
    in_time = Exists(of_deal.filter(day__lte=OuterRef("closes_on")))
    # By their keys first: deals with a reference are few among all.
    deals = Opportunity.objects.filter(pk__in=held.values("opportunity"))
    return deals.filter(Q(stage__in=OPEN_STAGES) | (Q(stage=Stage.WON) & in_time))


def influence(user: User) -> Influence:
    """Return the sums over influenced deals: one query."""
    is_open, is_won = Q(stage__in=OPEN_STAGES), Q(stage=Stage.WON)
    zero = Decimal(0)
    totals = influenced_opportunities(user).aggregate(
        open_deals=Count("pk", filter=is_open),
        pipeline=Coalesce(Sum("amount", filter=is_open), zero),
        won_deals=Count("pk", filter=is_won),
        revenue=Coalesce(Sum("amount", filter=is_won), zero),
    )
    return Influence(**totals)


COUNTED: Final = ("open", "answered", "unfilled", "by_content", "held", "afterwards", "refused", "passed_on")


def request_counts(user: User, *, since: dt.datetime | None = None) -> RequestCounts:
    """Return how requests stand: open ones of any age, the others as asked since a moment. One query.

    The default is the midnight 90 days ago, so that the list's filter "asked since" shows exactly these rows.
    """
    start = since or midnight(timezone.localdate() - dt.timedelta(days=90))
    nothing: tuple[Any, ...] = (*(0 for _name in COUNTED), None)  # for who may see no request at all, nothing is asked
    *counted, median = next(iter(_COUNTS(user, start=start)), nothing)
    days = None if median is None else median / dt.timedelta(days=1)
    return RequestCounts(**dict(zip(COUNTED, counted, strict=True)), median_days=days)


def _counts(viewer: User) -> QuerySet[Any, Any]:
    asked = Q(submitted_at__gte=Given("start", DateTimeField()))
    answered = asked & Q(state__in=ANSWERED)
    every: QuerySet[Any, Any] = visible_to(viewer).order_by().annotate(every=Value(0)).values("every")
    totals = every.annotate(
        open=Count("pk", filter=Q(state__in=OPEN_REQUESTS)),
        answered=Count("pk", filter=answered),
        unfilled=Count("pk", filter=asked & Q(state=RequestState.UNFILLED)),
        by_content=Count("pk", filter=asked & Q(state=RequestState.BY_CONTENT)),
        held=Count("pk", filter=asked & Q(state__in=HELD)),
        afterwards=Count("pk", filter=asked & Q(state__in=HELD, after_the_fact=True)),
        refused=Count("pk", filter=asked & Q(state=RequestState.REJECTED)),
        passed_on=Count("pk", filter=asked & Q(state=RequestState.REDIRECTED)),
        median=Median(F("confirmed_at") - F("submitted_at"), filter=answered, output_field=DurationField()),
    )
    return totals.values_list(*COUNTED, "median")


_COUNTS = PreparedValuesFor(_counts)
