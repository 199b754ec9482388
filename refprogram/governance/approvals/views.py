"""The pages of approvals: the list, one approval with its road, and what people do with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from refprogram.governance.approvals import pickers, selectors, services
from refprogram.governance.approvals.enums import ApprovalState, Verdict
from refprogram.governance.approvals.filters import ApprovalFilter
from refprogram.governance.approvals.forms import HandOverForm, TextForm, VerdictForm
from refprogram.governance.approvals.models import Approval, Turn
from refprogram.governance.approvals.tables import ApprovalTable
from refprogram.governance.approvals.words import STATES
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


class ApprovalList(ListPage):
    """What waits for the reader, what they asked for, and all that they may see."""

    page = "governance:approvals"
    title = _("Approvals")
    table_class = ApprovalTable
    filterset_class = ApprovalFilter
    default_sort = "-asked"
    views = (
        View("waiting", _("Waiting for me"), "waits=yes", nothing=_("Nothing waits for you")),
        View("mine", _("Asked by me"), "mine=yes"),
        View("open", _("Open"), "state=pending&state=more_info"),
    )
    views_with_counts = True
    actions = (Action(_("Who approves what"), reverse_lazy("governance:chains"), icon="scale"),)
    empty = Empty(
        _("What needs somebody’s blessing, from a field incentive to a legal matter, is asked for and decided here."),
        title=_("Nothing asked yet"),
    )
    permission = "governance.see_approvals"

    @property
    def steady(self) -> bool:  # type: ignore[override]
        """For who reads all approvals; what others may see hangs on who is away today, too."""
        return selectors.reads_all(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the page; who typed the bare address begins, as by the menu, with what waits for them."""
        typed = request.headers.get("Sec-Fetch-Site") == "none" and not request.GET
        if typed and selectors.waiting_for(self.request.user).exists():
            first = self.views[0]
            return redirect(f"{request.path}?{first.params}&view={first.key}")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Approval]:
        """Return the approvals that the reader may see."""
        return selectors.with_list_facts(selectors.visible_to(self.request.user))

    def search(self, queryset: QuerySet[Approval], words: list[str]) -> QuerySet[Approval]:
        """Find by what it is about, the reason, or who asked."""
        return selectors.search(queryset, words)


def _seen(request: MemberRequest, public_id: str) -> Approval:
    return selectors.for_page(request.user, public_id)


@login_required
@require_safe
def approval(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one approval: what is asked, the road of its chain, what happened."""
    return _page(request, _seen(request, public_id))


def _page(request: MemberRequest, row: Approval, *, problem: str = "", comment: str = "") -> HttpResponse:
    user = request.user
    road = selectors.road_of(row, user)
    events = timeline.latest_of("approval", row.pk)
    shown = {
        "row": row,
        "pill": STATES[ApprovalState(row.state)],
        "stages": road.stages,
        "mine": road.mine,
        "seat": road.seat,
        "entries": timeline.entries(events, user),
        "asked_back": row.state == ApprovalState.MORE_INFO and user.has_perm("governance.answer_approval", row),
        "may_withdraw": row.open and user.has_perm("governance.withdraw_approval", row),
        "may_hand_over": row.open and user.has_perm("governance.hand_over_turn"),
        "problem": problem,
        "comment": comment,
    }
    return render(request, "governance/approvals/approval.html", shown, status=422 if problem else 200)


@login_required
@require_POST
def decide(request: MemberRequest, public_id: str) -> HttpResponse:
    """Approve, reject, or ask: one tap on the desk, or from the page with a comment."""
    row = _seen(request, public_id)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, row, problem=_t("Choose one of the answers."))
    verdict, comment = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["comment"]
    turn = row.turns.filter(public_id=form.cleaned_data["turn"]).first() if form.cleaned_data["turn"] else None
    try:
        decided = services.decide(approval=row, by=request.user, verdict=verdict, comment=comment, turn=turn)
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except InvalidInput as error:
        return _page(request, row, problem=error.message, comment=comment)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _thanks(decided, verdict))
    return _back(request, row)


def _thanks(row: Approval, verdict: Verdict) -> str:
    if verdict == Verdict.ASK:
        return _t("Asked. %(name)s gets your question.") % {"name": row.requester.name}
    if verdict == Verdict.REJECT:
        return _t("Rejected. %(name)s is told why.") % {"name": row.requester.name}
    return _t("Approved, thank you.") if row.open else _t("Approved. %(name)s is told.") % {"name": row.requester.name}


def _back(request: MemberRequest, row: Approval) -> HttpResponse:
    """To where the button stood: the desk, or the approval's page."""
    asked = request.POST.get("next", "")
    return redirect(asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else row.get_absolute_url())


def _with_text(
    request: MemberRequest, public_id: str, permission: str, act: Callable[[Approval, str], Any], done: str
) -> HttpResponse:
    row = _seen(request, public_id)
    if not request.user.has_perm(permission, row):
        raise PermissionDenied
    form = TextForm(request.POST)
    try:
        act(row, form.cleaned_data["text"] if form.is_valid() else "")
    except InvalidInput as error:
        return _page(request, row, problem=error.message)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return _back(request, row)


@login_required
@require_POST
def answer(request: MemberRequest, public_id: str) -> HttpResponse:
    """Answer what an approver wants to know."""

    def act(row: Approval, text: str) -> Any:
        return services.answer(approval=row, by=request.user, text=text)

    return _with_text(request, public_id, "governance.answer_approval", act, _t("Thank you. It goes on."))


@login_required
@require_POST
def withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take back what was asked."""

    def act(row: Approval, text: str) -> Any:
        return services.withdraw(approval=row, by=request.user, reason=text)

    return _with_text(request, public_id, "governance.withdraw_approval", act, _t("Withdrawn."))


class HandOver(FormPage):
    """Give a step that is stuck to somebody else."""

    form_class = HandOverForm
    title = _("Hand over")
    verb = _("Hand it over")
    permission = "governance.hand_over_turn"

    @cached_property
    def turn(self) -> Turn:
        """The step of this address."""
        row = _seen(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]
        found: Turn = get_object_or_404(row.turns, public_id=self.kwargs["turn_id"])
        found.approval = row
        return found

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What it is about, and why nobody has decided."""
        return [self.turn.approval.label, self.turn.why]

    def get_cancel_url(self) -> str:
        """Back to the approval."""
        return self.turn.approval.get_absolute_url()

    def save(self, form: HandOverForm) -> str:
        """Hand it over: they get a mail like everybody who is asked."""
        to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        row = self.turn.approval
        services.hand_over(approval=row, turn=self.turn, to=to, by=self.request.user, reason=reason)
        messages.success(self.request, _t("Handed over. %(name)s is asked now.") % {"name": to.name})
        return row.get_absolute_url()


@permission_required("governance.see_chains")
@require_safe
def colleague_options(request: MemberRequest) -> JsonResponse:
    """Answer a type-ahead: colleagues by name."""
    return JsonResponse(pickers.colleague_options(request.GET.get("q", "").replace("\x00", "")), safe=False)
