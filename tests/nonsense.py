"""What no sane program sends, for every operation of the API and every page: made from their own descriptions.

Nonsense is chosen by type. A value of the wrong type is refused before anybody looks at the others, so wrong types are
sent for all fields at once; what has the right type and still makes no sense goes one field at a time, the rest good.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

HUGE = 10**30
LONG = "x" * 3000
# NUL, which Postgres refuses, and half a surrogate pair, which JSON can write and UTF-8 cannot.
UNFIT = "nul\x00 half \ud800"
MOMENT, DAY = "9999-12-31T23:59:59-14:00", "9999-12-31"

WRONG_TYPES: tuple[Any, ...] = (None, [[UNFIT]], {"name": 1})
BY_TYPE: dict[str, tuple[Any, ...]] = {
    "string": ("", LONG, UNFIT),
    "integer": (HUGE, -1),
    "number": (HUGE, -1),
    "boolean": (),
    "array": ([], [UNFIT], [HUGE]),
    "object": ({}, {"name": UNFIT}),
}
BY_FORMAT = {"date": (DAY,), "date-time": (MOMENT,)}
ENUM = ("",)
BODIES = (b"", b"null", b"[]", b"{")
UNREADABLE = (b"\xff\xfe", b"[" * 3000, b'{"a": 1e999999}', b'{"name": "\\ud800"}')
IDS = ("%00", "x" * 300, "%ff")
CURSORS = ("x", "%00", "YWZ0ZXI6LTE", "YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5")
REFUSED = (quote("nul\x00"), "%ff%ED%A0%80")  # by the house, before any page sees it
TAKEN = tuple(map(quote, (LONG, str(HUGE), DAY)))  # what a page has to make sense of
TEXTS = (*REFUSED, *TAKEN)


def bodies(schema: Mapping[str, Any], described: Mapping[str, Any], good: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield bodies that are wrong as a whole, then with all types wrong, then `good` with one field replaced."""
    yield from BODIES
    fields = fields_of(schema, described)
    for value in WRONG_TYPES if fields else ():
        yield json.dumps(dict.fromkeys(fields, value)).encode()
    for name, described_field in fields.items():
        for value in values_for(described_field, described):
            yield json.dumps({**good, name: value}).encode()


def values_for(field: Mapping[str, Any], described: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what a field of this type could hold and should not."""
    if "$ref" in field:
        field = described["components"]["schemas"][field["$ref"].rpartition("/")[2]]
    for one in field.get("anyOf", ()):
        yield from values_for(one, described)
    if "enum" in field:
        yield from ENUM
    elif field.get("format") in BY_FORMAT:
        yield from BY_FORMAT[field["format"]]
    else:
        yield from BY_TYPE.get(field.get("type", ""), ())


def fields_of(schema: Mapping[str, Any], described: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return an object's fields with their types; `described` is the whole OpenAPI document."""
    if "$ref" in schema:
        return fields_of(described["components"]["schemas"][schema["$ref"].rpartition("/")[2]], described)
    found = dict(schema.get("properties", {}))
    for one in schema.get("anyOf", ()):
        found |= fields_of(one, described)
    return found


def queries(names: Iterable[str], texts: Iterable[str] = TEXTS) -> Iterator[str]:
    """Yield query strings: each parameter with each text, or with cursors that we did not make."""
    for name in names:
        yield from (f"?{name}={text}" for text in (CURSORS if name == "cursor" else texts))


def mixed(names: Iterable[str]) -> Iterator[str]:
    """Yield query strings with all parameters at once: each has each text in turn."""
    found = list(names)
    for text in REFUSED:
        yield "?" + "&".join(f"{name}={text}" for name in found)
    for turn in range(len(TAKEN)):
        yield "?" + "&".join(f"{name}={TAKEN[(turn + place) % len(TAKEN)]}" for place, name in enumerate(found))
