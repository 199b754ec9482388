"""What can be done with a nomination. One door per step: lock, move, event."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import picking
from nominations.enums import NOMINATION_MOVES, OWNER_MAY_SAY, NominationState, OwnerAnswer
from nominations.models import Nomination
from nominations.policy import PARK_FOR
from references.accounts.errors import TwinFound
from references.accounts.services import add_contact, invite_to_program, open_account, withdraw_invitation
from references.accounts.services.membership import open_invitation
from references.accounts.services.records import known_activities
from references.models import Account, Contact
from refprogram.kernel import links, moves
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from refprogram.people.models import User
from refprogram.people.selectors import who_answers_for

N = NominationState
ORIGIN = "nomination"


@dataclass(frozen=True)
class Speaker:
    """Somebody at the customer whom the program does not know yet."""

    name: str
    email: str = ""
    title: str = ""


@dataclass(frozen=True)
class ScoreCard:
    """What the screener thinks, each from 1 (weak) to 5 (strong)."""

    relationship: int
    results: int
    fit: int


# ---------------------------------------------------------------- nominate


@transaction.atomic
def submit(
    *,
    nominator: User,
    account: Account | str,
    why: str,
    activities: Sequence[str] = (),
    contact: Contact | Speaker | None = None,
) -> Nomination:
    """Nominate an account (or, by its name, a customer whom the program does not know yet).

    Raises InvalidInput, saying who was first and when, if it is nominated already or cannot be.
    """
    if not why.strip():
        message = _("Say in a sentence what they achieved and why they would speak for us.")
        raise InvalidInput(message, errors={"why": message})
    if isinstance(account, str):
        account = _new_account(account, nominator)
    picking.refuse_unless_free(account)
    nomination = Nomination(
        nominator=nominator,
        team=nominator.team,
        region_id=nominator.team.region_id if nominator.team else None,
        account=account,
        contact=_contact(account, contact, nominator),
        activities=known_activities(activities),
        why=why.strip(),
    )
    try:
        with transaction.atomic():
            nomination.save(force_insert=True)
    except IntegrityError as error:  # somebody nominated the same account in this very moment
        picking.refuse_unless_free(account)
        raise InvalidInput(_("This customer was nominated a moment ago.")) from error
    _emit("nomination.submitted", nomination, nominator, facts=True)
    return _ask_owner(nomination)


@transaction.atomic
def amend(
    *,
    nomination: Nomination,
    actor: User,
    why: str | None = None,
    activities: Sequence[str] | None = None,
    contact: Contact | Speaker | None = None,
) -> Nomination:
    """Change what a nomination says, until it is decided. Only what is given changes."""
    nomination = _locked(nomination)
    if not nomination.may_be_changed:
        raise IllegalMove(_("nomination"), nomination.get_state_display())
    if why is not None and why.strip():
        nomination.why = why.strip()
    if activities is not None:
        nomination.activities = known_activities(activities)
    if contact is not None:
        nomination.contact = _contact(nomination.account, contact, actor)
    nomination.save(update_fields=["why", "activities", "contact"])
    return nomination


@transaction.atomic
def withdraw(*, nomination: Nomination, actor: User) -> Nomination:
    """Take a nomination back, as long as the customer has not heard of it."""
    nomination = _locked(nomination)
    _move(nomination, N.WITHDRAWN)
    links.withdraw(subject=nomination, purpose="owner_check")
    _emit("nomination.withdrawn", nomination, actor)
    return nomination


# ---------------------------------------------------------------- the owner's word


def _ask_owner(nomination: Nomination) -> Nomination:
    """Note whom to ask "still a happy customer?", or go straight to screening where there is nobody to ask."""
    owner = nomination.account.owner
    if owner is None:
        return _to_screening(nomination, OwnerAnswer.NO_OWNER)
    asked = who_answers_for(owner)
    if nomination.nominator_id in {owner.pk, asked.pk}:
        return _to_screening(nomination, OwnerAnswer.NOT_NEEDED)
    if not asked.is_active:
        return _to_screening(nomination, OwnerAnswer.NO_ANSWER)
    nomination.owner_asked = asked
    nomination.save(update_fields=["owner_asked"])
    _emit("nomination.owner_asked", nomination, None, owner=asked.person_id)
    return nomination


@transaction.atomic
def owner_answer(*, nomination: Nomination, answer: str, actor: User, note: str = "") -> Nomination:
    """Record the owner's word. It counts until the nomination is decided, also when it comes late."""
    if answer not in OWNER_MAY_SAY:
        message = _("Choose one of the answers.")
        raise InvalidInput(message, errors={"answer": message})
    nomination = _locked(nomination)
    if not nomination.may_be_answered:
        answered = nomination.owner_answered_at is not None
        said = nomination.get_owner_answer_display() if answered else nomination.get_state_display()
        raise IllegalMove(_("question") if answered else _("nomination"), said)
    nomination.owner_answer = OwnerAnswer(answer)
    nomination.owner_note = note.strip()
    nomination.owner_answered_at = timezone.now()
    nomination.save(update_fields=["owner_answer", "owner_note", "owner_answered_at"])
    links.withdraw(subject=nomination, purpose="owner_check")
    owner = nomination.owner_asked.person_id if nomination.owner_asked else None
    _emit("nomination.owner_answered", nomination, actor, owner=owner, answer=nomination.owner_answer)
    return _to_screening(nomination, nomination.owner_answer) if nomination.state == N.SUBMITTED else nomination


