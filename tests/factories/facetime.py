"""An hour of an executive; what is asked for, booked, held and said of it is reached by services."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from refprogram.governance.facetime import services
from refprogram.governance.facetime.enums import Circle, TalkTopic
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.subjects import About, Candidate
from refprogram.people.enums import Role
from refprogram.people.models import Person, User
from tests.factories.people import PersonFactory, UserFactory

A_DAY = dt.timedelta(days=1)


class FaceTimeSlotFactory(DjangoModelFactory):
    """Forty-five minutes on the phone, ten days and some hours ahead; each a day after the one before."""

    class Meta:
        model = FaceTimeSlot

    class Params:
        in_days = factory.Sequence(lambda n: 10 + n % 300)
        length = 45

    executive = factory.SubFactory(UserFactory, role=Role.EXECUTIVE)
    published_by = factory.SelfAttribute("executive")
    starts_at = factory.LazyAttribute(
        lambda slot: timezone.now().replace(minute=0, second=0, microsecond=0) + slot.in_days * A_DAY
    )
    ends_at = factory.LazyAttribute(lambda slot: slot.starts_at + dt.timedelta(minutes=slot.length))
    topics = factory.LazyFunction(lambda: [TalkTopic.ROADMAP.value, TalkTopic.STRATEGY.value])
    circles = factory.LazyFunction(lambda: list(Circle.values))


def about(person: Person | None = None, **more: Any) -> About:
    """Return somebody for whom an hour may be asked, and nobody else."""
    whom = person or PersonFactory()
    facts = {"subject_type": "person", "subject_id": whom.pk, "label": "Northwind", "url": "", "account_id": None}
    return About(circle=Circle.CUSTOMER, people=(Candidate(whom),), **{**facts, **more})


def asked(by: User, slot: FaceTimeSlot | None = None, person: Person | None = None, **more: Any) -> FaceTimeTalk:
    """Return a talk that waits for its executive's yes."""
    row, whom = slot or FaceTimeSlotFactory(), about(person, **more)
    people = [one.person for one in whom.people]
    return services.request_talk(
        slot=row, about=whom, people=people, topic=TalkTopic.ROADMAP, reason="They decide in March.", by=by
    )


def booked(by: User, slot: FaceTimeSlot | None = None, person: Person | None = None, **more: Any) -> FaceTimeTalk:
    """Return a talk that its executive agreed to."""
    talk = asked(by, slot, person, **more)
    return services.agree(talk=talk, by=talk.slot.executive)


def past(talk: FaceTimeTalk) -> FaceTimeTalk:
    """Return the talk as if its time had come yesterday."""
    slot = talk.slot
    ago = slot.starts_at - timezone.now() + A_DAY + dt.timedelta(minutes=slot.pk % 600)
    slot.starts_at, slot.ends_at = slot.starts_at - ago, slot.ends_at - ago
    slot.save()
    return talk


def held(by: User, slot: FaceTimeSlot | None = None, person: Person | None = None, **more: Any) -> FaceTimeTalk:
    """Return a talk that took place yesterday."""
    return services.hold(talk=past(booked(by, slot, person, **more)), by=by)


def told_us(talk: FaceTimeTalk, score: int = 4) -> FaceTimeFeedback:
    """Return what the guest of a talk that was held said of it."""
    url = services.address_of(talk.guests.get())
    token = url.rstrip("/").rsplit("/", 1)[-1]
    return services.give_feedback(token=token, score=score, gained="A clear road.", wish="Show us the plan in May.")
