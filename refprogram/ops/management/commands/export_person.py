"""`manage.py export_person EMAIL|ID FILE`: write all that is known of a person into a zip."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from refprogram.ops import erasing, finding


class Command(BaseCommand):
    """Writes person.json and the files they sent."""

    help = "Write all that is known of a person into a zip file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, and where to."""
        parser.add_argument("person", help="E-mail address or id")
        parser.add_argument("file", type=Path, help="the zip file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; nobody else may read it."""
        path: Path = options["file"]
        path.touch(mode=0o600)
        path.write_bytes(erasing.export(finding.person(options["person"])))
        self.stdout.write(f"written: {path}")
