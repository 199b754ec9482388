"""What a customer company is called in front of others: its name where it agreed to that, else what kind it is."""

from collections.abc import Collection, Iterable

from references.accounts.models import Account
from references.consents.enums import Scope, UseAudience
from references.consents.models import ConsentTerm
from references.consents.selectors import holds
from references.profiles.masks import masks_of


def companies(accounts: Iterable[Account], named: Collection[int]) -> dict[int, str]:
    """Return what strangers may call each account: its name for those in `named`, a mask for the others.

    One query where something is masked, else none.
    """
    rows = list(accounts)
    unnamed = [row for row in rows if row.pk not in named]
    masks = masks_of(unnamed) if unnamed else {}
    return {row.pk: masks.get(row.pk, row.name) for row in rows}


def company_of(account: Account, terms: Iterable[ConsentTerm]) -> str:
    """Return what everybody may call an account, by these terms of one consent."""
    public = any(term.scope == Scope.COMPANY and term.audience >= UseAudience.PUBLIC and holds(term) for term in terms)
    return companies([account], {account.pk} if public else ())[account.pk]
