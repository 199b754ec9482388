"""Requests for which nobody was found, by the cells of the map."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import DateTimeField, JSONField, QuerySet
from django.utils import timezone

from references.accounts.segments import Cell
from references.coverage.models import UnmetDemand
from references.requests.enums import UnfilledReason
from refprogram.kernel.prepared import Given, PreparedValues

# As long back as the forecast looks ahead.
WINDOW = dt.timedelta(days=90)


@dataclass(frozen=True)
class Unmet:
    """How many requests of a cell nobody could be found for in ninety days, and why, the most frequent reason first."""

    count: int
    reasons: list[tuple[str, int]]


def unmet_in(cell: Cell) -> Unmet:
    """Return what was not met in one cell. One statement.

    A request counts where it said the cell's value, for each of its dimensions; what it left open counts nowhere.
    """
    rows = _IN(held=json.dumps(cell), since=timezone.now() - WINDOW)
    counted = Counter(why for (why,) in rows)
    labels = dict(UnfilledReason.choices)
    return Unmet(counted.total(), [(str(labels.get(why, why)), n) for why, n in counted.most_common()])


def unmet_by(rows: str, cols: str, held: Cell) -> dict[tuple[str, str], int]:
    """Return how many were not met per (row, column) of a map. One statement."""
    pairs: Iterable[Any] = _by(rows, cols)(held=json.dumps(held), since=timezone.now() - WINDOW)
    return dict(Counter(pairs))


def _missed() -> QuerySet[UnmetDemand]:
    return UnmetDemand.objects.filter(
        values__contains=Given("held", JSONField()), missed_at__gte=Given("since", DateTimeField())
    )


@lru_cache(maxsize=32)
def _by(rows: str, cols: str) -> PreparedValues:
    return PreparedValues(
        lambda: _missed().filter(values__has_keys=[rows, cols]).values_list(f"values__{rows}", f"values__{cols}")
    )


_IN = PreparedValues(lambda: _missed().values_list("why"))
