"""`manage.py restore FILE`: bring back what `backup` wrote."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from refprogram.ops import backup


class Command(BaseCommand):
    """Brings back database and uploaded files; whole, or nothing is changed."""

    help = "Bring back what `backup` wrote: into an empty database, or with --force instead of all that is there."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where from, and whether to replace what is there."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace all that is in the database")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it back and say how much it was."""
        try:
            done = backup.restore(options["file"].absolute(), force=options["force"])
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored: the database and {done.files} uploaded files; `verify` proves the rows")
        for path in done.missing:
            self.stderr.write(f"  could not be brought back: {path}")
