"""Reading results: for those to whom `visibility.scores_open` opens them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from awards.models import Award, Category, CategoryEntry, Certification, Contest, ContestMember, Judge
from awards.results.enums import AwardState, TallyState
from awards.results.models import TallyRow, TallyRun
from awards.results.ties import with_ties
from refprogram.kernel.labels import Label
from refprogram.people.models import User

PAGE = 50
GONE = (AwardState.DECLINED, AwardState.REVOKED)


def tallies_of(contest: Contest) -> dict[int, TallyRun]:
    """Return the tally that stands for each category, of the latest round that has one. Without the long texts."""
    rows = TallyRun.objects.filter(round__contest=contest).exclude(state=TallyState.SUPERSEDED)
    rows = rows.defer("snapshot", "results").select_related("round__contest", "category")
    return {row.category_id: row for row in rows.order_by("round__number")}


def categories_of(contest: Contest, user: User) -> list[Category]:
    """Return the categories in the order in which they give awards, each with what ties the colleague to it."""
    return list(with_ties(Category.objects.filter(contest=contest), user).order_by("precedence", "pk"))


def categories_in(contest: Contest) -> QuerySet[Category]:
    """Return the categories of a contest."""
    return Category.objects.filter(contest=contest)


def lines_of(tally: TallyRun, *, page: int = 1, size: int = PAGE) -> list[TallyRow]:
    """Return one page of the order: entries, entrants, and as `award` what each gets, if anything. One query."""
    start = (page - 1) * size
    standing = Award.objects.filter(place=OuterRef("place"), people_choice=False).exclude(state__in=GONE)
    facts = JSONObject(id="public_id", kind="kind", state="state", reason="reason", rank="rank")
    rows = TallyRow.objects.filter(tally=tally).select_related("place__entry__account", "place__entry__team")
    rows = rows.annotate(award=Subquery(standing.values(facts=facts)[:1]))
    return list(rows.order_by("rank", "pk")[start : start + size])


@dataclass(frozen=True)
class Signer:
    """Somebody who was named to certify, and when they signed this tally."""

    user: User
    signed_at: dt.datetime | None


def signers_of(contest: Contest, tally: TallyRun) -> list[Signer]:
    """Return who signs, or has signed. One query."""
    signed = Certification.objects.filter(tally=tally, inputs_hash=tally.inputs_hash, certifier=OuterRef("user"))
    members = ContestMember.objects.filter(contest=contest, part="certifier").select_related("user__person")
    rows = members.annotate(signed_at=Subquery(signed.values("at")[:1])).order_by("signed_at", "pk")
    return [Signer(row.user, row.signed_at) for row in rows]


def title_of(place: CategoryEntry) -> str:
    """Return how an entry is called where names may be read."""
    return place.entry.title or place.entry.code


@dataclass(frozen=True)
class Names:
    """How entries and judges of a tally are called: by their public ids."""

    entries: dict[str, CategoryEntry]
    judges: dict[str, str]

    def entry(self, key: str) -> str:
        """The title of an entry, or its code."""
        return title_of(self.entries[key]) if key in self.entries else key

    def code(self, key: str) -> str:
        """The code of an entry."""
        return self.entries[key].entry.code if key in self.entries else key

    def judge(self, key: str) -> str:
        """The name of a judge."""
        return self.judges.get(key, _("a judge"))


def names_in(contest: Contest, known: Iterable[CategoryEntry], entries: Iterable[str], judges: Iterable[str]) -> Names:
    """Return names for a page of those who may read them; entries that are `known` are not read again."""
    places = {place.public_id: place for place in known}
    missing = set(entries) - places.keys()
    if missing:
        rows = CategoryEntry.objects.filter(public_id__in=missing).select_related("entry")
        places |= {place.public_id: place for place in rows}
    people = Judge.objects.filter(contest=contest, public_id__in=list(judges)).values_list("public_id", "person__name")
    return Names(places, dict(people))


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
