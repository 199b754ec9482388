"""Why somebody must not put a name under a category: they have a part in one of its entries."""

from django.db.models import Q

from awards.judging.enums import ConflictStatus, JudgeState
from awards.models import Category, CategoryEntry, Conflict, Judge
from refprogram.people.models import User


def tie_of(user: User, category: Category) -> str:
    """Return what ties a certifier to a category: `judge`, `entry` or, if nothing does, an empty text."""
    judges = Judge.objects.filter(contest=category.contest_id, person=user.person_id)
    if judges.exclude(state__in=[JudgeState.DECLINED, JudgeState.EXPIRED, JudgeState.SUGGESTED]).exists():
        return "judge"
    mine = (
        Q(entry__account__owner=user)
        | Q(entry__nominator=user)
        | Q(entry__owner=user.person_id)
        | Q(entry__helpers__person=user.person_id)
        | Q(entry__team__members=user)
        | Q(entry__team__manager=user)
    )
    if CategoryEntry.objects.filter(category=category).filter(mine).exists():
        return "entry"
    ties = Conflict.objects.filter(judge__in=judges, entry__places__category=category, status=ConflictStatus.CONFIRMED)
    return "entry" if ties.exists() else ""
