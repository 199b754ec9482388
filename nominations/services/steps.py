"""What every verb is made of: lock the row, move it, tell the stream; and who would speak."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.enums import NOMINATION_MOVES, NominationState, OwnerAnswer
from nominations.events import FOR_TARGET
from nominations.models import Nomination
from nominations.services import sharing
from references.accounts.services import add_contact
from references.models import Account, Contact
from refprogram.kernel import moves
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@dataclass(frozen=True)
class Speaker:
    """Somebody at the customer whom the program does not know yet."""

    name: str
    email: str = ""
    title: str = ""


def locked(nomination: Nomination) -> Nomination:
    """Return the nomination, fresh and locked, with the rows that its verbs read."""
    related = ("account__owner", "contact__person", "nominator__person", "owner_asked")
    return Nomination.objects.select_for_update(of=("self",)).select_related(*related).get(pk=nomination.pk)


def check_move(nomination: Nomination, to: NominationState) -> None:
    """Raise IllegalMove if this step is no longer possible; asked before anything else of a decision is judged."""
    if nomination.second_to_id is not None and to not in {NominationState.MERGED, NominationState.WITHDRAWN}:
        raise IllegalMove(_("nomination"), _("waiting to be joined to an earlier one"))
    moves.check(nomination, to, moves=NOMINATION_MOVES, noun=_("nomination"))


def move(nomination: Nomination, to: NominationState, *also: str) -> None:
    """Bring a locked nomination into another state and save it, with the fields in `also`."""
    check_move(nomination, to)
    nomination.state_since = timezone.now()
    if nomination.second_to_id is not None:
        nomination.second_to, also = None, (*also, "second_to")
    moves.move(nomination, to, moves=NOMINATION_MOVES, noun=_("nomination"), also=["state_since", *also])


def decide(nomination: Nomination, to: NominationState, actor: User, *also: str) -> None:
    """Move, and note who decided."""
    nomination.decided_by, nomination.decided_at = actor, timezone.now()
    move(nomination, to, "decided_by", "decided_at", *also)


def to_screening(nomination: Nomination, answer: str) -> Nomination:
    """Bring a nomination into the queue with what is known of the owner's word."""
    nomination.owner_answer = OwnerAnswer(answer)
    move(nomination, NominationState.SCREENING, "owner_answer")
    tell_stream("nomination.ready", nomination, None, answer=nomination.owner_answer)
    return nomination


def tell_stream(
    topic: str,
    nomination: Nomination,
    actor: User | None,
    *,
    facts: bool = False,
    occurred_at: dt.datetime | None = None,
    **payload: Any,
) -> Event:
    """Emit with the nominator and, with `facts`, what rules, quotas and standings ask for, as it was at submission."""
    about: dict[str, Any] = {"nominator": nomination.nominator.person_id}
    if facts:
        about |= {
            "team": nomination.team_id,
            "region": nomination.region_id,
            "industry": nomination.account.industry,
            "credits": sharing.told(nomination),
            "in_gap": nomination.in_gap,
            "channel": nomination.channel,
            "campaign": nomination.campaign_id,
            "cohort": nomination.cohort_id,
        }
    if topic in FOR_TARGET and nomination.target_id:
        about["target"] = nomination.target_id
    return emit(
        topic,
        subject=nomination,
        account_id=nomination.account_id,
        actor_id=actor.person_id if actor else None,
        payload={**about, **payload},
        occurred_at=occurred_at,
    )


def contact_of(account: Account, contact: Contact | Speaker | None, actor: User) -> Contact | None:
    """Return the account's contact who would speak; somebody new is added, somebody without an address completed."""
    if not isinstance(contact, Speaker):
        if contact is not None and contact.account_id != account.pk:
            message = _("%(name)s works for another customer.") % {"name": contact.person.name}
            raise InvalidInput(message, errors={"contact": message})
        return contact
    try:
        return add_contact(account=account, name=contact.name, email=contact.email, title=contact.title, actor=actor)
    except InvalidInput as error:
        errors = {f"contact_{field}": message for field, message in error.errors.items()}
        raise InvalidInput(error.message, errors=errors) from error
