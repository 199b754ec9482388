"""Requests for which nobody was found, by the cells of the map."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from references.accounts.segments import Cell
from references.coverage.models import UnmetDemand
from references.requests.enums import UnfilledReason

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
    rows = UnmetDemand.objects.filter(values__contains=dict(cell), missed_at__gte=timezone.now() - WINDOW)
    counted = Counter(rows.values_list("why", flat=True))
    labels = dict(UnfilledReason.choices)
    return Unmet(counted.total(), [(str(labels.get(why, why)), n) for why, n in counted.most_common()])


def unmet_by(rows: str, cols: str, held: Cell) -> dict[tuple[str, str], int]:
    """Return how many were not met per (row, column) of a map. One statement."""
    found = UnmetDemand.objects.filter(
        values__has_keys=[rows, cols], values__contains=dict(held), missed_at__gte=timezone.now() - WINDOW
    )
    pairs: Iterable[tuple[str, str]] = found.values_list(f"values__{rows}", f"values__{cols}")
    return dict(Counter(pairs))
