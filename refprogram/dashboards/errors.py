"""Pages for what went wrong: each says what, who can help, and a number to name when asking."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _answer(request: HttpRequest, template: str, status: int) -> HttpResponse:
    number = getattr(request, "reference_number", "")
    return render(request, template, {"reference_number": number}, status=status)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    return _answer(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for you (which is the same answer on purpose)."""
    return _answer(request, "404.html", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Rendered without the database, which may be what broke."""
    return _answer(request, "500.html", 500)
