"""One question behind a signed link: how well does the program serve you?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from refprogram.governance.stakeholders import selectors, services
from refprogram.kernel.errors import InvalidInput, LinkRefused
from refprogram.kernel.models import SignedLink


def pulse(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask (GET shows), and take the answer (POST)."""
    row = get_object_or_404(selectors.pulse_behind(link.subject_id))
    problem = ""
    if request.method == "POST" and row.answered_at is None:
        typed = request.POST.get("score", "")
        try:
            score = int(typed) if typed.isdecimal() else 0
            services.answer_pulse(token=token, score=score, words=request.POST.get("words", ""))
        except InvalidInput:
            problem = _("Choose one of the five.")
        except LinkRefused:  # a second click, while the first was on its way
            return redirect(request.path)
        else:
            return redirect(request.path)
    context = {"row": row, "problem": problem, "ends_at": link.expires_at, "scores": SCORES}
    return render(request, "governance/stakeholders/pulse.html", context, status=422 if problem else 200)


SCORES = (1, 2, 3, 4, 5)
