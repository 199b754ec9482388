"""All metrics, by key, in the order of the dictionary; and the eight that executives read."""

from typing import Final

from refprogram.dashboards.metrics import of_deals, of_pool, of_program, of_requests
from refprogram.dashboards.metrics.dictionary import Metric

METRICS: Final[dict[str, Metric]] = {
    metric.key: metric for part in (of_deals, of_requests, of_pool, of_program) for metric in part.METRICS
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
