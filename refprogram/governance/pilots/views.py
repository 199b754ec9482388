"""Pages of pilots: all of them, one of them, and what takes one tap. The forms: `form_views.py`."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from refprogram.governance.pilots import selectors, services, shown
from refprogram.governance.pilots.filters import PilotFilter
from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotCriterion
from refprogram.governance.pilots.tables import PilotTable
from refprogram.kernel import timeline
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, press

PLAN = Action(_("Plan a pilot"), reverse_lazy("governance:pilot-new"), "plus", "governance.make_pilots")
RUN = "governance.run_pilot"


class PilotList(ListPage):
    """What is tried with a few first."""

    page = "governance:pilots"
    title = _("Pilots")
    table_class = PilotTable
    filterset_class = PilotFilter
    default_sort = "-starts"
    permission = "governance.see_pilots"
    primary_action = PLAN
    views = (
        View("open", _("Not decided yet"), "open=yes"),
        View("running", _("Running"), "state=running"),
        View("decide", _("To decide"), "state=ended"),
        View("sales", _("Sales is asked"), "state=consulting"),
    )
    empty = Empty(
        _("A rule, a wave, a message or a feature reaches a chosen few first; what they see decides about the rest."),
        PLAN, title=_("Nothing is being tried"), icon="flag",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Pilot]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def with_facts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add what stands beside the rows' own."""
        return selectors.listed(rows)

    def search(self, queryset: QuerySet[Pilot], words: list[str]) -> QuerySet[Pilot]:
        """Find by name, by what is tried, or by what is expected."""
        return selectors.search(queryset, words)


def found(request: HttpRequest, public_id: str) -> Pilot:
    """Return the pilot, if the reader may see it."""
    rows = selectors.in_full(selectors.visible_to(request.user))  # type: ignore[arg-type]
    row: Pilot = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe
@login_required
def pilot(request: MemberRequest, public_id: str) -> HttpResponse:
    """One pilot: what is tried with whom, what sales said, by what it is judged, what its people wrote."""
    row = found(request, public_id)
    events = timeline.of_subject("pilot", row.pk)[: timeline.PAGE]
    context = {
        **shown.page(row, request.user),
        "log": selectors.log_of(row, request.user),
        "entries": timeline.entries(events, request.user),
    }
    return render(request, "governance/pilots/pilot.html", context)


# ---------------------------------------------------------------- one tap


settle = button(
    found,
    lambda request, row: services.settle(pilot=row, by=request.user),
    _("Ready: its people get a mail, and it begins on its first day."),
    needs=RUN,
)
begin = button(
    found,
    lambda request, row: services.begin(pilot=row, by=request.user),
    _("It has begun: it reaches the pilot’s people, and nobody else."),
    needs=RUN,
)
cancel = button(
    found,
    lambda request, row: services.cancel(pilot=row, by=request.user),
    _("Called off. What was to be tried stays off."),
    needs=RUN,
)


@require_POST
@login_required
def drop_criterion(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take a criterion away."""
    row: PilotCriterion = get_object_or_404(selectors.criteria_for(request.user), public_id=public_id)
    if not request.user.has_perm(RUN, row.pilot):
        raise PermissionDenied
    press(request, lambda: services.drop_criterion(criterion=row, by=request.user), _t("Taken away."))
    return redirect(row.pilot.get_absolute_url())


@require_POST
@login_required
def meet_condition(request: MemberRequest, public_id: str) -> HttpResponse:
    """Say that what sales wanted first is so now."""
    row: PilotConsult = get_object_or_404(selectors.consults_for(request.user), public_id=public_id)
    if not request.user.has_perm(RUN, row.pilot):
        raise PermissionDenied
    press(request, lambda: services.meet_condition(consult=row, by=request.user), _t("Noted: the condition is met."))
    return redirect(row.pilot.get_absolute_url())