@transaction.atomic
def owner_answer_by_link(*, token: str, answer: str, note: str = "") -> Nomination:
    """Record the word of an owner who came by a signed link."""
    link = links.use(token)
    nomination = Nomination.objects.get(pk=link.subject_id)
    actor = User.objects.get(person_id=link.person_id or 0)
    return owner_answer(nomination=nomination, answer=answer, actor=actor, note=note)


@transaction.atomic
def go_on_without_owner(*, nomination: Nomination) -> Nomination:
    """Screen without the owner's word: nobody answered in time."""
    nomination = _locked(nomination)
    if not nomination.waits_for_owner:
        return nomination
    return _to_screening(nomination, OwnerAnswer.NO_ANSWER)


def _to_screening(nomination: Nomination, answer: str) -> Nomination:
    nomination.owner_answer = OwnerAnswer(answer)
    _move(nomination, N.SCREENING, "owner_answer")
    _emit("nomination.ready", nomination, None, answer=nomination.owner_answer)
    return nomination


# ---------------------------------------------------------------- screening


@transaction.atomic
def approve(
    *, nomination: Nomination, actor: User, card: ScoreCard, contact: Contact | Speaker | None = None
) -> Nomination:
    """Invite the customer. Needs the score-card and a contact with an address; `contact` names or completes them."""
    _check(card)
    nomination = _locked(nomination)
    nomination.score_relationship, nomination.score_results, nomination.score_fit = (
        card.relationship,
        card.results,
        card.fit,
    )
    _decide(nomination, N.OUTREACH, actor, "score_relationship", "score_results", "score_fit")
    if contact is not None:
        nomination.contact = _contact(nomination.account, contact, actor)
    if nomination.contact is None or not nomination.contact.person.email:
        message = _("An invitation goes by mail: who is it for, and at which address?")
        raise InvalidInput(message, errors={"contact_email": message})
    nomination.save(update_fields=["contact"])
    invite_to_program(
        account=nomination.account,
        contact=nomination.contact,
        activities=nomination.activities,
        source=nomination,
        actor=actor,
    )
    _emit("nomination.approved", nomination, actor, facts=True, contact=nomination.contact_id)
    return nomination


@transaction.atomic
def refuse(*, nomination: Nomination, actor: User, reason: str) -> Nomination:
    """Do not approve, and say why: the nominator reads it."""
    nomination = _locked(nomination)
    nomination.reason = _needed(reason, _("Say why: the nominator reads it."))
    _decide(nomination, N.NOT_APPROVED, actor, "reason")
    _emit("nomination.decided", nomination, actor, decision=nomination.state)
    return nomination


@transaction.atomic
def park(*, nomination: Nomination, actor: User, reason: str, revisit_on: dt.date | None) -> Nomination:
    """Put a nomination aside until a day, on which it comes back to the queue by itself.

    A customer who was invited and has not answered is left in peace: the invitation is withdrawn.
    """
    nomination = _locked(nomination)
    invited = nomination.contact if nomination.state == N.OUTREACH else None
    nomination.reason = _needed(reason, _("Say why it waits: the nominator reads it."))
    if revisit_on is None or revisit_on <= timezone.localdate():
        message = _("Choose a day after today on which it comes back.")
        raise InvalidInput(message, errors={"revisit_on": message})
    nomination.revisit_on = revisit_on
    _decide(nomination, N.PARKED, actor, "reason", "revisit_on")
    if invited is not None and open_invitation(invited) is not None:
        withdraw_invitation(contact=invited, actor=actor)
    _emit("nomination.decided", nomination, actor, decision=nomination.state)
    return nomination


