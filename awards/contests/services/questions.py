"""Questions: asked by anybody, answered once, seen by all."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import policy
from awards.contests.enums import AFTER_PUBLICATION, SHOWN
from awards.contests.models import Contest, Question
from awards.contests.services.rows import held, refusal, words
from refprogram.kernel import soft_cache
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, User

HOUR: Final = 3600


@transaction.atomic
def ask(contest: Contest, *, text: str, by: Person | None) -> Question:
    """Ask about a contest. The same words that are there already are not asked twice."""
    row = held(contest)
    said = words(text, field="text", sentence=_("Write your question."), most=500)
    same = Question.objects.filter(contest=row, text__iexact=said).first()
    if same is not None:
        return same
    last = Question.objects.filter(contest=row).aggregate(last=Max("position"))["last"] or 0
    question = Question(contest=row, text=said, asked_by=by, position=last + 1)
    question.save(force_insert=True)
    actor = by.pk if by is not None else None
    emit("question.asked", subject=question, actor_id=actor, payload={"contest": row.pk})
    return question


def takes_questions(contest: Contest) -> bool:
    """Whether the public may ask: from the announcement of the contest until its winners are known."""
    return contest.state in SHOWN and contest.state not in AFTER_PUBLICATION


@transaction.atomic
def ask_publicly(contest: Contest, *, text: str, asked_from: str) -> Question:
    """Ask from the public page, without saying who one is: few an hour from one address, and never a flood of all."""
    if not takes_questions(contest):
        raise DomainError(_("The contest is over: there is nothing left to ask."))
    figures = policy.now()
    if soft_cache.count(f"question:{contest.pk}:{asked_from}", seconds=HOUR) > figures.questions_per_hour:
        raise DomainError(_("Several questions came from your network just now. Please try again in an hour."))
    waiting = Question.objects.filter(contest=contest, asked_by__isnull=True, answered_at__isnull=True)
    if waiting.count() >= figures.questions_waiting:
        raise DomainError(_("Many questions wait for an answer just now. Please try again tomorrow."))
    return ask(contest, text=text, by=None)


@transaction.atomic
def answer(question: Question, *, text: str, public: bool, by: User, asked: str | None = None) -> Question:
    """Answer for everybody, or change an answer; who asked is told the first time. `asked` puts the question better."""
    row = held(question.contest)
    question = Question.objects.get(pk=question.pk)
    said = text.strip()[:5_000]
    if not said:
        raise refusal("text", _("Write the answer."))
    if asked is not None:
        question.text = words(asked, field="asked", sentence=_("Write the question."), most=500)
    first = question.answered_at is None
    question.answer, question.public = said, public
    question.answered_by, question.answered_at = by, timezone.now()
    question.save()
    if first:
        emit("question.answered", subject=question, actor_id=by.person_id, payload={"contest": row.pk})
    return question


@transaction.atomic
def order(contest: Contest, *, questions: Sequence[Question], by: User) -> None:
    """Put the questions in this order; what is not named comes after them."""
    row = held(contest)
    wanted = [question.pk for question in questions]
    rest = Question.objects.filter(contest=row).exclude(pk__in=wanted).order_by("position", "pk")
    for place, pk in enumerate([*wanted, *rest.values_list("pk", flat=True)], 1):
        Question.objects.filter(pk=pk, contest=row).update(position=place)


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    """Take a question away."""
    held(question.contest)
    Question.objects.filter(pk=question.pk).delete()
