"""What can be asked from outside: every URL name, every API operation, and the matrix rows of all apps."""

import functools
import importlib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from refprogram.api import api
from tests.matrix import Row

HERE = Path(__file__).parent
API_NAMESPACE = api.urls_namespace


class Operation(NamedTuple):
    """One API operation: its id in OpenAPI, its method, its path with {names}."""

    id: str
    method: str
    path: str


def url_names() -> list[str]:
    """Return the name of every URL pattern but those of the API, which are known by operation."""
    return sorted(set(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"
        elif entry.namespace != API_NAMESPACE:
            yield from _walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


@functools.cache
def described() -> dict[str, Any]:
    """Return the whole OpenAPI document; to make it takes seconds, so it is made once, for reading only."""
    return dict(api.get_openapi_schema())


@functools.cache
def operations() -> dict[str, Operation]:
    """Return every API operation by its id."""
    found = {}
    for path, methods in described()["paths"].items():
        for method, operation in methods.items():
            found[operation["operationId"]] = Operation(operation["operationId"], method, path)
    return found


def matrix() -> dict[str, Row]:
    """Return the rows of every `tests/integration/<app>/matrix.py`."""
    rows: dict[str, Row] = {}
    for file in sorted(HERE.glob("*/matrix.py")):
        module = importlib.import_module(f"tests.integration.{file.parent.name}.matrix")
        twice = rows.keys() & module.MATRIX.keys()
        assert not twice, f"two rows for {sorted(twice)}"
        rows |= module.MATRIX
    return rows


def target(key: str) -> str:
    """Return the URL name or operation id that a row is about: a second row of one is `name POST`."""
    return key.partition(" ")[0]


def covered(name: str, rows: dict[str, Row]) -> bool:
    """Whether a URL name has a row; third-party rooms may be named by pattern (`admin:*`)."""
    return any(name == target(key) or ("*" in key and fnmatchcase(name, target(key))) for key in rows)
