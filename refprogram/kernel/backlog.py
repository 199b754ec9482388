"""What the stream still owes: read by the stream page, and tried again by its buttons."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from refprogram.kernel.models import Delivery, Event
from refprogram.kernel.queueing import enqueue_relay

MOST_SHOWN = 100


class Owed(NamedTuple):
    """What one handler is owed."""

    handler: str
    waiting: int
    failed: int
    oldest: dt.datetime
    next_at: dt.datetime


def owed() -> list[Owed]:
    """Return what every handler is owed, the longest waiting first; handlers that are owed nothing are left out."""
    rows = Delivery.objects.filter(done_at__isnull=True).values_list("handler")
    counted = rows.annotate(
        waiting=Count("pk", filter=Q(attempts=0)),
        failed=Count("pk", filter=Q(attempts__gt=0)),
        oldest=Min("event__at"),
        next_at=Min("next_at"),
    )
    return [Owed(*row) for row in counted.order_by("oldest")]


def failing() -> QuerySet[Delivery]:
    """Return deliveries that were tried and failed, those that failed most first."""
    tried = Delivery.objects.filter(done_at__isnull=True, attempts__gt=0)
    return tried.select_related("event").order_by("-attempts", "pk")


def last_event_at() -> dt.datetime | None:
    """Return when something happened last."""
    return Event.objects.order_by("-id").values_list("at", flat=True).first()


@transaction.atomic
def retry(*, delivery: Delivery) -> None:
    """Make a failing delivery due now, because a person says so."""
    _due_now(Delivery.objects.filter(pk=delivery.pk))
    enqueue_relay([delivery.handler])


@transaction.atomic
def retry_all(*, handler: str) -> int:
    """Make everything due now that fails at one handler; return how many."""
    n = _due_now(Delivery.objects.filter(handler=handler, attempts__gt=0))
    enqueue_relay([handler])
    return n


def _due_now(deliveries: QuerySet[Delivery]) -> int:
    return deliveries.filter(done_at__isnull=True).update(next_at=timezone.now())
