"""Facts about who could speak: coverage, strain, who bears it, how fresh their word is."""

import datetime as dt
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from references.accounts import fatigue
from references.accounts import selectors as accounts
from references.accounts.enums import POOL, Availability
from references.accounts.models import Account
from references.accounts.segments import in_order
from references.coverage.addresses import Shown
from references.coverage.models import CoverageSnapshot
from references.coverage.selectors.heat import HeatMap
from references.goodwill.selectors.report import Pool as Load
from references.goodwill.selectors.report import pool, speaking
from references.requests.selectors.timing import At
from refprogram.kernel import rollups

TIRED: Final = (25, 50, 75, 100)
NEVER: Final = -1.0e6  # the key of who was never asked: no load, whatever the day


class Nth(At):
    """The value of one of the rows, not one between two: fatigue keys are logarithms."""

    function = "PERCENTILE_DISC"


PAIR = Shown()  # the map's own two dimensions: industry and region


class Pool:
    """The pool as of one day: what is not kept of a past day is not known (None)."""

    def __init__(self, until: dt.date, *, today: bool) -> None:
        self.until, self.today = until, today

    @cached_property
    def coverage(self) -> dict[str, Any]:
        """Coverage by industry and region: counted today, from the map's own snapshot of a past day."""
        if self.today:
            heat = HeatMap(PAIR)
            value = heat.coverage.share
            return {"percent": None if value is None else round(100 * value, 4), "cells": len(heat.targeted)}
        down, across = in_order((PAIR.rows, PAIR.cols))
        rows = CoverageSnapshot.objects.filter(down=down, across=across, coverage__isnull=False)
        row = rows.filter(taken_on__gt=self.until - dt.timedelta(days=7), taken_on__lte=self.until + dt.timedelta(1))
        kept = row.order_by("-taken_on").values_list("coverage", "cells").first()
        if kept is None or kept[0] is None:
            return {"percent": None, "cells": None, "not_kept": True}
        return {"percent": float(kept[0]), "cells": sum(1 for one in kept[1] if one[3])}

    @cached_property
    def bench(self) -> dict[str, Any]:
        """People who could speak today, and requests expected in ninety days, over all cells of the map."""
        cells = HeatMap(PAIR).found.values()
        return {
            "contacts": sum(one.contacts for one in cells),
            "expected": round(sum(one.demand for one in cells), 2),
        }

    @cached_property
    def load(self) -> Load:
        """Effort, capacity, and how it is spread."""
        return pool()

    @cached_property
    def strain(self) -> dict[str, Any]:
        """Live effort asked in a quarter, and what all could bear."""
        return {"effort": self.load.effort, "capacity": self.load.capacity, "contacts": self.load.contacts}

    @cached_property
    def spread(self) -> dict[str, Any]:
        """Who is never asked, and how unequal it is."""
        top, unequal = self.load.top_share, self.load.gini
        return {
            "contacts": self.load.contacts,
            "idle": self.load.idle,
            "top_percent": None if top is None else round(100 * top, 4),
            "gini": None if unequal is None else round(unequal, 4),
        }

    @cached_property
    def fatigue(self) -> dict[str, Any]:
        """How tired those are who take part, as of the day's first minute: one query."""
        at = rollups.moment_of(self.until)
        tired = {f"from_{least}": Count("pk", filter=Q(fatigue_key__gte=fatigue.key_at(least, at))) for least in TIRED}
        found = speaking().aggregate(
            contacts=Count("pk"), p90=Nth(Coalesce("fatigue_key", Value(NEVER)), share=0.9), **tired
        )
        p90 = found["p90"]
        return found | {"p90": None if p90 is None else fatigue.index(p90, at)}

    @cached_property
    def members(self) -> dict[str, int]:
        """References, those free today, and those whose owner has to confirm: one query."""
        rows = Account.objects.filter(state__in=POOL)
        free = accounts.state_q(Availability.AVAILABLE) | accounts.state_q(Availability.LIMITED)
        due = accounts.state_q(Availability.CHECK_DUE)
        found: dict[str, int] = rows.aggregate(
            references=Count("pk"),
            free=Count("pk", filter=free),
            confirmed=Count("pk", filter=Q(verified_at__lte=timezone.now()) & ~due),
        )
        return found
