"""Whatever is sent, the answer is a clear one: never a 500, and from the API always a problem in its one form."""

import pytest
from django.db import transaction
from django.urls import resolve, reverse

from tests import nonsense
from tests.cast import ROLES
from tests.integration import surface

ROWS = surface.matrix()
API_ROWS = {surface.target(key).removeprefix("api:"): row for key, row in ROWS.items() if key.startswith("api:")}
OPERATIONS = surface.operations()
OURS = {name.partition(":")[0] for name in ROWS if ":" in name} - {"api", "admin"}
PAGES = [key for key, row in ROWS.items() if key.partition(":")[0] in OURS and 200 in {row.everyone, *row.but.values()}]
FORMS = [key for key, row in ROWS.items() if key.partition(":")[0] in OURS and row.method == "post" and row.data]
pytestmark = pytest.mark.django_db  # what one test makes is taken back
# What pages read besides their filters.
READ_BY_PAGES = (
    *("page", "sort", "from", "view", "q", "name", "account", "period", "by", "on", "back", "week", "day"),
    *("part", "format"),
)
AS_FRAGMENT = {"headers": {"HX-Request": "true"}}


def who_may(row):
    """Return a role that is let in: nonsense is to be read, not refused at the door."""
    let_in = ("marketer", "admin", *ROLES)
    return next(role for role in let_in if int(row.answer(role)) < 400 or int(row.answer(role)) in {409, 422})


def taken_back(client, method, address, **sent):
    """Return the answer to one request, a stream read to its end; whatever it did is undone."""
    mark = transaction.savepoint()
    response = client.generic(method, address, **sent)
    if response.streaming:
        b"".join(response.streaming_content)
    transaction.savepoint_rollback(mark)
    return response


def is_clear(response):
    """Whether an answer of the API is one that a program can read."""
    is_problem = response.headers.get("Content-Type") == "application/problem+json"
    return response.status_code < 400 or (response.status_code < 500 and is_problem)


@pytest.fixture(scope="module")
def described():
    return surface.described()


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_answers_nonsense(name, described, everybody):
    operation, row = OPERATIONS[name], API_ROWS[name]
    client, kwargs = everybody.api[who_may(row)], dict(row.own(everybody.cast)) if row.own else {}
    meant = described["paths"][operation.path][operation.method]
    wrong = [(operation.path.format(**dict.fromkeys(kwargs, one)), b"{}") for one in nonsense.IDS if kwargs]
    address = operation.path.format(**kwargs)
    if operation.method == "get":
        params = [one["name"] for one in meant.get("parameters", ()) if one["in"] == "query"]
        asked = [
            *nonsense.queries(["nobody-knows"], ["x"]),
            *nonsense.mixed(params),
            *nonsense.queries(params, nonsense.TAKEN[1:]),
        ]
        wrong += [(address + query, b"") for query in asked]
    else:
        schema = meant.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        good = row.body(everybody.cast) if schema else {}
        wrong += [(address, body) for body in nonsense.bodies(schema, described, good)]

    as_json = {"content_type": "application/json"}
    answers = [(one, taken_back(client, operation.method, one[0], data=one[1], **as_json)) for one in wrong]
    assert [(one, answer.status_code) for one, answer in answers if not is_clear(answer)] == []


@pytest.mark.parametrize("body", nonsense.UNREADABLE)
def test_what_cannot_be_read_at_all_is_a_problem_too(body, everybody):
    """One operation stands for all: nobody reads a body but the API itself."""
    answer = taken_back(everybody.api["admin"], "post", "/api/v1/teams", data=body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert is_clear(answer)


@pytest.mark.parametrize("key", PAGES)
def test_a_page_answers_a_nonsense_address(key, everybody):
    row = ROWS[key]
    client, kwargs = everybody.pages[who_may(row)], row.own(everybody.cast) if row.own else None
    address = reverse(surface.target(key), kwargs=kwargs)
    filters = getattr(getattr(resolve(address).func, "view_class", None), "filterset_class", None)
    own = [param for params in filters.parameters().values() for param in params] if filters else []
    whole = list(nonsense.mixed((*READ_BY_PAGES, *own)))
    # Rows alone are enough where only one filter is in question.
    alone = list(nonsense.queries(own, nonsense.TAKEN[1:]))
    answers = {query: taken_back(client, "get", address + query).status_code for query in whole}
    answers |= {query: taken_back(client, "get", address + query, **AS_FRAGMENT).status_code for query in alone}
    assert {query: status for query, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("key", FORMS)
def test_a_form_answers_nonsense(key, everybody):
    row = ROWS[key]
    client, kwargs = everybody.pages[who_may(row)], row.own(everybody.cast) if row.own else None
    address, good = reverse(surface.target(key), kwargs=kwargs) + row.query, row.body(everybody.cast)
    as_form = {"content_type": "application/x-www-form-urlencoded", **AS_FRAGMENT}
    wrong = [body.removeprefix("?") for body in nonsense.mixed(good)]
    answers = {body: taken_back(client, "post", address, data=body.encode(), **as_form).status_code for body in wrong}
    assert {body: status for body, status in answers.items() if status >= 500} == {}
