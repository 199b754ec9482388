"""How long the program keeps what. Each room lists its policies; a daily task carries them out, in batches.

A policy finds what is overdue (`overdue`) and does away with some of it (`forget`). `verify` proves that nothing
overdue lies around, the page shows when each ran and how much it took.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from refprogram.kernel.models import RetentionRun
from refprogram.kernel.proofs import Proof

log = logging.getLogger(__name__)

BATCH = 1000
GRACE = dt.timedelta(days=2)  # a daily task that failed once is no breach

Rows = QuerySet[Any, Any]


def delete(rows: list[Any]) -> None:
    """Delete rows: what most policies do."""
    if rows:
        type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


@dataclass(frozen=True)
class Policy:
    """Keep `what` for `days`, because of `why`. `overdue(before)` are the rows older than a moment.

    Without `days` the rows themselves know; `period` says how long that is, where it is a program's setting.
    """

    name: str
    what: str | Promise
    days: int | None
    why: str | Promise
    overdue: Callable[[dt.datetime], Rows]
    forget: Callable[[list[Any]], object] = delete
    period: str | Promise = ""

    def due(self, *, late_by: dt.timedelta = dt.timedelta()) -> Rows:
        """Return what should be gone; `late_by`: since so long."""
        return self.overdue(timezone.now() - dt.timedelta(days=self.days or 0) - late_by)


@dataclass(frozen=True)
class Line:
    """A policy, and what it did so far."""

    policy: Policy
    ran_at: dt.datetime | None
    removed: int
    removed_at: dt.datetime | None
    total: int


def policies() -> list[Policy]:
    """Return every policy of `settings.RETENTION`."""
    return [policy for path in settings.RETENTION for policy in import_string(path)]


def overview() -> list[Line]:
    """Return all policies with their last runs."""
    runs = {run.policy: run for run in RetentionRun.objects.all()}
    return [_line(policy, runs.get(policy.name)) for policy in policies()]


def _line(policy: Policy, run: RetentionRun | None) -> Line:
    if run is None:
        return Line(policy, ran_at=None, removed=0, removed_at=None, total=0)
    return Line(policy, run.ran_at, run.removed, run.removed_at, run.total)


def run_all() -> int:
    """Carry out every policy; one that breaks does not hold up the others. Returns how much went."""
    gone = 0
    for policy in policies():
        try:
            gone += run(policy)
        except Exception:
            log.exception("retention of %s failed", policy.name)
    return gone


def run(policy: Policy) -> int:
    """Do away with what is overdue, a batch and a transaction at a time; note when, and how much."""
    gone = 0
    while (batch := _batch(policy)) == BATCH:
        gone += batch
    gone += batch
    _note(policy, gone)
    return gone


@transaction.atomic
def _batch(policy: Policy) -> int:
    rows = list(policy.due().order_by("pk").select_for_update(skip_locked=True, of=("self",))[:BATCH])
    policy.forget(rows)
    return len(rows)


@transaction.atomic
def _note(policy: Policy, gone: int) -> None:
    now = timezone.now()
    line, _new = RetentionRun.objects.select_for_update().get_or_create(policy=policy.name, defaults={"ran_at": now})
    line.ran_at = now
    if gone:
        line.removed, line.removed_at, line.total = gone, now, line.total + gone
    line.save()


def proofs() -> Iterable[Proof]:
    """Nothing lies around longer than its policy says, two days of grace given."""
    for policy in policies():
        rows = policy.due(late_by=GRACE).order_by("pk").values_list("pk", flat=True)[:20]
        yield Proof(f"kept no longer than promised: {policy.name}", [f"id={key}" for key in rows])
