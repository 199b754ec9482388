"""Contests by their services: what no service makes is in no test."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from awards.contests import services
from awards.contests.enums import CategoryKind, ContestState, PrizeKind
from awards.models import Award, Category, Contest, Prize, Question, Sponsor
from awards.results.enums import AwardKind, AwardState
from tests.factories.people import UserFactory


class ContestFactory(factory.Factory):
    """A customers' contest whose event is in a year: a draft with its plan, run by who made it."""

    class Meta:
        model = Contest

    name = factory.Sequence(lambda n: f"Contest {n}")
    series = factory.Sequence(lambda n: f"Award {n}")
    year = 2027
    audience = "customers"
    zone = "Europe/Berlin"
    event_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=365))
    owner = factory.SubFactory(UserFactory, role="marketer")
    by = factory.LazyAttribute(lambda made: made.owner)

    @classmethod
    def _create(cls, model_class: type[Contest], *args: Any, **fields: Any) -> Contest:
        return services.start(**fields)


class CategoryFactory(factory.Factory):
    """A category with one winner."""

    class Meta:
        model = Category

    contest = factory.SubFactory(ContestFactory)
    by = factory.LazyAttribute(lambda made: made.contest.owner)
    name = factory.Sequence(lambda n: f"Category {n}")
    kind = CategoryKind.OTHER

    @classmethod
    def _create(cls, model_class: type[Category], *args: Any, **fields: Any) -> Category:
        return services.add_category(fields.pop("contest"), **fields)


class PrizeFactory(factory.Factory):
    """A dinner for the first place of the contest."""

    class Meta:
        model = Prize

    contest = factory.SubFactory(ContestFactory)
    by = factory.LazyAttribute(lambda made: made.contest.owner)
    item = "Dinner with our chief executive"
    kind = PrizeKind.DINNER
    value = 500

    @classmethod
    def _create(cls, model_class: type[Prize], *args: Any, **fields: Any) -> Prize:
        return services.add_prize(fields.pop("contest"), **fields)


class SponsorFactory(factory.Factory):
    """A partner."""

    class Meta:
        model = Sponsor

    contest = factory.SubFactory(ContestFactory)
    by = factory.LazyAttribute(lambda made: made.contest.owner)
    name = factory.Sequence(lambda n: f"Sponsor {n}")

    @classmethod
    def _create(cls, model_class: type[Sponsor], *args: Any, **fields: Any) -> Sponsor:
        return services.add_sponsor(fields.pop("contest"), **fields)


class QuestionFactory(factory.Factory):
    """A question without an answer, asked by who runs the contest."""

    class Meta:
        model = Question

    contest = factory.SubFactory(ContestFactory)
    by = factory.LazyAttribute(lambda made: made.contest.owner.person)
    text = factory.Sequence(lambda n: f"May partners enter too? ({n})")

    @classmethod
    def _create(cls, model_class: type[Question], *args: Any, **fields: Any) -> Question:
        return services.ask(fields.pop("contest"), **fields)


class WonFactory(factory.django.DjangoModelFactory):
    """A first place that the world may know of."""

    class Meta:
        model = Award

    contest = factory.LazyAttribute(lambda made: made.place.entry.contest)
    kind = AwardKind.WINNER
    state = AwardState.PUBLISHED
    rank = 1


def over_and_published(contest: Contest) -> Contest:
    """Put a contest where its winners were announced yesterday; who won is somebody else's to say."""
    now, day = timezone.now(), dt.timedelta(days=1)
    Contest.objects.filter(pk=contest.pk).update(
        state=ContestState.PUBLISHED, opens_at=now - 90 * day, closes_at=now - 30 * day, announce_at=now - day,
        event_at=now - day, published_at=now - day,
    )  # fmt: skip
    contest.refresh_from_db()
    return contest


def opened(contest: Contest) -> Contest:
    """Announce a contest, with a category if it has none, and open it for entries now."""
    if not contest.categories.exists():
        CategoryFactory(contest=contest)
    services.announce(contest, by=contest.owner)
    return services.open_entries(contest, by=contest.owner)


def moved(contest: Contest, to: ContestState) -> Contest:
    """Bring a contest to a later state, step by step: its deadline is over from `closed` on."""
    way = [
        *(ContestState.CLOSED, ContestState.SCREENING, ContestState.JUDGING),
        *(ContestState.DELIBERATION, ContestState.DECIDED, ContestState.PUBLISHED, ContestState.FULFILMENT),
    ]
    row = opened(contest) if contest.state == ContestState.DRAFT else contest
    for state in way[way.index(ContestState(row.state)) + 1 if row.state in way else 0 :]:
        if row.state == to:
            break
        if state == ContestState.CLOSED:
            row = services.close_entries(row, by=row.owner, reason="The test needs it.")
        else:
            row = services.move(row, state, by=row.owner)
    return row
