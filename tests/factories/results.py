"""A contest that was judged: its ballots as a table, which tests read as well as people do."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from awards.contests.enums import ContestState, Part
from awards.entries.enums import EntryState, PlaceState
from awards.judging.enums import AssignmentState, BallotState, ConflictKind, ConflictSource, JudgeKind, JudgeState
from awards.models import (
    Assignment,
    Ballot,
    Category,
    CategoryEntry,
    Conflict,
    Contest,
    ContestEntry,
    ContestMember,
    Judge,
    Round,
)
from refprogram.people.models import User
from tests.factories.contests import CategoryFactory, ContestFactory, moved
from tests.factories.people import PersonFactory
from tests.factories.references import AccountFactory


class JudgedRoundFactory(factory.django.DjangoModelFactory):
    """A round by scores that is over."""

    class Meta:
        model = Round

    contest = factory.SubFactory(ContestFactory)
    name = "Judging"
    opens_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=20))
    closes_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=2))
    hard_close_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
    released_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=20))
    closed_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))


class JudgedEntryFactory(factory.django.DjangoModelFactory):
    """An entry of a customer, being judged."""

    class Meta:
        model = ContestEntry

    contest = factory.SubFactory(ContestFactory)
    account = factory.SubFactory(AccountFactory)
    owner = factory.SubFactory(PersonFactory)
    code = factory.Sequence(lambda n: f"C{n:05d}")
    title = factory.Sequence(lambda n: f"Fewer empty kilometres {n}")
    state = EntryState.LOCKED
    submitted_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=40))


class JudgedPlaceFactory(factory.django.DjangoModelFactory):
    """An entry in one category, in a round."""

    class Meta:
        model = CategoryEntry

    category = factory.SubFactory(CategoryFactory)
    entry = factory.SubFactory(JudgedEntryFactory, contest=factory.SelfAttribute("..category.contest"))
    state = PlaceState.IN_ROUND


class PanelJudgeFactory(factory.django.DjangoModelFactory):
    """Somebody who judged."""

    class Meta:
        model = Judge

    contest = factory.SubFactory(ContestFactory)
    person = factory.SubFactory(PersonFactory)
    kind = JudgeKind.ANALYST
    state = JudgeState.COMPLETED
    nda_at = factory.LazyFunction(timezone.now)
    ties_declared_at = factory.LazyFunction(timezone.now)


class CountedBallotFactory(factory.django.DjangoModelFactory):
    """A locked ballot with a total."""

    class Meta:
        model = Ballot

    assignment = factory.SubFactory("tests.factories.results.LockedAssignmentFactory")
    state = BallotState.LOCKED
    total = Decimal(70)
    submitted_at = factory.LazyFunction(timezone.now)
    active_seconds = 240


class LockedAssignmentFactory(factory.django.DjangoModelFactory):
    """Work that is done."""

    class Meta:
        model = Assignment

    round = factory.SubFactory(JudgedRoundFactory)
    place = factory.SubFactory(JudgedPlaceFactory)
    judge = factory.SubFactory(PanelJudgeFactory)
    state = AssignmentState.LOCKED


class TieFactory(factory.django.DjangoModelFactory):
    """A tie that binds, found in our data."""

    class Meta:
        model = Conflict

    judge = factory.SubFactory(PanelJudgeFactory)
    entry = factory.SubFactory(JudgedEntryFactory)
    kind = ConflictKind.ACCOUNT
    source = ConflictSource.DETECTED


def judged(table: Mapping[str, Mapping[str, float]], *, category: Category | None = None, **about: Any) -> Round:
    """Return the closed round of a contest in deliberation; `table` maps entries to judges to totals.

    Entries are found again by their titles, judges by their persons' names.
    """
    category = category or CategoryFactory()
    contest = moved(Contest.objects.get(pk=category.contest_id), ContestState.DELIBERATION)
    category.contest = contest
    round_ = contest.rounds.first() or JudgedRoundFactory(contest=contest, **about)
    judges: dict[str, Judge] = {}
    for title, row in table.items():
        place = JudgedPlaceFactory(category=category, entry__title=title)
        for name, total in row.items():
            if name not in judges:
                judges[name] = contest.judges.filter(person__name=name).first() or PanelJudgeFactory(
                    contest=contest, person__name=name
                )
            work = LockedAssignmentFactory(round=round_, place=place, judge=judges[name])
            CountedBallotFactory(assignment=work, total=Decimal(str(total)))
    return round_


def certifier(contest: Contest, user: User) -> User:
    """Name a colleague as certifier."""
    ContestMember.objects.get_or_create(contest=contest, user=user, part=Part.CERTIFIER)
    return user
