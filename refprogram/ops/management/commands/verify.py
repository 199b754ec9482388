"""`manage.py verify`: prove on the live data what must always hold. Exit code 1, and the rows, where it does not."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.module_loading import import_string

from refprogram.kernel.proofs import Proof


class Command(BaseCommand):
    """Asks each room for its proofs (settings.PROOFS), all against one moment of the data."""

    help = "Prove the invariants on the live data; exit 1 and the rows if one does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per proof, and the rows that break it."""
        broken = 0
        for proof in self.found():
            self.stdout.write(f"  {'ok  ' if proof.holds else 'FAIL'} {proof.name}")
            for row in proof.rows:
                self.stdout.write(f"         {row}")
            broken += not proof.holds
        if broken:
            raise CommandError(f"{broken} invariant{'s' if broken > 1 else ''} broken", returncode=1)
        self.stdout.write("verify: all good")

    @staticmethod
    def found() -> Iterable[Proof]:
        """Return every room's proofs, computed in one snapshot: what is being written meanwhile breaks nothing."""
        has_snapshot = connection.in_atomic_block  # whoever called us inside a transaction has chosen its own
        with transaction.atomic():
            if not has_snapshot:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return [proof for path in settings.PROOFS for proof in import_string(path)()]
