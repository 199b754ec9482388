"""What signed links of this room open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nominations import selectors, services, states
from nominations.forms import AnswerForm
from nominations.models import Nomination
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import add_refusal
from refprogram.kernel.models import SignedLink


def owner_check(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask "still a happy customer?": GET shows, POST takes the answer. No sign-in is needed.

    Opened again, or sent from a second tab, it says what was answered: the first answer stands.
    """
    nomination = selectors.by_id(link.subject_id)
    if not nomination.may_be_answered:
        return _show_answered(request, nomination, link)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            nomination = services.owner_answer_by_link(token=token, answer=said["answer"], note=said["note"])
        except DomainError as error:
            add_refusal(form, error)
            nomination = selectors.by_id(link.subject_id)
            if not nomination.may_be_answered:  # two tabs at the very same moment
                return _show_answered(request, nomination, link)
        else:
            context = {"nomination": nomination, "pill": states.ANSWER_PILLS[nomination.owner_answer]}
            return render(request, "nominations/owner_check_done.html", context)
    own = nomination.nominator.person_id == link.person_id
    context = {"nomination": nomination, "own": own, "form": form, "answers": states.ANSWERS}
    return render(request, "nominations/owner_check.html", context, status=422 if form.errors else 200)


def _show_answered(request: HttpRequest, nomination: Nomination, link: SignedLink) -> HttpResponse:
    context = {
        "nomination": nomination,
        "answered": nomination.owner_answered_at is not None,
        "by_this_link": link.used_at is not None,
        "word": states.ANSWER_PILLS[nomination.owner_answer].word,
    }
    return render(request, "nominations/owner_check_answered.html", context)
