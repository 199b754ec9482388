"""Entries by their services: what no service makes is in no test."""

from typing import Any

import factory
from django.utils import timezone

from awards.entries import services
from awards.entries.services import Typed
from awards.models import CategoryEntry, Contest, ContestEntry, EntryInvite
from references.models import Contact
from refprogram.people.models import Person
from tests.factories.contests import ContestFactory, opened
from tests.factories.people import UserFactory
from tests.factories.references import ContactFactory

METRIC = {
    "id": "first", "factor": "cost", "what": "Cost of a delivery", "before": "12.50", "after": "9", "unit": "EUR",
    "period": "Q1 to Q3", "method": "Invoices", "publishable": True,
}  # fmt: skip
ANSWERS = {"challenge": "Deliveries were late.", "solution": "We planned routes anew each night."}


def open_contest(**fields: Any) -> Contest:
    """Return a contest that takes entries now, with a category."""
    return opened(ContestFactory(**fields))


class EntryFactory(factory.Factory):
    """A draft of a customer’s person, begun in an open contest; nothing is written yet."""

    class Meta:
        model = ContestEntry

    contest = factory.LazyFunction(open_contest)
    contact = factory.SubFactory(ContactFactory)
    account = factory.LazyAttribute(lambda made: made.contact.account)
    owner = factory.LazyAttribute(lambda made: made.contact.person)

    @classmethod
    def _create(cls, model_class: type[ContestEntry], *args: Any, **fields: Any) -> ContestEntry:
        return services.begin(**fields)


class InviteFactory(factory.Factory):
    """A customer proposed by a colleague."""

    class Meta:
        model = EntryInvite

    contest = factory.LazyFunction(open_contest)
    contact = factory.SubFactory(ContactFactory)
    account = factory.LazyAttribute(lambda made: made.contact.account)
    by = factory.SubFactory(UserFactory, role="rep")
    note = "They cut delivery costs by a quarter."

    @classmethod
    def _create(cls, model_class: type[EntryInvite], *args: Any, **fields: Any) -> EntryInvite:
        return services.propose(**fields)


def whole(entry: ContestEntry, **more: Any) -> ContestEntry:
    """Write everything that is needed to hand a draft in."""
    slug = entry.contest.categories.order_by("pk").values_list("slug", flat=True)[0]
    said = {
        "title": "Routes by night", "summary": "Deliveries cost a quarter less.", "values": ANSWERS,
        "metrics": [METRIC], "categories": [slug], **more,
    }  # fmt: skip
    owner = _owner(entry)
    return services.save(entry=entry, by=owner, typed=Typed(**said), revision=entry.revision, tab="t")


def _owner(entry: ContestEntry) -> Person:
    assert entry.owner is not None
    return entry.owner


def handed_in(
    entry: ContestEntry | None = None, *, consents: dict[str, bool] | None = None, **more: Any
) -> ContestEntry:
    """Hand an entry in, whole, now."""
    draft = whole(entry if entry is not None else EntryFactory(), **more)
    return services.submit(entry=draft, by=_owner(draft), at=timezone.now(), consents=consents)


def eligible(entry: ContestEntry | None = None, **more: Any) -> ContestEntry:
    """Hand an entry in and have it found eligible, with no name left in it."""
    row = handed_in(entry, **more)
    row = services.screen(entry=row, decision="eligible", by=row.contest.owner)
    return services.mark_redacted(entry=row, by=row.contest.owner)


def entries_in(contest: Contest, count: int, *, category: str = "") -> list[CategoryEntry]:
    """Return so many eligible entries of different customers in one category of an open contest."""
    slug = category or contest.categories.order_by("pk").values_list("slug", flat=True)[0]
    made = [eligible(EntryFactory(contest=contest), categories=[slug]) for _n in range(count)]
    return list(CategoryEntry.objects.filter(entry__in=made, category__slug=slug).order_by("pk"))


def mailable(**fields: Any) -> Contact:
    """Return a customer’s person who may be written to."""
    made: Contact = ContactFactory(**fields)
    return made
