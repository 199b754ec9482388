"""Where accounts and contacts stand in the program: what is missing, and each step with its reason."""

from dataclasses import dataclass

from references.accounts import onboarding
from references.accounts.enums import Membership
from references.accounts.models import Account, Contact, MembershipStep
from references.accounts.reasons import Reason

STEPS_SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    """Somebody who said yes, and what they still need."""

    contact: Contact
    checklist: list[Reason]


def waiting_of(account: Account) -> list[Waiting]:
    """Return who said yes and is being prepared; none as a rule."""
    people = Contact.objects.filter(account=account, state=Membership.ONBOARDING, left_company_at__isnull=True)
    found = people.select_related("person").order_by("person__name")[:STEPS_SHOWN]
    return [Waiting(contact, onboarding.checklist(account, contact)) for contact in found]


def steps_of(account: Account, contact: Contact | None = None) -> list[MembershipStep]:
    """Return the newest steps of an account and its people, or of one person."""
    steps = MembershipStep.objects.filter(account=account)
    if contact is not None:
        steps = steps.filter(contact=contact)
    return list(steps.select_related("contact__person", "made_by__person").order_by("-at", "-pk")[:STEPS_SHOWN])
