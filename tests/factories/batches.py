"""Batches in each state, reached by the services that lead there."""

import datetime as dt
from typing import Any

from references.accounts import clock
from references.accounts.models import Contact
from references.batches import services
from references.requests.models import BatchName, RequestBatch
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.people import UserFactory
from tests.factories.references import speaker

RFP = ("rfp",)


def batch_of(requester: User | None = None, **facts: Any) -> RequestBatch:
    """Return a tender that wants three names in a month."""
    needed_by = clock.today() + dt.timedelta(days=30)
    facts = {"name": "Tender of Northwind", "kind": "rfp", "wanted": 3, "needed_by": needed_by, **facts}
    return services.make(requester=requester or UserFactory(), **facts)


def name_of(batch: RequestBatch | None = None, contact: Contact | None = None) -> BatchName:
    """Return a customer who is down for it and was not asked yet."""
    contact = contact or speaker(activities=RFP)
    batch = batch or batch_of()
    return services.add_name(batch=batch, account=contact.account, contact=contact, actor=_program())


def asked(batch: RequestBatch | None = None, contact: Contact | None = None) -> BatchName:
    """Return one who was asked."""
    return services.ask_name(name=name_of(batch, contact), actor=_program())


def allowed(batch: RequestBatch | None = None, contact: Contact | None = None) -> BatchName:
    """Return one who said yes."""
    return services.allow(name=asked(batch, contact))


def _program() -> User:
    return UserFactory(role=Role.MARKETER)
