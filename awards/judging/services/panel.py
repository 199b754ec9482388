"""Winning judges: asked, answered, ready, reminded, gone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import BigIntegerField, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.judging import letters, policy
from awards.judging.enums import (
    EXPECTED,
    HELD,
    JUDGE_MOVES,
    MAY_JUDGE,
    SCORED,
    TO_DO,
    AssignmentState,
    JudgeKind,
    JudgeState,
)
from awards.judging.services import conflicts, doors
from awards.models import Assignment, Contest, Judge
from awards.visibility import BEFORE_SCORES
from references.accounts import services as accounts
from references.models import Contact
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.prepared import Given, Prepared, PreparedValues
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, User

NOUN = "judge"
# A panel is put together until judging is over.
RECRUITING = (
    *(ContestState.DRAFT, ContestState.ANNOUNCED, ContestState.OPEN, ContestState.CLOSED, ContestState.SCREENING),
    ContestState.JUDGING,
)
MOST_WORK = 500
GONE = (JudgeState.WITHDRAWN, JudgeState.REMOVED)


@transaction.atomic
def invite_judge(
    *,
    contest: Contest,
    person: Person,
    kind: str,
    by: User,
    cap: int | None = None,
    organisation: str = "",
    bio: str = "",
) -> Judge:
    """Ask somebody to judge, by mail with a link of their own. Who declined or never answered may be asked again."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    _demand_askable(contest, person, kind)
    judge = Judge.objects.select_for_update().filter(contest=contest, person=person).first()
    if judge is None:
        last = contest.judges.aggregate(last=Max("number"))["last"] or 0
        judge = Judge(contest=contest, person=person, kind=kind, number=last + 1)
        judge.save(force_insert=True)
    moves.check(judge, JudgeState.INVITED, moves=JUDGE_MOVES, noun=NOUN)
    judge.kind, judge.load_cap = kind, _cap(cap)
    judge.organisation = organisation.strip()[:120] or judge.organisation
    judge.bio = bio.strip() or judge.bio
    judge.invited_by, judge.invited_at, judge.answered_at, judge.reminded_at = by, timezone.now(), None, None
    fields = ["kind", "load_cap", "organisation", "bio", "invited_by", "invited_at", "answered_at", "reminded_at"]
    moves.move(judge, JudgeState.INVITED, moves=JUDGE_MOVES, noun=NOUN, also=fields)
    conflicts.detect_conflicts(judge)
    emit("judge.invited", subject=judge, actor_id=by.person_id, payload={"contest": contest.pk, "kind": kind})
    letters.invite(judge, doors.invitation_address(judge))
    return judge


def _demand_askable(contest: Contest, person: Person, kind: str) -> None:
    if contest.state not in RECRUITING:
        raise DomainError(_("Judging is over: nobody is asked any more."))
    if kind not in JudgeKind.values:
        message = _("Say what makes them a judge.")
        raise InvalidInput(message, errors={"kind": message})
    if not person.email or person.erased_at is not None:
        message = _("Judges are asked by mail: give their address.")
        raise InvalidInput(message, errors={"email": message})
    for contact in Contact.objects.filter(person=person, left_company_at__isnull=True, merged_into__isnull=True):
        accounts.demand_may_write(contact=contact)


def _cap(cap: int | None) -> int:
    number = policy.now().load if cap is None else cap
    if not 1 <= number <= MOST_WORK:
        message = _("A number from 1 to %(most)d.") % {"most": MOST_WORK}
        raise InvalidInput(message, errors={"cap": message})
    return number


def person_for(*, name: str, email: str) -> Person:
    """Return the person of an address, made if nobody has it yet. Their name is never changed from here."""
    email = email.strip().lower()
    found = Person.objects.filter(email__iexact=email).first()
    if found is not None:
        return found
    if not name.strip():
        message = _("Nobody has this address yet: give their name too.")
        raise InvalidInput(message, errors={"name": message})
    person = Person(name=" ".join(name.split())[:120], email=email)
    person.save(force_insert=True)
    return person


