"""The pages of the panel, for who runs a contest: judges, what each holds, ties. One piece of work: `work_views`."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards import visibility
from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.tabs import head_of
from awards.judging import drawing, forms, services, shown
from awards.judging.enums import EXPECTED, ConflictStatus, JudgeState
from awards.judging.run_views import RUN, SHOWN_AT_ONCE, TAB, start_of
from awards.judging.selectors import held
from awards.judging.selectors import running as selectors
from awards.models import Judge
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press, reason_of
from refprogram.people.gates import permission_required


def _judge(request: Any, public_id: str) -> Judge:
    return selectors.judge_or_404(request.user, public_id)


@permission_required("awards.see_contests")
@require_safe
def judges_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the panel, and past winners who could join it."""
    contest = contest_or_404(request, slug, RUN)
    rows = held.judges_of(contest)
    context = {
        **head_of(contest, request.user, TAB),
        "rows": drawing.judges(rows),
        "count": len(rows),
        "suggested": selectors.suggested(contest),
    }
    return render(request, "awards/judging/judges.html", context)


class InviteJudge(ContestForm):
    """`/contests/<slug>/judges/invite/`."""

    form_class = forms.InviteForm
    title = gettext_lazy("Ask somebody to judge")
    facts = gettext_lazy("They get a mail with a link of their own, and say how many entries they can take.")
    verb = gettext_lazy("Send the invitation")
    back = "awards:judges"

    def get_initial(self) -> dict[str, Any]:
        """Begin with a past winner who was chosen."""
        given = self.request.GET
        return {name: given[name] for name in ("name", "email", "kind") if given.get(name)}

    def save(self, form: Any) -> str:
        """Ask them."""
        data = dict(form.cleaned_data)
        person = services.person_for(name=data.pop("name"), email=data.pop("email"))
        judge = services.invite_judge(contest=self.contest, person=person, by=self.request.user, **data)
        messages.success(self.request, _("The invitation is on its way."))
        return judge.get_absolute_url()


@permission_required("awards.see_contests")
@require_safe
def judge_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one judge: where they stand, what they hold, how far they are, and their ties."""
    judge = _judge(request, public_id)
    start = start_of(request)
    rows, many = held.work_of(judge, request.user, start=start, most=SHOWN_AT_ONCE)
    ballots = selectors.ballots_in(row.pk for row in rows)
    context = {
        **head_of(judge.contest, request.user, TAB),
        "judge": judge,
        "word": shown.JUDGES[JudgeState(judge.state)],
        "work": drawing.work_of_judge(rows, ballots, request.user, drawing.token_of(request)),
        "work_count": many,
        "more": start + SHOWN_AT_ONCE if many > start + SHOWN_AT_ONCE else 0,
        "ties": [(row, shown.TIES[ConflictStatus(row.status)]) for row in selectors.ties_of(judge, request.user)],
        "tie_form": forms.TieForm(),
        "asked": judge.state in (JudgeState.INVITED, JudgeState.EXPIRED, JudgeState.DECLINED),
        "may_end": judge.state == JudgeState.INVITED
        or (judge.state in EXPECTED and judge.contest.state in visibility.BEFORE_SCORES),
        "in_office": judge.state in ("accepted", "onboarded", "active", "completed"),
        "entries": timeline.entries(timeline.latest_of("judge", judge.pk), request.user),
    }
    return render(request, "awards/judging/judge.html", context)


@permission_required("awards.see_contests")
@require_POST
def judge_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Mail a link, withdraw links, ask again, remove, note a tie."""
    judge, user = _judge(request, public_id), request.user
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "mail": (lambda: services.mail_door(judge=judge), _("A link is on its way.")),
        "lock": (lambda: services.withdraw_links_by_hand(judge=judge, by=user), _("No earlier link works any more.")),
        "invite": (
            lambda: services.invite_judge(
                contest=judge.contest, person=judge.person, kind=judge.kind, cap=judge.load_cap, by=user
            ),
            _("Asked again."),
        ),
        "remove": (
            lambda: services.remove_judge(judge=judge, reason=reason_of(request), by=user),
            _("They judge no longer; what was open is free."),
        ),
        "tie": (lambda: _note_tie(request, judge), _("Noted: they do not meet.")),
    }
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(judge.get_absolute_url())


def _note_tie(request: MemberRequest, judge: Judge) -> None:
    entry = selectors.entry_by_code(judge.contest, str(request.POST.get("entry", "")))
    if entry is None:
        raise DomainError(_("No entry has this code."))
    services.set_conflict(judge=judge, entry=entry, reason=reason_of(request), by=request.user)


# ---------------------------------------------------------------- ties


@permission_required("awards.see_contests")
@require_safe
def ties_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Show who must not judge what, and why."""
    contest = contest_or_404(request, slug, RUN)
    status, kind = request.GET.get("status", ""), request.GET.get("kind", "")
    rows = selectors.ties_in(contest, request.user, status=status, kind=kind)
    start = start_of(request)
    found = list(rows[start : start + SHOWN_AT_ONCE + 1])
    context = {
        **head_of(contest, request.user, TAB),
        "rows": [(row, shown.TIES[ConflictStatus(row.status)]) for row in found[:SHOWN_AT_ONCE]],
        "more": start + SHOWN_AT_ONCE if len(found) > SHOWN_AT_ONCE else 0,
        "status": status,
        "statuses": ConflictStatus.choices,
    }
    return render(request, "awards/judging/ties.html", context)


@permission_required("awards.see_contests")
@require_POST
def ties_again(request: MemberRequest, slug: str) -> HttpResponse:
    """Look at all ties again."""
    contest = contest_or_404(request, slug, RUN)
    press(request, lambda: services.detect_conflicts(contest), _("Looked at again."))
    return redirect("awards:ties", slug)


@permission_required("awards.see_contests")
@require_POST
def tie_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Clear a tie, or confirm it; detection leaves it so."""
    row = get_object_or_404(selectors.visible_conflicts(request.user), public_id=public_id)
    if row.judge.person_id == request.user.person_id:
        raise PermissionDenied(_("Nobody decides on their own tie."))
    decide = services.clear_conflict if verb == "clear" else services.confirm_conflict
    press(request, lambda: decide(conflict=row, reason=reason_of(request), by=request.user), _("Kept so."))
    return redirect("awards:ties", row.judge.contest.slug)
