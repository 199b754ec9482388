"""What comes in: `Input` for bodies, `PatchDict` for what may be left out, and gates for what nobody asked for.

A name that we do not know is refused, in a body as in a query: what was spelt wrong must not be dropped in silence.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Body, Schema
from ninja import Router as NinjaRouter
from ninja.operation import Operation
from ninja.patch_dict import ModelToDict
from ninja.utils import contribute_operation_callback
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, create_model

from refprogram.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from ninja import PatchDict

__all__ = ["Input", "PatchDict", "Router", "When", "storable", "understands"]

# NUL, which Postgres refuses, and half a surrogate pair, which JSON can write and UTF-8 cannot.
UNFIT: Final = re.compile("[\x00\ud800-\udfff]")

View = Callable[..., Any]


def _within_reach(at: dt.datetime) -> dt.datetime:
    """Refuse moments so far off that they have no date in some other zone."""
    if not 1900 <= at.year <= 2999:
        raise ValueError(_("This is not a time in which anything takes place."))
    return at


When = Annotated[AwareDatetime, AfterValidator(_within_reach)]


class Input(Schema):
    """Base of every body: a field that it does not have is refused by name."""

    model_config = ConfigDict(extra="forbid")


# ---------------------------------------------------------------- queries


class Router(NinjaRouter):
    """A room's operations. Each refuses query parameters that it does not read."""

    def add_api_operation(self, path: str, methods: list[str], view_func: View, **options: Any) -> None:
        """Add one operation, with the gate before it."""
        contribute_operation_callback(view_func, _gate)
        super().add_api_operation(path, methods, view_func, **options)


def understands(view: View, names: Callable[[], Iterable[str]]) -> None:
    """Say which query parameters an operation reads, where its signature does not tell all (filters of a list)."""
    view.query_parameters = names  # type: ignore[attr-defined]


def _gate(operation: Operation) -> None:
    """Put the check before an operation as it is made; who may not come in hears that first."""
    if not operation.include_in_schema:  # what is nowhere described (the answer to unknown addresses) reads nothing
        return
    view = operation.view_func
    declared = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    known: Callable[[], Iterable[str]] = getattr(view, "query_parameters", lambda: declared)

    @functools.wraps(view)
    def answer(request: HttpRequest, **values: Any) -> Any:
        unknown = sorted(set(request.GET).difference(known())) if request.GET else ()
        if unknown:
            message = _("This address has no such filter or parameter.")
            whole = _("A parameter of the address does not make sense.")
            raise InvalidInput(whole, errors=dict.fromkeys(unknown, message))
        return view(request, **values)

    operation.view_func = answer


# ---------------------------------------------------------------- text


def storable(view: View) -> View:
    """Decorate an operation: text that cannot be kept is refused, naming its field; such an id is not found."""

    @functools.wraps(view)
    def answer(request: HttpRequest, **values: Any) -> Any:
        route = request.resolver_match.kwargs if request.resolver_match else {}
        if any(UNFIT.search(str(value)) for value in route.values()):
            raise Http404
        wrong = next((field for name, value in values.items() for field in _unfit(value, name)), None)
        if wrong is not None:
            field = wrong.partition(".")[2] or wrong
            message = _("This has a character that cannot be kept.")
            raise InvalidInput(message, errors={field: message})
        return view(request, **values)

    return answer


def _unfit(value: Any, path: str) -> Iterator[str]:
    """Yield where unfit text is: `data.contact.email`."""
    if isinstance(value, str):
        if UNFIT.search(value):
            yield path
        return
    inside = value.__dict__ if isinstance(value, Schema) else value
    if isinstance(inside, dict):
        for name, each in inside.items():
            yield from _unfit(each, f"{path}.{name}" if not UNFIT.search(str(name)) else path)
    elif isinstance(inside, (list, tuple)):
        for each in inside:
            yield from _unfit(each, path)


# ---------------------------------------------------------------- PATCH


def _absent() -> None:
    """Stand for a field that was not sent; what was not sent is left out of the dict."""


def _patch_of(schema: type[Schema]) -> Any:
    """Return `schema` with every field left out at will, and otherwise as strict as it was."""
    fields: dict[str, Any] = {
        name: (
            Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation,
            Field(default_factory=_absent, description=info.description),
        )
        for name, info in schema.model_fields.items()
    }
    patch = create_model(f"{schema.__name__}Patch", __base__=schema, **fields)
    shape = {"_wrapped_model": patch, "_wrapped_model_dump_params": {"exclude_unset": True}}
    return type(f"{schema.__name__}Dict", (ModelToDict,), shape)


class _PatchDict:
    """`PatchDict[AccountIn]`: a dict of what was sent.

    Ninja's own lets every field be null and forgets its limits; here null and length are refused as in the schema.
    """

    def __getitem__(self, schema: type[Schema]) -> Any:
        return Body[_patch_of(schema)]  # type: ignore[misc]  # a type made as the program starts


if not TYPE_CHECKING:
    PatchDict = _PatchDict()
