"""Customers put forward for a request, and let go again."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.enums import Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact
from references.accounts.selectors import answers_for
from references.accounts.services import release_ask, reserve_ask
from references.accounts.services.locks import Actor
from references.goodwill.services import ask_against_rules
from references.requests.enums import MATCHABLE, OPEN_CANDIDATES, CandidateState, RequestState
from references.requests.models import Candidate, ReferenceRequest
from references.requests.selectors.ranking import Match, match_for, match_past_rules
from references.requests.services import clocks
from references.requests.services.rows import (
    lock_candidate,
    lock_request,
    move_candidate,
    move_request,
    tell_stream_of,
)
from refprogram.kernel.errors import IllegalMove
from refprogram.people.models import User
from refprogram.people.selectors import who_answers_for


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
    approver = _approver(account)
    candidate = Candidate(
        request=locked,
        account=account,
        contact=match.contact,
        score=match.score.total,
        factors={factor.key: factor.points for factor in match.score.factors},
        proposed_by=actor,
        approver=approver,
    )
    candidate.save()
    candidate.ask = _reserve(candidate, locked, actor, override)
    candidate.save(update_fields=["ask"])
    if locked.state == RequestState.SUBMITTED:
        move_request(locked, RequestState.MATCHING)
        clocks.reacted(locked)
    tell_stream_of("candidate.proposed", candidate, actor)
    if approver is None or approver in (actor, locked.requester):
        approve(candidate, actor=actor, implied=True)
    return candidate


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
    return ask_against_rules(**facts, reason=override) if override else reserve_ask(**facts)


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


def approve(candidate: Candidate, *, actor: User, implied: bool = False) -> None:
    """Record the owner's yes on a locked candidate: the customer is invited.

    `implied`: nobody else had to be asked, so the stream must not say that somebody agreed.
    """
    candidate.owner_answered_at = candidate.invited_at = timezone.now()
    move_candidate(candidate, CandidateState.INVITED, "owner_answered_at", "invited_at")
    tell_stream_of("candidate.owner_approved", candidate, actor, implied=implied)


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


def let_go(candidate: Candidate, *, actor: Actor) -> None:
    """Release one locked candidate and the goodwill held for it."""
    invited = candidate.state != CandidateState.OWNER_REVIEW
    move_candidate(candidate, CandidateState.RELEASED, "reason")
    if candidate.ask is not None:
        release_ask(ask=candidate.ask, actor=actor, note=candidate.reason)
    tell_stream_of("candidate.released", candidate, actor, invited=invited)


def release_all(request: ReferenceRequest, *, actor: Actor, keep: Candidate | None = None) -> None:
    """Let everybody go who is still in question for a locked request, save `keep`."""
    rows = Candidate.objects.select_for_update(of=("self",)).filter(request=request, state__in=OPEN_CANDIDATES)
    for candidate in rows.select_related("account__owner", "contact__person", "ask").order_by("pk"):
        if keep is None or candidate.pk != keep.pk:
            candidate.request = request
            let_go(candidate, actor=actor)


def reopen(request: ReferenceRequest) -> None:
    """Look for customers again, after one who had agreed is lost; the clock runs on with what was left."""
    request.confirmed_at = None
    clocks.run_on(request)
    move_request(request, RequestState.MATCHING, "confirmed_at", "due_at")


@transaction.atomic
def release_account(*, account_id: int) -> list[Candidate]:
    """Let go whoever of this account is asked but has not agreed (a freeze began); return those who had agreed."""
    waiting = (CandidateState.OWNER_REVIEW, CandidateState.INVITED)
    rows = Candidate.objects.filter(account_id=account_id).select_related("request")
    for candidate in rows.filter(state__in=waiting).order_by("request_id", "pk"):
        release(candidate=candidate, actor=None, reason=_("The account must be left alone now."))
    agreed = (CandidateState.ACCEPTED, CandidateState.SCHEDULED)
    return list(rows.filter(state__in=agreed).order_by("pk"))
