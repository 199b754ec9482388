"""Facts about deals: what references were held for, against deals without one."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Any, Final

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from references.accounts.enums import OPEN_STAGES, Stage
from references.accounts.models import Opportunity
from references.accounts.segments import band_of
from references.requests.models import ReferenceRequest
from refprogram.dashboards.metrics import matching, policy
from refprogram.dashboards.metrics.spans import YEAR, Span
from refprogram.kernel import rollups

NEW, EXPANSION = "new", "expansion"
# A copy of a deal says how it was until then (`kernel.edit_history`).
COPIES: Final = ("pgh_obj_id", "pgh_created_at", "stage")
Past = list[tuple[dt.datetime, str]]


@dataclass(frozen=True)
class Deal:
    """One closed deal, as matching reads it."""

    won: bool
    amount: Decimal | None
    days: int | None
    since: Mapping[str, int | None]  # the stages that count for it, and the days from reaching each to closing
    referenced: bool
    alike: tuple[str, str, str]


class Deals:
    """Deals as of one day; each part is read once."""

    def __init__(self, until: dt.date) -> None:
        self.year = Span(until, YEAR)

    # ---- sums

    @cached_property
    def influence(self) -> dict[str, Any]:
        """Won deals of the year and open ones for which a reference was held: one query."""
        until = self.year.moments[1]
        held = held_for().filter(delivered_at__lt=until)
        won = Q(stage=Stage.WON, closes_on__gt=self.year.after, closes_on__lte=self.year.until)
        in_time = Exists(held.filter(day__lte=OuterRef("closes_on")))
        closed_later = Q(stage__in=(Stage.WON, Stage.LOST), closes_on__gt=self.year.until)
        is_open = Q(stage__in=OPEN_STAGES) | closed_later
        rows = Opportunity.objects.filter(pk__in=held_for(None).values("opportunity")).filter(
            (won & in_time) | (is_open & Exists(held))
        )
        sums = {f"at_{stage.value}": Sum("amount", filter=Q(stage=stage), default=0) for stage in OPEN_STAGES}
        found = rows.aggregate(
            won=Count("pk", filter=won),
            revenue=Sum("amount", filter=won, default=0),
            open=Count("pk", filter=is_open),
            pipeline=Sum("amount", filter=is_open, default=0),
            **sums,
        )
        chances = policy.now().stage_chances
        parts = [(found.pop(f"at_{stage.value}"), chances.get(stage.value, 0)) for stage in OPEN_STAGES]
        weighted = sum((amount * chance for amount, chance in parts), Decimal(0)) / 100
        return {name: _plain(value) for name, value in found.items()} | {"weighted": _plain(weighted)}

    # ---- compared

    @cached_property
    def closed(self) -> list[Deal]:
        """The deals that closed in the year: two queries."""
        rows = list(self._closed_rows())
        pasts = self._pasts()
        return [_deal(row, pasts.get(row["pk"], [])) for row in rows]

    def _closed_rows(self) -> Any:
        held = held_for().filter(day__lte=OuterRef("closes_on")).order_by("submitted_at")
        before = Opportunity.objects.filter(
            account=OuterRef("account"),
            stage=Stage.WON,
            closes_on__lt=Coalesce(OuterRef("opened_on"), OuterRef("closes_on")),
        )
        return (
            self._closed()
            .annotate(asked_at=Subquery(held.values("submitted_at")[:1]), had=Exists(before))
            .order_by()
            .values("pk", "stage", "amount", "opened_on", "closes_on", "account__employees", "asked_at", "had")
            .iterator(chunk_size=5_000)
        )

    def _closed(self) -> Any:
        return Opportunity.objects.filter(
            stage__in=(Stage.WON, Stage.LOST), closes_on__gt=self.year.after, closes_on__lte=self.year.until
        )

    def _pasts(self) -> dict[int, Past]:
        """Return, by deal, how it was before each of its changes, the oldest first."""
        copies = apps.get_model("references", "OpportunityEdit").objects.filter(pgh_label="changed")
        found: dict[int, Past] = {}
        rows = copies.filter(pgh_obj__in=self._closed().values("pk")).order_by("pgh_id").values_list(*COPIES)
        for key, at, stage in rows.iterator(chunk_size=5_000):
            found.setdefault(key, []).append((at, stage))
        return found

    @cached_property
    def rates(self) -> dict[str, int]:
        """Won and lost, with a reference and without."""
        return {
            f"{side}_{end}": sum(1 for one in self.closed if one.referenced is referenced and one.won is won)
            for side, referenced in (("with", True), ("without", False))
            for end, won in (("won", True), ("lost", False))
        }

    @cached_property
    def strata(self) -> list[matching.Stratum]:
        """Closed deals by what makes them alike; one without a reference stands in each stage that it went through."""
        return matching.strata_of(
            ((stage, *one.alike), one.referenced, one.won) for one in self.closed for stage in sorted(one.since)
        )

    @cached_property
    def matched(self) -> dict[str, Any]:
        """The strata, as they are kept."""
        return matching.facts_of(self.strata)

    @cached_property
    def velocity(self) -> dict[str, Any]:
        """Median days from opening to closing, in the strata that have both sides."""
        return self._days_to_close(
            lambda one: [one.days] if any((stage, *one.alike) in self._both for stage in one.since) else []
        )

    @cached_property
    def stage_velocity(self) -> dict[str, Any]:
        """Median days from reaching the stage in which the reference was asked for to closing, in the same strata."""
        return self._days_to_close(
            lambda one: [days for stage, days in one.since.items() if stage and (stage, *one.alike) in self._both]
        )

    @cached_property
    def _both(self) -> set[tuple[str, ...]]:
        return {one.name for one in self.strata if one.matched}

    def _days_to_close(self, of: Callable[[Deal], list[int | None]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for side, referenced in (("with", True), ("without", False)):
            told = (of(one) for one in self.closed if one.referenced is referenced)
            days = [one for each in told for one in each if one is not None]
            found |= {side: median(days) if days else None, f"n_{side}": len(days)}
        return found


def held_for(of: str | None = "pk") -> Any:
    """Return the requests whose reference took place, with its day; of the outer query's deal unless `of` is None."""
    held = ReferenceRequest.objects.filter(opportunity__isnull=False, delivered_at__isnull=False)
    zone = rollups.moment_of(dt.date(2000, 1, 1)).tzinfo
    held = held.annotate(day=TruncDate("delivered_at", tzinfo=zone)).order_by()
    return held if of is None else held.filter(opportunity=OuterRef(of))


