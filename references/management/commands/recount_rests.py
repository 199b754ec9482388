"""`manage.py recount_rests`: count fatigue, rest and what was given anew, after an upgrade or a repair by hand."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from references.accounts import policy
from references.accounts.recounting import recount_all


def _quietly(done: int, total: int, message: str = "") -> None:
    """Nobody watches how far it is."""


class Command(BaseCommand):
    """One transaction; safe to run twice, and while people work: who moves an ask meanwhile waits for it."""

    help = "Count what accounts and contacts keep of fatigue, rest and gifts anew."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Recount by the figures of now."""
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE references_account IN EXCLUSIVE MODE")
        changed = recount_all(policy.now(), _quietly)
        self.stdout.write(f"recounted: {changed} accounts changed")
