"""Bring the database up to date and, the first time, fill it: in one process, as Django itself takes its time."""

import os

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command


def main() -> None:
    """Migrate; where demo data is wanted and nothing else is there, make it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "refprogram.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:  # names the variable that is wrong or missing; a traceback adds nothing
        raise SystemExit(str(error)) from error
    call_command("migrate", interactive=False)
    if settings.DEMO:
        call_command("demo", if_empty=True)


if __name__ == "__main__":
    main()
