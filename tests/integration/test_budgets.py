"""Every list page has a query budget, and none is above what the house allows."""

import json
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from refprogram.kernel.lists import ListPage

HERE = Path(__file__).parent
LIST_LIMIT = 8  # the issue: any list of 50 rows in at most 8 queries


def budgets():
    found = {}
    for file in HERE.glob("*/budgets.json"):
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


def list_pages():
    return sorted({view.page for view in _views(get_resolver()) if issubclass(view, ListPage)})


def _views(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _views(entry)
        elif isinstance(entry, URLPattern) and hasattr(entry.callback, "view_class"):
            yield entry.callback.view_class


@pytest.mark.parametrize("name", list_pages())
def test_every_list_has_a_budget(name):
    assert budgets().get(name, "none") in range(1, LIST_LIMIT + 1)
