"""Who is asked at one step of a chain, why, and who may never be. Plans and real approvals ask the same questions.

A step names somebody (`approver`), and somebody else where that one cannot answer (`escalate_*`). Nobody answers for
what they asked for, what benefits them, or what their own team gains by; nor does anybody in such a person's name.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q, TextField
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import ApproverKind
from refprogram.governance.approvals.models import Approval, ChainStep, Turn
from refprogram.kernel.prepared import Given, Prepared
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.leave import Roster
from refprogram.people.models import Person, Team, User

WHY_LENGTH = 200


class Seat(NamedTuple):
    """Somebody who may decide, and in whose name if not their own."""

    user: User
    in_name_of: User | None = None


@dataclass(frozen=True)
class Matter:
    """What is to be decided, as far as it matters for who decides."""

    requester: User
    amount: Decimal | None = None
    owner: User | None = None
    beneficiary: Person | None = None
    team: Team | None = None
    barred: frozenset[int] = frozenset()
    carer: User | None = None
    traits: frozenset[str] = frozenset()
    strict: bool = False

    @classmethod
    def of(cls, approval: Approval) -> "Matter":
        """Return what an approval is about."""
        return cls(
            approval.requester,
            approval.amount,
            approval.owner,
            approval.beneficiary,
            approval.team,
            frozenset(approval.barred),
            approval.carer,
            frozenset(approval.traits),
            approval.strict,
        )

    def against(self, user: User) -> str:
        """Return why this colleague may not decide; empty if nothing speaks against it."""
        who = {"name": user.name}
        if user.pk == self.requester.pk:
            return _("%(name)s asked for it") % who
        if self.beneficiary is not None and user.person_id == self.beneficiary.pk:
            return _("it benefits %(name)s") % who
        if self.team is not None and self.team.pk == user.team_id:
            return _("%(name)s is in the team that gains by it") % who
        if self.team is not None and self.team.manager_id == user.pk:
            return _("%(name)s leads the team that gains by it") % who
        if user.pk in self.barred:
            return _("%(name)s was in the team that gains by it") % who
        return ""


def barred_from(matter: Matter) -> list[int]:
    """Return the keys of those who may not decide as things stand: kept with the approval, whatever changes later."""
    barred = User.objects.filter(pk=matter.requester.pk)
    if matter.beneficiary is not None:
        barred |= User.objects.filter(person=matter.beneficiary)
    if matter.team is not None:
        barred |= User.objects.filter(Q(team=matter.team) | Q(pk=matter.team.manager_id or 0))
    return sorted(barred.values_list("pk", flat=True))


@dataclass(frozen=True)
class Chair:
    """The answer for one step: a person or a role, all who may decide now, and the reason in words.

    Nobody in `seats`: everybody was passed over, `why` says for which reasons.
    """

    approver: User | None = None
    role: str = ""
    seats: tuple[Seat, ...] = ()
    why: str = ""
    escalated: bool = False
    rung: int = 0


class Target(NamedTuple):
    """Whom a step names: one person, or anyone of a role; and how that is said."""

    person: User | None
    role: str
    words: str


_OF_ROLE = Prepared(
    lambda: User.objects.filter(role=Given("role", TextField()), is_active=True).select_related("person").order_by("pk")
)


@dataclass
class Hall:
    """Finds who is asked, for one matter on one day. `spoken` have decided side by side already: once is enough."""

    matter: Matter
    day: dt.date = field(default_factory=timezone.localdate)
    spoken: Collection[int] = ()

    @cached_property
    def roster(self) -> Roster:
        """Who is away."""
        return Roster(self.day)

    @cached_property
    def _by_role(self) -> dict[str, list[User]]:
        return {}

    def of_role(self, role: str) -> list[User]:
        """Return the colleagues of a role who have access, longest here first."""
        if role not in self._by_role:
            self._by_role[role] = _OF_ROLE(role=role)
        return self._by_role[role]

    # ---------------------------------------------------------------- one step

    def chair(self, step: ChainStep, *, late: str = "", above: int = 0) -> Chair:
        """Return who is asked at a step; with `late` (the reason), the next one above the rung that was silent."""
        problems = [late] if late else []
        if not late:
            target = self._named(step)
            seats, problem = self._seats(target)
            if seats:
                return Chair(target.person, target.role, seats, target.words)
            problems.append(problem)
        for rung, target in enumerate(self._further(step), start=1):
            if rung <= above:
                continue
            seats, problem = self._seats(target)
            if seats:
                reason = _("%(problem)s, so it goes on to %(target)s")
                words = reason % {"problem": "; ".join(problems), "target": _target_name(target)}
                return Chair(target.person, target.role, seats, _cut(words), escalated=True, rung=rung)
            problems.append(problem)
        return Chair(why=_cut("; ".join(problems)), escalated=bool(late))

    def seats_of(self, turn: Turn) -> tuple[Seat, ...]:
        """Return who may decide a turn now, as it was given."""
        if turn.approver is None and not turn.role:
            return ()
        return self._seats(Target(turn.approver, turn.role, ""))[0]

    def seats_for(self, user: User) -> tuple[tuple[Seat, ...], str]:
        """Return who would decide if this colleague were asked (they, or who stands in), or why nobody could."""
        return self._seats_of_person(user)

    def may_decide(self, turn: Turn, user: User) -> Seat | None:
        """Return in whose name `user` may decide a turn: their own first, then of those they stand in for."""
        if not user.is_active or self._unfit(user):
            return None
        if self._is_named(turn, user):
            return Seat(user)
        principals = User.objects.filter(pk__in=self.roster.principals_of(user), is_active=True)
        for principal in principals.select_related("person").order_by("pk"):
            if self._is_named(turn, principal) and not self._unfit(principal):
                return Seat(user, principal)
        return None

    def asks_themselves(self, step: ChainStep) -> bool:
        """Whether the person whom a step names is who asked for it."""
        return self._named(step).person == self.matter.requester

    # ---------------------------------------------------------------- how it is found

    def _named(self, step: ChainStep) -> Target:
        if step.approver == ApproverKind.ROLE:
            words = _("Anyone with the role “%(role)s” may answer")
            return Target(None, step.role, words % {"role": role_name(step.role)})
        if step.approver == ApproverKind.PERSON:
            return Target(step.user, "", _("Named in the chain"))
        if step.approver == ApproverKind.MANAGER:
            return Target(_manager_of(self.matter.requester), "", _("Manager of who asked"))
        if step.approver == ApproverKind.CARER:
            return Target(self.matter.carer, "", _("Looks after the customer"))
        if step.approver == ApproverKind.LEAD:
            return Target(_manager_of(self.matter.owner), "", _("Manager of who owns it"))
        return Target(self.matter.owner, "", _("Owner of what it is about"))

    def _further(self, step: ChainStep) -> Iterable[Target]:
        if step.escalate_manager:
            yield Target(_manager_of(self._named(step).person), "", _("manager of who was asked first"))
        if step.escalate_user is not None:
            yield Target(step.escalate_user, "", "")
        if step.escalate_role:
            yield Target(None, step.escalate_role, "")

    def _seats(self, target: Target) -> tuple[tuple[Seat, ...], str]:
        """Return who may decide for a target, or why nobody can."""
        if target.role:
            return self._seats_of_role(target.role)
        if target.person is None:
            return (), _("nobody is there for: %(words)s") % {"words": target.words}
        return self._seats_of_person(target.person)

    def _seats_of_role(self, role: str) -> tuple[tuple[Seat, ...], str]:
        found: list[Seat] = []
        problems: list[str] = []
        for user in self.of_role(role):
            seats, problem = self._seats_of_person(user)
            found += [seat for seat in seats if seat.user.pk not in {other.user.pk for other in found}]
            problems += [problem] if problem else []
        if not problems and not found:
            return (), _("nobody has the role “%(role)s”") % {"role": role_name(role)}
        return tuple(found), "" if found else "; ".join(problems)

    def _seats_of_person(self, user: User) -> tuple[tuple[Seat, ...], str]:
        """Return the seat of a person, or of who stands in; the person's own second while both can answer."""
        if not user.is_active:
            return (), _("%(name)s has no access any more") % {"name": user.name}
        if problem := self._unfit(user):
            return (), problem
        stand_in, away = self.roster.stand_in_for(user), self.roster.on_leave(user)
        if stand_in is not None and not self._unfit(stand_in):
            return (Seat(stand_in, user), *(() if away else (Seat(user),))), ""
        if not away:
            return (Seat(user),), ""
        if stand_in is None:
            return (), _("%(name)s is on leave and nobody stands in") % {"name": user.name}
        words = {"name": user.name, "stand_in": stand_in.name, "problem": self._unfit(stand_in)}
        return (), _("%(name)s is on leave and cannot be stood in for by %(stand_in)s: %(problem)s") % words

    def _unfit(self, user: User) -> str:
        if problem := self.matter.against(user):
            return problem
        return _("%(name)s has decided here already") % {"name": user.name} if user.pk in self.spoken else ""

    @staticmethod
    def _is_named(turn: Turn, user: User) -> bool:
        return turn.approver_id == user.pk or bool(turn.role and turn.role == user.role)


