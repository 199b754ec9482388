"""What is known of customers: valid and boring. What is decided (verified, done) is reached by services."""

from decimal import Decimal
from typing import Any

from references.profiles import services
from references.profiles.models import Outcome
from refprogram.people.models import User
from tests.factories.references import AccountFactory


def outcome_of(by: User, **facts: Any) -> Outcome:
    """Return an outcome that nobody verified: closing the books took 12 days and takes 3."""
    account = facts.pop("account", None) or AccountFactory(owner=by)
    usual = {
        "metric": "Time to close the books",
        "unit": "days",
        "before": Decimal(12),
        "after": Decimal(3),
        "direction": "down",
        "evidence_url": "https://customer.example/report",
    }
    return services.record_outcome(account=account, by=by, **{**usual, **facts})
