"""`manage.py import_crm FILE|FOLDER`: the pages' import, from a shell."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from references.exchange.batch import Options, import_paths
from references.exchange.models import ImportKind
from refprogram.kernel.errors import DomainError


class Command(BaseCommand):
    """Prints per kind what was created, updated, left and rejected; changes all or nothing unless --keep-good."""

    help = "Import CRM exports (CSV or XLSX); a folder is taken in dependency order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options of contract.md."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--kind", choices=ImportKind.values)
        parser.add_argument("--mapping", default="", help="name of a remembered column mapping")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then undo it")
        parser.add_argument("--accept-repairs", action="store_true", help="accept every suggested repair")
        parser.add_argument("--keep-good", action="store_true", help="leave out bad rows instead of refusing all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print its outcome."""
        path: Path = options["path"]
        if not path.exists():
            raise CommandError(f"{path}: no such file or folder")
        wanted = Options(
            kind=options["kind"],
            mapping=options["mapping"],
            dry_run=options["dry_run"],
            accept_repairs=options["accept_repairs"],
            keep_good=options["keep_good"],
        )
        try:
            for line in import_paths(path, wanted):
                self.stdout.write(line)
        except DomainError as error:
            raise CommandError(error.message) from error
