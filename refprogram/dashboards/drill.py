"""Addresses of the rows behind a number: a list page in the state that shows just those."""

from collections.abc import Sequence
from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode

from refprogram.kernel.lists import ListPage


def rows_of(page: type[ListPage], **filters: str | Sequence[str]) -> str:
    """Return the address of a list under these filters."""
    said = ((name, value if isinstance(value, str) else tuple(value)) for name, value in filters.items())
    return _written(page.page, tuple(said))


@lru_cache(maxsize=512)
def _written(page: str, filters: tuple[tuple[str, str | tuple[str, ...]], ...]) -> str:
    return f"{reverse(page)}?{urlencode(filters, doseq=True)}"


def view_of(page: type[ListPage], key: str) -> str:
    """Return the address of one of a list's own tabs."""
    view = next(view for view in page.views if view.key == key)
    return f"{reverse(page.page)}?{view.params}&view={key}"
