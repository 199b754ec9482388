"""What no sane program sends, for every operation of the API and every page: made from their own descriptions."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

HUGE = 10**30
LONG = "x" * 3000
NUL = "nul\x00"
HALF = "half \ud800"  # half a surrogate pair: JSON can write it, UTF-8 cannot

VALUES: tuple[Any, ...] = (None, HUGE, "", LONG, NUL, "9999-12-31T23:59:59-14:00", [HALF], {"name": NUL})
TEXTS = (*map(quote, (NUL, LONG, str(HUGE), "9999-12-31")), "%ff%ED%A0%80")
BODIES = (b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 3000, b'{"a": 1e999999}')
IDS = ("%00", "x" * 300, "%ff")
CURSORS = ("x", "%00", "YWZ0ZXI6LTE", "YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5")


def bodies(schema: Mapping[str, Any], described: Mapping[str, Any], good: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield bodies that are wrong as a whole, then `good` with each field in turn replaced by each nonsense value."""
    yield from BODIES
    for name in fields_of(schema, described):
        for value in VALUES:
            yield json.dumps({**good, name: value}).encode()


def fields_of(schema: Mapping[str, Any], described: Mapping[str, Any]) -> list[str]:
    """Return the names of an object's fields; `described` is the whole OpenAPI document."""
    if "$ref" in schema:
        return fields_of(described["components"]["schemas"][schema["$ref"].rpartition("/")[2]], described)
    choices = schema.get("anyOf", ())
    return list(schema.get("properties", ())) + [name for one in choices for name in fields_of(one, described)]


def queries(names: Iterable[str], texts: Iterable[str] = TEXTS) -> Iterator[str]:
    """Yield query strings: each parameter with each text, or with cursors that we did not make."""
    for name in names:
        yield from (f"?{name}={text}" for text in (CURSORS if name == "cursor" else texts))


def all_at_once(names: Iterable[str]) -> Iterator[str]:
    """Yield query strings in which all parameters are the same text."""
    found = list(names)
    for text in TEXTS:
        yield "?" + "&".join(f"{name}={text}" for name in found)
