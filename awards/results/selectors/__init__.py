"""Reading results: for those to whom `visibility.scores_open` opens them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards.models import Award, Category, CategoryEntry, Certification, Contest, ContestMember, Judge
from awards.results.enums import AwardState, TallyState
from awards.results.models import TallyRow, TallyRun
from refprogram.kernel.labels import Label
from refprogram.people.models import User

PAGE = 50
GONE = (AwardState.DECLINED, AwardState.REVOKED)


def tallies_of(contest: Contest) -> dict[int, TallyRun]:
    """Return the tally that stands for each category, of the latest round that has one. Without the long texts."""
    rows = TallyRun.objects.filter(round__contest=contest).exclude(state=TallyState.SUPERSEDED)
    found: dict[int, TallyRun] = {}
    for row in rows.defer("snapshot").select_related("round__contest", "category").order_by("round__number"):
        found[row.category_id] = row
    return found


def categories_of(contest: Contest) -> list[Category]:
    """Return the categories in the order in which they give awards."""
    return list(Category.objects.filter(contest=contest).order_by("precedence", "pk"))


def lines_of(tally: TallyRun, *, page: int = 1, size: int = PAGE) -> Sequence[TallyRow]:
    """Return one page of the order, with entries and entrants."""
    start = (page - 1) * size
    rows = TallyRow.objects.filter(tally=tally).select_related("place__entry__account", "place__entry__team")
    return list(rows.order_by("rank", "pk")[start : start + size])


def awards_of(contest: Contest) -> dict[int, Award]:
    """Return the standing award of each category entry."""
    rows = Award.objects.filter(contest=contest, people_choice=False).exclude(state__in=GONE)
    return {row.place_id: row for row in rows}


def signatures_of(tally: TallyRun) -> list[Certification]:
    """Return who signed, first first."""
    rows = Certification.objects.filter(tally=tally, inputs_hash=tally.inputs_hash)
    return list(rows.select_related("certifier__person").order_by("at", "pk"))


def certifiers_of(contest: Contest) -> list[User]:
    """Return who was named to sign."""
    members = ContestMember.objects.filter(contest=contest, part="certifier").select_related("user__person")
    return [member.user for member in members.order_by("pk")]


@dataclass(frozen=True)
class Names:
    """How entries and judges of a tally are called: by their public ids."""

    entries: dict[str, str]
    codes: dict[str, str]
    judges: dict[str, str]


def names_in(contest: Contest, entries: Iterable[str], judges: Iterable[str]) -> Names:
    """Return names for a page of those who may read them."""
    places = CategoryEntry.objects.filter(public_id__in=list(entries)).select_related("entry")
    people = Judge.objects.filter(contest=contest, public_id__in=list(judges)).select_related("person")
    found = list(places)
    return Names(
        entries={place.public_id: place.entry.title or place.entry.code for place in found},
        codes={place.public_id: place.entry.code for place in found},
        judges={judge.public_id: judge.person.name for judge in people},
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
