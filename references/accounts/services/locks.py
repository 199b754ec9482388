"""Taking row locks from the top of the house down: account, then contact, then ask."""

from references.accounts.kept import with_shared_cap
from references.accounts.models import Account, Ask, Contact
from refprogram.people.models import Person, User

Actor = User | Person | None


def actor_id(actor: Actor) -> int | None:
    """Return the person's id that the stream names; None for the program itself."""
    if actor is None:
        return None
    return actor.person_id if isinstance(actor, User) else actor.pk


def user_of(actor: Actor) -> User | None:
    """Return the colleague who acts; None for a customer or the program."""
    return actor if isinstance(actor, User) else None


def lock_account(account_id: int) -> Account:
    """Return the account, fresh and locked."""
    return Account.objects.select_for_update().get(pk=account_id)


def lock_contact(contact_id: int) -> Contact:
    """Return the contact with its person, fresh and locked. The caller holds the account's lock."""
    contacts = Contact.objects.select_for_update(of=("self",)).select_related("person")
    return with_shared_cap(contacts).get(pk=contact_id)


def lock_ask(ask: Ask) -> Ask:
    """Return the ask with its contact and activity, fresh; it and its account are locked."""
    account = lock_account(ask.account_id)
    locked = (
        Ask.objects.select_for_update(of=("self",))
        .select_related("contact__person", "activity", "reserved_by__person")
        .get(pk=ask.pk)
    )
    locked.account = account
    return locked
