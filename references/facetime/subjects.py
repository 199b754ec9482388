"""Customers for whom an hour is asked (`FACE_TIME_SUBJECTS`): an account with its people, or one contact."""

from collections.abc import Iterable

from references.accounts.models import Account, Contact
from references.accounts.selectors import VISIBLE, contacts_of, contacts_visible_to
from refprogram.governance.facetime.enums import Circle
from refprogram.governance.facetime.subjects import About, Candidate
from refprogram.people.models import User


def account(user: User, public_id: str) -> About | None:
    """An account, if the reader may open it, with everybody who still works there."""
    found = next(iter(VISIBLE(user, public_id=public_id)), None)
    return None if found is None else of_account(found)


def of_account(row: Account) -> About:
    """Return an account with its people."""
    people = _people(contacts_of(row))
    return About("account", row.pk, row.name, row.get_absolute_url(), Circle.CUSTOMER, people, row.pk)


def contact(user: User, public_id: str) -> About | None:
    """One of a customer's people, if the reader may open their page."""
    found = contacts_visible_to(user).filter(public_id=public_id).first()
    if found is None:
        return None
    label = f"{found.person.name}, {found.account.name}"
    url = found.get_absolute_url()
    return About("contact", found.pk, label, url, Circle.CUSTOMER, _people([found]), found.account_id)


def _people(rows: Iterable[Contact]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(row.person, row.person.title) for row in rows if row.left_company_at is None and row.person.email
    )
