"""Reading contests: which a colleague sees, their plan, team, concept, questions."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Prefetch, Q, QuerySet, TextField

from awards import visibility
from awards.contests.enums import Part
from awards.contests.models import (
    Category,
    Contest,
    ContestMember,
    NameIdea,
    PlanItem,
    Prize,
    Question,
    Sponsor,
)
from references.accounts import clock
from references.models import Product
from refprogram.kernel.labels import Label
from refprogram.kernel.models import FormDesign
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

__all__ = [
    "by_id",
    "categories_of",
    "categories_visible_to",
    "category_labels",
    "contest_labels",
    "duties_of",
    "entry_forms",
    "ideas_of",
    "item_labels",
    "late_in",
    "members_of",
    "named",
    "parts_of",
    "plan_of",
    "prizes_of",
    "products",
    "question_labels",
    "questions_of",
    "run_by",
    "search",
    "sponsors_of",
    "visible_to",
    "with_list_facts",
]

# What forms of entries are for (FORM_PURPOSES).
ENTRY: Final = "entry"


def visible_to(user: User) -> QuerySet[Contest]:
    """Return the contests that a colleague may look at."""
    return visibility.contests_for(user).select_related("owner__person")


_BY_SLUG: Final = PreparedFor(lambda viewer: visible_to(viewer).filter(slug=Given("slug", TextField())))


def named(user: User, slug: str) -> Contest:
    """Return the contest of this address, or 404 for whom it is hidden from. One query."""
    return _BY_SLUG.or_404(user, slug=slug)


def with_list_facts(contests: QuerySet[Contest]) -> QuerySet[Contest]:
    """Add what lists show beside a contest: how many categories it has."""
    rows = Category.objects.filter(contest=OuterRef("pk")).order_by().values("contest")
    return contests.annotate(category_count=rows.annotate(n=Count("pk")).values("n"))


def search(contests: QuerySet[Contest], words: list[str]) -> QuerySet[Contest]:
    """Return the contests whose name or award has every word."""
    for word in words:
        contests = contests.filter(Q(name__icontains=word) | Q(series__icontains=word))
    return contests


def by_id(pk: int) -> Contest:
    """Return a contest, for handlers."""
    return Contest.objects.select_related("owner__person").get(pk=pk)


# ---------------------------------------------------------------- names in sentences


def contest_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how contests are called, with a link for who may open them."""
    wanted = list(ids)
    rows = Contest.objects.filter(pk__in=wanted).only("slug", "name")
    open_to = set(visibility.contests_for(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    return {row.pk: Label(row.name, row.get_absolute_url() if row.pk in open_to else "") for row in rows}


def item_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return what lines of a plan say."""
    rows = PlanItem.objects.filter(pk__in=list(ids)).only("name")
    return {row.pk: Label(row.name) for row in rows}


def question_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return what was asked."""
    rows = Question.objects.filter(pk__in=list(ids)).only("text")
    return {row.pk: Label(row.text) for row in rows}


def category_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how categories are called."""
    rows = Category.objects.filter(pk__in=list(ids)).only("name")
    return {row.pk: Label(row.name) for row in rows}


# ---------------------------------------------------------------- what belongs to one contest


def members_of(contest: Contest) -> list[ContestMember]:
    """Return who does what, in the order of the parts."""
    rows = ContestMember.objects.filter(contest=contest).select_related("user__person")
    return list(rows.order_by("part", "user__person__name", "pk"))


def parts_of(contest: Contest, user: User) -> list[str]:
    """Return the parts of one colleague."""
    return list(ContestMember.objects.filter(contest=contest, user=user).values_list("part", flat=True))


def plan_of(contest: Contest) -> list[PlanItem]:
    """Return the plan by its days."""
    return _PLAN(contest=contest.pk)


_PLAN: Final = Prepared(
    lambda: (
        PlanItem.objects.filter(contest=Given("contest", BigIntegerField()))
        .select_related("owner__person", "done_by__person")
        .order_by("due_on", "pk")
    )
)


def duties_of(user: User, *, until: Any) -> QuerySet[PlanItem]:
    """Return the open lines of all plans that one colleague is to settle until a day."""
    rows = PlanItem.objects.filter(owner=user.pk, done_at__isnull=True, due_on__lte=until)
    rows = rows.exclude(contest__state__in=["archived", "cancelled"])
    return rows.select_related("contest").order_by("due_on", "pk")


def late_in(contest: Contest) -> int:
    """Return how many lines of the plan are over their day."""
    return PlanItem.objects.filter(contest=contest, done_at__isnull=True, due_on__lt=clock.today()).count()


def entry_forms() -> QuerySet[FormDesign]:
    """Return the forms that entries may be asked with: published, and not put away."""
    rows = FormDesign.objects.filter(purpose=ENTRY, archived_at__isnull=True, versions__published_at__isnull=False)
    return rows.distinct().order_by("name")


def products() -> QuerySet[Product]:
    """Return what a category may be about."""
    return Product.objects.order_by("name")


def run_by(user: User) -> QuerySet[Contest]:
    """Return the contests that a colleague runs: who reads how each came to be what it is."""
    if user.has_perm("awards.start_contests"):
        return Contest.objects.all()
    return Contest.objects.filter(pk__in=ContestMember.objects.filter(user=user, part=Part.MANAGER).values("contest"))


def categories_visible_to(user: User) -> QuerySet[Category]:
    """Return the categories of the contests that a colleague may look at."""
    rows = Category.objects.filter(contest__in=visibility.contests_for(user).values("pk"))
    return rows.select_related("contest", "product", "region")


def categories_of(contest: Contest) -> list[Category]:
    """Return the categories in their order, each with its prizes."""
    prizes = Prefetch("prizes", Prize.objects.order_by("place", "pk"))
    rows = Category.objects.filter(contest=contest).select_related("product", "region").prefetch_related(prizes)
    return list(rows.order_by("precedence", "pk"))


def prizes_of(contest: Contest) -> list[Prize]:
    """Return every prize: of the whole contest first, then by category and place."""
    rows = Prize.objects.filter(contest=contest).select_related("category")
    return sorted(rows, key=lambda row: (row.category.precedence if row.category else 0, row.place, row.pk))


def sponsors_of(contest: Contest) -> list[Sponsor]:
    """Return the sponsors, who carries most first."""
    order = {"lead": 0, "gold": 1, "silver": 2, "partner": 3}
    rows = Sponsor.objects.filter(contest=contest).select_related("logo", "category", "account")
    return sorted(rows, key=lambda row: (order[row.tier], row.pk))


def sponsors_with_logos_for(user: User) -> QuerySet[Sponsor, Any]:
    """Return the ids of the sponsors whose logo a colleague may see: those of the contests that they see."""
    return Sponsor.objects.filter(contest__in=visibility.contests_for(user).values("pk")).values("pk")


def ideas_of(contest: Contest, user: User) -> list[NameIdea]:
    """Return the names that were thrown in, with their votes and whether the reader's is among them."""
    mine = NameIdea.voters.through.objects.filter(nameidea=OuterRef("pk"), user=user.pk)
    rows = NameIdea.objects.filter(contest=contest).select_related("by__person")
    rows = rows.annotate(votes=Count("voters"), voted=Exists(mine))
    return list(rows.order_by("-votes", "pk"))


def questions_of(contest: Contest, *, public: bool = False) -> list[Question]:
    """Return the questions in their order; `public`: those that stand on the site, with their answers."""
    rows = Question.objects.filter(contest=contest).select_related("asked_by", "answered_by__person")
    if public:
        rows = rows.filter(public=True, answered_at__isnull=False)
    return list(rows.order_by("position", "pk"))
