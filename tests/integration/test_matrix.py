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


def answers(key, make, cast, people):
    """Return what each role, and nobody, gets from one row."""
    row = ROWS[key]
    clients = {role: people[role] for role in ASKERS}  # they come before the question, which is taken back
    kwargs = make(cast) if make else {}
    return {role: ask(client, key, row, cast, kwargs) for role, client in clients.items()}


@pytest.mark.parametrize("key", ASKED)
def test_own(key, cast, clients, api):
    row = ROWS[key]
    found = answers(key, row.own, cast, api if key.startswith("api:") else clients)
    assert found == {role: row.answer(role) for role in ASKERS}


@pytest.mark.parametrize("key", [key for key in ASKED if ROWS[key].foreign])
def test_foreign(key, cast, clients, api):
    row = ROWS[key]
    found = answers(key, row.foreign, cast, api if key.startswith("api:") else clients)
    assert found == {role: row.answer(role, foreign=True) for role in ASKERS}
