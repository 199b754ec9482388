"""A backup brings everything back: rows, files, guards. What is damaged, newer or in the way is refused in time."""

import io
import json
import tarfile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from refprogram.kernel.files import services as files
from refprogram.kernel.models import Event, StoredFile
from refprogram.ops import places
from refprogram.people.models import User
from refprogram.people.services import create_team
from tests import hostile
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _cache_of_its_own(settings):
    """What is restored empties the cache, and that of other tests is not ours to empty."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": places.redis_url(3)}}


@pytest.fixture
def elsewhere(settings, tmp_path):
    """Another machine: `elsewhere()` moves there, to an empty database and an empty storage."""
    here = connection.settings_dict["NAME"]
    there = f"{here}_restored"

    def administer(statement):
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)

    def move():
        administer(f'CREATE DATABASE "{there}"')
        connection.settings_dict["NAME"] = there
        settings.MEDIA_ROOT = tmp_path / "elsewhere"

    yield move
    connection.settings_dict["NAME"] = here
    administer(f'DROP DATABASE IF EXISTS "{there}"')


@pytest.fixture
def company(settings, tmp_path):
    """Somebody, a file of theirs, an event; written down by `backup`."""
    settings.MEDIA_ROOT = tmp_path / "files"
    user = UserFactory(person__email="keep@house.example")
    create_team(name="Kept", region=None, manager=None, actor=user)
    files.store(upload=hostile.upload("letter.txt", b"We agree."), purpose="answer", user=user)
    call_command("backup", tmp_path / "kept.backup")
    return tmp_path / "kept.backup"


def rewritten(source, **changes):
    """Return the backup with members replaced: `facts` what it says of itself, or `dump` its bytes."""
    target = source.with_suffix(".other")
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            data = changes.get(member.name.partition(".")[0], lambda same: same)(old.extractfile(member).read())
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return target


def test_everything_comes_back(company, elsewhere, capsys):
    elsewhere()

    call_command("restore", company)

    assert User.objects.get().person.email == "keep@house.example"
    file = StoredFile.objects.get()
    with default_storage.open(file.path) as content:
        assert content.read() == b"We agree."
    assert "1 uploaded files" in capsys.readouterr().out
    with pytest.raises(DatabaseError), transaction.atomic():  # the guard of the stream came back with its rows
        Event.objects.update(topic="user.invited")


def test_what_came_back_can_be_kept_again(company, elsewhere, tmp_path):
    elsewhere()
    call_command("restore", company)
    call_command("backup", tmp_path / "again.backup")
    User.objects.update(is_active=False)

    call_command("restore", tmp_path / "again.backup", "--force")

    assert User.objects.get().is_active


def test_a_database_with_people_in_it_is_left_alone(company):
    UserFactory(person__email="late@house.example")

    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", company)

    assert User.objects.count() == 2


def test_force_replaces_rows_and_files(company, elsewhere):
    elsewhere()  # a database that no live server of another test is connected to
    call_command("restore", company)
    late = UserFactory(person__email="late@house.example")
    stray = files.store(upload=hostile.upload("late.txt", b"Late."), purpose="answer", user=late)

    call_command("restore", company, "--force")

    assert User.objects.get().person.email == "keep@house.example"
    assert not default_storage.exists(stray.path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"database": lambda data: data[:-1] + b"x"}, "damaged"),
        ({"backup": lambda data: b"{}"}, "not a backup"),
        ({"backup": lambda data: json.dumps({**json.loads(data), "format": 99}).encode()}, "format 99"),
        (
            {"backup": lambda data: json.dumps({**json.loads(data), "migrations": [["people", "9999_z"]]}).encode()},
            "another version",
        ),
    ],
    ids=["damaged", "strange", "format", "newer"],
)
def test_what_cannot_be_brought_back_changes_nothing(company, changes, words):
    with pytest.raises(CommandError, match=words):
        call_command("restore", rewritten(company, **changes), "--force")

    assert User.objects.get().person.email == "keep@house.example"
    assert StoredFile.objects.count() == 1


def test_a_file_that_is_none(tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(CommandError):
        call_command("restore", tmp_path / "notes.txt")
    with pytest.raises(CommandError):
        call_command("backup", tmp_path / "nowhere" / "kept.backup")


def test_nobody_else_may_be_at_work(company):
    other = connection.copy()
    other.connect()
    try:
        with pytest.raises(CommandError, match="in use"):
            call_command("restore", company, "--force")
    finally:
        other.close()


def test_bytes_that_are_gone_are_said(company, tmp_path, capsys):
    default_storage.delete(StoredFile.objects.get().path)

    call_command("backup", tmp_path / "less.backup")

    assert "not there any more" in capsys.readouterr().err
