"""The whole program in one file, and back again: the database as it was at one moment, and the uploaded files of it.

The file is a tar of `backup.json` (what is in it, with hashes), `database.dump` (pg_dump's own format) and `files/…`.
What is not in it: settings and SECRET_KEY, the queue (the stream is in the database), logs.
"""

import hashlib
import json
import shutil
import tarfile
import tempfile
import time
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from refprogram.kernel.models import Event, StoredFile
from refprogram.ops import postgres_tools

FORMAT: Final = 1
FACTS: Final = "backup.json"
DUMP: Final = "database.dump"
PIECE: Final = 1 << 20
PARTING_S: Final = 3.0  # for connections of clients that have just left
# Within the transaction that brings the old state back; who still works with the old one is waited for, not for ever.
CLEAR: Final = "SET lock_timeout = '30s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


class BackupError(Exception):
    """It cannot be done; the text says why, for the operator."""


@dataclass
class Done:
    """What went over: rows are Postgres' business, files we count. `missing` are files whose bytes are not there."""

    files: int = 0
    missing: list[str] = field(default_factory=list)


# ---------------------------------------------------------------- taking one


def write(target: Path) -> Done:
    """Write everything into `target`, which is there whole or not at all. Work may go on meanwhile."""
    done = Done()
    draft = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            dump = Path(folder) / DUMP
            kept = _dump(dump)
            draft.touch(mode=0o600)
            with tarfile.open(draft, "w") as archive:
                files = _add_files(archive, kept, done)
                archive.add(dump, DUMP)
                _add_bytes(archive, FACTS, json.dumps(_facts(dump, files), indent=1).encode())
        draft.replace(target)
    except (OSError, postgres_tools.ToolFailedError) as error:
        raise BackupError(str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return done


def _dump(into: Path) -> list[str]:
    """Dump the database, and return the paths of the files that it names: both as of one moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        options = ("--format=custom", "--no-owner", "--no-privileges", "--no-comments")
        postgres_tools.run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={into}")
        kept = StoredFile.objects.filter(removed_at__isnull=True).order_by("pk")
        return list(kept.values_list("path", flat=True))


def _add_files(archive: tarfile.TarFile, paths: list[str], done: Done) -> list[dict[str, str]]:
    """Add the bytes of files; return what was added, with hashes of the bytes as they are."""
    added = []
    for path in paths:
        try:
            with default_storage.open(path) as source:
                digest = _digest(source)
                source.seek(0)
                archive.addfile(_member(f"files/{path}", source.size), source)
        except FileNotFoundError:  # removed since the database was dumped, or lost long ago: said, not hidden
            done.missing.append(path)
            continue
        done.files += 1
        added.append({"path": path, "sha256": digest})
    return added


def _digest(source: Any) -> str:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _facts(dump: Path, files: list[dict[str, str]]) -> dict[str, Any]:
    with dump.open("rb") as content:
        database = _digest(content)
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "database_sha256": database,
        "migrations": sorted(map(list, MigrationLoader(connection).applied_migrations)),
        "files": files,
    }


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    archive.addfile(_member(name, len(data)), BytesIO(data))


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(timezone.now().timestamp()), 0o600
    return info


# ---------------------------------------------------------------- bringing one back


def restore(source: Path, *, force: bool = False) -> Done:
    """Bring back what `write` wrote: all of the database in one transaction, then the files.

    Refused before anything is touched: a damaged or newer backup, a database that is in use, and, unless `force`, one
    that is not empty.
    """
    try:
        with tarfile.open(source, "r:") as archive, tempfile.TemporaryDirectory(prefix="refprogram-") as folder:
            facts = _check(archive)
            _refuse_newer(facts)
            if not force and not is_empty():
                raise BackupError("The database is not empty. --force replaces all that is in it.")
            _refuse_company()
            dump = Path(folder) / DUMP
            with dump.open("wb") as target:
                shutil.copyfileobj(_content(archive, DUMP), target)
            before = _known_files()
            connection.close()
            postgres_tools.replace_from(dump, first=CLEAR)
            call_command("migrate", interactive=False, verbosity=0)
            done = _bring_files(archive, facts)
    except (OSError, tarfile.TarError, postgres_tools.ToolFailedError) as error:
        raise BackupError(str(error)) from error
    for path in before - {each["path"] for each in facts["files"]}:
        default_storage.delete(path)
    cache.clear()
    return done


def is_empty() -> bool:
    """Whether nobody and nothing is in the database yet: no tables at all, or only what migrations wrote."""
    tables = connection.introspection.table_names()
    if not tables:
        return True
    if get_user_model()._meta.db_table not in tables:
        return False  # somebody else's
    return not get_user_model().objects.exists() and not Event.objects.exists()


def _known_files() -> set[str]:
    if StoredFile._meta.db_table not in connection.introspection.table_names():
        return set()
    return set(StoredFile.objects.filter(removed_at__isnull=True).values_list("path", flat=True))


def _check(archive: tarfile.TarFile) -> dict[str, Any]:
    """Return what the backup says of itself, once every byte of it was held against its hash."""
    try:
        facts: dict[str, Any] = json.loads(_content(archive, FACTS).read())
        if facts["format"] != FORMAT:
            raise BackupError(f"This is a backup of format {facts['format']}; this version reads {FORMAT}.")
        hashes = {DUMP: facts["database_sha256"], **{f"files/{row['path']}": row["sha256"] for row in facts["files"]}}
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError("This is not a backup of refprogram.") from error
    for name, expected in hashes.items():
        if _digest(_content(archive, name)) != expected:
            raise BackupError(f"This backup is damaged: {name} is not what was written. Nothing was changed.")
    return facts


def _content(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        content = archive.extractfile(name)
    except KeyError:
        content = None
    if content is None:
        raise BackupError(f"This is not a whole backup of refprogram: it has no {name}.")
    return content


def _refuse_newer(facts: dict[str, Any]) -> None:
    known = MigrationLoader(None).disk_migrations
    ours = {app for app, _name in known}
    newer = [f"{app}.{name}" for app, name in facts["migrations"] if app in ours and (app, name) not in known]
    if newer:
        raise BackupError(f"This backup was made by another version: it knows {newer[0]}. Install that version first.")


def _refuse_company() -> None:
    """A program that works on while its rows are replaced would write old things into new rows.

    A client that has just left is counted by Postgres for a moment more, so company is given that moment to go.
    """
    leave_by = time.monotonic() + PARTING_S
    while others := _others_connected():
        if time.monotonic() > leave_by:
            raise BackupError(f"The database is in use ({others} connections). Stop web, worker and beat first.")
        time.sleep(0.1)


def _others_connected() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def _bring_files(archive: tarfile.TarFile, facts: dict[str, Any]) -> Done:
    done = Done()
    for row in facts["files"]:
        default_storage.delete(row["path"])
        name = default_storage.save(row["path"], File(_content(archive, f"files/{row['path']}")))
        if name != row["path"]:  # the storage chose another name: no row would find it
            default_storage.delete(name)
            done.missing.append(row["path"])
            continue
        done.files += 1
    return done
