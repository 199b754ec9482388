"""Reading results: for those to whom `visibility.scores_open` opens them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BigIntegerField, DateTimeField, Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award, Category, CategoryEntry, Certification, Contest, ContestMember, Judge
from awards.results.enums import AwardState, TallyState
from awards.results.models import TallyRow, TallyRun
from awards.results.ties import NEVER_JUDGED, tie_in, with_ties
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Given, Prepared, PreparedValues, Written
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

PAGE = 50
LONG_PAGE = 250
GONE = (AwardState.DECLINED, AwardState.REVOKED)


def tallies_of(contest: Contest) -> dict[int, TallyRun]:
    """Return the tally that stands for each category, of the latest round that has one. Without the long texts."""
    return {row.category_id: row for row in _TALLIES(contest=contest.pk)}


_TALLIES: Final = Prepared(
    lambda: (
        TallyRun.objects.filter(round__contest=Given("contest", BigIntegerField()))
        .exclude(state=TallyState.SUPERSEDED)
        .defer("snapshot", "results")
        .select_related("round__contest", "category")
        .order_by("round__number")
    )
)


def model_of(tally: TallyRun) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return what a tally says of its judges and of the model, without the long list of its entries."""
    ((judges, fit),) = _MODEL(tally=tally.pk)
    return judges or [], fit or {}


_MODEL: Final = PreparedValues(
    lambda: TallyRun.objects.filter(pk=Given("tally", BigIntegerField())).values_list("results__judges", "results__fit")
)


def categories_of(contest: Contest, user: User) -> list[Category]:
    """Return the categories in the order in which they give awards, each with what ties the colleague to it."""
    return _CATEGORIES(user, contest=contest.pk, now=timezone.now())


_CATEGORIES: Final = PreparedFor(
    lambda viewer: with_ties(
        Category.objects.filter(contest=Given("contest", BigIntegerField())), viewer, at=Given("now", DateTimeField())
    ).order_by("precedence", "pk"),
    one_plan=True,
)


def may_take_record(user: User, contest: Contest, categories: Iterable[Category]) -> bool:
    """Whether a colleague may have the frozen record of a category, in which the ballots of others stand as well:

    who reads the results of the contest, and has a tie in none of its categories (annotated by `with_ties`).
    """
    return user.has_perm("awards.read_results", contest) and not any(tie_in(one) for one in categories)


def categories_in(contest: Contest) -> QuerySet[Category]:
    """Return the categories of a contest."""
    return Category.objects.filter(contest=contest)


def lines_of(tally: TallyRun, *, page: int = 1, size: int = PAGE) -> list[TallyRow]:
    """Return one page of the order: entries, entrants, and as `award` what each gets, if anything. One query."""
    return _LINES(tally=tally.pk, start=(page - 1) * size, most=size)


def _in_order() -> QuerySet[TallyRow]:
    standing = Award.objects.filter(place=OuterRef("place"), people_choice=False).exclude(state__in=GONE)
    facts = JSONObject(id="public_id", kind="kind", state="state", reason="reason", rank="rank", told="notified_at",
                       answered="answered_at")  # fmt: skip
    rows = TallyRow.objects.filter(tally=Given("tally", BigIntegerField()))
    rows = rows.select_related("place__entry__account", "place__entry__team").only(
        *("tally", "rank", "joint", "score", "raw", "low", "high", "ballots", "photo", "place__public_id"),
        *("place__entry__public_id", "place__entry__title", "place__entry__code"),
        *("place__entry__account__name", "place__entry__team__name"),
    )
    return rows.annotate(award=Subquery(standing.values(facts=facts)[:1])).order_by("rank", "pk")


# Planned for each page: of an unknown number of rows Postgres would read a tenth of the whole order.
_LINES: Final = Prepared(_in_order, portion=True, planned=False)


@dataclass(frozen=True)
class Signer:
    """Somebody who was named to certify, and when they signed this tally."""

    user: User
    signed_at: dt.datetime | None


