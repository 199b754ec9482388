"""Pages of quotas: everybody's shares, one share, the quotas themselves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nominations.quotas import forms, selectors, services, shown
from nominations.quotas.enums import QuotaState
from nominations.quotas.filters import PlanFilter, ShareFilter
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.quotas.tables import PlanTable, ShareTable
from nominations.row_forms import RowForm
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

PLANS = reverse_lazy("nominations:quota-plans")
PLAN = Action(_("Plan a quota"), reverse_lazy("nominations:quota-new"), "plus", "nominations.plan_quotas")


class ShareList(ListPage):
    """`/quotas/`: one's own share, the team's for its manager, all for who leads sales."""

    page = "nominations:quotas"
    title = _("Quotas")
    permission = "nominations.see_quotas"
    template_name = "nominations/quotas/list.html"
    table_class = ShareTable
    filterset_class = ShareFilter
    default_sort = "-ends"
    views = (
        View("behind", _("Behind"), "behind=yes&state=open&state=grace"),
        View("running", _("Running"), "state=open&state=grace"),
    )
    actions = (Action(_("All quotas"), PLANS, "target"),)
    primary_action = PLAN
    empty = Empty(_("Who owes nominations, how many count so far, and until when, will be here."), PLAN)

    def get_queryset(self) -> QuerySet[QuotaShare]:
        """Return the shares that the reader may see."""
        return selectors.visible_to(self.request.user).filter(target__gt=0)

    def search(self, rows: Any, words: Any) -> Any:
        """Search by person and quota."""
        return selectors.search_shares(rows, words)

    @cached_property
    def own(self) -> list[dict[str, Any]]:
        """Return the reader's own shares, as the page draws them above the list."""
        return [shown.own(share) for share in selectors.own_shares(self.request.user)]


class PlanList(ListPage):
    """`/quotas/plans/`"""

    page = "nominations:quota-plans"
    title = _("All quotas")
    permission = "nominations.see_quotas"
    table_class = PlanTable
    filterset_class = PlanFilter
    search_fields = ("name",)
    default_sort = "-starts"
    views = (View("open", _("Open"), "state=open&state=grace"),)
    primary_action = PLAN
    empty = Empty(_("A quota says how many nominations a role owes until when, and what follows."), PLAN)

    def get_queryset(self) -> QuerySet[QuotaPlan]:
        """Return the quotas that the reader may open."""
        return selectors.with_counts(selectors.plans_for(self.request.user))


def _plan(request: HttpRequest, public_id: str) -> QuotaPlan:
    return get_object_or_404(selectors.plans_for(request.user), public_id=public_id)  # type: ignore[arg-type]


def _share(request: HttpRequest, public_id: str) -> QuotaShare:
    rows = selectors.in_full(selectors.visible_to(request.user))  # type: ignore[arg-type]
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@permission_required("nominations.see_quotas")
def plan_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One quota: what it asks for, how far people are, what follows."""
    plan = _plan(request, public_id)
    events = timeline.of_subject("quotaplan", plan.pk)[: timeline.PAGE]
    may_plan = request.user.has_perm("nominations.plan_quotas")
    context = {
        "plan": plan,
        "pill": shown.pill(plan),
        "facts": shown.plan_facts(plan),
        "tiles": shown.tiles_of(plan, selectors.visible_to(request.user)),
        "no_policy": shown.lacks_policy(plan),
        "may_see_policies": request.user.has_perm("governance.see_policies"),
        "may_change": may_plan and plan.state in {QuotaState.PLANNED, QuotaState.OPEN},
        "entries": timeline.entries(events, request.user),
        "crumbs": [(_t("Quotas"), reverse("nominations:quotas")), (_t("All quotas"), str(PLANS))],
    }
    return render(request, "nominations/quotas/plan.html", context)


@require_safe
@login_required
def share_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One person's share: what counts, why so much is owed, what was said about it."""
    share = _share(request, public_id)
    own = request.user.pk == share.user_id
    may_waive = request.user.has_perm("nominations.waive_quota", share)
    over = share.plan.state == QuotaState.FINAL
    context = {
        "share": share,
        "own": own,
        "words": shown.own(share),
        "facts": shown.share_facts(share),
        "counts": shown.count_lines(share, request.user),
        "may_object": own and share.appealed_at is None and not over,
        "may_answer": may_waive and share.appealed_at is not None and not share.appeal_answer,
        "may_waive": may_waive and share.waived_at is None and not over,
        "case_url": share.case.get_absolute_url() if share.case and share.case.notified_at and own else "",
        "crumbs": [(_t("Quotas"), reverse("nominations:quotas"))],
    }
    return render(request, "nominations/quotas/share.html", context)