@transaction.atomic
def resume(*, nomination: Nomination, actor: User | None = None) -> Nomination:
    """Bring a parked nomination back to the queue: its day has come, or somebody says so."""
    nomination = _locked(nomination)
    nomination.revisit_on = None
    _move(nomination, N.SCREENING, "revisit_on")
    _emit("nomination.ready", nomination, actor, answer=nomination.owner_answer)
    return nomination


# ---------------------------------------------------------------- the customer's word


@transaction.atomic
def enrol(*, nomination: Nomination, at: dt.datetime) -> Nomination:
    """The customer said yes: the nomination has become a reference."""
    nomination = _locked(nomination)
    if nomination.state == N.ENROLLED:
        return nomination
    nomination.enrolled_at = at
    _move(nomination, N.ENROLLED, "enrolled_at")
    _emit("nomination.enrolled", nomination, None, facts=True, occurred_at=at)
    return nomination


@transaction.atomic
def invitation_withdrawn(*, nomination: Nomination) -> Nomination:
    """Somebody took the invitation back (the contact left, say): the nomination waits and comes back."""
    nomination = _locked(nomination)
    if nomination.state != N.OUTREACH:
        return nomination
    nomination.reason = _("The invitation was withdrawn.")
    nomination.revisit_on = timezone.localdate() + PARK_FOR
    _move(nomination, N.PARKED, "reason", "revisit_on")
    _emit("nomination.decided", nomination, None, decision=nomination.state)
    return nomination


@transaction.atomic
def customer_declined(*, nomination: Nomination) -> Nomination:
    """The customer said no; nobody is to blame."""
    nomination = _locked(nomination)
    if nomination.state == N.CUSTOMER_DECLINED:
        return nomination
    _move(nomination, N.CUSTOMER_DECLINED)
    _emit("nomination.decided", nomination, None, decision=nomination.state)
    return nomination


# ---------------------------------------------------------------- parts


def _locked(nomination: Nomination) -> Nomination:
    related = ("account__owner", "contact__person", "nominator__person", "owner_asked")
    return Nomination.objects.select_for_update(of=("self",)).select_related(*related).get(pk=nomination.pk)


def _move(nomination: Nomination, to: NominationState, *also: str) -> None:
    nomination.state_since = timezone.now()
    moves.move(nomination, to, moves=NOMINATION_MOVES, noun=_("nomination"), also=["state_since", *also])


def _decide(nomination: Nomination, to: NominationState, actor: User, *also: str) -> None:
    nomination.decided_by, nomination.decided_at = actor, timezone.now()
    _move(nomination, to, "decided_by", "decided_at", *also)


def _emit(
    topic: str,
    nomination: Nomination,
    actor: User | None,
    *,
    facts: bool = False,
    occurred_at: dt.datetime | None = None,
    **payload: Any,
) -> Event:
    """Emit with the nominator and, with `facts`, what rules and standings ask for, as it was at submission."""
    about: dict[str, Any] = {"nominator": nomination.nominator.person_id}
    if facts:
        about |= {
            "team": nomination.team_id,
            "region": nomination.region_id,
            "industry": nomination.account.industry,
        }
    return emit(
        topic,
        subject=nomination,
        account_id=nomination.account_id,
        actor_id=actor.person_id if actor else None,
        payload={**about, **payload},
        occurred_at=occurred_at,
    )


def _new_account(name: str, actor: User) -> Account:
    if not name.strip():
        message = _("Which customer? Give their name.")
        raise InvalidInput(message, errors={"account_name": message})
    try:
        return open_account(name=name, actor=actor, origin=ORIGIN)
    except TwinFound as error:
        message = _("“%(name)s” is here already: search for it and choose it.") % {"name": error.twin.name}
        raise InvalidInput(message, errors={"account_name": message}) from error


def _contact(account: Account, contact: Contact | Speaker | None, actor: User) -> Contact | None:
    if not isinstance(contact, Speaker):
        return contact
    try:
        return add_contact(account=account, name=contact.name, email=contact.email, title=contact.title, actor=actor)
    except InvalidInput as error:
        errors = {f"contact_{field}": message for field, message in error.errors.items()}
        raise InvalidInput(error.message, errors=errors) from error


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
