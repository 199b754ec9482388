"""How a version of a chain would go, and how it would have gone for what was really asked. Nothing is asked."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from refprogram.governance.approvals.circles import what_is_wrong
from refprogram.governance.approvals.enums import ApproverKind
from refprogram.governance.approvals.models import Approval, ChainStep, ChainVersion
from refprogram.governance.approvals.seats import Hall, Matter, Seat, barred_from, role_name
from refprogram.governance.approvals.traits import TraitNames, left_out
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


@dataclass(frozen=True)
class Case:
    """Something that was asked lately: what a new version is tried on, and what it is called."""

    key: str
    label: str
    url: str
    matter: Matter


def plan(version: ChainVersion, matter: Matter, *, day: dt.date | None = None) -> list[PlannedTurn]:
    """Return how a version, published or not, would go for a matter."""
    steps = steps_of(version)
    if not steps:
        return []
    known = Matter(**{**vars(matter), "barred": matter.barred or frozenset(barred_from(matter))})
    hall = Hall(known, day=day or timezone.localdate())
    return _planned_all(steps, hall, TraitNames(version.chain.kind), passes=version.passes)


def _planned_all(steps: list[ChainStep], hall: Hall, names: TraitNames, *, passes: bool) -> list[PlannedTurn]:
    out = left_out(steps, hall, names, passes=passes)
    return [_planned(step, hall, out.get(step.pk, "")) for step in steps]


def _planned(step: ChainStep, hall: Hall, why_not: str = "") -> PlannedTurn:
    if why_not:
        return PlannedTurn(step, step.position, True, None, "", (), why_not)
    chair = hall.chair(step)
    return PlannedTurn(
        step, step.position, False, chair.approver, chair.role, chair.seats, chair.why, escalated=chair.escalated
    )


@dataclass(frozen=True)
class Tried:
    """One case of the last month, as the version that is to be published would have led it; `before`: as now."""

    case: Case
    turns: tuple[PlannedTurn, ...]
    before: tuple[PlannedTurn, ...] = ()

    @property
    def stuck(self) -> tuple[PlannedTurn, ...]:
        """The steps at which nobody could have decided."""
        return tuple(turn for turn in self.turns if turn.stuck)

    @property
    def passes(self) -> bool:
        """Whether nobody would have been needed."""
        return all(turn.skipped for turn in self.turns)

    @cached_property
    def also(self) -> list[str]:
        """Who would be asked and is not now."""
        return [who for who in _asked(self.turns) if who not in _asked(self.before)]

    @cached_property
    def no_longer(self) -> list[str]:
        """Who is asked now and would not be."""
        return [who for who in _asked(self.before) if who not in _asked(self.turns)]

    @property
    def changes(self) -> bool:
        """Whether somebody else is asked, or in another order."""
        return _asked(self.turns) != _asked(self.before)


def _asked(turns: tuple[PlannedTurn, ...]) -> list[str]:
    """Return who is asked, in the order of the steps: a person, or a role for all of it."""
    asked = [turn for turn in turns if not turn.skipped]
    return [
        turn.approver.name if turn.approver is not None else role_name(turn.role) if turn.role else turn.why
        for turn in asked
    ]


@dataclass(frozen=True)
class Rehearsal:
    """What came of trying a version: on what was asked in the last month, and each step on somebody uninvolved.

    `wrong` says what makes no sense about it whoever is asked: it goes in a circle, or is empty.
    """

    tried: tuple[Tried, ...]
    empty: tuple[PlannedTurn, ...]
    wrong: str = ""

    @property
    def stuck(self) -> tuple[Tried, ...]:
        """What nobody could have decided."""
        return tuple(one for one in self.tried if one.stuck)

    @property
    def changed(self) -> tuple[Tried, ...]:
        """What would go another way than now."""
        return tuple(one for one in self.tried if one.changes)

    @property
    def sound(self) -> bool:
        """Whether every step finds somebody."""
        return not self.stuck and not self.empty and not self.wrong


def rehearse(version: ChainVersion) -> Rehearsal:
    """Try a version on what was asked of its kind lately. The same number of queries, whatever was asked."""
    steps, now = steps_of(version), _in_force(version)
    names = TraitNames(version.chain.kind)
    hall = Hall(Matter(User(pk=0)))
    # A manager or an owner is known only with the matter; whom a step names by role or name must be there for anybody.
    fixed = [step for step in steps if step.approver in {ApproverKind.ROLE, ApproverKind.PERSON}]
    empty = [turn for turn in (_planned(step, hall) for step in fixed) if turn.stuck]
    tried = []
    for case in _lately(version.chain.kind):
        hall.matter = case.matter
        turns = _planned_all(steps, hall, names, passes=version.passes)
        before = _planned_all(now.steps, hall, names, passes=now.passes)
        tried.append(Tried(case, tuple(turns), tuple(before)))
    return Rehearsal(tuple(tried), tuple(empty), what_is_wrong(version.chain.kind, steps))


@dataclass(frozen=True)
class _Force:
    steps: list[ChainStep]
    passes: bool


def _in_force(version: ChainVersion) -> _Force:
    """Return what the version would take the place of."""
    rows = ChainVersion.objects.filter(chain=version.chain_id, published_at__isnull=False).exclude(pk=version.pk)
    live = rows.order_by("-number").first()
    return _Force(steps_of(live), live.passes) if live is not None else _Force([], passes=False)


def _lately(kind: str) -> list[Case]:
    """Return what was asked in the last month, newest first: approvals, or what the room that asks tells of."""
    since = timezone.now() - LOOK_BACK
    supplied = settings.APPROVAL_CASES.get(kind)
    if supplied is not None:
        supply: Callable[[dt.datetime, int], list[Case]] = import_string(supplied)
        return supply(since, MOST_TRIED)
    rows = Approval.objects.filter(kind=kind, created_at__gte=since).select_related(
        "requester__person", "requester__team__manager__person", "owner__person", "owner__team__manager__person",
        "carer__person", "beneficiary", "team",
    )  # fmt: skip
    return [
        Case(row.public_id, row.label, row.get_absolute_url(), Matter.of(row))
        for row in rows.order_by("-pk")[:MOST_TRIED]
    ]


def steps_of(version: ChainVersion) -> list[ChainStep]:
    """Return the steps of a version in their order."""
    rows = version.steps.select_related("user__person", "escalate_user__person")
    return list(rows.order_by("position", "pk"))
