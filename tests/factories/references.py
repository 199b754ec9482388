"""Accounts, their people, deals: valid and boring. What crosses rows (a reference, an ask) is reached by services."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from references.accounts import clock, services
from references.accounts.enums import AskState, Stage
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact, Opportunity, Product
from references.accounts.names import match_key
from refprogram.kernel.stream import Subject
from tests.factories.people import PersonFactory

ACTIVITIES = ("call", "quote")


class ProductFactory(DjangoModelFactory):
    """A product."""

    class Meta:
        model = Product

    name = factory.Sequence(lambda n: f"Product {n}")
    line = "Line"


class AccountFactory(DjangoModelFactory):
    """A customer that is no reference yet, owned by nobody."""

    class Meta:
        model = Account

    name = factory.Sequence(lambda n: f"Customer {n}")
    match_key = factory.LazyAttribute(lambda account: match_key(account.name))
    industry = "Logistics"


class ContactFactory(DjangoModelFactory):
    """A customer's person who was never asked for anything."""

    class Meta:
        model = Contact

    account = factory.SubFactory(AccountFactory)
    person = factory.SubFactory(PersonFactory)


class ConsentFactory(DjangoModelFactory):
    """A contact's word as it stands in the table, with nothing that follows from it; for a reference: `speaker`."""

    class Meta:
        model = Consent

    contact = factory.SubFactory(ContactFactory)
    activities = factory.LazyFunction(lambda: list(ACTIVITIES))
    wording = "I agree."
    source = "test"
    expires_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=365))


class OpportunityFactory(DjangoModelFactory):
    """An open deal of nobody's account."""

    class Meta:
        model = Opportunity

    name = factory.Sequence(lambda n: f"Deal {n}")
    stage = Stage.ENGAGING
    amount = 10_000


class AskFactory(DjangoModelFactory):
    """A call of long ago that took place: as it stands in the table, past every rule of `reserve_ask`."""

    class Meta:
        model = Ask

    contact = factory.SubFactory(ContactFactory)
    account = factory.SelfAttribute("contact.account")
    activity = factory.LazyFunction(lambda: ActivityType.objects.get(slug="call"))
    effort = 40
    state = AskState.SPENT
    source_type = "test"
    source_id = factory.Sequence(lambda n: n + 1)


def activity(slug: str = "call") -> ActivityType:
    """Return an activity of the catalogue, which a data migration fills."""
    return ActivityType.objects.get(slug=slug)


def speaker(contact: Contact | None = None, activities: tuple[str, ...] = ACTIVITIES, **account: Any) -> Contact:
    """Return a contact who takes part, and whose account is therefore a reference: by the service, with consent."""
    contact = contact or ContactFactory(account=AccountFactory(**account))
    services.record_consent(contact=contact, activities=activities, wording="I agree.", actor=None)
    contact.refresh_from_db()
    return contact


def ReferenceFactory(**account: Any) -> Account:  # noqa: N802 - used where a factory is
    """Return a reference account with one contact who takes part."""
    return speaker(**account).account


def reserved(contact: Contact, slug: str = "call", planned_on: dt.date | None = None, actor: Any = None) -> Ask:
    """Return an ask of a contact for an activity, planned for today or the day named."""
    return services.reserve_ask(
        account=contact.account,
        contact=contact,
        activity=activity(slug),
        source=Subject("candidate", contact.pk),
        planned_on=planned_on or clock.today(),
        actor=actor,
    )
