"""Rules; the ledger is only ever written by its services."""

import factory
from factory.django import DjangoModelFactory

from incentives.enums import RuleState
from incentives.models import Entry, Rule
from incentives.services import post
from refprogram.people.models import Person
from tests.factories.people import UserFactory


class RuleFactory(DjangoModelFactory):
    """A rule that is on from the start: 100 points to who asks for a reference, no cap."""

    class Meta:
        model = Rule

    name = factory.Sequence(lambda n: f"Rule {n}")
    topic = "request.submitted"
    beneficiary = "requester"
    points = 100
    state = RuleState.LIVE


_numbers = iter(range(1, 10**9))


def booked(points: int = 10, *, person: Person | None = None, **fields: object) -> Entry:
    """Book points by hand, as the service does."""
    owner = person or UserFactory().person
    return post(key=f"test:{next(_numbers)}", memo="A booking", person=owner, points=points, **fields)


def booked_for_many(n: int) -> list[Entry]:
    """Book for n people, a team each or none."""
    return [booked() for _ in range(n)]
