"""Who gets which answer: every row of the matrix, asked as each role, for an own and for another team's object."""

import pytest
from django.urls import reverse

from tests.cast import ROLES
from tests.integration import surface
from tests.matrix import LOGIN

ROWS = surface.matrix()
ASKED = {key: row for key, row in ROWS.items() if "*" not in key}


def _address(key, row, kwargs):
    name = surface.target(key)
    if name.startswith("api:"):
        operation = surface.operations()[name.removeprefix("api:")]
        return operation.method, operation.path.format(**kwargs) + row.query
    return row.method, reverse(name, kwargs=kwargs or None) + row.query


def _ask(client, key, row, cast, kwargs):
    """Return the status, or "login" for the way to the sign-in page."""
    method, address = _address(key, row, kwargs)
    as_json = {"content_type": "application/json"} if key.startswith("api:") and method != "get" else {}
    sent = row.body(cast) if method != "get" else None
    response = getattr(client, method)(address, sent, **as_json) if sent is not None else client.get(address)
    if response.status_code == 302 and response.url.startswith("/auth/login/?next="):
        return LOGIN
    return response.status_code


@pytest.mark.parametrize("role", [*ROLES, "anonymous"])
@pytest.mark.parametrize("key", ASKED)
def test_own(key, role, cast, clients, api):
    row = ROWS[key]
    kwargs = row.own(cast) if row.own else {}
    client = (api if key.startswith("api:") else clients)[role]
    assert _ask(client, key, row, cast, kwargs) == row.answer(role)


@pytest.mark.parametrize("role", [*ROLES, "anonymous"])
@pytest.mark.parametrize("key", [key for key, row in ASKED.items() if row.foreign])
def test_foreign(key, role, cast, clients, api):
    row = ROWS[key]
    kwargs = row.foreign(cast)
    client = (api if key.startswith("api:") else clients)[role]
    assert _ask(client, key, row, cast, kwargs) == row.answer(role, foreign=True)
