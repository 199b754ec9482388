"""What happens around every request: a reference number, the viewer's own time zone, a word about unreadable text."""

import uuid
import zoneinfo
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from refprogram.dashboards import kept_counts
from refprogram.kernel.asked_once import asking_once
from refprogram.kernel.edit_history.keeping import acting

READING = frozenset({"GET", "HEAD", "OPTIONS"})
Next = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives each request a memory of its own, and a reference number: in header, log lines and error pages."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with X-Request-ID set."""
        number = uuid.uuid4().hex[:12]
        request.reference_number = number  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request_id=number), asking_once():
            response = self.get_response(request)
        response["X-Request-ID"] = number
        return response


class ViewerMiddleware:
    """Shows dates in the viewer's time zone, and words in the program's language."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the zone of the signed-in person, or the program's own.

        From here on `request.user` is the user themselves: a page asks a hundred times, and each time Django's lazy
        one would look again whether it knows. The language is said although it is the usual one: where none was said,
        each word looks for one in vain first.
        """
        user = request.user = get_user(request)
        zone = user.person.time_zone if user.is_authenticated else ""
        with timezone.override(_zone(zone)), translation.override(settings.LANGUAGE_CODE):
            return self.get_response(request)


class ActorMiddleware:
    """Says in whose name rows change: of who is signed in; tokens and signed links say it themselves."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what only reads changes nothing that is kept."""
        if request.method in READING:
            return self.get_response(request)
        user = request.user if request.user.is_authenticated else None
        person = user.person_id if user else None
        with acting(via="page", person=person, request=getattr(request, "reference_number", None)):
            response = self.get_response(request)
        if user:
            kept_counts.forget(user)
        return response


class UnreadableMiddleware:
    """Answers 400 where text that no database can hold (NUL) was sent past a form, which would have said so itself."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    @staticmethod
    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell this fault of the sender from all others, which are ours."""
        if isinstance(exception, ValueError) and "NUL (0x00)" in str(exception):
            number = getattr(request, "reference_number", "")
            return render(request, "400.html", {"reference_number": number}, status=400)
        return None


def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
