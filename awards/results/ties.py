"""Why somebody must not put a name under a category: they have a part in one of its entries."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.judging.enums import ConflictStatus, JudgeState
from awards.models import Category, CategoryEntry, Conflict, Judge
from refprogram.people.models import User

NEVER_JUDGED = (JudgeState.DECLINED, JudgeState.EXPIRED, JudgeState.SUGGESTED)


def with_ties(categories: QuerySet[Category], user: User) -> QuerySet[Category]:
    """Annotate categories with what ties a colleague to each: they judge here, or have a part in an entry."""
    judges = Judge.objects.filter(contest=OuterRef("contest"), person=user.person_id)
    mine = (
        Q(entry__account__owner=user)
        | Q(entry__nominator=user)
        | Q(entry__owner=user.person_id)
        | Q(entry__helpers__person=user.person_id)
        | Q(entry__team__members=user)
        | Q(entry__team__manager=user)
    )
    conflicts = Conflict.objects.filter(
        judge__person=user.person_id, entry__places__category=OuterRef("pk"), status=ConflictStatus.CONFIRMED
    )
    return categories.annotate(
        tied_as_judge=Exists(judges.exclude(state__in=NEVER_JUDGED)),
        tied_by_part=Exists(CategoryEntry.objects.filter(mine, category=OuterRef("pk"))),
        tied_by_conflict=Exists(conflicts),
    )


def tie_in(category: Any) -> str:
    """Return the tie of a category annotated by `with_ties`: `judge`, `entry`, or an empty text."""
    if category.tied_as_judge:
        return "judge"
    return "entry" if category.tied_by_part or category.tied_by_conflict else ""


def tie_of(user: User, category: Category) -> str:
    """Return what ties a colleague to one category. One query."""
    return tie_in(with_ties(Category.objects.filter(pk=category.pk), user).get())
