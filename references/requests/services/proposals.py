"""Customers put forward for a request, and let go again."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.askable import RESERVATION
from references.accounts.enums import OPEN_ASKS, Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact
from references.accounts.selectors import answers_for
from references.accounts.services import release_ask, reserve_ask
from references.accounts.services.locks import Actor, lock_account, user_of
from references.goodwill.services import ask_against_rules
from references.requests.enums import (
    MATCHABLE,
    OPEN_CANDIDATES,
    RELEASABLE,
    UNASKED,
    WAITING,
    CandidateState,
    RequestState,
)
from references.requests.models import Candidate, ReferenceRequest
from references.requests.selectors.ranking import Match, best, match_for, match_past_rules
from references.requests.services import clocks, routes
from references.requests.services.rows import (
    lock_candidate,
    lock_request,
    move_candidate,
    move_request,
    tell_stream_of,
)
from refprogram.governance.approvals import services as approvals
from refprogram.kernel.errors import IllegalMove
from refprogram.people.models import User
from refprogram.people.selectors import who_answers_for

ROAD = ("approver", "route", "owner_due_at", "owner_rung")


@transaction.atomic
def propose(
    *,
    request: ReferenceRequest,
    account: Account,
    actor: User,
    contact: Contact | None = None,
    override: str = "",
) -> Candidate:
    """Put a customer forward: their goodwill is held, the account's owner is asked.

    Without `contact` the one that matching would ask. When the owner is who proposes or who asked, or nobody owns the
    account, it counts as agreed. Raises AskRefused when the customer may not be asked, with the reason. `override` is
    why they are asked although a cap, a rest or a reservation stands against it.
    """
    locked = lock_request(request)
    if locked.state not in MATCHABLE:
        raise IllegalMove(_("request"), str(RequestState(locked.state).label))
    match = _match(locked, account, contact, override)
    candidate = Candidate(
        request=locked,
        account=account,
        contact=match.contact,
        score=match.score.total,
        factors={factor.key: factor.points for factor in match.score.factors},
        proposed_by=actor,
    )
    begin(candidate, actor=actor, override=override)
    return candidate


def begin(candidate: Candidate, *, actor: User, override: str = "") -> None:
    """Hold the goodwill of a new candidate, or of one who stood in line, and ask the account's owner.

    The request is locked. Raises AskRefused when they may not be asked.
    """
    request = candidate.request
    candidate.approver = _approver(candidate.account)
    nobody_is_asked = routes.set_out(candidate, actor=actor)
    if candidate.state == CandidateState.LINED_UP:
        candidate.rank = 0
        move_candidate(candidate, CandidateState.OWNER_REVIEW, "rank", *ROAD)
    else:
        candidate.save()
    candidate.ask = _reserve(candidate, request, actor, override)
    candidate.save(update_fields=["ask"])
    if request.state == RequestState.SUBMITTED:
        move_request(request, RequestState.MATCHING)
        clocks.reacted(request)
    tell_stream_of("candidate.proposed", candidate, actor)
    if nobody_is_asked:
        approve(candidate, actor=actor, implied=True)


def put_forward(
    *,
    request: ReferenceRequest,
    account: Account,
    actor: User,
    contact: Contact | None = None,
    override: str = "",
) -> Candidate:
    """Propose; where the customer may not be asked (somebody was faster), the refusal names the next best one."""
    try:
        return propose(request=request, account=account, actor=actor, contact=contact, override=override)
    except AskRefused as refused:
        others = [match for match in best(request, 2) if match.account.pk != account.pk]
        if not others:
            raise
        more = _("The next best is %(name)s.") % {"name": others[0].account.name}
        said = f"{refused.message} {more}"
        raise AskRefused(said, rule=refused.rule, free_on=refused.free_on) from refused


def _match(request: ReferenceRequest, account: Account, contact: Contact | None, override: str) -> Match:
    if not override:
        return match_for(request, account, contact)
    who = contact or willing_at(account, request.activity)
    if who is None:
        raise AskRefused(_("Nobody at %(name)s agreed to this.") % {"name": account.name})
    return match_past_rules(request, account, who)


def _reserve(candidate: Candidate, request: ReferenceRequest, actor: User, override: str) -> Ask:
    facts: dict[str, Any] = {
        "account": candidate.account,
        "contact": candidate.contact,
        "activity": request.activity,
        "source": candidate,
        "planned_on": request.needed_by,
        "team": request.wanting,
        "actor": actor,
    }
    if override:
        return ask_against_rules(**facts, reason=override)
    return reserve_ask(**facts, past=(RESERVATION,) if request.reserved else ())


def willing_at(account: Account, activity: ActivityType) -> Contact | None:
    """Return who at an account agreed to an activity and was asked least of late."""
    agreed = Consent.objects.filter(
        contact=OuterRef("pk"), revoked_at__isnull=True, expires_on__gte=clock.today(),
        activities__contains=[activity.slug],
    )  # fmt: skip
    people = Contact.objects.filter(
        Exists(agreed), account=account, state=Membership.ACTIVE, left_company_at__isnull=True,
        willing__contains=[activity.slug],
    )  # fmt: skip
    return people.select_related("person").order_by(F("fatigue_key").asc(nulls_first=True), "pk").first()


def _approver(account: Account) -> User | None:
    """Who answers for the account today; None where nobody can."""
    somebody = who_answers_for(account.owner) if account.owner else answers_for(account)
    return somebody if somebody is not None and somebody.is_active else None


def approve(candidate: Candidate, *, actor: User | None, implied: bool = False, silent: bool = False) -> None:
    """Record the owner's yes on a locked candidate: the customer is invited, or the others of the road are asked.

    `implied`: nobody else had to be asked, `silent`: nobody answered, so the stream must not say that somebody agreed.
    """
    if candidate.state != CandidateState.OWNER_REVIEW:
        raise IllegalMove(_("proposal"), str(CandidateState(candidate.state).label))
    candidate.owner_answered_at, candidate.owner_due_at = timezone.now(), None
    candidate.save(update_fields=["owner_answered_at", "owner_due_at"])
    asked = not implied and not silent
    why = _("Nobody answered in time") if silent else _("Nobody else had to be asked") if implied else ""
    if routes.ask_further(candidate, agreed_by=actor if asked else None, why=why):
        move_candidate(candidate, CandidateState.IN_APPROVAL, "approval")
    else:
        invite(candidate)
    tell_stream_of("candidate.owner_approved", candidate, actor, implied="silent" if silent else implied)


def invite(candidate: Candidate) -> bool:
    """Let a locked candidate be written to. Where a freeze came in between they are let go instead: false then."""
    if lock_account(candidate.account_id).frozen:
        candidate.reason = _("The account must be left alone now.")
        let_go(candidate, actor=None)
        return False
    candidate.invited_at = timezone.now()
    move_candidate(candidate, CandidateState.INVITED, "invited_at", "approval")
    return True


@transaction.atomic
def release(*, candidate: Candidate, actor: User | None, reason: str = "") -> Candidate:
    """Let a customer go who is no longer needed; one who had agreed leaves the request open again."""
    locked = lock_candidate(candidate)
    was_agreed = locked.agreed
    locked.reason = reason
    let_go(locked, actor=actor)
    if was_agreed:
        reopen(locked.request)
    return locked


def holds_goodwill(candidate: Candidate) -> bool:
    """Whether goodwill is still held for a candidate: who was silent or stayed away holds none any more."""
    return candidate.ask is not None and candidate.ask.state in OPEN_ASKS


def let_go(candidate: Candidate, *, actor: Actor) -> None:
    """Release one locked candidate and the goodwill held for it."""
    invited = candidate.state not in (*UNASKED, CandidateState.LINED_UP)
    if candidate.state == CandidateState.IN_APPROVAL:
        approvals.withdraw_for(subject=candidate, by=user_of(actor), reason=candidate.reason)
    held = holds_goodwill(candidate)
    move_candidate(candidate, CandidateState.RELEASED, "reason")
    if held and candidate.ask is not None:
        release_ask(ask=candidate.ask, actor=actor, note=candidate.reason)
    tell_stream_of("candidate.released", candidate, actor, invited=invited)


def release_all(
    request: ReferenceRequest, *, actor: Actor, keep: Candidate | None = None, line_too: bool = False
) -> None:
    """Let everybody go from whom something could still come for a locked request, save `keep`.

    With `keep` somebody has agreed: who stands in line stays there, for that may yet fall through, until it was held
    (`line_too`).
    """
    rows = Candidate.objects.select_for_update(of=("self",)).filter(request=request, state__in=RELEASABLE)
    if keep is not None:
        rows = rows.exclude(pk=keep.pk)
    if keep is not None and not line_too:
        rows = rows.exclude(state=CandidateState.LINED_UP)
    for candidate in rows.select_related("account__owner", "contact__person", "ask").order_by("pk"):
        candidate.request = request
        let_go(candidate, actor=actor)


def reopen(request: ReferenceRequest) -> None:
    """Look for customers again, after one who had agreed is lost; the clock runs on with what was left."""
    request.confirmed_at = None
    clocks.run_on(request)
    move_request(request, RequestState.MATCHING, "confirmed_at", "due_at")


@transaction.atomic
def release_account(*, account_id: int, contact_id: int | None = None, agreed_too: bool = False) -> list[Candidate]:
    """Let go whoever of this account is asked but has not agreed (a freeze began); return those who had agreed.

    `agreed_too`: also those (nobody may contact them any more); `contact_id`: only this person.
    """
    waiting = WAITING
    rows = Candidate.objects.filter(account_id=account_id).select_related("request")
    if contact_id is not None:
        rows = rows.filter(contact=contact_id)
    going = OPEN_CANDIDATES if agreed_too else waiting
    for candidate in rows.filter(state__in=going).order_by("request_id", "pk"):
        release(candidate=candidate, actor=None, reason=_("The account must be left alone now."))
    agreed = (CandidateState.ACCEPTED, CandidateState.SCHEDULED)
    return list(rows.filter(state__in=agreed).order_by("pk"))
