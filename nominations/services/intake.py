"""Nominating: submit, change, withdraw."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nominations import picking
from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.services.owner import ask_owner
from nominations.services.steps import Speaker, contact_of, locked, move, tell_stream
from references.accounts.errors import TwinFound
from references.accounts.services import open_account
from references.accounts.services.records import known_activities
from references.models import Account, Contact
from refprogram.kernel import links
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.people.models import User

N = NominationState
ORIGIN = "nomination"


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
        contact=contact_of(account, contact, nominator),
        activities=known_activities(activities),
        why=why.strip(),
    )
    try:
        with transaction.atomic():
            nomination.save(force_insert=True)
    except IntegrityError as error:  # somebody nominated the same account in this very moment
        picking.refuse_unless_free(account)
        raise InvalidInput(_("This customer was nominated a moment ago.")) from error
    tell_stream("nomination.submitted", nomination, nominator, facts=True)
    return ask_owner(nomination)


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
    nomination = locked(nomination)
    if not nomination.may_be_changed:
        raise IllegalMove(_("nomination"), nomination.get_state_display())
    if why is not None and why.strip():
        nomination.why = why.strip()
    if activities is not None:
        nomination.activities = known_activities(activities)
    if contact is not None:
        nomination.contact = contact_of(nomination.account, contact, actor)
    nomination.save(update_fields=["why", "activities", "contact"])
    return nomination


@transaction.atomic
def withdraw(*, nomination: Nomination, actor: User) -> Nomination:
    """Take a nomination back, as long as the customer has not heard of it."""
    nomination = locked(nomination)
    move(nomination, N.WITHDRAWN)
    links.withdraw(subject=nomination, purpose="owner_check")
    tell_stream("nomination.withdrawn", nomination, actor)
    return nomination


def _new_account(name: str, actor: User) -> Account:
    if not name.strip():
        message = _("Which customer? Give their name.")
        raise InvalidInput(message, errors={"account_name": message})
    try:
        return open_account(name=name, actor=actor, origin=ORIGIN)
    except TwinFound as error:
        message = _("“%(name)s” is here already: search for it and choose it.") % {"name": error.twin.name}
        raise InvalidInput(message, errors={"account_name": message}) from error