@transaction.atomic
def accept(*, judge: Judge, cap: int, expertise: Mapping[str, int] | None = None) -> Judge:
    """They judge, up to their own number of entries; twice is once."""
    judge = locked(judge)
    if judge.state in EXPECTED:
        return judge
    judge.load_cap, judge.answered_at, judge.reminded_at = _cap(cap), timezone.now(), None
    judge.expertise = _expertise(judge.contest, expertise or {})
    fields = ["load_cap", "answered_at", "reminded_at", "expertise"]
    moves.move(judge, JudgeState.ACCEPTED, moves=JUDGE_MOVES, noun=NOUN, also=fields)
    payload = {"contest": judge.contest_id, "cap": judge.load_cap}
    emit("judge.accepted", subject=judge, actor_id=judge.person_id, payload=payload)
    return judge


@transaction.atomic
def decline(*, judge: Judge, reason: str = "", suggests: str = "") -> Judge:
    """They do not judge, and may name somebody else; twice is once."""
    judge = locked(judge)
    if judge.state == JudgeState.DECLINED:
        return judge
    judge.answered_at, judge.reason, judge.suggests = timezone.now(), reason.strip()[:300], suggests.strip()[:200]
    fields = ["answered_at", "reason", "suggests"]
    moves.move(judge, JudgeState.DECLINED, moves=JUDGE_MOVES, noun=NOUN, also=fields)
    payload = {"contest": judge.contest_id, "suggested": bool(judge.suggests)}
    emit("judge.declined", subject=judge, actor_id=judge.person_id, payload=payload)
    return judge


@transaction.atomic
def onboard(*, judge: Judge, nda: bool, ties: Iterable[str], none: bool = False) -> Judge:
    """They sign the statement of confidence and say to which companies they are tied, or that there is none.

    Before that they see no entry. Named again later, ties only grow: what was said once stays.
    """
    judge = locked(judge)
    names = [" ".join(name.split())[:120] for name in ties if name.strip()]
    _demand_papers(judge, nda=nda, said=bool(names) or none)
    now = timezone.now()
    judge.nda_at, judge.nda_version = judge.nda_at or now, policy.NDA_VERSION
    judge.ties_declared_at, judge.ties = now, sorted({*judge.ties, *names})[:100]
    fields = ["nda_at", "nda_version", "ties_declared_at", "ties"]
    if judge.state == JudgeState.ACCEPTED:
        moves.move(judge, JudgeState.ONBOARDED, moves=JUDGE_MOVES, noun=NOUN, also=fields)
        emit("judge.ready", subject=judge, actor_id=judge.person_id, payload={"contest": judge.contest_id})
    else:
        judge.save(update_fields=fields)
    conflicts.detect_conflicts(judge)
    return judge


def _demand_papers(judge: Judge, *, nda: bool, said: bool) -> None:
    errors = {}
    if judge.state not in EXPECTED:
        raise DomainError(_("Say first that you judge."))
    if not nda and judge.nda_at is None:
        errors["nda"] = _("You see entries once you agreed to keep them in confidence.")
    if not said:
        errors["ties"] = _("Name the companies you are tied to, or say that there is none.")
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


@transaction.atomic
def change_judge(*, judge: Judge, by: User | None = None, **fields: Any) -> Judge:
    """Change what is known of a judge: by the manager (kind, load, organisation) or by themselves (bio, load)."""
    judge = locked(judge)
    if "load_cap" in fields:
        fields["load_cap"] = _cap(fields["load_cap"])
    if "expertise" in fields:
        fields["expertise"] = _expertise(judge.contest, fields["expertise"])
    allowed = {"kind", "load_cap", "organisation", "bio", "public", "expertise"}
    if fields.keys() - allowed:
        message = f"a judge has no changeable fields {sorted(fields.keys() - allowed)}"
        raise TypeError(message)
    for name, value in fields.items():
        setattr(judge, name, value)
    judge.save(update_fields=sorted(fields))
    if by is not None and {"kind", "organisation"} & fields.keys():
        conflicts.detect_conflicts(judge)
    return judge


