"""Work that is asked of the program."""

import itertools

from django.utils import timezone

from refprogram.governance.capacity.models import Demand

_numbers = itertools.count(1)


def asked_of_us(count: int, *, hours: int = 20) -> list[Demand]:
    """Ask the program for so many things in this month, each of so many hours."""
    month = timezone.localdate().replace(day=1)
    rows = [
        Demand(subject_type="thing", subject_id=next(_numbers), kind="call", name="Reference call", month=month,
               hours=hours)
        for _ in range(count)
    ]  # fmt: skip
    return Demand.objects.bulk_create(rows)
