"""`/contests/<slug>/after/feedback/`: judges' comments are read, passed on, changed, or held back."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.closing import policy, services, shown
from awards.closing.selectors import feedback as selectors
from awards.closing.views.after import RUN, TAB, passed_words
from awards.contests.doors import contest_or_404
from awards.contests.tabs import head_of
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

PAGE: Final = 25
SHOWN: Final = {
    "waiting": (gettext_lazy("Waiting"), {"passed_at__isnull": True, "held_back": False}),
    "passed": (gettext_lazy("Passed on"), {"passed_at__isnull": False}),
    "held": (gettext_lazy("Held back"), {"held_back": True}),
}


@permission_required("awards.see_contests")
@require_safe
def comments(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the comments: those that wait, by themselves; else all that were passed, or held back."""
    contest = contest_or_404(request, slug, RUN)
    rows = selectors.visible_to(request.user).filter(entry__contest=contest)
    counts, which = selectors.counts_of(rows), request.GET.get("show", "waiting")
    words, narrowed = SHOWN.get(which, SHOWN["waiting"])
    page = Paginator(selectors.to_read(rows.filter(**narrowed)), PAGE).get_page(request.GET.get("page"))
    closing = selectors.closing_of(contest)
    here = reverse("awards:closing-feedback", args=[slug])
    context: dict[str, Any] = {
        **head_of(contest, request.user, TAB),
        "views": [
            {"name": name, "url": f"{here}?show={key}", "count": counts[key], "current": words == name}
            for key, (name, _narrowed) in SHOWN.items()
        ],
        "which": which if which in SHOWN else "waiting",
        "page": page,
        "lines": shown.comment_lines(page.object_list, selectors.names_around(contest)),
        "counts": counts,
        "closing": closing,
        "offers": closing is None or closing.offers_feedback,
        "opened": closing is not None and closing.feedback_opened_at is not None,
        "readers": selectors.readers(contest).count(),
        "least": policy.now().least_ballots,
    }
    return render(request, "awards/closing/feedback.html", context)


@permission_required("awards.see_contests")
@require_POST
def comment_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Pass one comment on, in the words as they stand in the field, or hold it back."""
    row = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    by = request.user
    if verb == "pass":
        text = request.POST.get("text")
        press(request, lambda: services.pass_comment(feedback=row, by=by, text=text), _("Passed on."))
    elif verb == "hold":
        press(request, lambda: services.hold_back(feedback=row, by=by), _("Held back: the entrant does not read it."))
    else:
        raise Http404
    return redirect(_back(request, row.entry.contest.slug))


def _back(request: MemberRequest, slug: str) -> str:
    """Return the page of comments that the button stood on."""
    here, said = reverse("awards:closing-feedback", args=[slug]), request.POST.get("back", "")
    return said if said.startswith(here) else here


@permission_required("awards.see_contests")
@require_POST
def feedback_verb(request: MemberRequest, slug: str, verb: str) -> HttpResponse:
    """What is done with all comments: those that wait on this page passed; feedback opened, offered, not offered."""
    contest, by = contest_or_404(request, slug, RUN), request.user
    if verb == "pass":
        rows = selectors.visible_to(by).filter(entry__contest=contest, public_id__in=request.POST.getlist("id")[:PAGE])
        messages.success(request, passed_words(services.pass_many(rows=rows, by=by)))
    elif verb == "open":
        said = _("Open: every entrant who asked for it gets a mail with their own link.")
        press(request, lambda: services.open_feedback(contest=contest, by=by), said)
    elif verb in ("offer", "refrain"):
        offers = verb == "offer"
        said = _("Entrants who asked for it will read feedback.") if offers else _("Nobody reads feedback now.")
        press(request, lambda: services.offer_feedback(contest=contest, offers=offers, by=by), said)
    else:
        raise Http404
    return redirect(_back(request, slug))
