"""Dockerfile, Procfile and compose.yaml: they parse, name what is there, and run the same three programs."""

import re
import shlex

import pytest
import yaml

from refprogram.ops.places import BASE_DIR

INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "EXPOSE", "VOLUME", "CMD"}
PROGRAMS = ("web", "worker", "beat")


@pytest.fixture
def compose():
    return yaml.safe_load((BASE_DIR / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def procfile():
    lines = (BASE_DIR / "Procfile").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


@pytest.fixture
def dockerfile():
    """Return the instructions with their words, comments and line breaks taken out."""
    text = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")
    whole = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    return [tuple(line.split(" ", 1)) for line in whole.splitlines() if line]


def test_every_instruction_is_one_and_what_is_copied_is_there(dockerfile):
    copied = [shlex.split(words)[:-1] for name, words in dockerfile if name == "COPY"]

    assert {name for name, _words in dockerfile} == INSTRUCTIONS
    assert [path for paths in copied for path in paths if not (BASE_DIR / path).exists()] == []


def test_the_image_compiles_every_package(dockerfile):
    (compiled,) = [words for name, words in dockerfile if name == "RUN" and "compileall" in words]

    packages = {path.parent.name for path in BASE_DIR.glob("*/__init__.py")} - {"tests"}
    assert set(compiled.rpartition("compileall -q ")[2].split()) == packages


def test_compose_and_procfile_run_the_same(compose, procfile, dockerfile):
    command = {name: compose["services"][name].get("command") for name in PROGRAMS}
    (image,) = [shlex.split(words.strip("[]").replace(",", "")) for name, words in dockerfile if name == "CMD"]

    assert command["worker"] == procfile["worker"]
    assert command["beat"] == procfile["beat"]
    assert command["web"] is None  # the image's own
    assert " ".join(image).replace(":8000 --workers 2", ":$PORT --workers ${WEB_CONCURRENCY:-2}") == procfile["web"]
    assert compose["services"]["migrate"]["command"] == procfile["release"]


def test_every_variable_of_compose_is_explained(compose):
    explained = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{([A-Z_]+)", yaml.safe_dump(compose)))

    assert {name for name in used if not re.search(rf"^#? ?{name}=", explained, re.MULTILINE)} == set()


def test_what_waits_for_another_names_one_that_says_when_it_is_there(compose):
    services = compose["services"]
    waited_for = {
        (name, how["condition"]) for one in services.values() for name, how in one.get("depends_on", {}).items()
    }

    assert {
        name for name, how in waited_for if how == "service_healthy" and "healthcheck" not in services[name]
    } == set()
    assert {name for name, _how in waited_for} <= set(services)
    assert {place.split(":")[0] for one in services.values() for place in one.get("volumes", ())} == set(
        compose["volumes"]
    )
