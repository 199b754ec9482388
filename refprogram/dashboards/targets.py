"""What figures and metrics should reach: their names, and what was set before."""

from collections.abc import Iterable, Sequence

from django.db.models import TextField
from django.urls import reverse

from refprogram.dashboards import figures
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics.registry import METRICS
from refprogram.dashboards.models import Target
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.models import User


def name_of(figure: str) -> str | None:
    """Return what a figure or metric is called; None for one that there is no more."""
    if figure in figures.BY_KEY:
        return str(figures.BY_KEY[figure].name)
    return str(METRICS[figure].name) if figure in METRICS else None


_SET_FOR = Prepared(
    lambda: (
        Target.objects.filter(figure=Given("figure", TextField()), value__isnull=False)
        .select_related("set_by__person")
        .order_by("-starts_on")
    )
)


def history_of(figure: str) -> Sequence[tuple[str, Target]]:
    """Return each quarter's target of a figure or metric, the latest first, by the quarter's name."""
    return [(figures.quarter_words(Quarter(row.starts_on)), row) for row in _SET_FOR(figure=figure)]


def target_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how targets are called in sentences: "Influenced pipeline, Q4"."""
    may = viewer.has_perm("dashboards.set_targets")
    url = reverse("dashboards:targets")
    found = {row: name_of(row.figure) for row in Target.objects.filter(pk__in=list(ids))}
    return {
        row.pk: Label(
            f"{name}, {figures.quarter_words(Quarter(row.starts_on))}",
            f"{url}?on={row.starts_on.isoformat()}" if may else "",
        )
        for row, name in found.items()
        if name is not None
    }
