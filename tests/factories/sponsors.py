"""Sponsors of the program, and what they promised."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from refprogram.governance.sponsors.enums import PledgeKind, PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.people.enums import Role
from tests.factories.people import UserFactory


class SponsorshipFactory(DjangoModelFactory):
    """An executive who backs the whole program."""

    class Meta:
        model = Sponsorship

    user = factory.SubFactory(UserFactory, role=Role.EXECUTIVE)
    starts_on = dt.date(2026, 1, 5)


class SponsorPledgeFactory(DjangoModelFactory):
    """A word in the all-hands, promised once; `done_on` says that it was done."""

    class Meta:
        model = SponsorPledge

    sponsorship = factory.SubFactory(SponsorshipFactory)
    kind = PledgeKind.ANNOUNCE
    words = factory.Sequence(lambda n: f"Open the meeting {n} with two minutes about references")
    channel = "All-hands"
    audience = "All of sales"
    due_on = dt.date(2026, 11, 16)
    state = factory.LazyAttribute(lambda row: PledgeState.DONE if row.done_on else PledgeState.PROMISED)
    done_on = None
    because = factory.LazyAttribute(lambda row: "The event was called off." if row.state == "released" else "")