def _expertise(contest: Contest, given: Mapping[str, int]) -> dict[str, int]:
    known = {str(pk) for pk in contest.categories.values_list("pk", flat=True)}
    return {key: int(level) for key, level in given.items() if key in known and int(level) in (0, 1, 2)}


@transaction.atomic
def withdraw_judge(*, judge: Judge, reason: str = "") -> Judge:
    """They stop judging; what they have scored still counts, what is open goes to others."""
    judge = locked(judge)
    if judge.state == JudgeState.WITHDRAWN:
        return judge
    return _leave(judge, JudgeState.WITHDRAWN, reason, by=None)


@transaction.atomic
def remove_judge(*, judge: Judge, reason: str, by: User) -> Judge:
    """The manager ends it, with a reason; links stop working at once, and results leave out what was scored.

    Once scores are open that is refused: nobody drops ballots alone whose effect they have seen.
    """
    judge = locked(judge)
    if judge.state == JudgeState.REMOVED:
        return judge
    if not reason.strip():
        message = _("Say why: it is kept.")
        raise InvalidInput(message, errors={"reason": message})
    if judge.state in MAY_JUDGE and judge.contest.state not in BEFORE_SCORES:
        raise DomainError(conflicts.takes_two())
    return _leave(judge, JudgeState.REMOVED, reason, by=by)


def _leave(judge: Judge, to: JudgeState, reason: str, *, by: User | None) -> Judge:
    judge.reason = reason.strip()[:300]
    moves.move(judge, to, moves=JUDGE_MOVES, noun=NOUN, also=["reason"])
    open_work = Assignment.objects.filter(judge=judge, state__in=[s for s in HELD if s not in SCORED])
    freed = open_work.update(state=AssignmentState.REASSIGNED, updated_at=timezone.now())
    doors.withdraw_links(judge)
    emit(
        "judge.left",
        subject=judge,
        actor_id=by.person_id if by else judge.person_id,
        payload={"contest": judge.contest_id, "by_manager": by is not None, "freed": freed},
    )
    return judge


@transaction.atomic
def expire(*, judge: Judge, now: dt.datetime) -> bool:
    """Give up on an invitation that was not answered in time; the link says so."""
    judge = locked(judge)
    waits = dt.timedelta(days=policy.now().answer_days)
    if judge.state != JudgeState.INVITED or judge.invited_at is None or judge.invited_at + waits > now:
        return False
    moves.move(judge, JudgeState.EXPIRED, moves=JUDGE_MOVES, noun=NOUN)
    doors.withdraw_links(judge)
    emit("judge.expired", subject=judge, payload={"contest": judge.contest_id})
    return True


def settle_standing(judge: Judge, round_id: int) -> None:
    """Note that a judge began, or has finished everything that was given to them. The caller holds the judge's lock."""
    states = {state for (state,) in _STATES(judge=judge.pk)}
    again = judge.state == JudgeState.COMPLETED and states & set(TO_DO)
    if again or (judge.state == JudgeState.ONBOARDED and states & {*TO_DO, *SCORED}):
        moves.move(judge, JudgeState.ACTIVE, moves=JUDGE_MOVES, noun=NOUN)
    if judge.state == JudgeState.ACTIVE and states & set(SCORED) and not states & set(TO_DO):
        moves.move(judge, JudgeState.COMPLETED, moves=JUDGE_MOVES, noun=NOUN)
        payload = {"contest": judge.contest_id, "round": round_id}
        emit("judge.finished", subject=judge, actor_id=judge.person_id, payload=payload)


def locked(judge: Judge) -> Judge:
    """Return the judge, locked, with person and contest."""
    (row,) = _LOCKED(judge=judge.pk)
    return row


_LOCKED: Final = Prepared(
    lambda: (
        Judge.objects.select_for_update(of=("self",))
        .select_related("person", "contest")
        .filter(pk=Given("judge", BigIntegerField()))
    )
)
_STATES: Final = PreparedValues(
    lambda: Assignment.objects.filter(judge=Given("judge", BigIntegerField())).values_list("state").distinct()
)
