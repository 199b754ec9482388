"""Nominating: submit, change, withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nominations import picking
from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.policy import LONGEST_WHY
from nominations.services.owner import ask_owner
from nominations.services.steps import Speaker, contact_of, locked, move, tell_stream
from references.accounts.errors import TwinFound
from references.accounts.services import open_account
from references.accounts.services.records import known_activities
from references.models import Account, Contact, RecruitingTarget
from refprogram.kernel import links
from refprogram.kernel.custom_fields.definitions import PREFIX
from refprogram.kernel.custom_fields.values import save_values
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
    custom: Mapping[str, Any] | None = None,
    target: RecruitingTarget | None = None,
) -> Nomination:
    """Nominate an account (or, by its name, a customer whom the program does not know yet).

    `target` is the recruiting target for which the customer was looked for. Raises InvalidInput, saying who was first
    and when, if it is nominated already or cannot be.
    """
    why = _checked_why(why)
    if isinstance(account, str):
        account = _new_account(account, nominator)
    picking.refuse_unless_free(account, reader=nominator)
    nomination = Nomination(
        nominator=nominator,
        team=nominator.team,
        region_id=nominator.team.region_id if nominator.team else None,
        account=account,
        contact=contact_of(account, contact, nominator),
        activities=known_activities(activities),
        why=why,
        target=target,
    )
    try:
        with transaction.atomic():
            nomination.save(force_insert=True)
    except IntegrityError as error:  # somebody nominated the same account in this very moment
        picking.refuse_unless_free(account, reader=nominator)
        raise InvalidInput(_("This customer was nominated a moment ago.")) from error
    save_values(noun="nomination", object_id=nomination.pk, values=custom)
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
    custom: Mapping[str, Any] | None = None,
) -> Nomination:
    """Change what a nomination says, until it is decided. Only what is given changes."""
    nomination = locked(nomination)
    if not nomination.may_be_changed:
        raise IllegalMove(_("nomination"), nomination.get_state_display())
    said: dict[str, Any] = {}
    if why is not None:
        said["why"] = _checked_why(why)
    if activities is not None:
        said["activities"] = known_activities(activities)
    if contact is not None:
        said["contact"] = contact_of(nomination.account, contact, actor)
    changed = sorted(name for name, value in said.items() if getattr(nomination, name) != value)
    for name in changed:
        setattr(nomination, name, said[name])
    nomination.save(update_fields=changed)
    changed += [f"{PREFIX}{key}" for key in save_values(noun="nomination", object_id=nomination.pk, values=custom)]
    if not changed:
        return nomination
    tell_stream("nomination.amended", nomination, actor, fields=changed)
    return nomination


@transaction.atomic
def withdraw(*, nomination: Nomination, actor: User) -> Nomination:
    """Take a nomination back, as long as the customer has not heard of it."""
    nomination = locked(nomination)
    move(nomination, N.WITHDRAWN)
    links.withdraw(subject=nomination, purpose="owner_check")
    tell_stream("nomination.withdrawn", nomination, actor)
    return nomination


def _checked_why(why: str) -> str:
    why = why.strip()
    if not why:
        message = _("Say in a sentence what they achieved and why they would speak for us.")
    elif len(why) > LONGEST_WHY:
        message = _("Please shorten it to %(most)d characters; it has %(now)d.") % {
            "most": LONGEST_WHY,
            "now": len(why),
        }
    else:
        return why
    raise InvalidInput(message, errors={"why": message})


def _new_account(name: str, actor: User) -> Account:
    if not name.strip():
        message = _("Which customer? Give their name.")
        raise InvalidInput(message, errors={"account_name": message})
    try:
        return open_account(name=name, actor=actor, origin=ORIGIN)
    except TwinFound as error:
        message = _("“%(name)s” is here already: search for it and choose it.") % {"name": error.twin.name}
        raise InvalidInput(message, errors={"account_name": message}) from error
