"""What the customer of a story is called: the one place where a mask can be put in."""

from references.accounts.models import Account
from references.consents.names import company

__all__ = ["company", "of_account"]


def of_account(account: Account) -> str:
    """Return what colleagues read as the name of a story's customer."""
    return account.name
