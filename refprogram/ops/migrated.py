"""The migrated database that every test database is a copy of.

To migrate takes a minute of work, to copy what was migrated takes a second. So the result is kept in `var/migrated/`
with the list of the migrations it holds, and read back in later runs. Where migrations were only added since, the kept
one that holds most of them is read back, and only the rest is migrated.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import django
from django.core.management import call_command
from django.db import connection

from refprogram.ops import postgres_tools
from refprogram.ops.places import BASE_DIR

FOLDER: Final = BASE_DIR / "var" / "migrated"
KEPT: Final = 4
VARIABLE: Final = "TEST_DATABASE_TEMPLATE"
Held = dict[str, str]  # file of a migration, or of the pins -> its hash


def prepare() -> None:
    """Fill the database of the settings, which the caller knows to be empty and its own, in a process of its own."""
    subprocess.run([sys.executable, "-m", __name__], cwd=BASE_DIR, check=True)


def fill() -> None:
    """Read back what was kept for these migrations, or for most of them; migrate the rest, and keep the result."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two runs at once one migrates, and the other has only to read
        wanted = wanted_now()
        nearest = _nearest(wanted)
        if nearest is not None:
            name = str(connection.settings_dict["NAME"])
            postgres_tools.run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(nearest))
        if nearest is None or _held(nearest) != wanted:
            call_command("migrate", verbosity=0)
            if wanted_now() == wanted:  # somebody may be writing a migration at this moment
                _keep(wanted)


def wanted_now() -> Held:
    """Return what the program's migrations and pins are at this moment."""
    migrations = sorted(each for each in BASE_DIR.glob("**/migrations/*.py") if ".venv" not in each.parts)
    files = (*migrations, BASE_DIR / "requirements.txt")
    return {str(each.relative_to(BASE_DIR)): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def _nearest(wanted: Held) -> Path | None:
    """Return the dump that holds most of what is wanted, and nothing else; None if there is none."""
    usable = [(len(_held(dump)), dump) for dump in FOLDER.glob("*.dump") if _held(dump).items() <= wanted.items()]
    return max(usable)[1] if usable else None


def _held(dump: Path) -> Held:
    """Return what a dump was made of; something that is never wanted where that is not known."""
    facts = dump.with_suffix(".json")
    return dict(json.loads(facts.read_text())) if facts.exists() else {"": "unknown"}


def _keep(held: Held) -> None:
    connection.close()
    facts = json.dumps(held, indent=1)
    kept = FOLDER / f"{hashlib.sha256(facts.encode()).hexdigest()[:16]}.dump"
    name = str(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        fresh = Path(folder) / "dump"
        postgres_tools.run("pg_dump", "--format=custom", "--no-owner", f"--file={fresh}", f"--dbname={name}")
        kept.with_suffix(".json").write_text(facts)
        fresh.rename(kept)
    forget_old()


def forget_old() -> None:
    """Keep the newest few."""
    for old in sorted(FOLDER.glob("*.dump"), key=lambda file: file.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".json").unlink(missing_ok=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "refprogram.settings")
    django.setup()
    fill()
