"""`/judging/`: the judge's own room. Signed in or by link, on a phone or by keyboard.

Every page asks `sessions.judges_of` who this is, and `selectors.work` what is theirs; nothing else is reachable.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards.contests import zones
from awards.judging import drawing, reading, services, sessions, shown
from awards.judging.enums import MAY_JUDGE, SCORED, TO_DO, AssignmentState
from awards.judging.forms import MeForm, PapersForm
from awards.judging.selectors import work as selectors
from awards.models import Judge
from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.errors import DomainError, InvalidInput

Page = Callable[..., HttpResponse]
SHOWN_AT_ONCE: Final = 50


def judging_page(*, papers: bool = True) -> Callable[[Page], Page]:
    """Let a judge into a page of their own: `view(request, judge, …)`, in the judge's zone and name.

    Who is nobody here is asked for a link; with `papers`, who has not signed is asked to.
    """

    def wrap(view: Page) -> Page:
        @functools.wraps(view)
        @never_cache
        def page(request: HttpRequest, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
            judges = sessions.judges_of(request)
            judge = next((one for one in judges if one.public_id == public_id), None)
            if judge is None:
                return _nobody(request)
            if papers and judge.state not in MAY_JUDGE:
                return redirect("awards:judging-papers", judge.public_id)
            return in_name_of(request, judge, lambda: view(request, judge, *args, **kwargs))

        return page

    return wrap


def in_name_of(request: HttpRequest, judge: Judge, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer by the judge's clock, else the contest's; what is changed is changed in their name."""
    acting(via="judging", person=judge.person_id)
    with timezone.override(zones.own_or(judge.person.time_zone, judge.contest.tz)):
        response = answer()
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _nobody(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        raise Http404
    return redirect("awards:judging")


def around(request: HttpRequest, judge: Judge, here: str, **more: Any) -> dict[str, Any]:
    """Return what every page of the room needs."""
    return {
        "base_template": "base.html" if request.user.is_authenticated else "awards/judging/outside.html",
        "judge": judge,
        "contest": judge.contest,
        "tabs": shown.tabs_of(judge, here),
        **more,
    }


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the one contest that somebody judges, let them choose among several, or ask who they are."""
    judges = sessions.judges_of(request)
    if len(judges) == 1:
        return redirect("awards:judging-room", judges[0].public_id)
    if not judges and not request.user.is_authenticated:
        return render(request, "awards/judging/who.html", {"asked": "asked" in request.GET})
    rows = [(judge, shown.line_of(judge)) for judge in judges]
    return render(request, "awards/judging/home.html", {"rows": rows})


@require_POST
def send_link(request: HttpRequest) -> HttpResponse:
    """Mail links to an address, if somebody who judges has it; the answer is the same for every address."""
    services.mail_doors_to(email=request.POST.get("email", "")[:254])
    return redirect(f"{reverse('awards:judging')}?asked=1")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Shut the door behind them: on a borrowed machine."""
    sessions.leave(request)
    return redirect("awards:judging")


@dataclass(frozen=True)
class _Portion:
    """What a page shows of a judge's entries, of how many, and where the next begin (0: nowhere)."""

    steps: list[selectors.Step]
    total: int
    more: int


def _portion(request: HttpRequest, mine: list[selectors.Step], name: str) -> _Portion:
    said = request.GET.get(name, "")
    start = int(said) if said.isdecimal() and len(said) < 8 else 0
    end = start + SHOWN_AT_ONCE
    return _Portion(mine[start:end], len(mine), end if len(mine) > end else 0)


@require_safe
@judging_page()
def room(request: HttpRequest, judge: Judge) -> HttpResponse:
    """Show what waits, in this judge's own order, and what they have done."""
    round_ = selectors.round_of(judge)
    if round_ is None:
        return render(request, "awards/judging/waiting.html", around(request, judge, "room"))
    steps = selectors.steps_of(judge, round_.pk)
    by_entry, blind = selectors.scores_entries(round_), _blind(round_)
    waiting = _portion(request, [step for step in steps if step.waits], "from")
    done = _portion(request, [step for step in steps if step.done], "done")
    lapsed = _portion(request, [step for step in steps if step.lapsed], "lapsed")
    rows = selectors.in_queue(judge, [step.pk for one in (waiting, done, lapsed) for step in one.steps])
    context = around(
        request,
        judge,
        "room",
        round=round_,
        standing=selectors.standing(judge, steps, selectors.pace_of(judge)),
        waiting=waiting,
        waiting_rows=drawing.queue([row for row in rows if row.state in TO_DO], round_, by_entry=by_entry),
        done=done,
        done_rows=drawing.queue([row for row in rows if row.state in SCORED], round_, by_entry=by_entry),
        lapsed=lapsed,
        lapsed_rows=drawing.queue(
            [row for row in rows if row.state == AssignmentState.LAPSED], round_, by_entry=by_entry
        ),
        next=next((step.public_id for step in steps if step.waits), ""),
        by_entry=by_entry,
        categories=[] if by_entry else selectors.categories_of(judge, round_),
        blind=blind,
        closed=round_.closed_at is not None,
    )
    return render(request, "awards/judging/room.html", context)


@judging_page(papers=False)
def papers(request: HttpRequest, judge: Judge) -> HttpResponse:
    """Ask for the two statements that come before the first entry; later, for further ties."""
    form = PapersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            services.onboard(judge=judge, nda=data["nda"], ties=form.names(), none=data["none"])
        except InvalidInput as refusal:
            for name, words in refusal.errors.items():
                form.add_error(name, words)
        else:
            return redirect("awards:judging-room", judge.public_id)
    if judge.nda_at is not None:
        form.fields["nda"].initial = True
    context = around(request, judge, "papers", form=form, signed=judge.nda_at)
    return render(request, "awards/judging/papers.html", context, status=422 if form.errors else 200)


@judging_page(papers=False)
def me(request: HttpRequest, judge: Judge) -> HttpResponse:
    """Let a judge say who they are, how much they take, or that they stop."""
    if request.POST.get("act") == "withdraw":
        services.withdraw_judge(judge=judge, reason=request.POST.get("reason", ""))
        sessions.leave(request)
        messages.success(request, _("You judge no longer. Thank you for your time."))
        return redirect("awards:judging")
    names = ("bio", "organisation", "public", "load_cap")
    form = MeForm(request.POST or None, initial={name: getattr(judge, name) for name in names})
    if request.method == "POST" and form.is_valid():
        services.change_judge(judge=judge, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("awards:judging-me", judge.public_id)
    context = around(request, judge, "me", form=form)
    return render(request, "awards/judging/me.html", context, status=422 if form.errors else 200)


@require_safe
@judging_page()
def guide(request: HttpRequest, judge: Judge) -> HttpResponse:
    """Show what is scored, by which weight, and what each level means."""
    round_ = selectors.round_of(judge)
    criteria = selectors.guide_of(round_) if round_ is not None else []
    context = around(request, judge, "guide", round=round_, criteria=shown.guide_lines(criteria))
    return render(request, "awards/judging/guide.html", context)


@require_safe
@judging_page()
def receipt(request: HttpRequest, judge: Judge) -> HttpResponse:
    """Show what was recorded, ballot by ballot, to hold against what was meant."""
    ballots = selectors.receipt_of(judge)
    scores = selectors.scores_of(ballots)
    context = around(request, judge, "receipt", rows=[(ballot, scores.get(ballot.pk, [])) for ballot in ballots])
    return render(request, "awards/judging/receipt.html", context)


@require_safe
@judging_page()
def compare(request: HttpRequest, judge: Judge) -> HttpResponse:
    """Show two of the judge's own entries side by side."""
    round_ = selectors.round_of(judge)
    rows = list(selectors.queue_of(judge, round_)) if round_ is not None else []
    asked = [request.GET.get("left", ""), request.GET.get("right", "")]
    found = [selectors.work([judge], public_id) if public_id else None for public_id in asked]
    if any(public_id and row is None for public_id, row in zip(asked, found, strict=True)):
        raise Http404
    pair = [(row, reading.read(row)) if row is not None else None for row in found]
    context = around(
        request,
        judge,
        "compare",
        choices=[(row.public_id, shown.title_of(row, blind=_blind(round_)), row.place.entry.code) for row in rows],
        left=asked[0],
        right=asked[1],
        pair=pair if all(pair) else [],
    )
    return render(request, "awards/judging/compare.html", context)


def _blind(round_: Any) -> bool:
    return round_ is None or round_.blindness == "blind"


def refused(request: HttpRequest, error: DomainError) -> None:
    """Say why not, in the service's own words."""
    messages.error(request, error.message)
