"""Is it alive, is it ready, what does it count: for whatever watches the program."""

import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView

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
    return ExportToDjangoView(request)
