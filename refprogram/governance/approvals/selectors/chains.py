"""Chains: what they say now, what their draft says, and who would be asked."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.models import Chain, ChainStep, ChainVersion
from refprogram.governance.approvals.planning import PlannedTurn, plan
from refprogram.governance.approvals.seats import Matter
from refprogram.governance.approvals.services.asking import live_version
from refprogram.kernel.labels import Label
from refprogram.people import selectors as people
from refprogram.people.models import Person, Team, User


def chains() -> QuerySet[Chain]:
    """Return every chain, in the order of the kinds."""
    return Chain.objects.order_by("pk")


def with_versions(rows: QuerySet[Chain]) -> QuerySet[Chain]:
    """Add the versions with their steps, newest first."""
    steps = ChainStep.objects.select_related("user__person", "escalate_user__person").order_by("position", "pk")
    versions = ChainVersion.objects.select_related("published_by__person").order_by("-number")
    return rows.prefetch_related(Prefetch("versions", versions.prefetch_related(Prefetch("steps", steps))))


def live_of(chain: Chain) -> ChainVersion | None:
    """Return what a chain (with versions) says now."""
    return next((version for version in chain.versions.all() if version.published_at is not None), None)


def draft_of(chain: Chain) -> ChainVersion | None:
    """Return the draft of a chain (with versions)."""
    return next((version for version in chain.versions.all() if version.published_at is None), None)


def dry_run(
    *,
    kind: ApprovalKind,
    amount: Decimal | None,
    requester: User,
    owner: User | None = None,
    beneficiary: Person | None = None,
    team: Team | None = None,
    at: dt.date | None = None,
) -> list[PlannedTurn]:
    """Return who would be asked if this were asked now (or on another day), by the chain as published."""
    matter = Matter(requester, amount, owner, beneficiary, team)
    return plan(live_version(kind), matter, day=at)


def requesters() -> QuerySet[User]:
    """Return who could ask: for the dry run."""
    return people.colleagues()


def chain_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Return how chains are called in sentences."""
    return {row.pk: Label(str(row), row.get_absolute_url()) for row in Chain.objects.filter(pk__in=list(ids))}