class WritePlan(FormPage):
    """`/quotas/plans/new/`"""

    form_class = forms.PlanForm
    title = _("Plan a quota")
    facts = _("It opens by itself on its first day; everybody is told what they owe.")
    verb = _("Plan it")
    cancel_url = PLANS
    permission = "nominations.plan_quotas"
    draft = "nominations:quota"

    def get_initial(self) -> dict[str, Any]:
        """Who leads sales owns it."""
        head = selectors.heads_of_sales().first()
        return {"owner": head.public_id if head else ""}

    def save(self, form: Any) -> str:
        """Plan it."""
        return services.write(by=self.request.user, **form.cleaned_data).get_absolute_url()


class ChangePlan(RowForm[QuotaPlan]):
    """`/quotas/plans/<id>/edit/`"""

    form_class = forms.PlanForm
    title = _("Change the quota")
    facts = _("Once it runs, only what helps people changes: the name, more grace, fewer steps.")
    verb = _("Keep the changes")
    permission = "nominations.plan_quotas"

    def find(self, public_id: str) -> QuotaPlan:
        """Return the quota."""
        return _plan(self.request, public_id)

    def get_initial(self) -> dict[str, Any]:
        """Return the quota as it stands."""
        known = model_to_dict(self.row, fields=list(forms.PlanForm.base_fields))
        return {
            **known,
            "owner": self.row.owner.public_id,
            "wave": self.row.wave.public_id if self.row.wave else "",
            "teams": [team.public_id for team in self.row.teams.all()],
            "regions": [region.public_id for region in self.row.regions.all()],
        }

    def save(self, form: Any) -> str:
        """Change it."""
        services.change(plan=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Changed."))
        return self.row.get_absolute_url()


class _AboutShare(FormPage):
    """Base of the forms about one share."""

    needs = ""
    kwargs: dict[str, Any]

    @cached_property
    def share(self) -> QuotaShare:
        """The share, if the reader may see it and do this."""
        row = _share(self.request, self.kwargs["public_id"])
        if not self.request.user.has_perm(self.needs, row):
            raise PermissionDenied
        return row

    def get_cancel_url(self) -> str:
        """Back to the share."""
        return selectors.share_url(self.share)

    def get_title(self) -> str:
        """Return whose it is."""
        return f"{self.share.plan.name}: {self.share.user.name}"


class Object(_AboutShare):
    """`/quotas/<id>/object/`"""

    form_class = forms.ObjectForm
    needs = "nominations.appeal_quota"
    verb = _("Object")

    def save(self, form: Any) -> str:
        """Object."""
        services.object_to(share=self.share, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Sent. You hear the answer."))
        return self.get_cancel_url()


class Answer(_AboutShare):
    """`/quotas/<id>/answer/`"""

    form_class = forms.AnswerForm
    needs = "nominations.waive_quota"
    verb = _("Answer")

    def save(self, form: Any) -> str:
        """Answer."""
        said = form.cleaned_data
        services.answer(share=self.share, by=self.request.user, grant=said["grant"] == "yes", text=said["text"])
        messages.success(self.request, _t("Answered."))
        return self.get_cancel_url()


class Waive(_AboutShare):
    """`/quotas/<id>/waive/`"""

    form_class = forms.WaiveForm
    needs = "nominations.waive_quota"
    verb = _("Waive the rest")

    def save(self, form: Any) -> str:
        """Waive it."""
        services.waive(share=self.share, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Waived."))
        return self.get_cancel_url()
