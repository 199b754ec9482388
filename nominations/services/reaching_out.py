"""From "approved" to the customer: who has to agree, what stands against writing now, and trying again.

A customer may say yes by another road before they are written to: then there is nobody left to invite, and the
nomination has become a reference with its approval.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import policy
from nominations.enums import NominationState, OwnerAnswer
from nominations.models import Nomination
from nominations.services.outcome import enrol
from nominations.services.owner import has_grown_old
from nominations.services.steps import locked, move, tell_stream
from references.accounts.askable import blocked_until
from references.accounts.enums import OPEN_ASKS, POOL, Membership
from references.accounts.errors import AskRefused
from references.accounts.services import invite_to_program
from references.models import Ask, Contact
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import OPEN_APPROVALS, ApprovalKind, ApprovalState
from refprogram.governance.approvals.models import Approval
from refprogram.people.models import User

N = NominationState
KIND = ApprovalKind.NOMINATION


def is_strategic(nomination: Nomination) -> bool:
    """Whether the head of sales has to agree before this customer is written to."""
    return nomination.account.tier in policy.now().strategic_tiers


def go_on(nomination: Nomination, actor: User) -> Nomination:
    """A screener approved it: ask the head of sales where it is strategic, else write to the customer."""
    if is_strategic(nomination):
        approval = approvals.request(
            kind=KIND,
            subject=nomination,
            label=_("Nomination of %(name)s") % {"name": nomination.account.name},
            url=nomination.get_absolute_url(),
            requester=actor,
            reason=nomination.why[:500],
            owner=nomination.account.owner,
            beneficiary=nomination.nominator.person,
        )
        if approval.state != ApprovalState.APPROVED:
            nomination.reason = _("The head of sales decides: the customer is of a tier that needs their word.")
            nomination.save(update_fields=["reason"])
            return nomination
    return agreed(nomination, actor)


def agreed(nomination: Nomination, actor: User | None) -> Nomination:
    """Nobody else has to agree: it counts as approved, and the customer is invited if that may be now."""
    invited = _invite(nomination, actor)
    tell_stream("nomination.approved", nomination, actor, facts=True, contact=nomination.contact_id, invited=invited)
    return _enrolled_if_they_take_part(nomination)


@transaction.atomic
def decide_strategic(*, approval: Approval, by: User | None) -> Nomination:
    """Carry out what the head of sales decided. Twice is once."""
    nomination = locked(Nomination(pk=approval.subject_id))
    if nomination.state != N.APPROVED:
        return nomination
    if approval.state == ApprovalState.APPROVED:
        return agreed(nomination, by)
    if approval.state == ApprovalState.REJECTED:
        said = approval.decisions.exclude(comment="").order_by("-pk").values_list("comment", flat=True).first()
        nomination.reason = said or _("The head of sales did not agree.")
        nomination.decided_by, nomination.decided_at = by or nomination.decided_by, timezone.now()
        move(nomination, N.NOT_APPROVED, "reason", "decided_by", "decided_at")
        tell_stream("nomination.decided", nomination, by, decision=nomination.state)
    return nomination


@transaction.atomic
def try_again(*, nomination: Nomination) -> Nomination:
    """Invite an approved customer who could not be written to before, or enrol who said yes by themselves meanwhile.

    Where neither may be yet, nothing changes.
    """
    nomination = locked(nomination)
    waiting = Approval.objects.filter(
        kind=KIND, subject_type="nomination", subject_id=nomination.pk, state__in=OPEN_APPROVALS
    )
    if nomination.state != N.APPROVED or nomination.contact is None or waiting.exists():
        return nomination
    if _invite(nomination, nomination.decided_by):
        tell_stream("nomination.invited", nomination, None, contact=nomination.contact_id)
    return _enrolled_if_they_take_part(nomination)


def _enrolled_if_they_take_part(nomination: Nomination) -> Nomination:
    if nomination.state != N.APPROVED or nomination.contact is None or nomination.contact.state not in POOL:
        return nomination
    return enrol(nomination=nomination, at=timezone.now())


def _invite(nomination: Nomination, actor: User | None) -> bool:
    """Write to the customer; return whether that was allowed. What only time heals is kept as the reason it waits."""
    contact = nomination.contact
    if contact is None:
        return False
    try:
        with transaction.atomic():
            invite_to_program(
                account=nomination.account,
                contact=contact,
                activities=nomination.activities,
                source=nomination,
                actor=actor,
                vouched_at=_owners_word(nomination),
            )
    except AskRefused as refusal:
        if not _time_heals(nomination, contact):
            raise
        nomination.reason = refusal.message
        nomination.save(update_fields=["reason"])
        return False
    nomination.reason = ""
    move(nomination, N.OUTREACH, "reason")
    return True


def _time_heals(nomination: Nomination, contact: Contact) -> bool:
    """Whether the day will come on which the customer may be written to, or on which they need not be any more."""
    account, today = nomination.account, timezone.localdate()
    account.refresh_from_db()
    contact.refresh_from_db(fields=["state", "paused_until"])
    if contact.state in {*POOL, Membership.ONBOARDING} or Ask.objects.filter(contact=contact, state__in=OPEN_ASKS):
        return True  # they said yes by another road, or are just being asked
    paused = [until for until in (account.paused_until, contact.paused_until) if until is not None]
    resting = account.frozen or any(until >= today for until in paused)
    return resting or blocked_until(contact) is not None or has_grown_old(nomination)


def _owners_word(nomination: Nomination) -> dt.datetime | None:
    """Return when the owner said "still a happy customer"; who nominates an own account says so by that."""
    if nomination.owner_answer == OwnerAnswer.STILL_TRUE:
        return nomination.owner_answered_at
    return nomination.submitted_at if nomination.owner_answer == OwnerAnswer.NOT_NEEDED else None
