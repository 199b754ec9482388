"""Screening: approve, refuse, park, bring back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.services import reaching_out
from nominations.services.joining import join_waiting, let_stand
from nominations.services.owner import has_grown_old, recheck
from nominations.services.steps import Speaker, check_move, contact_of, decide, locked, move, tell_stream
from references.accounts.services import withdraw_invitation
from references.accounts.services.membership import open_invitation
from references.models import Contact
from refprogram.governance.approvals.services import withdraw_for
from refprogram.kernel.errors import InvalidInput
from refprogram.people.models import User

N = NominationState


@dataclass(frozen=True)
class ScoreCard:
    """What the screener thinks, each from 1 (weak) to 5 (strong)."""

    relationship: int
    results: int
    fit: int


@transaction.atomic
def approve(
    *, nomination: Nomination, actor: User, card: ScoreCard, contact: Contact | Speaker | None = None
) -> Nomination:
    """Decide for it. Needs the score-card and a contact with an address; `contact` names or completes them.

    The customer is invited at once, or when the head of sales has agreed (strategic tiers), or when they may be written
    to; until then it stays approved. What waits to be joined to it is joined now, as policy shares the credit.
    """
    nomination = locked(nomination)
    check_move(nomination, N.APPROVED)
    _check(card)
    nomination.score_relationship, nomination.score_results, nomination.score_fit = (
        card.relationship,
        card.results,
        card.fit,
    )
    nomination.reason = ""
    decide(nomination, N.APPROVED, actor, "score_relationship", "score_results", "score_fit", "reason")
    join_waiting(nomination, actor)
    if contact is not None:
        nomination.contact = contact_of(nomination.account, contact, actor)
    if nomination.contact is None or not nomination.contact.person.email:
        message = _("An invitation goes by mail: who is it for, and at which address?")
        raise InvalidInput(message, errors={"contact_email": message})
    nomination.save(update_fields=["contact"])
    return reaching_out.go_on(nomination, actor)


@transaction.atomic
def refuse(*, nomination: Nomination, actor: User, reason: str) -> Nomination:
    """Do not approve, and say why: the nominator reads it."""
    nomination = locked(nomination)
    check_move(nomination, N.NOT_APPROVED)
    nomination.reason = _needed(reason, _("Say why: the nominator reads it."))
    decide(nomination, N.NOT_APPROVED, actor, "reason")
    withdraw_for(subject=nomination, by=actor, reason=nomination.reason)
    tell_stream("nomination.decided", nomination, actor, decision=nomination.state)
    let_stand(nomination)
    return nomination


@transaction.atomic
def park(*, nomination: Nomination, actor: User, reason: str, revisit_on: dt.date | None) -> Nomination:
    """Put a nomination aside until a day, on which it comes back to the queue by itself.

    A customer who was invited and has not answered is left in peace: the invitation is withdrawn.
    """
    nomination = locked(nomination)
    check_move(nomination, N.PARKED)
    invited = nomination.contact if nomination.state == N.OUTREACH else None
    nomination.reason = _needed(reason, _("Say why it waits: the nominator reads it."))
    if revisit_on is None or revisit_on <= timezone.localdate():
        message = _("Choose a day after today on which it comes back.")
        raise InvalidInput(message, errors={"revisit_on": message})
    nomination.revisit_on = revisit_on
    decide(nomination, N.PARKED, actor, "reason", "revisit_on")
    withdraw_for(subject=nomination, by=actor, reason=nomination.reason)
    if invited is not None and open_invitation(invited) is not None:
        withdraw_invitation(contact=invited, actor=actor)
    tell_stream("nomination.decided", nomination, actor, decision=nomination.state)
    return nomination


@transaction.atomic
def resume(*, nomination: Nomination, actor: User | None = None) -> Nomination:
    """Bring a parked nomination back to the queue: its day has come, or somebody says so."""
    nomination = locked(nomination)
    nomination.revisit_on = None
    move(nomination, N.SCREENING, "revisit_on")
    tell_stream("nomination.ready", nomination, actor, answer=nomination.owner_answer)
    return nomination


@transaction.atomic
def come_back(*, nomination: Nomination) -> Nomination:
    """The day of a parked nomination has come: to the queue, or, on a word that is old by now, asked again first."""
    nomination = locked(nomination)
    if nomination.state != N.PARKED:
        return nomination
    return recheck(nomination=nomination) if has_grown_old(nomination) else resume(nomination=nomination)


def _needed(text: str, message: str) -> str:
    if not text.strip():
        raise InvalidInput(message, errors={"reason": message})
    return text.strip()


def _check(card: ScoreCard) -> None:
    errors = {
        field: _("Choose a level from 1 to 5.")
        for field, level in vars(card).items()
        if not isinstance(level, int) or not 1 <= level <= 5
    }
    if errors:
        raise InvalidInput(_("Judge all three first: that is what approving rests on."), errors=errors)
