"""How fast requests are answered: working time from asking to the first reaction, and to a customer's yes.

Time for which a clock stood still (a question to the requester, an agreed date) does not count.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, FloatField, Q
from django.utils import timezone

from references.requests.services.clocks import AGREEMENT, REACTION, SUBJECT
from refprogram.people.models import SlaClock

PERIOD = dt.timedelta(days=90)


@dataclass(frozen=True)
class Taken:
    """Working hours that half, and nine of ten, took at most; None while there is nothing to count."""

    median: float | None
    p90: float | None


@dataclass(frozen=True)
class Timing:
    """First reaction, and a customer's yes, over the last ninety days."""

    reaction: Taken
    agreement: Taken


class At(Aggregate):
    """The value below which a share of all lies, by the database."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def timing(*, now: dt.datetime | None = None) -> Timing:
    """Return how long it took: one query over the clocks that were stopped in the period."""
    since = (now or timezone.now()) - PERIOD
    stopped = SlaClock.objects.filter(
        subject_type=SUBJECT, kind__in=(REACTION, AGREEMENT), stopped_at__gte=since, used_minutes__isnull=False
    )
    wanted: dict[str, Any] = {
        f"{name}_{share}": At("used_minutes", share=share / 100, filter=Q(kind=kind))
        for name, kind in (("reaction", REACTION), ("agreement", AGREEMENT))
        for share in (50, 90)
    }
    found = stopped.aggregate(**wanted)
    hours = {name: None if minutes is None else minutes / 60 for name, minutes in found.items()}
    return Timing(
        Taken(hours["reaction_50"], hours["reaction_90"]), Taken(hours["agreement_50"], hours["agreement_90"])
    )
