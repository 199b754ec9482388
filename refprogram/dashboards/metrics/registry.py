"""All metrics, by key, in the order of the dictionary; and the eight that executives read."""

from typing import Any, Final

from refprogram.dashboards.metrics import of_content, of_deals, of_pool, of_program, of_requests, of_sponsors
from refprogram.dashboards.metrics.dictionary import Metric

METRICS: Final[dict[str, Metric]] = {
    metric.key: metric
    for part in (of_deals, of_requests, of_pool, of_content, of_program, of_sponsors)
    for metric in part.METRICS
}
EIGHT: Final = (
    "influenced_revenue",
    "matched_lift",
    "fill_rate",
    "turnaround",
    "coverage",
    "strain",
    "nomination_to_active",
    "roi",
)


def choices() -> list[tuple[str, Any]]:
    """Return the key and the name of every metric, for rooms below that let somebody choose one."""
    return [(metric.key, metric.name) for metric in METRICS.values()]
