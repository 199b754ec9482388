"""Public votes: a contest whose vote is open, entries that agreed to stand there, votes by hand."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from awards.contests.enums import ContestState
from awards.entries.wording import VOTE
from awards.models import Contest, ContestEntry, EntryConsent, PublicVote
from awards.voting import keys
from awards.voting.enums import VoteState
from references.consents.models import ConsentTerm
from tests.factories.contests import CategoryFactory, ContestFactory, moved
from tests.factories.references import AccountFactory, ConsentFactory, ContactFactory
from tests.factories.results import JudgedPlaceFactory

DAY = dt.timedelta(days=1)


class StandingEntryFactory(factory.django.DjangoModelFactory):
    """The agreement to stand on the page of the vote, with the term in references; `entry` is what stands there."""

    class Meta:
        model = EntryConsent

    entry = factory.SubFactory("tests.factories.results.JudgedEntryFactory")
    use = VOTE.name
    given = True
    wording = "You may show it."

    @factory.lazy_attribute
    def consent(self) -> Any:
        made = ConsentFactory(contact=ContactFactory(account=self.entry.account), activities=[])
        TermFactory.create_batch(1, consent=made, contact=made.contact)
        return made


class TermFactory(factory.django.DjangoModelFactory):
    """The company may be named on our website."""

    class Meta:
        model = ConsentTerm

    scope = VOTE.terms[0].scope
    channel = VOTE.terms[0].channel
    audience = VOTE.terms[0].audience
    expires_on = factory.SelfAttribute("consent.expires_on")


def vote_open(*titles: str, **about: Any) -> Contest:
    """Return a contest in judging whose vote opened yesterday and runs for a week; entries by their titles."""
    contest = ContestFactory(**about)
    category = CategoryFactory(contest=contest, name="Supply")
    contest = moved(contest, ContestState.JUDGING)
    Contest.objects.filter(pk=contest.pk).update(
        people_choice=True, votes_open_at=timezone.now() - DAY, votes_close_at=timezone.now() + 7 * DAY
    )
    contest.refresh_from_db()
    for title in titles:
        standing(category, title)
    return contest


def standing(category: Any, title: str) -> ContestEntry:
    """Return an entry that agreed to stand on the page of the vote."""
    place = JudgedPlaceFactory(category=category, entry__title=title, entry__account=AccountFactory())
    entry: ContestEntry = StandingEntryFactory(entry=place.entry).entry
    return entry


def entry_of(contest: Contest, title: str) -> ContestEntry:
    """Return the entry of this title."""
    return ContestEntry.objects.get(contest=contest, title=title)


def vote_over(contest: Contest, *, state: ContestState | None = None) -> Contest:
    """End the vote, so that nothing can be confirmed any more."""
    facts: dict[str, Any] = {"state": state} if state else {}
    now = timezone.now()
    Contest.objects.filter(pk=contest.pk).update(votes_open_at=now - 20 * DAY, votes_close_at=now - 4 * DAY, **facts)
    contest.refresh_from_db()
    return contest


class VoteFactory(factory.django.DjangoModelFactory):
    """A vote that counts, from a mailbox, a network and a browser of its own."""

    class Meta:
        model = PublicVote

    class Params:
        number = factory.Sequence(lambda n: n)

    entry = factory.SubFactory("tests.factories.results.JudgedEntryFactory")
    contest = factory.LazyAttribute(lambda made: made.entry.contest)
    voter_hash = factory.LazyAttribute(lambda made: keys.voter_of(made.contest, f"v{made.number}@mail.example"))
    network_hash = factory.LazyAttribute(
        lambda made: keys.network_of(made.contest, f"10.{made.number // 250}.{made.number % 250}.1")
    )
    device_hash = factory.LazyAttribute(lambda made: keys.device_of(made.contest, f"browser {made.number}"))
    state = VoteState.COUNTED
    cast_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(hours=3))
    confirmed_at = factory.LazyAttribute(lambda made: made.cast_at)
