"""Rules: reading, writing, switching."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from incentives import selectors, services
from incentives.enums import RuleState
from incentives.forms import RuleForm
from incentives.models import Rule
from refprogram.governance.approvals import selectors as approvals
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest

GROUPS = ((RuleState.LIVE, _("On")), (RuleState.DRAFT, _("Drafts")), (RuleState.STOPPED, _("Off")))
TONES = {RuleState.LIVE: "ok", RuleState.DRAFT: "", RuleState.STOPPED: "rest"}
LAST = 20
DONE = {
    RuleState.LIVE: _("The rule is on. It pays for what happens from now on."),
    RuleState.STOPPED: _("The rule is off. What it gave stays."),
}
ASKED = _("Asked. The rule goes on as soon as it is approved.")


def _drawn(rule: Rule) -> dict[str, Any]:
    return {"rule": rule, "sentence": selectors.sentence_of(rule), "tone": TONES[RuleState(rule.state)]}


@login_required
@permission_required("incentives.view_rules", raise_exception=True)
@require_GET
def rules(request: MemberRequest) -> HttpResponse:
    """All rules in plain sentences: what is on first."""
    found = list(selectors.with_payments(selectors.rules_visible_to(request.user)).order_by("name"))
    groups = [(name, [_drawn(rule) for rule in found if rule.state == state]) for state, name in GROUPS]
    shown = {
        "groups": [(name, members) for name, members in groups if members],
        "on": sum(rule.state == RuleState.LIVE for rule in found),
        "may_write": request.user.has_perm("incentives.write_rules"),
    }
    return render(request, "incentives/rules.html", shown)


@login_required
@permission_required("incentives.view_rules", raise_exception=True)
@require_GET
def rule(request: MemberRequest, public_id: str) -> HttpResponse:
    """One rule: its sentence, who approved it, what it gave last, what happened to it."""
    visible = selectors.with_payments(selectors.rules_visible_to(request.user))
    found = get_object_or_404(visible.select_related("approved_by__person", "created_by__person"), public_id=public_id)
    events = timeline.of_subject("rule", found.pk).exclude(topic="points.posted")[: timeline.PAGE]
    shown = {
        **_drawn(found),
        "lines": selectors.explained(selectors.last_paid(found, LAST), request.user),
        "entries": timeline.entries(events, request.user),
        "may_write": request.user.has_perm("incentives.write_rules"),
        "may_switch": request.user.has_perm("incentives.switch_rules"),
        "may_start": request.user.has_perm("incentives.start_rule", found),
        "approval": approvals.open_for(found),
        "may_see_ledger": request.user.has_perm("incentives.view_ledger"),
    }
    return render(request, "incentives/rule.html", shown)


def _switch(request: MemberRequest, public_id: str, permission: str, verb: Callable[..., Rule]) -> HttpResponse:
    found = get_object_or_404(selectors.rules_visible_to(request.user), public_id=public_id)
    if not request.user.has_perm(permission):
        raise PermissionDenied
    try:
        switched = verb(rule=found, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, DONE.get(RuleState(switched.state), ASKED))
    return redirect(found.get_absolute_url())


@login_required
@permission_required("incentives.view_rules", raise_exception=True)
@require_POST
def start(request: MemberRequest, public_id: str) -> HttpResponse:
    """Switch a rule on, or ask who may for it."""
    return _switch(request, public_id, "incentives.write_rules", services.start_rule)


@login_required
@permission_required("incentives.view_rules", raise_exception=True)
@require_POST
def stop(request: MemberRequest, public_id: str) -> HttpResponse:
    """Switch a rule off."""
    return _switch(request, public_id, "incentives.switch_rules", services.stop_rule)


class NewRule(FormPage):
    """Write a rule."""

    form_class = RuleForm
    title = _("New rule")
    facts = _("It pays nothing until the head of sales switches it on.")
    verb = _("Keep as draft")
    cancel_url = reverse_lazy("incentives:rules")
    permission = "incentives.write_rules"

    def save(self, form: RuleForm) -> str:
        """Keep the draft and open it."""
        drafted = services.draft_rule(**form.fields_of_rule(), actor=self.request.user)
        return drafted.get_absolute_url()


class ChangeRule(FormPage):
    """Change a rule that is not on."""

    form_class = RuleForm
    title = _("Change the rule")
    verb = _("Keep the change")
    permission = "incentives.write_rules"

    @cached_property
    def rule(self) -> Rule:
        """The rule of this address."""
        visible = selectors.rules_visible_to(self.request.user)
        return get_object_or_404(visible, public_id=self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to the rule."""
        return reverse("incentives:rule", args=[self.rule.public_id])

    def get_initial(self) -> dict[str, Any]:
        """Return the rule as it is."""
        return {
            "name": self.rule.name,
            "pays_for": f"{self.rule.topic}:{self.rule.beneficiary}",
            "points": self.rule.points,
            "cap_per_quarter": self.rule.cap_per_quarter,
        }

    def save(self, form: RuleForm) -> str:
        """Keep the change and show the rule."""
        changed = services.change_draft(rule=self.rule, **form.fields_of_rule(), actor=self.request.user)
        return changed.get_absolute_url()
