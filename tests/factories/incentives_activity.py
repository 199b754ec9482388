"""Activities, weeks, proofs, presentations, pots: valid and boring; what crosses rows is reached by services."""

import datetime as dt
import itertools
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from incentives.activity.enums import ProofState
from incentives.activity.models import ActivityProof, AdoptionMonth, CharityPot, Pledge, Presentation, WeekReward
from refprogram.governance.consequences.enums import CaseState, Effect
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy
from refprogram.governance.consequences.terms import kept
from refprogram.people.enums import WorkKind
from refprogram.people.models import User, WorkActivity
from tests.factories.consequences import policy_of
from tests.factories.people import UserFactory

MONDAY = dt.date(2026, 3, 2)
_numbers = itertools.count(1)


def did(user: User, *whats: str, at: dt.datetime | None = None, kind: WorkKind = WorkKind.LOGGED) -> list[WorkActivity]:
    """Return activities of one colleague, as the CRM told them."""
    return WorkActivity.objects.bulk_create(
        WorkActivity(
            source="crm", external_ref=f"T-{next(_numbers)}", person=user.person, kind=kind, detail=what,
            occurred_at=at or dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC), event_id=1,
        )
        for what in whats
    )  # fmt: skip


def used(users: list[User], month: dt.date, days: list[int], kind: WorkKind = WorkKind.LOGGED) -> None:
    """Let colleagues use the CRM at noon of these days of a month."""
    WorkActivity.objects.bulk_create(
        WorkActivity(
            source="crm",
            external_ref=f"T-{next(_numbers)}",
            person=user.person,
            kind=kind,
            detail="contact",
            occurred_at=dt.datetime(month.year, month.month, day, 12, tzinfo=dt.UTC),
            event_id=1,
        )
        for user in users
        for day in days
    )


class WeekRewardFactory(DjangoModelFactory):
    """A week with one proposal, which waits for proof."""

    class Meta:
        model = WeekReward

    user = factory.SubFactory(UserFactory)
    week = MONDAY
    points = 10
    lines = factory.LazyFunction(lambda: [["proposal", 1, 10, 10]])
    terms = factory.LazyFunction(
        lambda: {"weights": {"proposal": 10}, "whole_up_to": 5, "half_up_to": 10, "most_a_week": 100}
    )


class ActivityProofFactory(DjangoModelFactory):
    """The proof of that proposal, asked for."""

    class Meta:
        model = ActivityProof

    class Params:
        user = factory.SubFactory(UserFactory)

    reward = factory.SubFactory(WeekRewardFactory, user=factory.SelfAttribute("..user"))
    activity = factory.LazyAttribute(lambda proof: did(proof.reward.user, "proposal")[0])
    due_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=7))


def given_proof(user: User) -> ActivityProof:
    """Return a proof that waits to be judged."""
    return ActivityProofFactory(user=user, state=ProofState.GIVEN, words="Ada Long.", given_at=timezone.now())


class AdoptionMonthFactory(DjangoModelFactory):
    """A month in which 18 of 20 working days were used."""

    class Meta:
        model = AdoptionMonth

    user = factory.SubFactory(UserFactory)
    month = dt.date(2026, 2, 1)
    used = 18
    due = 20
    percent = 90
    points = 10


class CharityPotFactory(DjangoModelFactory):
    """A pot that waits for Legal."""

    class Meta:
        model = CharityPot

    name = factory.Sequence(lambda n: f"Pot {n}")
    cause = "The shelter round the corner"


class PledgeFactory(DjangoModelFactory):
    """Twenty for a pot."""

    class Meta:
        model = Pledge

    pot = factory.SubFactory(CharityPotFactory)
    user = factory.SubFactory(UserFactory)
    amount = 20


def lowest_policy(**more: object) -> ConsequencePolicy:
    """Return a policy that asks the lowest few by use of the CRM, below 90 %, for a presentation."""
    facts = {
        "metric": "bottom_adoption", "threshold": Decimal(90), "effect": Effect.TASK, "privilege": "",
        "task_title": "The forecast page", "deal_threshold": None, "new_hire_days": 0, "notice_days": 0,
        "appeal_days": 0, **more,
    }  # fmt: skip
    return policy_of(**facts)


def presentation_of(user: User) -> Presentation:
    """Return a presentation that is to be asked for: the case is in force."""
    rule = lowest_policy()
    case = ConsequenceCase.objects.create(
        policy=rule, user=user, period_starts_on=MONDAY.replace(day=1), period_ends_on=MONDAY.replace(day=31),
        value=Decimal(10), threshold=rule.threshold, cohort=20, terms=kept(rule), state=CaseState.IN_FORCE,
        notified_at=timezone.now(), takes_effect_at=timezone.now(),
        ends_at=timezone.now() + dt.timedelta(days=30),
    )  # fmt: skip
    return Presentation.objects.create(case=case, user=user, topic="The forecast page", rubric=["Shows it"])
