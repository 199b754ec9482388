"""The demo company, made once for a module that looks at it; each test takes back what it does there."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import time_machine
from django.core.management import call_command
from django.db import transaction

from nominations.models import Nomination
from nominations.standings.ranking import By, figures
from references.models import Account, Opportunity
from references.requests.models import ReferenceRequest
from refprogram.dashboards.desk import desk_of
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Event
from refprogram.kernel.program_settings import current as program_settings
from refprogram.people.demo import address
from refprogram.people.models import User

TODAY: Final = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
# Told by services that the demo calls, not by itself: these have names of their own each time.
BY_SERVICES: Final = ("points.posted", "week.counted", "charter.link_made")
# who -> nominations of this quarter and requests under way, at least
IN_THE_FIELD: Final = {"rep": (2, 3), "support": (2, 2), "manager": (1, 1)}


@contextmanager
def company_of(scale: int, django_db_blocker: Any) -> Iterator[None]:
    """The company of that many accounts, as it is on `TODAY`, for as long as the block lasts."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(TODAY, tick=False):
            call_command("demo", scale=scale)
        yield
        transaction.set_rollback(True)


def come_back(clock: Any) -> None:
    """Begin a test on that day, with the figures that the company set: each test begins without any."""
    clock.move_to(TODAY, tick=False)
    program_settings._Known.snapshot = None  # asked for anew


def facts() -> dict[str, Any]:
    """Return what one sees of the company."""
    told = Event.objects.order_by("at", "public_id")
    (enrolled,) = figures(By.TEAM, Period.YEAR, dt.date(2026, 1, 1))
    return {
        "accounts": list(Account.objects.order_by("public_id").values_list("public_id", "name", "industry", "state")),
        "people": list(User.objects.order_by("public_id").values_list("public_id", "person__name", "team__name")),
        "deals": list(Opportunity.objects.order_by("public_id").values_list("public_id", "amount", "closes_on")),
        "nominations": list(Nomination.objects.order_by("public_id").values_list("public_id", "state", "submitted_at")),
        "requests": list(ReferenceRequest.objects.order_by("public_id").values_list("public_id", "state", "purpose")),
        "told": list(told.exclude(topic__in=BY_SERVICES).values_list("public_id", "topic", "at")),
        "weeks": sorted(told.filter(topic="week.counted").values_list("payload__score", flat=True)),
        "booked": list(
            told.filter(topic="points.posted").order_by("payload__points").values_list("payload__points", flat=True)
        ),
        "standings": sorted(tuple(sorted(line.items())) for line in enrolled.values()),
    }


def wanting_on_desks_of_the_field() -> list[str]:
    """Return what is missing on the desks of those in the field, which should be full."""
    return [f"{name}: {what}" for name in IN_THE_FIELD for what, there in _on_desk_of(name).items() if not there]


def _on_desk_of(name: str) -> dict[str, bool]:
    enrolled, asked = IN_THE_FIELD[name]
    user = User.objects.get(email=address(name))
    desk = desk_of(user)
    titles = " ".join(str(item.title) for item in desk.items)
    of_quarter = Nomination.objects.filter(nominator=user, enrolled_at__gte="2026-10-01T00:00Z")
    return {
        "nominations": of_quarter.count() >= enrolled,
        "requests": len(desk.my_requests) >= asked,
        "moments": bool(desk.moments),
        "accounts to confirm": "still a happy customer?" in titles,
        "candidates to allow": "May we ask" in titles,
    }
