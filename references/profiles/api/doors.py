"""The router of this room, and the gates that its operations share."""

from types import SimpleNamespace
from typing import Any

from references.accounts import selectors as accounts
from references.accounts.models import Account, Contact
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["profiles"])


def demand(request: MemberRequest, permission: str, subject: Any = None) -> None:
    """Raise NotAllowed for who may not."""
    if not request.user.has_perm(permission, subject):
        raise NotAllowed("Your role does not include this.")


def account_of(request: MemberRequest, public_id: str) -> Account:
    """Return the account of the address; 404 for who may not open it."""
    found: Account = api.found(accounts.detail_of(request.user), public_id)
    return found


def named_contact(request: MemberRequest, account: Account, public_id: str | None) -> Contact | None:
    """Return the contact of this account that a body names."""
    if not public_id:
        return None
    people = accounts.contacts_visible_to(request.user).filter(account=account)
    found = people.filter(public_id=public_id).first()
    if found is None:
        message = "There is no such contact at this account."
        raise InvalidInput(message, errors={"contact": message})
    return found


def contact_ref(contact: Contact | None) -> Any:
    """Return a contact as the API names it."""
    return None if contact is None else SimpleNamespace(public_id=contact.public_id, name=contact.person.name)
