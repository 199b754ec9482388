"""The rules of the house that no type checker knows. Imports are import-linter's (`make check`)."""

import ast
from pathlib import Path

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from refprogram.kernel import links, topics
from refprogram.notices import kinds
from refprogram.ops.places import BASE_DIR

# Lowest first; a key may point to the same or a lower room.
ROOMS = [
    "kernel",
    "people",
    "notices",
    "governance",
    "references",
    ("nominations", "awards", "incentives"),
    "dashboards",
]
LEVEL = {name: level for level, names in enumerate(ROOMS) for name in ([names] if isinstance(names, str) else names)}
OURS = ("refprogram", "references", "nominations", "awards", "incentives")


def our_models():
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in LEVEL]


def foreign_keys():
    for model in our_models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.remote_field:
                yield model, field


def downwards(model, target):
    """Whether `target` lies in the same room or in a lower one; siblings do not know each other."""
    here, there = model._meta.app_label, target._meta.app_label
    return there not in LEVEL or here == there or LEVEL[there] < LEVEL[here]


def test_foreign_keys_point_downwards():
    user = settings.AUTH_USER_MODEL.lower()
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model, field in foreign_keys()
        if not downwards(model, field.related_model) and field.related_model._meta.label_lower != user
    ]
    assert upwards == []


def modules(*names):
    """Return our files of these names, and the files of packages of these names."""
    found = []
    for root in OURS:
        for file in sorted((BASE_DIR / root).rglob("*.py")):
            folder = file.parent.name
            if file.name in {f"{name}.py" for name in names} or folder in names:
                found.append(file)
    return found


def uses_a_manager(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        f"{file.relative_to(BASE_DIR)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]


def test_views_and_api_reach_rows_by_selectors_and_services():
    files = modules("views", "api", "link_views", "events_api")
    assert files
    assert [place for file in files for place in uses_a_manager(file)] == []


def test_tests_make_rows_by_factories():
    made = [
        f"{file.relative_to(BASE_DIR)}:{number}"
        for file in sorted((BASE_DIR / "tests").rglob("*.py"))
        if "factories" not in file.parts and file != Path(__file__)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if ".objects.create(" in line
    ]
    assert made == []


def inline_imports(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        f"{file.relative_to(BASE_DIR)}:{inner.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def test_no_module_hides_an_import():
    files = [file for root in OURS for file in sorted((BASE_DIR / root).rglob("*.py"))]
    assert [place for file in files for place in inline_imports(file)] == []


@pytest.mark.parametrize("limit", [400])
def test_files_stay_short(limit):
    files = [file for root in OURS for file in (BASE_DIR / root).rglob("*.py") if "migrations" not in file.parts]
    long = {
        str(file.relative_to(BASE_DIR)): lines
        for file in files
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > limit
    }
    assert long == {}


# ---------------------------------------------------------------- the tables in settings


def test_every_topic_is_heard_or_silent_on_purpose():
    unheard = [name for name, topic in topics.registry().items() if not topic.silent and not topics.handlers_of(name)]
    assert unheard == []


def test_nobody_listens_to_what_is_not_emitted():
    assert sorted(set(settings.EVENT_HANDLERS) - set(topics.registry())) == []


def test_sentences_name_only_what_there_is():
    for topic in topics.registry().values():
        known = {"actor", "subject", "account", *topic.fields}
        str(topic.sentence).format(**dict.fromkeys(known, ""))
        assert set(topic.refs) <= set(topic.fields), topic.name


def test_refs_have_someone_to_name_them():
    nameless = {kind for topic in topics.registry().values() for kind in topic.refs.values()}
    assert sorted(nameless - set(settings.LABEL_RESOLVERS)) == []


NAMED = {
    "handler": [name for names in settings.EVENT_HANDLERS.values() for name in names],
    "label": list(settings.LABEL_RESOLVERS.values()),
    "desk": settings.DESKS,
    "job": list(settings.JOB_RUNNERS.values()),
    "link": [purpose["view"] for purpose in settings.LINK_PURPOSES.values()],
    "router": [path for _prefix, path in settings.API_ROUTERS],
    "proof": list(getattr(settings, "PROOFS", [])),
}


@pytest.mark.parametrize("path", sorted({path for paths in NAMED.values() for path in paths}))
def test_what_settings_name_is_there(path):
    assert import_string(path) is not None


def test_notice_kinds_are_known():
    assert kinds.registry()


def test_link_purposes_are_whole():
    assert links.purposes().keys() == settings.LINK_PURPOSES.keys()


def test_every_label_resolver_names_a_model():
    models = {model._meta.model_name for model in our_models()}
    assert sorted(set(settings.LABEL_RESOLVERS) - models) == []


def test_the_driver_is_psycopg2(db):
    connection.ensure_connection()
    assert isinstance(connection.connection, psycopg2.extensions.connection)