# ---------------------------------------------------------------- amounts


def wanted_steps(
    steps: Collection[ChainStep], amount: Decimal | None, *, passes: bool, traits: Collection[str] = ()
) -> set[int]:
    """Return the keys of the steps that a matter calls for. No amount counts as the highest.

    Where no step is called for and the chain does not let it pass, the last position is asked all the same.
    """
    wanted = {step.pk for step in steps if covers(step, amount) and fits(step, traits)}
    if not wanted and not passes:
        last = max(step.position for step in steps)
        wanted = {step.pk for step in steps if step.position == last}
    return wanted


def covers(step: ChainStep, amount: Decimal | None) -> bool:
    """Whether a step is for this amount."""
    if amount is None:
        return step.amount_below is None
    enough = step.amount_from is None or amount >= step.amount_from
    return enough and (step.amount_below is None or amount < step.amount_below)


def fits(step: ChainStep, traits: Collection[str]) -> bool:
    """Whether a matter has one of each kind of trait that a step names."""
    return all(any(one in traits for one in named) for named in by_kind(step.only_for).values())


def by_kind(traits: Iterable[str]) -> dict[str, list[str]]:
    """Return traits (`what:which`) by what they are about."""
    found: dict[str, list[str]] = {}
    for one in traits:
        found.setdefault(one.partition(":")[0], []).append(one)
    return found


def band_words(step: ChainStep) -> str:
    """Return the amounts that a step is for, in words; empty for all."""
    low = rp.money(step.amount_from) if step.amount_from is not None else ""
    high = rp.money(step.amount_below) if step.amount_below is not None else ""
    if low and high:
        return _("from %(low)s to below %(high)s") % {"low": low, "high": high}
    if low:
        return _("from %(low)s") % {"low": low}
    return _("below %(high)s") % {"high": high} if high else ""


def role_name(role: str) -> str:
    """Return how a role is called."""
    return str(Role(role).label) if role in Role.values else role


def _manager_of(user: User | None) -> User | None:
    team = user.team if user is not None else None
    return team.manager if team is not None and team.manager != user else None


def _target_name(target: Target) -> str:
    return target.person.name if target.person is not None else role_name(target.role)


def _cut(words: str) -> str:
    """Return a sentence that fits into its column, beginning with a capital letter."""
    return Truncator(words[:1].upper() + words[1:]).chars(WHY_LENGTH)
