"""The whole cast, signed in, made once for a module that asks many questions; each test finds it as it was made.

For tests that take back what they do: `everybody.cast`, `everybody.pages["rep"]` (signed in), `everybody.api["rep"]`.
"""

import copy
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import PARTS, ApiClients, Cast, Clients


@pytest.fixture(scope="module")
def everybody_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """Rows of everybody, their sessions and tokens, around all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = Cast()
        made = SimpleNamespace(cast=cast, pages=Clients(cast), api=ApiClients(cast))
        for part in (*PARTS, "anonymous"):
            assert made.pages[part]
            assert made.api[part]
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def everybody(everybody_once: SimpleNamespace, db: None) -> SimpleNamespace:
    """Objects and clients of this test alone: what a test changes in them is not seen by the next one."""
    cast = copy.deepcopy(everybody_once.cast)
    pages, api = Clients(cast), ApiClients(cast)
    pages._clients = {part: _again(client) for part, client in everybody_once.pages._clients.items()}
    api._clients = {part: _again(client) for part, client in everybody_once.api._clients.items()}
    return SimpleNamespace(cast=cast, pages=pages, api=api)


def _again(client: Client) -> Client:
    """Return a client that comes in with the same cookies and headers."""
    fresh = Client()
    fresh.defaults = dict(client.defaults)
    fresh.cookies = copy.deepcopy(client.cookies)
    return fresh
