"""`manage.py migrate`, as Django has it, in less time."""

from typing import Any

from django.core.management.commands import migrate

from refprogram.ops.migrating import drawing_less


class Command(migrate.Command):
    """Django's own; only the drawing of models between two operations is ours."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        with drawing_less():
            super().handle(*args, **options)
