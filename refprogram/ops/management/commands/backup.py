"""`manage.py backup FILE`: the whole program into one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat

from refprogram.ops import backup


class Command(BaseCommand):
    """Writes database and uploaded files, as of one moment, while people work."""

    help = "Write database and uploaded files into one file; `restore` brings them back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say what is in it."""
        target: Path = options["file"].absolute()
        try:
            done = backup.write(target)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        size = filesizeformat(target.stat().st_size)
        self.stdout.write(f"backup: {target} ({size}), with {done.files} uploaded files")
        for path in done.missing:
            self.stderr.write(f"  not there any more, so not in it: {path}")
