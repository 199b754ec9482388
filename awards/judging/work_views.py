"""One piece of work by itself: a judge and an entry, what was sent, and what may be done about it.

For who runs the contest, and for who stands in for one category; once the round is closed also for its certifiers,
who may be the second person without whom no ballot is void.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards import visibility
from awards.contests.tabs import head_of
from awards.judging import services, shown
from awards.judging.drawing import MAY_BE_TAKEN
from awards.judging.enums import AssignmentState, BallotState
from awards.judging.run_views import RUN, TAB
from awards.judging.selectors import corrections
from awards.judging.selectors import running as selectors
from awards.models import Assignment, Ballot
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press, reason_of
from refprogram.people.gates import permission_required

BACK_TO_WORK = "work"
# Who decides whether a ballot counts need not be who runs the judging.
SECOND = ("void", "keep")


def _seen(request: MemberRequest, public_id: str) -> corrections.Seen:
    found = corrections.seen_by(request.user, public_id)
    if found is None:
        raise Http404
    return found


@permission_required("awards.see_contests")
@require_safe
def work_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one judge's work on one entry: each ballot that was sent, and what may be done about it."""
    seen, user = _seen(request, public_id), request.user
    row, corrects = seen.work, seen.corrects
    ballots, contest = corrections.ballots_of(row), row.round.contest
    counts = next((one for one in ballots if one.current and one.state != BallotState.VOIDED), None)
    sent = counts is not None and counts.state != BallotState.DRAFT
    open_ = services.may_be_corrected(row)
    asked = counts is not None and counts.void_asked_by_id is not None
    context = {
        **head_of(contest, user, TAB),
        "work": row,
        "word": shown.WORK[AssignmentState(row.state)],
        "ballots": [shown.version_of(one) for one in ballots],
        "totals": visibility.scores_open(user, contest),
        "runs": user.has_perm(RUN, contest),
        "may_take": corrects and not sent and row.round.closed_at is None and row.state in MAY_BE_TAKEN,
        "may_reopen": corrects and open_ and row.round.released_at is not None and _may_reopen(row, ballots),
        "may_ask": corrects and open_ and sent and not asked,
        "asked": counts if open_ and sent and asked else None,
        "may_void": asked and counts is not None and counts.void_asked_by_id != user.pk,
    }
    return render(request, "awards/judging/work.html", context)


def _may_reopen(row: Assignment, ballots: list[Ballot]) -> bool:
    """Whether the judge is past writing: it was sent, or lapsed, and was not opened again yet."""
    past = row.state in (AssignmentState.SUBMITTED, AssignmentState.LOCKED, AssignmentState.LAPSED)
    return past and not any(one.state == BallotState.DRAFT for one in ballots)


@permission_required("awards.see_contests")
@require_POST
def work_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Give work to another, let a judge write once more, or have a ballot declared void."""
    seen, user, reason = _seen(request, public_id), request.user, reason_of(request)
    row = seen.work
    if verb not in SECOND and not seen.corrects:
        raise PermissionDenied
    if verb == "take":
        press(request, lambda: services.take_from(assignment=row, by=user), _("Free for another judge."))
    elif verb == "reopen":
        press(
            request, lambda: services.reopen_ballot(assignment=row, reason=reason, by=user), _("They may write again.")
        )
    else:
        _void(request, row, verb, reason)
    return redirect(_back(request, row))


def _void(request: MemberRequest, row: Assignment, verb: str, reason: str) -> None:
    ballot = selectors.ballots_in([row.pk]).get(row.pk)
    if ballot is None:
        raise Http404
    user = request.user
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "ask-void": (
            lambda: services.ask_void(ballot=ballot, reason=reason, by=user), _("A second person decides."),
        ),
        "void": (lambda: services.void_ballot(ballot=ballot, by=user), _("The ballot does not count.")),
        "keep": (lambda: services.keep_ballot(ballot=ballot, by=user), _("The ballot goes on counting.")),
    }  # fmt: skip
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])


def _back(request: MemberRequest, row: Assignment) -> str:
    """Return the page that the button stood on: this one, the coverage, or the judge's."""
    came_from = request.POST.get("back", "")
    if came_from == BACK_TO_WORK:
        return row.get_absolute_url()
    if came_from == "coverage" or not request.user.has_perm(RUN, row.round.contest):
        return reverse("awards:round-coverage", args=[row.round.public_id])
    return row.judge.get_absolute_url()
