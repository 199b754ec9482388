"""How a version of a chain would go, and how it would have gone for what was really asked. Nothing is asked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import ApproverKind
from refprogram.governance.approvals.models import Approval, ChainStep, ChainVersion
from refprogram.governance.approvals.seats import Hall, Matter, Seat, band_words, barred_from, wanted_steps
from refprogram.people.models import User

# What a new version is tried on before it holds: what was asked in so many days, the latest first.
LOOK_BACK = dt.timedelta(days=30)
MOST_TRIED = 200


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


@dataclass(frozen=True)
class Tried:
    """One approval of the last month, as the version that is to be published would have led it."""

    approval: Approval
    turns: tuple[PlannedTurn, ...]

    @property
    def stuck(self) -> tuple[PlannedTurn, ...]:
        """The steps at which nobody could have decided."""
        return tuple(turn for turn in self.turns if turn.stuck)

    @property
    def passes(self) -> bool:
        """Whether nobody would have been needed."""
        return all(turn.skipped for turn in self.turns)


@dataclass(frozen=True)
class Rehearsal:
    """What came of trying a version: on the last month's approvals, and each step on somebody uninvolved."""

    tried: tuple[Tried, ...]
    empty: tuple[PlannedTurn, ...]

    @property
    def stuck(self) -> tuple[Tried, ...]:
        """The approvals that nobody could have decided."""
        return tuple(one for one in self.tried if one.stuck)

    @property
    def sound(self) -> bool:
        """Whether every step finds somebody."""
        return not self.stuck and not self.empty


def rehearse(version: ChainVersion) -> Rehearsal:
    """Try a version on what was asked of its kind lately. The same number of queries, whatever was asked."""
    steps = steps_of(version)
    hall = Hall(Matter(User(pk=0)))
    # A manager or an owner is known only with the matter; whom a step names by role or name must be there for anybody.
    fixed = [step for step in steps if step.approver in {ApproverKind.ROLE, ApproverKind.PERSON}]
    empty = [turn for turn in (_planned(step, hall, needed=True) for step in fixed) if turn.stuck]
    tried = []
    for approval in _lately(version):
        hall.matter = Matter.of(approval)
        wanted = wanted_steps(steps, approval.amount, passes=version.passes) if steps else set()
        tried.append(Tried(approval, tuple(_planned(step, hall, needed=step.pk in wanted) for step in steps)))
    return Rehearsal(tuple(tried), tuple(empty))


def _lately(version: ChainVersion) -> Sequence[Approval]:
    rows = Approval.objects.filter(kind=version.chain.kind, created_at__gte=timezone.now() - LOOK_BACK)
    rows = rows.select_related(
        "requester__person", "requester__team__manager__person", "owner__person", "beneficiary", "team"
    )
    return list(rows.order_by("-pk")[:MOST_TRIED])


def steps_of(version: ChainVersion) -> list[ChainStep]:
    """Return the steps of a version in their order."""
    rows = version.steps.select_related("user__person", "escalate_user__person")
    return list(rows.order_by("position", "pk"))
