"""Addresses of rows. A page asks for dozens, so each is worked out once per process, but for the public ids in it."""

import re
from functools import cache, lru_cache
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString

_ROW: Final = "rowrowrowrow"  # stands where a public id will, and looks like one
_PLAIN: Final = {str, int, SafeString}  # a word that stands in a template is safe text
_PUBLIC_ID: Final = re.compile(r"[0-9b-df-hj-np-tv-z]{12}")


def row_url(name: str, public_id: str) -> str:
    """Return `reverse(name, args=[public_id])`."""
    before, after = _around(name)
    return f"{before}{public_id}{after}"


@cache
def _around(name: str) -> tuple[str, str]:
    before, _row, after = reverse(name, args=[_ROW]).partition(_ROW)
    return before, after


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """Return what `reverse` does, at a fifth of its cost."""
    given = (*args, *kwargs.values())
    ids = [value for value in given if type(value) is str and _PUBLIC_ID.fullmatch(value)]
    # Named ones may stand in another order than they are given in, and other kinds are written by their converters.
    if len(ids) > (1 if kwargs else 2) or not {type(value) for value in given} <= _PLAIN:
        return reverse(name, args=args, kwargs=kwargs)
    known = _written(name, tuple(_ROW if value in ids else str(value) for value in given), tuple(kwargs))
    if not ids:
        return known[0]
    return "".join([text for pair in zip(known, [*ids, ""], strict=True) for text in pair])


@lru_cache(maxsize=2048)
def _written(name: str, values: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    given: dict[str, Any] = {"kwargs": dict(zip(names, values, strict=True))} if names else {"args": values}
    return reverse(name, **given).split(_ROW)
