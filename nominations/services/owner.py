"""The owner's word, asked for before anybody writes to the customer, and asked again when it has grown old."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import policy
from nominations.enums import OWNER_MAY_SAY, NominationState, OwnerAnswer
from nominations.models import Nomination
from nominations.services.steps import locked, move, tell_stream, to_screening
from refprogram.governance.approvals.services import withdraw_for
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.people.models import User
from refprogram.people.selectors import who_answers_for

N = NominationState
OWNER_CHECK, RECHECK = "owner_check", "nomination_recheck"
RECHECKED = (N.QUEUED, N.SCREENING, N.APPROVED, N.PARKED)


def ask_owner(nomination: Nomination) -> Nomination:
    """Note whom to ask "still a happy customer?", or go straight to screening where there is nobody to ask."""
    owner = nomination.account.owner
    if owner is None:
        return to_screening(nomination, OwnerAnswer.NO_OWNER)
    asked = who_answers_for(owner)
    if nomination.nominator_id in {owner.pk, asked.pk}:
        return to_screening(nomination, OwnerAnswer.NOT_NEEDED)
    if not asked.is_active:
        return to_screening(nomination, OwnerAnswer.NO_ANSWER)
    nomination.owner_asked = asked
    nomination.save(update_fields=["owner_asked"])
    tell_stream("nomination.owner_asked", nomination, None, owner=asked.person_id)
    return nomination


@transaction.atomic
def ask_in_their_place(*, nomination: Nomination) -> Nomination:
    """Who was asked has left: whoever answers in their place is asked at once, not after days of silence."""
    nomination = locked(nomination)
    if not nomination.waits_for_owner or nomination.owner_asked is None or nomination.owner_asked.is_active:
        return nomination
    links.withdraw(subject=nomination, purpose=OWNER_CHECK)
    return ask_owner(nomination)


@transaction.atomic
def ask_again(*, nomination: Nomination, actor: User) -> Nomination:
    """Send a nomination from screening back to the account's owner: the screener wants their word first."""
    nomination = locked(nomination)
    owner = nomination.account.owner
    asked = who_answers_for(owner) if owner else None
    if asked is None or not asked.is_active or nomination.nominator_id in {asked.pk, nomination.account.owner_id}:
        raise DomainError(_("There is nobody to ask: nobody else answers for this customer."))
    nomination.owner_answer, nomination.owner_note, nomination.owner_answered_at = OwnerAnswer.PENDING, "", None
    nomination.owner_asked = asked
    move(nomination, N.SUBMITTED, "owner_answer", "owner_note", "owner_answered_at", "owner_asked")
    tell_stream("nomination.owner_asked", nomination, actor, owner=asked.person_id)
    return nomination


@transaction.atomic
def owner_answer(*, nomination: Nomination, answer: str, actor: User, note: str = "") -> Nomination:
    """Record the word of whoever was asked. It counts until the nomination is decided, also when it comes late."""
    if answer not in OWNER_MAY_SAY:
        message = _("Choose one of the answers.")
        raise InvalidInput(message, errors={"answer": message})
    nomination = locked(nomination)
    if not nomination.may_be_answered:
        answered = nomination.owner_answered_at is not None
        said = nomination.get_owner_answer_display() if answered else nomination.get_state_display()
        raise IllegalMove(_("question") if answered else _("nomination"), said)
    nomination.owner_answer = OwnerAnswer(answer)
    nomination.owner_note = note.strip()
    nomination.owner_answered_at = timezone.now()
    if answer == OwnerAnswer.STILL_TRUE:
        nomination.vouched_at = nomination.owner_answered_at
    nomination.save(update_fields=["owner_answer", "owner_note", "owner_answered_at", "vouched_at"])
    owner = nomination.owner_asked.person_id if nomination.owner_asked else None
    tell_stream("nomination.owner_answered", nomination, actor, owner=owner, answer=nomination.owner_answer)
    if nomination.state == N.RECHECK and answer == OwnerAnswer.NOT_NOW:
        return _rest(nomination, _("Asked again, %(name)s said: not now.") % {"name": actor.name}, actor)
    if nomination.state in {N.SUBMITTED, N.RECHECK}:
        return to_screening(nomination, nomination.owner_answer)
    return nomination


@transaction.atomic
def owner_answer_by_link(*, token: str, answer: str, note: str = "") -> Nomination:
    """Record the word of somebody who came by a signed link."""
    link = links.use(token)
    nomination = Nomination.objects.get(pk=link.subject_id)
    actor = User.objects.get(person_id=link.person_id or 0)
    return owner_answer(nomination=nomination, answer=answer, actor=actor, note=note)


@transaction.atomic
def go_on_without_owner(*, nomination: Nomination) -> Nomination:
    """Screen without the owner's word: nobody answered in time."""
    nomination = locked(nomination)
    if not nomination.waits_for_owner:
        return nomination
    return to_screening(nomination, OwnerAnswer.NO_ANSWER)


# ---------------------------------------------------------------- asked again


def last_word(nomination: Nomination) -> dt.datetime:
    """Return when somebody last said how the customer feels; nominating is saying so."""
    known = (nomination.vouched_at, nomination.owner_answered_at, nomination.submitted_at)
    return max(at for at in known if at is not None)


def has_grown_old(nomination: Nomination) -> bool:
    """Whether the last word is too old to write to the customer on it."""
    return timezone.now() - last_word(nomination) > policy.now().word_holds


@transaction.atomic
def recheck(*, nomination: Nomination) -> Nomination:
    """Ask again whether it still holds, before anybody writes to the customer. Twice is once.

    The account's owner is asked, or the nominator where nobody else answers for it; with nobody here any more, it is
    parked.
    """
    nomination = locked(nomination)
    if nomination.state not in RECHECKED or nomination.second_to_id is not None:
        return nomination
    owner = nomination.account.owner
    asked = who_answers_for(owner) if owner else nomination.nominator
    if not asked.is_active:
        asked = nomination.nominator
    withdraw_for(subject=nomination, by=None, reason=_("It is asked again whether it still holds."))
    nomination.owner_asked, nomination.owner_answer = asked, OwnerAnswer.PENDING
    nomination.owner_note, nomination.owner_answered_at, nomination.revisit_on = "", None, None
    move(
        nomination,
        N.RECHECK,
        *("owner_asked", "owner_answer", "owner_note", "owner_answered_at", "revisit_on"),
    )
    if not asked.is_active:
        return _rest(nomination, _("Nobody is here any more who could say whether it still holds."), None)
    tell_stream("nomination.recheck_due", nomination, None, asked=asked.person_id)
    return nomination


@transaction.atomic
def rest_unanswered(*, nomination: Nomination) -> Nomination:
    """Park a nomination of which nobody said in time whether it still holds."""
    nomination = locked(nomination)
    if not nomination.waits_for_recheck:
        return nomination
    nomination.owner_answer = OwnerAnswer.NO_ANSWER
    nomination.save(update_fields=["owner_answer"])
    name = nomination.owner_asked.name if nomination.owner_asked else ""
    return _rest(nomination, _("%(name)s was asked whether it still holds, and did not answer.") % {"name": name}, None)


def _rest(nomination: Nomination, reason: str, actor: User | None) -> Nomination:
    nomination.reason, nomination.revisit_on = reason, timezone.localdate() + policy.now().park_for
    move(nomination, N.PARKED, "reason", "revisit_on")
    links.withdraw(subject=nomination, purpose=RECHECK)
    tell_stream("nomination.decided", nomination, actor, decision=nomination.state)
    return nomination
