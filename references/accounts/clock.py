"""The day by which rests, freezes, pauses and consents are counted."""

import datetime as dt

from django.utils import timezone


def today(at: dt.datetime | None = None) -> dt.date:
    """Return the day in the program's own zone, now or at a moment: it must not depend on who is looking."""
    return timezone.localdate(at or timezone.now(), timezone.get_default_timezone())


def zone() -> dt.tzinfo:
    """Return the program's own zone."""
    return timezone.get_default_timezone()
