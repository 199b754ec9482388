"""Assignments: list, page, make one, take up one pick or all."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from references.assignment import selectors, services, words
from references.assignment.filters import AssignmentFilter
from references.assignment.tables import AssignmentTable, title
from references.requests.models import AssignmentRun
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.lists import Empty, ListPage
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

HANDLES = "references.handle_requests"


class AssignmentList(ListPage):
    """`/assignments/`: what was proposed so far, and the button that makes a new one."""

    page = "references:assignments"
    title = gettext_lazy("Assignments")
    permission = HANDLES
    table_class = AssignmentTable
    filterset_class = AssignmentFilter
    default_sort = "-made"
    template_name = "references/assignment/list.html"
    empty = Empty(
        gettext_lazy("All open requests are looked at together, every night and whenever you ask for it."),
        title=gettext_lazy("No assignment yet"), icon="scale",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[AssignmentRun]:
        """Return the assignments."""
        return selectors.for_list(self.request.user)


@require_POST
@permission_required(HANDLES)
def make(request: MemberRequest) -> HttpResponse:
    """Make an assignment now; its job's page shows how far it is."""
    try:
        job = services.start(user=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("references:assignments")
    return redirect("kernel:job", job.public_id)


@require_safe
@permission_required(HANDLES)
def assignment(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one assignment: per request whom it would ask, its own first choice, what that costs and why."""
    run = get_object_or_404(selectors.for_list(request.user), public_id=public_id)
    picks = selectors.picks_of(run)
    names = selectors.others(picks)
    lines = [words.line_of(pick, names) for pick in picks]
    newest = selectors.newest(request.user)
    context = {
        "run": run,
        "title": title(run),
        "lines": lines,
        "left": sum(1 for pick in picks if pick.account_id and pick.taken_at is None),
        "factors": words.legend(run.weights),
        "compared": words.compared(run.facts),
        "gain": words.gain(run.facts),
        "newer": newest if newest is not None and newest.pk != run.pk else None,
        "job": selectors.running(request.user, run),
    }
    return render(request, "references/assignment/page.html", context)


@require_POST
@permission_required(HANDLES)
def accept(request: MemberRequest, public_id: str, pick: int) -> HttpResponse:
    """Propose the customer of one pick."""
    run = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    row = get_object_or_404(selectors.picks_visible_to(request.user), run=run, pk=pick)
    try:
        candidate = services.accept(pick=row, actor=request.user)
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(name)s is proposed.") % {"name": candidate.account.name})
    return redirect(f"{run.get_absolute_url()}#pick-{row.pk}")


@require_POST
@permission_required(HANDLES)
def accept_all(request: MemberRequest, public_id: str) -> HttpResponse:
    """Propose everybody who is left; its job's page shows how far it is."""
    run = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    try:
        job = services.start_accepting(run=run, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(run)
    return redirect("kernel:job", job.public_id)
