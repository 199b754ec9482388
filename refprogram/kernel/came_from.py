"""Where a request came from: for limits, and for what is kept of strangers (as a keyed hash, never in clear)."""

from django.conf import settings
from django.http import HttpRequest


def came_from(request: HttpRequest) -> str:
    """Return where the request came from; behind a proxy that ends TLS, the address that this proxy saw."""
    seen_by_proxy = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.SECURE else ""
    return seen_by_proxy or str(request.META.get("REMOTE_ADDR", ""))
