"""Pages of policies: the list, one policy with what it found, writing, switching."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from refprogram.governance.consequences import forms, selectors, services, states, wording
from refprogram.governance.consequences.filters import PolicyFilter
from refprogram.governance.consequences.models import ConsequencePolicy
from refprogram.governance.consequences.tables import PolicyTable
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, reason_of

LIST = reverse_lazy("governance:policies")
WRITE = Action(_("Write a policy"), reverse_lazy("governance:policy-new"), "plus", "governance.edit_policies")
SHOWN = 12


class PolicyList(ListPage):
    """All policies."""

    page = "governance:policies"
    title = _("Policies")
    table_class = PolicyTable
    filterset_class = PolicyFilter
    search_fields = ("name",)
    default_sort = "name"
    permission = "governance.see_policies"
    primary_action = WRITE
    empty = Empty(
        _("A policy says what is measured, what follows when the goal is missed, and who is left out."),
        WRITE,
        _("No policy yet"),
        "scale",
    )

    def get_queryset(self) -> QuerySet[ConsequencePolicy]:
        """Return all, with how much is under way."""
        return selectors.with_counts(selectors.policies_for(self.request.user))


def found_policy(request: HttpRequest, public_id: str) -> ConsequencePolicy:
    """Return the policy, if the reader may see it."""
    policy: ConsequencePolicy = get_object_or_404(
        selectors.policies_for(request.user),  # type: ignore[arg-type]
        public_id=public_id,
    )
    return policy


@require_GET
@login_required
def policy_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One policy: its words, where it is off, what it found, what happened."""
    policy = found_policy(request, public_id)
    events = timeline.of_subject("consequencepolicy", policy.pk)[: timeline.PAGE]
    may_edit = request.user.has_perm("governance.edit_policies")
    context = {
        "policy": policy,
        "pill": states.live_pill(policy),
        "measure": wording.measure_of(policy),
        "follows": wording.follows_of(policy),
        "roles": wording.roles_of(policy),
        "off_in": [region.name for region in policy.off_in.order_by("name")],
        "off_for": [team.name for team in policy.off_for.order_by("name")],
        "evaluations": [(one, wording.left_out_of(one)) for one in selectors.evaluations_of(policy)[:SHOWN]],
        "asked": selectors.asked_for(policy),
        "entries": timeline.entries(events, request.user),
        "may_edit": may_edit,
    }
    return render(request, "governance/consequences/policy.html", context)


class WritePolicy(FormPage):
    """A new policy. It rests until its owner has approved it."""

    form_class = forms.PolicyForm
    title = _("Write a policy")
    facts = _("Nobody is named before its owner has approved it. It looks at whole periods that begin after that.")
    verb = _("Keep the policy")
    cancel_url = LIST
    permission = "governance.edit_policies"
    draft = "governance:policy"

    def get_initial(self) -> dict[str, Any]:
        """Who writes it answers for it, unless they choose somebody else."""
        return {"owner": self.request.user.public_id}

    def save(self, form: forms.PolicyForm) -> str:
        """Keep it."""
        return services.write(by=self.request.user, **form.cleaned_data).get_absolute_url()


class PolicyPage(FormPage):
    """Base of forms about one policy."""

    permission = "governance.edit_policies"

    @cached_property
    def policy(self) -> ConsequencePolicy:
        """The policy of this address."""
        return found_policy(self.request, self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to the policy."""
        return self.policy.get_absolute_url()


class ChangePolicy(PolicyPage):
    """Change a policy that rests."""

    form_class = forms.PolicyForm
    title = _("Change the policy")
    facts = _("Cases that are under way keep the words they began with.")
    verb = _("Keep the changes")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What is switched on is not changed."""
        may = request.user.is_authenticated and request.user.has_perm(self.permission)
        if may and request.method == "GET" and self.policy.live:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Return the policy as it stands."""
        known = model_to_dict(self.policy, fields=list(forms.PolicyForm.base_fields))
        return {**known, "owner": self.policy.owner.public_id}

    def save(self, form: forms.PolicyForm) -> str:
        """Keep it."""
        return services.change(policy=self.policy, by=self.request.user, **form.cleaned_data).get_absolute_url()


class Switches(PolicyPage):
    """Say where a policy names nobody."""

    form_class = forms.SwitchesForm
    title = _("Where it applies")
    facts = _("Switching it off somewhere stops new cases only. What is under way can be waived.")
    verb = _("Keep the switches")

    def get_initial(self) -> dict[str, Any]:
        """Return them as they stand."""
        return {
            "off_in": [region.public_id for region in self.policy.off_in.all()],
            "off_for": [team.public_id for team in self.policy.off_for.all()],
        }

    def save(self, form: forms.SwitchesForm) -> str:
        """Keep them."""
        services.set_switches(policy=self.policy, by=self.request.user, **form.cleaned_data)
        return self.policy.get_absolute_url()


# ---------------------------------------------------------------- buttons


ask = button(
    found_policy,
    lambda request, policy: services.ask_to_switch_on(policy=policy, by=request.user, reason=reason_of(request)),
    _("Asked. Its owner decides."),
    needs="governance.edit_policies",
)
switch_off = button(
    found_policy,
    lambda request, policy: services.switch_off(policy=policy, by=request.user),
    _("Switched off. Nobody is named from now on."),
    needs="governance.edit_policies",
)
