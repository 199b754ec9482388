"""Who gets which answer: every row of the matrix, asked as each role, for an own and for another team's object."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.cast import ROLES
from tests.integration import surface
from tests.matrix import LOGIN

ROWS = surface.matrix()
ASKED = [key for key in ROWS if "*" not in key]
ASKERS = (*ROLES, "anonymous")


def address_of(key, row, kwargs):
    """Return method and address of what a row is about."""
    name = surface.target(key)
    if name.startswith("api:"):
        operation = surface.operations()[name.removeprefix("api:")]
        return operation.method, operation.path.format(**kwargs) + row.query
    return row.method, reverse(name, kwargs=kwargs or None) + row.query


def ask(client, key, row, cast, kwargs):
    """Return the status, or "login" for the way to the sign-in page; whatever it did is taken back."""
    method, address = address_of(key, row, kwargs)
    mark = transaction.savepoint()
    if method == "get":
        response = client.get(address)
    else:
        sent = row.body(cast)
        as_form = not key.startswith("api:") or any(hasattr(value, "read") for value in sent.values())  # a file
        as_json = {} if as_form else {"content_type": "application/json"}
        response = getattr(client, method)(address, sent, **as_json)
    transaction.savepoint_rollback(mark)
    is_sent_to_login = response.status_code == 302 and response.url.startswith("/auth/login/?next=")
    return LOGIN if is_sent_to_login else response.status_code


def answers(key, make, everybody):
    """Return what each role, and nobody, gets from one row."""
    row = ROWS[key]
    clients = everybody.api if key.startswith("api:") else everybody.pages
    kwargs = make(everybody.cast) if make else {}
    return {role: ask(clients[role], key, row, everybody.cast, kwargs) for role in ASKERS}


@pytest.mark.parametrize("key", ASKED)
def test_own(key, everybody):
    row = ROWS[key]
    found = answers(key, row.own, everybody)
    assert found == {role: row.answer(role) for role in ASKERS}


@pytest.mark.parametrize("key", [key for key in ASKED if ROWS[key].foreign])
def test_foreign(key, everybody):
    row = ROWS[key]
    found = answers(key, row.foreign, everybody)
    assert found == {role: row.answer(role, foreign=True) for role in ASKERS}
