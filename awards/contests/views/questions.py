"""Questions about a contest: asked by anybody here, answered once, seen by all."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.contests import forms, selectors, services
from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.models import Question
from awards.contests.tabs import head_of
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

QUESTIONS = "awards:contest-questions"


@permission_required("awards.see_contests")
@require_safe
def questions_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Show every question with its answer, and where to ask one."""
    contest = contest_or_404(request, slug)
    context = {
        **head_of(contest, request.user, QUESTIONS),
        "may": request.user.has_perm("awards.run_contest", contest),
        "questions": selectors.questions_of(contest),
        "form": forms.AskForm(),
    }
    return render(request, "awards/contests/questions.html", context)


@permission_required("awards.see_contests")
@require_POST
def ask(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask."""
    contest = contest_or_404(request, slug)
    text, person = str(request.POST.get("text", "")), request.user.person
    press(request, lambda: services.ask(contest, text=text, by=person), _("Asked. You hear when it is answered."))
    return redirect(QUESTIONS, slug)


class Answer(ContestForm):
    """`/contests/<slug>/questions/<id>/`."""

    form_class = forms.AnswerForm
    title = gettext_lazy("Answer for everybody")
    verb = gettext_lazy("Answer")
    back = QUESTIONS

    @cached_property
    def question(self) -> Question:
        """The question."""
        rows = self.contest.questions.select_related("contest")
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def may_open(self) -> None:
        """Refuse who may not, and questions of other contests."""
        self.question  # noqa: B018 looking it up is the check

    def get_initial(self) -> dict[str, Any]:
        """Return the question as it was put, and the answer there is."""
        question = self.question
        return {"asked": question.text, "text": question.answer, "public": question.public}

    def save(self, form: forms.AnswerForm) -> str:
        """Answer it."""
        services.answer(self.question, by=self.request.user, **form.cleaned_data)
        return self.get_cancel_url()


@permission_required("awards.see_contests")
@require_POST
def question_verb(request: MemberRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    """Put a question first, or take it away."""
    contest = contest_or_404(request, slug, "awards.run_contest")
    question = get_object_or_404(contest.questions.select_related("contest"), public_id=public_id)
    if verb == "first":
        press(request, lambda: services.order(contest, questions=[question], by=request.user), _("It stands first."))
    else:
        press(request, lambda: services.remove_question(question, by=request.user), _("Taken away."))
    return redirect(QUESTIONS, slug)
