"""The pages of the catalogue: list, add, change, retire."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from references.accounts.models import ActivityType
from references.catalogue import selectors, services
from references.catalogue.filters import ActivityFilter
from references.catalogue.forms import ActivityForm, facts_of
from references.catalogue.tables import ActivityTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, BulkAction, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

LIST = reverse_lazy("references:activities")
ADD = Action(
    gettext_lazy("Add an activity"), reverse_lazy("references:activity-new"), "plus", "references.edit_catalogue"
)


class ActivityList(ListPage):
    """`/activities/`"""

    page = "references:activities"
    title = gettext_lazy("Activities")
    table_class = ActivityTable
    filterset_class = ActivityFilter
    search_fields = ("name", "verb")
    default_sort = "position"
    views = (
        View("offered", gettext_lazy("Offered"), "offered=yes"),
        View("live", gettext_lazy("Take place"), "offered=yes&live=yes"),
        View("published", gettext_lazy("Are published"), "offered=yes&live=no"),
        View("retired", gettext_lazy("Retired"), "offered=no"),
    )
    bulk_actions = (
        BulkAction(
            "retire",
            gettext_lazy("Retire"),
            icon="pause",
            permission="references.edit_catalogue",
            confirm=gettext_lazy("Offer these no more? Open requests go on."),
        ),
    )
    primary_action = ADD
    empty = Empty(gettext_lazy("What customers can do for the program stands here."), ADD)
    permission = "references.see_catalogue"

    def get_queryset(self) -> QuerySet[ActivityType]:
        """Return the whole catalogue."""
        return selectors.visible_to(self.request.user)

    def bulk_retire(self, chosen: QuerySet[ActivityType]) -> str:
        """Retire the chosen ones."""
        done = [services.retire(kind=kind, actor=self.request.user) for kind in chosen]
        return ngettext("%d activity retired", "%d activities retired", len(done)) % len(done)


class AddActivity(FormPage):
    """`/activities/new/`"""

    form_class = ActivityForm
    title = gettext_lazy("Add an activity")
    verb = gettext_lazy("Add the activity")
    cancel_url = LIST
    permission = "references.edit_catalogue"
    draft = "references:activity-new"

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with what most of them take."""
        return {"effort": 40, "minutes": 30, "confirm_days": 5, "lead_days": 5, "hours": 1, "live": True}

    def save(self, form: Any) -> str:
        """Add it."""
        kind = services.add(actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("%(name)s can be asked for from now on.") % {"name": kind.name})
        return str(LIST)


class EditActivity(FormPage):
    """`/activities/<slug>/edit/`"""

    form_class = ActivityForm
    verb = gettext_lazy("Keep the changes")
    cancel_url = LIST
    permission = "references.edit_catalogue"
    template_name = "references/catalogue/edit.html"
    kwargs: dict[str, Any]

    @cached_property
    def kind(self) -> ActivityType:
        """The kind of activity."""
        return get_object_or_404(selectors.visible_to(self.request.user), slug=self.kwargs["slug"])

    def get_title(self) -> str:
        """Name it."""
        return self.kind.name

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with what stands."""
        return facts_of(self.kind)

    def get_context(self, form: Any) -> dict[str, Any]:
        """The kind, for what can be done with it beside changing it."""
        return {"kind": self.kind}

    def save(self, form: Any) -> str:
        """Keep what changed."""
        services.change(kind=self.kind, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Kept. What was asked before stays as it was."))
        return str(LIST)


@require_POST
@permission_required("references.edit_catalogue")
def retire(request: MemberRequest, slug: str) -> HttpResponse:
    """Offer it no more."""
    kind = get_object_or_404(selectors.visible_to(request.user), slug=slug)
    services.retire(kind=kind, actor=request.user)
    messages.success(request, _("%(name)s is offered no more. Open requests go on.") % {"name": kind.name})
    return redirect(str(LIST))


@require_POST
@permission_required("references.edit_catalogue")
def bring_back(request: MemberRequest, slug: str) -> HttpResponse:
    """Offer it again."""
    kind = get_object_or_404(selectors.visible_to(request.user), slug=slug)
    services.bring_back(kind=kind, actor=request.user)
    messages.success(request, _("%(name)s is offered again.") % {"name": kind.name})
    return redirect(str(LIST))
