"""The eight figures quarter by quarter: recounted from the rows for each quarter's last day, today for the present one.

The last value of a series is the figure itself, so a number and its trend cannot disagree. What no row remembers comes
from the nightly snapshots; before the first one nobody knows who was free, and references count by the day they joined.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Count, DateField, DurationField, F, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast
from django.utils import timezone

from nominations.standings.ranking import ENROLLED, By
from references.accounts import selectors as accounts
from references.accounts.enums import OPEN_STAGES, POOL, Availability, Stage
from references.accounts.models import Account
from references.requests import selectors as requests
from references.requests.enums import OPEN_REQUESTS
from references.requests.selectors.influence import ANSWERED, Median
from refprogram.dashboards.models import Snapshot
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.filters import midnight
from refprogram.people.models import User

QUARTERS = 5
KEPT_SECONDS = 60
REFERENCES, FREE = "references", "free"

Series = list[Decimal | None]


@dataclass(frozen=True)
class Quarter:
    """One quarter, by its first day."""

    starts_on: dt.date

    @classmethod
    def of(cls, day: dt.date) -> "Quarter":
        """Return the quarter that a day lies in."""
        return cls(rollups.start_of(Period.QUARTER, day))

    @classmethod
    def now(cls) -> "Quarter":
        """Return the present quarter."""
        return cls.of(rollups.day_of(timezone.now()))

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.starts_on.month + 2) // 3

    @property
    def ends_on(self) -> dt.date:
        """The last day."""
        return rollups.end_of(Period.QUARTER, self.starts_on)

    @property
    def before(self) -> "Quarter":
        """The quarter before."""
        return Quarter(rollups.previous_start(Period.QUARTER, self.starts_on))

    @property
    def after(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.ends_on + dt.timedelta(days=1))

    @property
    def from_moment(self) -> dt.datetime:
        """When it began."""
        return midnight(self.starts_on)

    @property
    def until_moment(self) -> dt.datetime:
        """When it is over, or will be."""
        return midnight(self.ends_on + dt.timedelta(days=1))


def last_quarters(number: int = QUARTERS) -> list[Quarter]:
    """Return the last quarters, the present one at the end."""
    found = [Quarter.now()]
    while len(found) < number:
        found.insert(0, found[0].before)
    return found


def series(user: User) -> dict[str, Series]:
    """Return every figure by its key, as far as this person sees the rows behind it: five queries a minute."""
    key = f"dashboards:series:{user.pk}:{user.role}:{rollups.day_of(timezone.now())}"
    kept: dict[str, Series] | None = cache.get(key)
    if kept is None:
        kept = counted(user)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def counted(user: User) -> dict[str, Series]:
    """Return the same, counted now."""
    quarters = last_quarters()
    return {**_deals(user, quarters), **_requests(user, quarters), **_references(user, quarters), **_enrolled(quarters)}


def _deals(user: User, quarters: Sequence[Quarter]) -> dict[str, Series]:
    """Sums over deals that a reference was held for; a deal counts as open until the day it closed."""
    held = requests.visible_to(user).filter(opportunity=OuterRef("pk"), delivered_at__isnull=False)
    first = held.order_by().values("opportunity").annotate(first=Min("delivered_at")).values("first")
    deals = requests.influenced_opportunities(user).annotate(held_on=Cast(Subquery(first), DateField()))
    is_open = Q(stage__in=OPEN_STAGES)
    asked: dict[str, Sum] = {}
    for i, quarter in enumerate(quarters):
        known = (Q(opened_on__isnull=True) | Q(opened_on__lte=quarter.ends_on)) & Q(held_on__lte=quarter.ends_on)
        was_open = is_open if quarter == quarters[-1] else known & (is_open | Q(closes_on__gt=quarter.ends_on))
        won = Q(stage=Stage.WON, closes_on__range=(quarter.starts_on, quarter.ends_on))
        asked[f"pipeline{i}"] = Sum("amount", filter=was_open, default=Decimal(0))
        asked[f"revenue{i}"] = Sum("amount", filter=won, default=Decimal(0))
    return _collected(deals.aggregate(**asked), ("pipeline", "revenue"), len(quarters))


def _requests(user: User, quarters: Sequence[Quarter]) -> dict[str, Series]:
    """Requests open on the last day; those asked in the quarter that were answered, and how long it took."""
    asked: dict[str, Count | Median] = {}
    for i, quarter in enumerate(quarters):
        there = Q(submitted_at__lt=quarter.until_moment)
        open_then = Q(state__in=OPEN_REQUESTS) | Q(closed_at__gte=quarter.until_moment)
        answered = there & Q(submitted_at__gte=quarter.from_moment, state__in=ANSWERED)
        asked[f"open{i}"] = Count("pk", filter=there & open_then)
        asked[f"answered{i}"] = Count("pk", filter=answered)
        asked[f"days{i}"] = Median(F("confirmed_at") - F("submitted_at"), filter=answered, output_field=DurationField())
    found = requests.visible_to(user).aggregate(**asked)
    for name, value in found.items():
        if isinstance(value, dt.timedelta):
            found[name] = Decimal(value / dt.timedelta(days=1))
    return _collected(found, ("open", "answered", "days"), len(quarters))


def _references(user: User, quarters: Sequence[Quarter]) -> dict[str, Series]:
    """References by the day they joined; who is free today, and who was on the last night of each quarter."""
    pool = accounts.visible_to(user).filter(state__in=POOL)
    joined = {
        f"references{i}": Count("pk", filter=Q(member_since__lt=quarter.until_moment))
        for i, quarter in enumerate(quarters[:-1])
    }
    found = pool.aggregate(
        **joined,
        **{f"references{len(quarters) - 1}": Count("pk"), "free_now": Count("pk", filter=_free_q())},
    )
    nights = _nights(quarters) if user.has_perm("dashboards.see_targets") else {}
    told = _collected(found, (REFERENCES,), len(quarters))[REFERENCES]
    past = [nights.get((REFERENCES, q.ends_on), told[i]) for i, q in enumerate(quarters[:-1])]
    free: Series = [nights.get((FREE, quarter.ends_on)) for quarter in quarters[:-1]]
    return {REFERENCES: [*past, told[-1]], FREE: [*free, Decimal(found["free_now"])]}


def _nights(quarters: Sequence[Quarter]) -> dict[tuple[str, dt.date], Decimal]:
    """Return what was kept in the last night of each quarter."""
    rows = Snapshot.objects.filter(taken_on__in=[quarter.ends_on for quarter in quarters])
    return {(row.figure, row.taken_on): row.value for row in rows}


def _free_q() -> Q:
    """Who may be asked today without a second thought: what the list's view "Free today" shows."""
    return accounts.state_q(Availability.AVAILABLE) | accounts.state_q(Availability.LIMITED)


def of_tonight() -> dict[str, int]:
    """Return the figures of the whole program that no row will remember."""
    pool = Account.objects.filter(state__in=POOL)
    return pool.aggregate(**{REFERENCES: Count("pk"), FREE: Count("pk", filter=_free_q())})


def _enrolled(quarters: Sequence[Quarter]) -> dict[str, Series]:
    """Nominations that became references, from the roll-ups of the stream."""
    found = rollups.series(metrics=[ENROLLED], period=Period.QUARTER, dimension=By.REP, since=quarters[0].starts_on)
    told = found[ENROLLED]
    return {"enrolled": [told.get(quarter.starts_on, Decimal(0)) for quarter in quarters]}


def _collected(found: Mapping[str, object], names: Sequence[str], number: int) -> dict[str, Series]:
    values = {key: None if value is None else Decimal(str(value)) for key, value in found.items()}
    return {name: [values[f"{name}{i}"] for i in range(number)] for name in names}
