"""What a room's `api.py` is made of: `api.Router`, `api.listing`, `api.Thing`, `api.found`. See docs/api.md."""

import functools
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema, Status
from ninja.operation import Operation
from ninja.throttling import BaseThrottle

from refprogram.kernel import api_problems, soft_cache
from refprogram.kernel.api_input import Input, PatchDict, Router, When, storable
from refprogram.kernel.api_lists import Cut, Fact, Page, Ref, Thing, absolute, listing, page_of
from refprogram.kernel.api_once import HEADER, once
from refprogram.kernel.api_problems import Problem, problem
from refprogram.kernel.errors import InvalidInput

__all__ = [
    "Cut",
    "Fact",
    "Input",
    "Page",
    "PatchDict",
    "ProgramAPI",
    "Rate",
    "Ref",
    "Router",
    "Schema",
    "Status",
    "Thing",
    "When",
    "absolute",
    "found",
    "listing",
    "one_of",
    "page_of",
]

KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 200},
    "description": "Sent again with the same body: the first answer, no second effect. With another body: 409.",
}


def found(rows: QuerySet[Any], public_id: str, **lookup: Any) -> Any:
    """Return the one row of what the reader may see, or answer 404."""
    row = rows.filter(public_id=public_id, **lookup).first()
    if row is None:
        raise Http404
    return row


def one_of(rows: QuerySet[Any], public_id: str | None, field: str) -> Any:
    """Return the row with this id, None for no id; an id that there is not is refused beside its field."""
    if not public_id:
        return None
    row = rows.filter(public_id=public_id).first()
    if row is None:
        message = _("There is none with this id.")
        raise InvalidInput(message, errors={field: message})
    return row


class Rate(BaseThrottle):
    """At most `a_minute` requests of one token within a minute; a sleeping cache lets everyone through."""

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute

    def allow_request(self, request: HttpRequest) -> bool:
        """Count and compare."""
        token = request.auth.pk  # type: ignore[attr-defined]
        return soft_cache.count(f"api-rate:{token}", seconds=60) <= self.a_minute

    def wait(self) -> float:
        """Return when it is worth trying again."""
        return 60


class ProgramAPI(NinjaAPI):
    """The API: every error a problem, every write repeatable by key, operation ids as the functions are called."""

    def __init__(self, *, auth: Callable[[HttpRequest], Any], **options: Any) -> None:
        super().__init__(auth=auth, **options)
        api_problems.install(self)
        self.add_decorator(once(auth), mode="view")
        self.add_decorator(storable, mode="operation")

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the function's own name: `list_accounts`, `freeze_account`."""
        return operation.view_func.__name__

    def get_openapi_schema(self, *args: Any, **options: Any) -> Any:
        """Return the description, with what every operation shares: problems, and the key of writes."""
        schema = super().get_openapi_schema(*args, **options)
        schema["components"]["schemas"]["Problem"] = _problem_schema()
        answer = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                operation["responses"]["default"] = {"description": "A problem (RFC 9457)", "content": answer}
                if method != "get":
                    operation["parameters"] = [*operation.get("parameters", []), KEY_PARAMETER]
        return schema

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = super()._get_urls()
        for entry in urls:
            if isinstance(entry, URLPattern):
                entry.callback = _refusing_as_problem(entry.callback)
        return urls


def _problem_schema() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["properties"]["errors"]["items"] = schema.pop("$defs")["FieldProblem"]
    return schema


def _refusing_as_problem(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 405 in the same shape as every other error."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        refused = problem(request, 405, "method", _("This address does not know this method."))
        refused["Allow"] = response["Allow"]
        return refused

    return answer
