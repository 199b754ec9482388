"""Why somebody must not put a name under a category (they have a part in one of its entries), and who looks through."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from awards import visibility
from awards.judging.enums import ConflictStatus, JudgeState
from awards.models import Category, CategoryEntry, Conflict, Contest, Judge
from refprogram.people.models import User

NEVER_JUDGED = (JudgeState.DECLINED, JudgeState.EXPIRED, JudgeState.SUGGESTED)


def with_ties(categories: QuerySet[Category], user: User, at: Any = None) -> QuerySet[Category]:
    """Annotate categories with what ties a colleague to each (`at`): they judge here, or have a part in an entry."""
    judges = Judge.objects.filter(contest=OuterRef("contest"), person=user.person_id)
    mine = CategoryEntry.objects.filter(entry__in=visibility.own_entries(user)).values("category")
    conflicts = Conflict.objects.filter(
        judge__person=user.person_id, entry__places__category=OuterRef("pk"), status=ConflictStatus.CONFIRMED
    )
    return categories.annotate(
        tied_as_judge=Exists(judges.exclude(state__in=NEVER_JUDGED)),
        tied_by_part=ExpressionWrapper(Q(pk__in=mine), output_field=BooleanField()),
        tied_by_conflict=Exists(conflicts),
        glass_is_open=Exists(visibility.glass_broken_by(user, at).filter(category=OuterRef("pk"))),
    )


def tie_in(category: Any) -> str:
    """Return the tie of a category annotated by `with_ties`: `judge`, `entry`, or an empty text."""
    if category.tied_as_judge:
        return "judge"
    return "entry" if category.tied_by_part or category.tied_by_conflict else ""


def may_look(category: Any) -> bool:
    """Whether results of a category annotated by `with_ties` are shown: no tie, or its glass was broken to look."""
    return not tie_in(category) or category.glass_is_open


def may_review(user: User, contest: Contest, category: Category) -> bool:
    """Whether a colleague says that results were looked through: who runs the contest, or just this category."""
    runs = user.has_perm("awards.run_contest", contest)
    return runs or visibility.delegated_to(user).filter(pk=category.pk).exists()


def tie_of(user: User, category: Category) -> str:
    """Return what ties a colleague to one category. One query."""
    return tie_in(with_ties(Category.objects.filter(pk=category.pk), user).get())
