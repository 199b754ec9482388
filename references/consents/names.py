"""What a customer company is called in front of others: the one place where a mask can be put in."""

from references.accounts.models import Account


def company(account: Account) -> str:
    """Return the name under which strangers may know an account."""
    return account.name
