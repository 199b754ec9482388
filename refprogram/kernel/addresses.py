"""Addresses of rows. A list asks for fifty at once, so the address is worked out once per page, not once per row."""

from functools import cache
from typing import Final

from django.urls import reverse

_ROW: Final = "rowrowrowrow"  # stands where a public id will, and looks like one


def row_url(name: str, public_id: str) -> str:
    """Return `reverse(name, args=[public_id])`."""
    before, after = _around(name)
    return f"{before}{public_id}{after}"


@cache
def _around(name: str) -> tuple[str, str]:
    before, _row, after = reverse(name, args=[_ROW]).partition(_ROW)
    return before, after
