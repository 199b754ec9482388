"""A contest that is over: judged by a table of totals, or with entries that customers wrote, and announced."""

from collections.abc import Mapping
from typing import Any

import factory

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.entries import services as entries
from awards.entries.services.judged import close_all, lock_for_judging
from awards.judging.models import Ballot
from awards.models import Category, Contest, ContestEntry
from awards.results import services as results
from references.models import MembershipStep
from tests.factories.contests import CategoryFactory, ContestFactory, moved, opened
from tests.factories.entries import EntryFactory, handed_in
from tests.factories.references import AccountFactory
from tests.factories.results import judged


class StepFactory(factory.django.DjangoModelFactory):
    """An account that began to take part in the program."""

    class Meta:
        model = MembershipStep

    account = factory.SubFactory(AccountFactory)
    was = "onboarding"
    state = "active"


def comments_in(contest: Contest, **words: str) -> None:
    """Write a comment on each ballot that counts: `{judge} on {entry}`, or what is given by the entry's title."""
    for ballot in Ballot.objects.filter(assignment__round__contest=contest).select_related(
        "assignment__judge__person", "assignment__place__entry"
    ):
        entry = ballot.assignment.place.entry.title
        ballot.comment = words.get(entry, f"{ballot.assignment.judge.person.name} on {entry}")
        ballot.save(update_fields=["comment"])


def announced(table: Mapping[str, Mapping[str, float]], *, owner: Any = None, **words: str) -> Contest:
    """Return a contest judged by this table (entries to judges to totals), with comments, computed and announced."""
    about = {"owner": owner} if owner is not None else {}
    category: Category = CategoryFactory(contest=ContestFactory(**about), name="Supply")
    contest = judged(table, category=category).contest
    comments_in(contest, **words)
    results.compute_all(contest=contest, by=contest.owner)
    return _announce(contest)


def _announce(contest: Contest) -> Contest:
    row = moved(Contest.objects.get(pk=contest.pk), ContestState.DECIDED)
    close_all(row, by=None)
    return contests.move(row, ContestState.PUBLISHED, by=row.owner)


def announced_with(
    *made: Mapping[str, Any], owner: Any = None, contest: Contest | None = None
) -> tuple[Contest, list[ContestEntry]]:
    """Return an announced contest with one entry for each of `made`: `consents`, `contact`, `metrics`, … of each."""
    about = {"owner": owner} if owner is not None else {}
    contest = contest or opened(ContestFactory(**about))
    rows = [_eligible(contest, dict(facts)) for facts in made]
    contest = moved(contest, ContestState.SCREENING)
    lock_for_judging(contest, by=None)
    contest = _announce(contest)
    return contest, list(ContestEntry.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def _eligible(contest: Contest, facts: dict[str, Any]) -> ContestEntry:
    begun = {name: facts.pop(name) for name in ("contact",) if name in facts}
    row = handed_in(EntryFactory(contest=contest, **begun), **facts)
    row = entries.screen(entry=row, decision="eligible", by=contest.owner)
    return entries.mark_redacted(entry=row, by=contest.owner)