def signers_of(contest: Contest, tally: TallyRun) -> list[Signer]:
    """Return who signs, or has signed; who judges here signs nothing. One query."""
    rows: list[Any] = _CERTIFIERS(contest=contest.pk, tally=tally.pk, inputs=tally.inputs_hash)
    return [Signer(row.user, row.signed_at) for row in rows if not row.judges]


def _certifiers() -> QuerySet[ContestMember]:
    tally, inputs = Given("tally", BigIntegerField()), Given("inputs", TextField())
    signed = Certification.objects.filter(tally=tally, inputs_hash=inputs, certifier=OuterRef("user"))
    members = ContestMember.objects.filter(contest=Given("contest", BigIntegerField()), part="certifier")
    judges = Judge.objects.filter(contest=OuterRef("contest"), person=OuterRef("user__person"))
    rows = members.select_related("user__person").annotate(
        signed_at=Subquery(signed.values("at")[:1]), judges=Exists(judges.exclude(state__in=NEVER_JUDGED))
    )
    return rows.order_by("signed_at", "pk")


_CERTIFIERS: Final = Prepared(_certifiers)


def title_of(place: CategoryEntry) -> str:
    """Return how an entry is called where names may be read."""
    return place.entry.title or place.entry.code


@dataclass(frozen=True)
class Names:
    """How entries (title, code) and judges of a tally are called: by their public ids."""

    entries: dict[str, tuple[str, str]]
    judges: dict[str, str]

    def entry(self, key: str) -> str:
        """The title of an entry, or its code."""
        title, code = self.entries.get(key, ("", key))
        return title or code

    def code(self, key: str) -> str:
        """The code of an entry."""
        return self.entries[key][1] if key in self.entries else key

    def judge(self, key: str) -> str:
        """The name of a judge."""
        return self.judges[key] if key in self.judges else _("a judge")


def names_in(contest: Contest, known: Iterable[CategoryEntry], entries: Iterable[str], judges: Iterable[str]) -> Names:
    """Return names for a page of those who may read them; entries that are `known` are not read again. One query."""
    called = {place.public_id: (place.entry.title, place.entry.code) for place in known}
    missing, people = sorted(set(entries) - called.keys()), {}
    wanted = {"contest": contest.pk, "entries": missing, "judges": sorted(set(judges))}
    for is_judge, key, name, code in _NAMES.ask(wanted):
        if is_judge:
            people[key] = name
        else:
            called[key] = (name, code)
    return Names(called, people)


_NAMES: Final = Written(
    "awards_judge",
    """
SELECT FALSE, p.public_id, e.title, e.code FROM awards_categoryentry p JOIN awards_contestentry e ON e.id = p.entry_id
WHERE p.public_id = ANY(%(entries)s)
UNION ALL
SELECT TRUE, j.public_id, o.name, '' FROM awards_judge j JOIN people_person o ON o.id = j.person_id
WHERE j.contest_id = %(contest)s AND j.public_id = ANY(%(judges)s)""",
    one_plan=True,
)


def places_in(contest: Contest) -> QuerySet[CategoryEntry]:
    """Return the category entries of a contest."""
    return CategoryEntry.objects.filter(category__contest=contest).select_related("entry", "category")


def awards_in(contest: Contest) -> QuerySet[Award]:
    """Return the awards of a contest."""
    return Award.objects.filter(contest=contest).select_related("contest", "place__entry", "place__category")


def tally_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return tallies by their categories, for who may open them."""
    rows = TallyRun.objects.filter(pk__in=list(ids)).select_related("category__contest").defer("snapshot", "results")
    return {row.pk: Label(row.category.name, row.get_absolute_url()) for row in rows}


def award_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return awards without saying whose they are: a stream is read by more than those who decide."""
    return dict.fromkeys(ids, Label(_("an award")))


def for_link() -> QuerySet[Award]:
    """Return awards with what the winner's page shows."""
    return Award.objects.select_related("contest", "place__entry__owner", "place__category")
