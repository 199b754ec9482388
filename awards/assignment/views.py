"""Dividing judges' work: ask for it, look at the preview, release it or put it away."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards.assignment import selectors, services
from awards.assignment.enums import RunKind, RunState
from awards.assignment.models import PanelRun
from awards.contests.doors import contest_or_404
from awards.contests.enums import ContestState
from awards.contests.tabs import head_of
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

JUDGING = "awards:contest-judging"
RUN = "awards.run_contest"
TONES = {
    RunState.QUEUED: "wait",
    RunState.PREVIEW: "info",
    RunState.RELEASED: "ok",
    RunState.DISCARDED: "idle",
    RunState.FAILED: "stop",
}


@permission_required("awards.see_contests")
@require_safe
def panels(request: MemberRequest, slug: str) -> HttpResponse:
    """`/contests/<slug>/judging/panels/`: the divisions that were made, and a new one."""
    contest = contest_or_404(request, slug, RUN)
    context = {
        **head_of(contest, request.user, JUDGING),
        "runs": [(run, TONES[RunState(run.state)]) for run in selectors.runs_of(contest)],
        "rounds": selectors.open_rounds(contest),
        "kinds": RunKind.choices,
        # Work that is out stays where it is, unless somebody wants otherwise.
        "preset": RunKind.FRESH if contest.state == ContestState.SCREENING else RunKind.TOP_UP,
    }
    return render(request, "awards/assignment/panels.html", context)


@permission_required("awards.see_contests")
@require_POST
def divide(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask for a division."""
    contest = contest_or_404(request, slug, RUN)
    rounds = {round_.public_id: round_ for round_ in selectors.open_rounds(contest)}
    round_, kind = rounds.get(request.POST.get("round", "")), request.POST.get("kind", "")
    if round_ is None or kind not in RunKind.values:
        raise Http404
    act = lambda: services.start(round_=round_, kind=RunKind(kind), by=request.user)  # noqa: E731
    press(request, act, _("The work is being divided. Nobody sees it before you release it."))
    return redirect("awards:panels", slug)


def _run_or_404(request: MemberRequest, public_id: str) -> PanelRun:
    return get_object_or_404(selectors.visible_to(request.user), public_id=public_id)


@permission_required("awards.see_contests")
@require_safe
def panel_run(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/contests/judging/panels/<id>/`: one division: loads, who judges what, how well it can be compared."""
    run = _run_or_404(request, public_id)
    contest = run.round.contest
    context: dict[str, Any] = {
        **head_of(contest, request.user, JUDGING),
        "run": run,
        "tone": TONES[RunState(run.state)],
        "back": reverse("awards:panels", args=[contest.slug]),
    }
    if run.state == RunState.FAILED:
        context |= selectors.obstacles_of(run)
    elif run.state in (RunState.PREVIEW, RunState.RELEASED):
        page = request.GET.get("page", "1")
        number = int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1
        rows, pages = selectors.panels_of(run, request.user, page=number)
        context |= {
            "loads": selectors.loads_of(run),
            "rows": rows,
            "number": number,
            "pages": pages,
            "facts_beside": facts_of(run),
        }
    return render(request, "awards/assignment/run.html", context)


def facts_of(run: PanelRun) -> list[tuple[str, str]]:
    """Return what a division is worth, in words and figures."""
    report, ideal = run.report, 2 / run.round.per_entry
    facts = [
        (_("New"), rp.number(report["new"])),
        (_("Stay"), rp.number(report["stays"])),
        (_("Move to others"), rp.number(len(report["leaving"]))),
        (_("Groups"), rp.number(report["groups"])),
    ]
    if report.get("spare"):
        words = _("%(n)s more: %(rate)s %% were not scored in earlier rounds")
        said = words % {"n": rp.number(report["spare"]), "rate": report["no_show"]}
        facts.append((_("For those who do not come"), said))
    if report["variance"] is not None:
        words = _("%(ours)s of a ballot’s variance; %(ideal)s if all judges met")
        facts.append(
            (
                _("Uncertainty of a lead"),
                words % {"ours": rp.number(report["variance"], 2), "ideal": rp.number(ideal, 2)},
            )
        )
    return facts


@permission_required("awards.see_contests")
@require_POST
def panel_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Release a preview, or put it away."""
    run = _run_or_404(request, public_id)
    acts = {
        "release": (lambda: services.release(run=run, by=request.user), _("The judges have their entries.")),
        "discard": (lambda: services.discard(run=run, by=request.user), _("Put away. Nobody saw it.")),
    }
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(run)
