"""Is it alive, is it ready, what does it count: for whatever watches the program."""

import logging
import secrets
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django_prometheus.exports import ExportToDjangoView
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from refprogram.kernel import backlog

log = logging.getLogger(__name__)


def live(request: HttpRequest) -> HttpResponse:
    """`/health/live/`: the process answers."""
    return JsonResponse({"status": "alive"})


def ready(request: HttpRequest) -> HttpResponse:
    """`/health/ready/`: 200 when database and cache answer, else 503 naming what does not."""
    states = {"database": _answers(_ask_database), "cache": _answers(_ask_cache)}
    return JsonResponse(
        {name: "ok" if good else "down" for name, good in states.items()}, status=200 if all(states.values()) else 503
    )


def _answers(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:
        log.exception("health check failed")
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    cache.set("health", "ok", 5)
    if cache.get("health") != "ok":
        message = "the cache forgets"
        raise RuntimeError(message)


def metrics(request: HttpRequest) -> HttpResponse:
    """`/metrics`: Prometheus text, for whoever brings METRICS_TOKEN as a bearer token; nobody while it is unset."""
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not secrets.compare_digest(brought.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse("A token is needed.\n", status=401, content_type="text/plain")
    answer = ExportToDjangoView(request)
    answer.write(generate_latest(STREAM))
    return answer


class Backlog(Collector):
    """What the stream owes to each handler, asked of the database at every scrape."""

    def collect(self) -> Iterator[Metric]:
        """Yield one line per handler, also of those that are owed nothing: an alarm needs its zero."""
        waiting = GaugeMetricFamily("refprogram_deliveries_waiting", "Deliveries not tried yet.", labels=["handler"])
        failing = GaugeMetricFamily(
            "refprogram_deliveries_failing", "Deliveries that failed so far.", labels=["handler"]
        )
        oldest = GaugeMetricFamily("refprogram_delivery_oldest_seconds", "Age of the oldest one.", labels=["handler"])
        now, owed = timezone.now(), {one.handler: one for one in backlog.owed()}
        for name in sorted(owed.keys() | {name for names in settings.EVENT_HANDLERS.values() for name in names}):
            one = owed.get(name)
            waiting.add_metric([name], one.waiting if one else 0)
            failing.add_metric([name], one.failed if one else 0)
            oldest.add_metric([name], (now - one.oldest).total_seconds() if one else 0)
        yield from (waiting, failing, oldest)


STREAM = CollectorRegistry(auto_describe=False)
STREAM.register(Backlog())
