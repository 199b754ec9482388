"""Chains: what they say now, what their draft says, and who would be asked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.models import Chain, ChainStep, ChainVersion
from refprogram.governance.approvals.seats import Hall, Matter, Seat, band_words, barred_from, wanted_steps
from refprogram.governance.approvals.services.asking import live_version
from refprogram.kernel.labels import Label
from refprogram.people import selectors as people
from refprogram.people.models import Person, Team, User


@dataclass(frozen=True)
class PlannedTurn:
    """One step as it would go: skipped, asked (by whom, why), or with nobody left to ask."""

    step: ChainStep
    position: int
    skipped: bool
    approver: User | None
    role: str
    seats: tuple[Seat, ...]
    why: str
    escalated: bool = False

    @property
    def stuck(self) -> bool:
        """Whether it is needed and nobody could decide it."""
        return not self.skipped and not self.seats


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


def steps_of(version: ChainVersion) -> list[ChainStep]:
    """Return the steps of a version in their order."""
    rows = version.steps.select_related("user__person", "escalate_user__person")
    return list(rows.order_by("position", "pk"))


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


def plan(version: ChainVersion, matter: Matter, *, day: dt.date | None = None) -> list[PlannedTurn]:
    """Return how a version, published or not, would go for a matter."""
    steps = steps_of(version)
    if not steps:
        return []
    wanted = wanted_steps(steps, matter.amount, passes=version.passes)
    known = Matter(**{**vars(matter), "barred": matter.barred or frozenset(barred_from(matter))})
    hall = Hall(known, day=day or timezone.localdate())
    return [_planned(step, hall, needed=step.pk in wanted) for step in steps]


def _planned(step: ChainStep, hall: Hall, *, needed: bool) -> PlannedTurn:
    if not needed:
        why = _("Only for amounts %(band)s") % {"band": band_words(step)}
        return PlannedTurn(step, step.position, True, None, "", (), why)
    chair = hall.chair(step)
    return PlannedTurn(
        step, step.position, False, chair.approver, chair.role, chair.seats, chair.why, escalated=chair.escalated
    )


def requesters() -> QuerySet[User]:
    """Return who could ask: for the dry run."""
    return people.colleagues()


def chain_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Return how chains are called in sentences."""
    return {row.pk: Label(str(row), row.get_absolute_url()) for row in Chain.objects.filter(pk__in=list(ids))}
