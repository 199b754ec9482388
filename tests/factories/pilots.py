"""Pilots, by their services: what no service makes is in no test."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from refprogram.governance.pilots import services
from refprogram.governance.pilots.enums import Answer, PilotKind
from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotMember
from refprogram.people.models import User
from tests.factories.people import UserFactory


class PilotRowFactory(DjangoModelFactory):
    """A pilot of some rule that there is not, as a row: for lists."""

    class Meta:
        model = Pilot

    name = factory.Sequence(lambda n: f"Pilot {n}")
    kind = PilotKind.RULE
    thing = factory.Sequence(lambda n: f"rule{n}")
    label = factory.Sequence(lambda n: f"Rule {n}")
    hypothesis = "They nominate twice as often."
    starts_on = dt.date(2026, 11, 2)
    ends_on = dt.date(2026, 11, 29)
    owner = factory.SubFactory(UserFactory)


class PilotMemberFactory(DjangoModelFactory):
    """Somebody in a pilot."""

    class Meta:
        model = PilotMember

    pilot = factory.SubFactory(PilotRowFactory)
    user = factory.SubFactory(UserFactory)


def planned(by: User, people: list[User], *, kind: str = "feature", thing: str = "directory", **more: Any) -> Pilot:
    """Plan a pilot of four weeks from today, with one exit criterion."""
    today = timezone.localdate()
    facts = {
        "name": "Early birds", "hypothesis": "They find whom to ask.", "owner": by, "starts_on": today,
        "ends_on": today + dt.timedelta(days=27),
    } | more  # fmt: skip
    row = services.plan(kind=kind, thing=thing, by=by, people=people, **facts)
    services.add_criterion(pilot=row, text="They use it twice a week", how="Asked", target="2", by=by)
    return row


def running(by: User, people: list[User], **more: Any) -> Pilot:
    """Bring a pilot that touches no customer to its first day."""
    row = planned(by, people, **more)
    services.settle(pilot=row, by=by)
    return services.begin(pilot=row, by=by)


def judged(pilot: Pilot, by: User, *, met: bool = True) -> Pilot:
    """Say of each criterion whether it is met."""
    for one in pilot.criteria.all():
        services.judge(criterion=one, seen="Three times", met=met, by=by)
    return pilot


def asked(pilot: Pilot, of: User, by: User) -> PilotConsult:
    """Ask somebody of sales."""
    return services.ask_sales(pilot=pilot, asked=of, question="May we?", by=by)


def blessed(pilot: Pilot, of: User, by: User) -> Pilot:
    """Ask somebody of sales, who says yes: it is ready."""
    services.answer(consult=asked(pilot, of, by), answer=Answer.YES, words="Go ahead", by=of)
    pilot.refresh_from_db()
    return pilot
