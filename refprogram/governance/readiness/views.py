"""Pages of changes: all of them, one with its audiences and steps, and what is done about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from refprogram.governance.readiness import selectors, services
from refprogram.governance.readiness.enums import ChangeState, StepKind
from refprogram.governance.readiness.filters import ChangeFilter
from refprogram.governance.readiness.forms import ChangeForm, CopyForm
from refprogram.governance.readiness.models import Change
from refprogram.governance.readiness.states import STATES
from refprogram.governance.readiness.tables import ChangeTable
from refprogram.kernel import timeline
from refprogram.kernel.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button

PLAN = "governance.open_changes"
KEEP = "governance.keep_change"
ADD = Action(_("Plan a change"), reverse_lazy("governance:change-new"), "plus", PLAN)


class ChangeList(ListPage):
    """Everything that is introduced."""

    page = "governance:changes"
    title = _("Readiness")
    table_class = ChangeTable
    filterset_class = ChangeFilter
    default_sort = "-starts"
    permission = "governance.see_changes"
    primary_action = ADD
    actions = (
        Action(_("As the last one was"), reverse_lazy("governance:change-copy-last"), "copy", PLAN),
        Action(_("What people say about it"), reverse_lazy("governance:feedback"), "chat"),
    )
    views = (
        View("open", _("Under way"), "state=open"),
        View("late", _("Steps overdue"), "state=open&late=yes", nothing=_("No step is overdue.")),
    )
    empty = Empty(
        _("What is introduced: what people do today, what instead, how they hear of it, learn it, and where they ask."),
        ADD, title=_("Nothing changes yet"), icon="flag",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Change]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def with_facts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add how far the steps are."""
        return selectors.with_progress(rows, timezone.localdate())

    def search(self, queryset: QuerySet[Change], words: list[str]) -> QuerySet[Change]:
        """Find by name, why, or owner."""
        return selectors.search(queryset, words)


def found(request: HttpRequest, public_id: str) -> Change:
    """Return the change, if the reader may see it."""
    rows = selectors.in_full(selectors.visible_to(request.user))  # type: ignore[arg-type]
    row: Change = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe
@login_required
def change(request: MemberRequest, public_id: str) -> HttpResponse:
    """One change: whom it concerns, what they do instead, how they hear and learn of it, where they ask."""
    row, today = found(request, public_id), timezone.localdate()
    user = request.user
    messages_, sessions = (selectors.of_kind(row, kind) for kind in StepKind)
    may_keep = user.has_perm(KEEP, row)
    context = {
        "row": row,
        "pill": STATES[ChangeState(row.state)],
        "today": today,
        "plans": [
            (_t("What they hear"), "message", messages_, selectors.progress(messages_, today)),
            (_t("What they learn"), "training", sessions, selectors.progress(sessions, today)),
        ],
        "all": selectors.progress(row.steps.all(), today),
        "mine": {step.pk for step in row.steps.all() if row.is_open and (may_keep or step.owner_id == user.pk)},
        "may_keep": may_keep,
        "may_plan": may_keep and row.is_open,
        "may_copy": user.has_perm(PLAN),
        "sees_metrics": user.has_perm("dashboards.see_metrics"),
        "entries": timeline.entries(timeline.of_subject("change", row.pk)[: timeline.PAGE], user),
    }
    return render(request, "governance/readiness/change.html", context)


class PlanChange(FormPage):
    """Plan a change."""

    form_class = ChangeForm
    title = _("Plan a change")
    facts = _("First what and when; then whom it concerns, and how they hear and learn of it.")
    verb = _("Plan it")
    cancel_url = reverse_lazy("governance:changes")
    permission = PLAN
    draft = "change-new"

    def get_initial(self) -> dict[str, Any]:
        """Return the reader as its owner."""
        return {"owner": self.request.user.public_id}

    def save(self, form: ChangeForm) -> str:
        """Plan it."""
        return services.open_change(facts=form.cleaned_data, by=self.request.user).get_absolute_url()


class ChangePage(FormPage):
    """Base of forms about one change."""

    needs = KEEP

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what the reader may not see; refuse what they may not plan."""
        if request.user.is_authenticated and not request.user.has_perm(self.needs, self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> Change:
        """The change of this address."""
        return found(self.request, self.kwargs["public_id"])

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Which change it is."""
        return [self.row.name]

    def get_cancel_url(self) -> str:
        """Back to the change."""
        return self.row.get_absolute_url()


class AlterChange(ChangePage):
    """Change the plan."""

    form_class = ChangeForm
    title = _("Change the plan")
    verb = _("Keep the change")

    def get_initial(self) -> dict[str, Any]:
        """Return what is planned."""
        row = self.row
        people = {"owner": row.owner, "support_by": row.support_by}
        keys = {name: user.public_id if user else "" for name, user in people.items()}
        return {name: getattr(row, name) for name in (*services.FACTS, "revision")} | keys

    def save(self, form: ChangeForm) -> str:
        """Keep it."""
        said = dict(form.cleaned_data)
        revision = said.pop("revision")
        services.alter_change(row=self.row, facts=said, by=self.request.user, revision=revision)
        return self.row.get_absolute_url()


class CopyChange(ChangePage):
    """Plan another one like it."""

    form_class = CopyForm
    title = _("Plan another one like it")
    verb = _("Plan it")
    needs = PLAN

    @property
    def facts(self) -> str:  # type: ignore[override]
        """What is taken along."""
        return _t("With the audiences and steps of “%(name)s”, each as long before or after the start.") % {
            "name": self.row.name
        }

    def get_initial(self) -> dict[str, Any]:
        """Return the reader as its owner."""
        return {"owner": self.request.user.public_id}

    def save(self, form: CopyForm) -> str:
        """Plan it."""
        return services.copy_change(row=self.row, by=self.request.user, **form.cleaned_data).get_absolute_url()


@require_safe
@login_required
def copy_last(request: MemberRequest) -> HttpResponse:
    """Lead to the form that plans a change like the last one."""
    if not request.user.has_perm(PLAN):
        raise PermissionDenied
    last = selectors.last_change()
    if last is None:
        messages.info(request, _t("There is no change yet that another could be like."))
        return redirect(address("governance:change-new"))
    return redirect(address("governance:change-copy", last.public_id))


close = button(
    found,
    lambda request, row: services.close_change(row=row, to=ChangeState.DONE, by=request.user),
    _("Settled in: nobody is reminded of its steps any more."),
    needs=KEEP,
)
drop = button(
    found,
    lambda request, row: services.close_change(row=row, to=ChangeState.DROPPED, by=request.user),
    _("Called off."),
    needs=KEEP,
)
reopen = button(
    found, lambda request, row: services.reopen_change(row=row, by=request.user), _("Under way again."), needs=KEEP
)