def _deal(row: Mapping[str, Any], past: Past) -> Deal:
    opened, closed, asked = row["opened_on"], row["closes_on"], row["asked_at"]
    reached = {stage: _days(day, closed) for stage, day in reached_on(past, opened).items()}
    if asked is not None:
        stage = stage_at(past, asked)
        since = {stage: reached.get(stage)}
    else:
        since = reached or {matching.UNKNOWN: None}
    return Deal(
        won=row["stage"] == Stage.WON,
        amount=row["amount"],
        days=_days(opened, closed),
        since=since,
        referenced=asked is not None,
        alike=(
            matching.size_of(row["amount"]),
            band_of(row["account__employees"]),
            EXPANSION if row["had"] else NEW,
        ),
    )


def _days(since: dt.date | None, until: dt.date) -> int | None:
    return (until - since).days if since is not None and until >= since else None


def reached_on(past: Past, opened: dt.date | None) -> dict[str, dt.date | None]:
    """Return the open stages that a deal went through with the day it first reached each; None where nobody knows."""
    found: dict[str, dt.date | None] = {}
    since, before = opened, ""
    for at, stage in past:
        if stage != before and stage in OPEN_STAGES:
            found.setdefault(stage, since)
        since, before = rollups.day_of(at), stage
    return found


def stage_at(past: Past, moment: dt.datetime) -> str:
    """Return the open stage in which a deal stood at a moment, by its copies; empty where nobody knows."""
    stage = next((stage for at, stage in past if at > moment), "")
    return stage if stage in OPEN_STAGES else matching.UNKNOWN


def _plain(value: Any) -> Any:
    """Return a sum as JSON keeps it: money as text, to the cent."""
    return value if isinstance(value, int) else str(Decimal(value).quantize(Decimal("0.01")))
