"""What is known of customers: valid and boring. What is decided (verified, done) is reached by services."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from references.accounts import provenance
from references.accounts.models import Account, Contact
from references.profiles import services
from references.profiles.models import Correction, LinkedProgram, Outcome, Participation
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.people import UserFactory
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


def correction_of(by: User, **facts: Any) -> Correction:
    """Return a correction of an industry that the CRM brought."""
    account = facts.pop("account", None) or AccountFactory(owner=by)
    from_crm(account)
    return services.propose_correction(account=account, field="industry", proposed="Rail", by=by, **facts)


def program_of(**facts: Any) -> LinkedProgram:
    """Return an advisory council that allows each member two asks in three months."""
    usual = {"name": f"Council {LinkedProgram.objects.count()}", "kind": "council", "cap_per_quarter": 2}
    return services.open_program(by=UserFactory(role=Role.MARKETER), **{**usual, **facts})


def participation_of(contact: Contact, program: LinkedProgram | None = None, **facts: Any) -> Participation:
    """Return an invitation of a contact to a program."""
    usual = {"invited": True, "by": UserFactory(role=Role.MARKETER)}
    return services.add_participation(program=program or program_of(), contact=contact, **{**usual, **facts})


def from_crm(account: Account) -> Account:
    """Say that name and industry of an account are the CRM's word."""
    account.provenance = provenance.written(["name", "industry"], timezone.now())
    account.save(update_fields=["provenance"])
    return account
