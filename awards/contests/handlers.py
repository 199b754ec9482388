"""What contests do when something happened. Each is safe to run twice."""

from awards.contests import letters
from awards.contests.enums import Part
from awards.contests.models import ContestMember, PlanItem, Question
from refprogram.kernel.models import Event


def remind_owner(event: Event) -> None:
    """A line of the plan is due: its owner hears it, unless it was settled meanwhile."""
    rows = PlanItem.objects.filter(pk=event.subject_id, done_at__isnull=True).select_related("contest", "owner__person")
    for item in rows:
        if item.owner is not None:
            letters.item_due(item, item.owner)


def tell_of_question(event: Event) -> None:
    """Somebody asked: who runs the contest hears it."""
    question = _question(event)
    if question is None or question.answered_at is not None:
        return
    rows = ContestMember.objects.filter(contest=question.contest_id, part=Part.MANAGER, user__is_active=True)
    for member in rows.select_related("user__person").order_by("pk"):
        if member.user.person_id != question.asked_by_id:
            letters.asked(question, member.user)


def tell_of_answer(event: Event) -> None:
    """It was answered: who asked hears it."""
    question = _question(event)
    if question is None or question.asked_by is None or question.answered_at is None:
        return
    if question.answered_by is not None and question.answered_by.person_id == question.asked_by_id:
        return
    letters.answered(question, question.asked_by, colleague=letters.works_here(question.asked_by))


def _question(event: Event) -> Question | None:
    rows = Question.objects.filter(pk=event.subject_id)
    return rows.select_related("contest", "asked_by", "answered_by").first()
