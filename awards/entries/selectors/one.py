"""What the pages of one entry read. Each statement is written once: the widest joins more than a dozen tables."""

from typing import Final

from django.db.models import BigIntegerField, IntegerField, QuerySet, TextField

from awards import visibility
from awards.contests.models import Category, Contest
from awards.entries.enums import EntryState, PlaceState
from awards.entries.models import CategoryEntry, ContestEntry, EntryConsent, EntryHelper, EntryVersion
from references.models import Contact
from refprogram.kernel.prepared import Given, Prepared, PreparedCount, PreparedValues
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

HOUSE: Final = 50  # so many other people of the customer are looked at


def with_people(rows: QuerySet[ContestEntry]) -> QuerySet[ContestEntry]:
    """Return the rows with what lists and pages name."""
    return rows.select_related("contest", "account__owner__person", "team", "owner", "nominator__person")


def _whole(user: User) -> QuerySet[ContestEntry]:
    rows = with_people(visibility.entries_for(user)).select_related(
        "contact__person", "answer__version__design", "screened_by__person", "second_opinion_by__person",
        "disqualify_asked_by__person", "extended_by__person", "duplicate_of", "entered_before__contest", "invite",
        "says_it_is",
    )  # fmt: skip
    return rows.filter(public_id=Given("key", TextField()))


_WHOLE: Final = PreparedFor(_whole)


def entry_or_404(user: User, public_id: str) -> ContestEntry:
    """Return one entry that a colleague may know of, for its page, or 404. One query."""
    return _WHOLE.or_404(user, key=public_id)


_ENTRY: Final = Given("entry", BigIntegerField())
_LAST_VERSION: Final = Prepared(
    lambda: EntryVersion.objects.filter(entry=_ENTRY).select_related("form_version", "author").order_by("-number")[:1]
)
_HELPERS: Final = Prepared(lambda: EntryHelper.objects.filter(entry=_ENTRY).select_related("person").order_by("pk"))
_CONSENTS: Final = Prepared(lambda: EntryConsent.objects.filter(entry=_ENTRY).order_by("pk"))
_CATEGORIES: Final = PreparedValues(
    lambda: (
        Category.objects.filter(contest=Given("contest", BigIntegerField()))
        .order_by("precedence", "pk")
        .values_list("slug", "name")
    )
)
_BLIND_ROUNDS: Final = PreparedCount(
    lambda: Contest.objects.filter(pk=Given("contest", BigIntegerField()), rounds__blindness="blind")
)
_MAILS: Final = PreparedValues(
    lambda: (
        Contact.objects.filter(account=Given("account", BigIntegerField()))
        .exclude(person=Given("but", BigIntegerField()))
        .order_by("pk")
        .values_list("person__email")[:HOUSE]
    )
)


def last_version(entry: ContestEntry) -> EntryVersion | None:
    """Return what was handed in last."""
    return next(iter(_LAST_VERSION(entry=entry.pk)), None)


def helpers_of(entry: ContestEntry) -> list[EntryHelper]:
    """Return who helps with an entry."""
    return _HELPERS(entry=entry.pk)


def consents_of(entry: ContestEntry) -> list[EntryConsent]:
    """Return what was agreed to and what was not, in the order in which it was asked."""
    return _CONSENTS(entry=entry.pk)


def names_of_categories(entry: ContestEntry) -> dict[str, str]:
    """Return the names of the categories of the entry's contest, by their slug, in their order."""
    return dict(_CATEGORIES(contest=entry.contest_id))


def is_read_blind(entry: ContestEntry) -> bool:
    """Whether a round of the contest is judged without names."""
    return bool(_BLIND_ROUNDS(contest=entry.contest_id))


def mails_of_house(entry: ContestEntry) -> list[str]:
    """Return the addresses of other people of the customer, beside the one who writes."""
    return [mail for (mail,) in _MAILS(account=entry.account_id, but=entry.owner_id or 0)]


_WON: Final = PreparedValues(
    lambda: (
        CategoryEntry.objects.filter(
            state=PlaceState.WON, entry__state=EntryState.CLOSED,
            entry__account=Given("account", BigIntegerField()), entry__contest__series=Given("series", TextField()),
            entry__contest__year__gte=Given("since", IntegerField()),
            entry__contest__year__lt=Given("before", IntegerField()),
        )
        .order_by("entry__contest__year", "entry_id", "pk")
        .values_list("entry__contest__name")
    )
)  # fmt: skip


def won_lately(entry: ContestEntry) -> list[str]:
    """Return the contests of the same award that the customer won in the years in which they may not win again."""
    if entry.account_id is None:
        return []
    contest = entry.contest
    since, before = contest.year - contest.cool_off_years, contest.year
    found = _WON(account=entry.account_id, series=contest.series, since=since, before=before)
    return list(dict.fromkeys(name for (name,) in found))
