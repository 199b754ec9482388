"""Errors of the API as RFC 9457 problems: one shape, one sentence for a person, `errors[]` by field."""

import http
import logging
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as ModelValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError

from refprogram.kernel.errors import DomainError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class FieldError(NamedTuple):
    """What is wrong with one field; nested ones are written `contact.email`."""

    field: str
    message: str


class FieldProblem(Schema):
    """One field and what is wrong with it."""

    field: str
    message: str


class Problem(Schema):
    """An error, as RFC 9457 writes it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    reference: str = ""
    errors: list[FieldProblem] = []


def problem(
    request: HttpRequest, status: int, code: str, detail: str, *, errors: Iterable[FieldError] = ()
) -> HttpResponse:
    """Return one problem. `reference` is the request's number, as in our logs."""
    body = {
        "type": f"{settings.BASE_URL}/api/v1/docs#problem-{code}",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "reference": getattr(request, "reference_number", ""),
        "errors": [error._asdict() for error in errors],
    }
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def on_refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A service said no, and why."""
    fields = [FieldError(field, message) for field, message in error.errors.items()]
    return problem(request, error.status, error.code, error.message, errors=fields)


def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The request itself does not fit the operation."""
    fields = [FieldError(_field(found["loc"]), found["msg"]) for found in error.errors]
    return problem(request, 422, "invalid", _("Some values cannot be taken."), errors=fields)


def _field(location: Iterable[Any]) -> str:
    """Return `contact.email` for ("body", "data", "contact", "email"): the reader knows no names of our arguments."""
    source, *path = location
    return ".".join(str(part) for part in (path[1:] if source == "body" and len(path) > 1 else path)) or str(source)


def on_invalid_row(request: HttpRequest, error: ModelValidationError) -> HttpResponse:
    """A row refused itself."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    fields = [FieldError(field, message) for field, found in by_field.items() for message in found]
    return problem(request, 422, "invalid", " ".join(found.message for found in fields), errors=fields)


def on_missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    """It is not there, or not for this reader."""
    return problem(request, 404, "not-found", _("There is no such thing here, or you may not see it."))


def on_denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """It is there, but this reader may not do that."""
    return problem(request, 403, "not-allowed", str(error) or _("You may not do this."))


def on_throttled(request: HttpRequest, _error: Throttled) -> HttpResponse:
    """Too much at once."""
    return problem(request, 429, "too-many", _("Too many requests at once. Wait a moment, then try again."))


def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """No token, or another answer that is only a status."""
    if error.status_code == http.HTTPStatus.UNAUTHORIZED:
        detail = _("Send a valid API token: “Authorization: Bearer …”. You make one in your settings.")
        response = problem(request, 401, "no-token", detail)
        response["WWW-Authenticate"] = 'Bearer realm="refprogram"'
        return response
    return problem(request, error.status_code, "refused", error.message)


def on_bad_request(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    """A request that we do not read to its end."""
    if isinstance(error, RequestDataTooBig):
        return problem(request, 413, "too-big", _("This request is too big."))
    return problem(request, 400, "malformed", _("This request cannot be read."))


def on_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Something broke on our side; the log has it under the reference number."""
    log.error("unexpected error in %s %s", request.method, request.path, exc_info=error)
    return problem(request, 500, "broken", _("Something broke on our side. Name the reference to support."))


def install(api: NinjaAPI) -> None:
    """Answer every error of this API as a problem."""
    handlers: dict[type[Exception], Any] = {
        DomainError: on_refusal,
        ValidationError: on_invalid,
        ModelValidationError: on_invalid_row,
        Http404: on_missing,
        PermissionDenied: on_denied,
        Throttled: on_throttled,
        HttpError: on_http_error,
        SuspiciousOperation: on_bad_request,
        Exception: on_fault,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
