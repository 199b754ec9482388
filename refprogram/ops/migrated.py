"""The migrated database that every test database is a copy of.

To migrate takes a minute of work, to copy what was migrated takes a second. So the result is kept in `var/migrated/`,
under a name that changes with any migration and any pinned package, and read back in later runs.
"""

import hashlib
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
KEPT: Final = 3
VARIABLE: Final = "TEST_DATABASE_TEMPLATE"


def prepare() -> None:
    """Fill the database of the settings, which the caller knows to be empty and its own, in a process of its own."""
    subprocess.run([sys.executable, "-m", __name__], cwd=BASE_DIR, check=True)


def name_of_state() -> str:
    """Return a name for what all migrations and pins lead to."""
    said = hashlib.sha256()
    migrations = sorted(each for each in BASE_DIR.glob("**/migrations/*.py") if ".venv" not in each.parts)
    for file in (*migrations, BASE_DIR / "requirements.txt"):
        said.update(f"{file.relative_to(BASE_DIR)}\n".encode())
        said.update(file.read_bytes())
    return said.hexdigest()[:16]


def fill() -> None:
    """Read back what was kept for these migrations; else migrate, and keep it."""
    kept = FOLDER / f"{name_of_state()}.dump"
    database = str(connection.settings_dict["NAME"])
    if kept.exists():
        postgres_tools.run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={database}", str(kept))
        return
    call_command("migrate", verbosity=0)
    connection.close()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        fresh = Path(folder) / "dump"
        postgres_tools.run("pg_dump", "--format=custom", "--no-owner", f"--file={fresh}", f"--dbname={database}")
        fresh.rename(kept)
    forget_old()


def forget_old() -> None:
    """Keep the newest few."""
    for old in sorted(FOLDER.glob("*.dump"), key=lambda file: file.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "refprogram.settings")
    django.setup()
    fill()
