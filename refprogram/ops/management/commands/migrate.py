"""`manage.py migrate`, as Django has it, in less time."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from refprogram.ops.migrating import drawing_less


class Command(migrate.Command):
    """Django's own; only the drawing of models between two operations is ours."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, but for a test database that is a copy of a migrated one: it has everything."""
        if options["run_syncdb"] and connections[options["database"]].settings_dict["TEST"].get("TEMPLATE"):
            return
        with drawing_less():
            super().handle(*args, **options)
