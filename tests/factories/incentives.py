"""Rules; the ledger is only ever written by its services."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from incentives.ledger.booking import Booking, Side, book
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.services import place_of, post, wallet_of
from incentives.models import Entry, Rule, RuleSpan
from incentives.rulebook.enums import RuleState
from refprogram.people.models import Person
from tests.factories.people import UserFactory


class RuleFactory(DjangoModelFactory):
    """A rule that is on from the start: 100 points to who asks for a reference, no cap."""

    class Meta:
        model = Rule
        skip_postgeneration_save = True

    class Params:
        topic = "request.submitted"
        who = "requester"
        points = 100
        cap_per_quarter = None
        more = factory.LazyFunction(dict)

    name = factory.Sequence(lambda n: f"Rule {n}")
    definition = factory.LazyAttribute(
        lambda o: saying(o.topic, o.who, o.points, cap_per_quarter=o.cap_per_quarter, **o.more)
    )
    state = RuleState.LIVE

    @factory.post_generation
    def on(self, create: bool, given: object, **_more: object) -> None:
        """What is live is on from the beginning of time."""
        if create and self.state == RuleState.LIVE:
            RuleSpanFactory(rule=self)


class RuleSpanFactory(DjangoModelFactory):
    """A rule was on, as it reads now: for ever, unless it is said otherwise."""

    class Meta:
        model = RuleSpan

    rule = factory.SubFactory(RuleFactory, state=RuleState.STOPPED)
    version = factory.SelfAttribute("rule.version")
    definition = factory.SelfAttribute("rule.definition")
    topics = factory.LazyAttribute(lambda o: o.rule.says.topics)


def saying(topic: str, who: str, points: int, *, cap_per_quarter: int | None = None, **more: Any) -> dict[str, Any]:
    """Return the definition of a rule that gives points."""
    caps = {"caps": [{"span": "quarter", "most": cap_per_quarter}]} if cap_per_quarter else {}
    return {"shape": 1, "topic": topic, "who": who, "gives": {"amount": points}, **caps, **more}


_numbers = iter(range(1, 10**9))


def booked(points: int = 10, *, person: Person | None = None, rule: Rule | None = None, **fields: Any) -> Entry:
    """Book points by hand, as the service does; with a rule as its payment."""
    owner = person or UserFactory().person
    key = f"test:{next(_numbers)}"
    if rule is None:
        return post(key=key, memo="A booking", person=owner, points=points, **fields)
    sides = (Side(Book.ISSUED, -points), Side(Book.AVAILABLE, points, wallet_of(owner)))
    paid = Booking(
        key, BookingKind.EARNED, rule.name, sides, rule_id=rule.pk, rule_version=rule.version, place=place_of(owner)
    )
    return Entry.objects.get(pk=book([paid])[key])


def booked_for_many(n: int) -> list[Entry]:
    """Book for n people, a team each or none."""
    return [booked() for _ in range(n)]
