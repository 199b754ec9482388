"""What the API promises of every operation, read off its own description."""

from collections import defaultdict
from enum import Enum
from typing import get_args

import pytest
from ninja import Schema

from tests.integration import surface

APPEND_ONLY = {"EventOut", "PostingOut", "LedgerEntryDetailOut"}


@pytest.fixture(scope="module")
def schema():
    return surface.described()


def test_every_operation_asks_for_a_token(client, db):
    operations = surface.operations().values()
    answers = {
        operation.id: client.generic(operation.method, operation.path.format(**filled(operation.path))).status_code
        for operation in operations
    }
    assert {name: status for name, status in answers.items() if status != 401} == {}


def filled(path):
    return {part[1:-1]: "bcdfghjkmnpq" for part in path.split("/") if part.startswith("{")}


def test_ids_are_unique_and_plain():
    operations = surface.operations()
    assert all(name.isidentifier() for name in operations)
    assert len(operations) == sum(len(methods) for methods in surface.described()["paths"].values())


def pages(schema):
    """Return the list operations: what answers with a page."""
    for path, methods in schema["paths"].items():
        answer = methods.get("get", {}).get("responses", {}).get(200, {})
        ref = answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
        if "/Page_" in ref:
            yield path, methods["get"]


def test_every_list_has_a_cursor_and_csv(schema):
    lacking = {
        path: {"limit", "cursor", "format"} - {parameter["name"] for parameter in operation.get("parameters", [])}
        for path, operation in pages(schema)
    }
    assert lacking
    assert {path: names for path, names in lacking.items() if names} == {}


def test_every_object_says_who_and_when_it_is(schema):
    """`id`, `url`, `created_at`, and `updated_at` unless append-only."""
    lacking = {}
    for path, methods in schema["paths"].items():
        if "get" not in methods or not path.endswith("{public_id}"):
            continue
        ref = methods["get"]["responses"][200]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        wanted = {"id", "url", "created_at"} | (set() if ref in APPEND_ONLY else {"updated_at"})
        if missing := wanted - set(schema["components"]["schemas"][ref]["properties"]):
            lacking[path] = missing
    assert lacking == {}


def test_no_two_shapes_share_a_name():
    """The description knows shapes by name alone: of two with one name, one would be described as the other."""
    places = defaultdict(set)
    for shape in _below(Schema):
        places[shape.__name__].add(shape.__module__)
        for field in shape.model_fields.values():
            for kind in _kinds(field.annotation):
                places[kind.__name__].add(kind.__module__)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def _below(shape):
    for one in shape.__subclasses__():
        yield one
        yield from _below(one)


def _kinds(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from _kinds(part)


def inside(schema, part, seen):
    """Yield every object of a body, however deep."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from inside(schema, schema["components"]["schemas"][name], seen | {name})
        return
    if "properties" in part:
        yield part
    for one in filter(None, (*part.get("anyOf", ()), *part.get("properties", {}).values(), part.get("items"))):
        yield from inside(schema, one, seen)


def test_no_body_drops_a_field_in_silence(schema):
    """Bodies extend `api.Input`, also those within others: what is spelt wrong is refused."""
    bodies = [
        (operation["operationId"], operation["requestBody"]["content"]["application/json"]["schema"])
        for methods in schema["paths"].values()
        for operation in methods.values()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]
    assert bodies
    open_ones = {
        (name, part["title"])
        for name, body in bodies
        for part in inside(schema, body, frozenset())
        if part.get("additionalProperties") is not False
    }
    assert open_ones == set()


@pytest.mark.browser
def test_the_docs_page_obeys_our_content_policy(page, site, faults):
    page.goto(f"{site}/api/v1/docs")
    page.get_by_text("/api/v1/users/me", exact=True).wait_for()
