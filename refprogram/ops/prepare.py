"""Bring the database up to date and, the first time, fill it: one process, for Django's own start is half of the time."""

import os

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Migrate; where demo data is wanted and nothing else is there, make it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "refprogram.settings")
    django.setup()
    call_command("migrate", interactive=False)
    if settings.DEMO:
        call_command("demo", if_empty=True)


if __name__ == "__main__":
    main()
