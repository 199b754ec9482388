"""Two accounts that are one."""

from typing import Any

from references.accounts.models import Account
from tests.factories.references import AccountFactory


def pair(**facts: Any) -> tuple[Account, Account]:
    """Return a customer and its twin under another legal form; only the twin has a city."""
    return AccountFactory(name="Kestrel Freight", city="", **facts), AccountFactory(
        name="Kestrel Freight Ltd", city="Ghent"
    )


def fresh(row: Any) -> Any:
    """Return a row as it stands now."""
    row.refresh_from_db()
    return row
