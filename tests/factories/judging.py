"""Judges, rounds and work by their services: what no service makes is in no test."""

from dataclasses import dataclass
from typing import Any

import factory

from awards.contests.enums import ContestState
from awards.judging import services
from awards.judging.enums import JudgeKind
from awards.models import Assignment, CategoryEntry, Contest, Criterion, Judge, Round
from tests.factories.contests import ContestFactory, moved, opened
from tests.factories.entries import EntryFactory, eligible
from tests.factories.people import PersonFactory


class OutsiderFactory(PersonFactory):
    """Somebody of a house of their own: no customer of ours has the same mail domain."""

    email = factory.Sequence(lambda n: f"judge@jury-{n}.example")


class JudgeFactory(factory.Factory):
    """An analyst who was asked to judge and has not answered."""

    class Meta:
        model = Judge

    contest = factory.LazyFunction(lambda: opened(ContestFactory()))
    person = factory.SubFactory(OutsiderFactory)
    kind = JudgeKind.ANALYST
    by = factory.LazyAttribute(lambda made: made.contest.owner)
    cap = 20

    @classmethod
    def _create(cls, model_class: type[Judge], *args: Any, **fields: Any) -> Judge:
        return services.invite_judge(**fields)


def accepted(**fields: Any) -> Judge:
    """Return a judge who said yes; papers are missing."""
    judge = JudgeFactory(**fields)
    return services.accept(judge=judge, cap=judge.load_cap)


def ready(**fields: Any) -> Judge:
    """Return a judge who said yes and signed."""
    return services.onboard(judge=accepted(**fields), nda=True, ties=[], none=True)


@dataclass(frozen=True)
class Room:
    """A round under way: every judge holds every entry."""

    contest: Contest
    round: Round
    places: list[CategoryEntry]
    judges: list[Judge]

    @property
    def judge(self) -> Judge:
        """Return the first judge."""
        return self.judges[0]

    @property
    def work(self) -> list[Assignment]:
        """Return the first judge's entries, in their order."""
        return list(Assignment.objects.filter(judge=self.judge, round=self.round).order_by("order", "pk"))

    @property
    def criteria(self) -> list[Criterion]:
        """Return what is scored."""
        return list(self.round.criteria.order_by("position", "pk"))


def judging(
    entries: int = 1, judges: int = 1, *, people: list[Any] | None = None, owner: Any = None, **about: Any
) -> Room:
    """Return a round that has begun. `people`: who judges; `about`: fields of the round."""
    contest = opened(ContestFactory(owner=owner) if owner is not None else ContestFactory())
    made = [eligible(EntryFactory(contest=contest)) for _n in range(entries)]
    round_ = services.first_round(contest=contest, by=contest.owner)
    if about:
        round_ = services.change_round(round=round_, by=contest.owner, **about)
    contest = moved(contest, ContestState.SCREENING)
    panel = [ready(contest=contest, person=person) for person in people or [OutsiderFactory() for _n in range(judges)]]
    round_ = services.begin_judging(contest=contest, by=contest.owner)
    places = list(CategoryEntry.objects.filter(entry__in=made).order_by("pk"))
    for judge in panel:
        for place in places:
            services.assign_by_hand(round=round_, place=place, judge=judge, by=contest.owner)
    contest.refresh_from_db()
    panel = [Judge.objects.select_related("person", "contest").get(pk=judge.pk) for judge in panel]
    return Room(contest, round_, places, panel)


def scores(room: Room, level: int = 4, **levels: int) -> dict[str, services.Given]:
    """Return one level for every criterion; others by the criterion's position, as `c0=5`."""
    return {one.public_id: services.Given(levels.get(f"c{place}", level)) for place, one in enumerate(room.criteria)}


def scored(room: Room, work: Assignment, level: int = 4, **levels: int) -> Any:
    """Send a ballot."""
    return services.submit_ballot(
        assignment=work, scores=scores(room, level, **levels), comment="Proved.", revision=0, tab="t"
    )
