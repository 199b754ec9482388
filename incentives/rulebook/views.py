"""Rules: reading and switching. Writing them: `writing_views.py`."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from incentives.rulebook import giving, pots, selectors, services
from incentives.rulebook.definition import Gift, read
from incentives.rulebook.enums import RuleState
from incentives.rulebook.models import Rule
from incentives.rulebook.sentences import sentence
from incentives.rulebook.statements import explained
from refprogram.governance.approvals import selectors as approvals
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.selectors import limits_of
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User

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
    found = list(selectors.rules_visible_to(request.user).order_by("name"))
    gave = giving.given_by(found)
    tried = limits_of(PilotKind.RULE, [rule.public_id for rule in found], request.user)
    lines = {rule: {**_drawn(rule), "given": gave[rule.pk], "limit": tried.get(rule.public_id)} for rule in found}
    groups = [(name, [line for rule, line in lines.items() if rule.state == state]) for state, name in GROUPS]
    shown = {
        "groups": [(name, members) for name, members in groups if members],
        "on": sum(rule.state == RuleState.LIVE for rule in found),
        "may_write": request.user.has_perm("incentives.write_rules"),
        "may_watch": request.user.has_perm("incentives.watch"),
        "may_switch": request.user.has_perm("incentives.switch_rules"),
    }
    return render(request, "incentives/rules.html", shown)


@login_required
@permission_required("incentives.view_rules", raise_exception=True)
@require_GET
def rule(request: MemberRequest, public_id: str) -> HttpResponse:
    """One rule: its sentence, who approved it, when it was on, what it gave, what happened to it."""
    visible = selectors.rules_visible_to(request.user)
    found = get_object_or_404(visible.select_related("approved_by__person", "created_by__person"), public_id=public_id)
    events = timeline.of_subject("rule", found.pk).exclude(topic="points.posted")[: timeline.PAGE]
    shown = {
        **_drawn(found),
        **_gave(found, request.user),
        "pot": pots.pot_of(found),
        "limit": limits_of(PilotKind.RULE, [found.public_id], request.user).get(found.public_id),
        "may_pilot": found.state != RuleState.LIVE and request.user.has_perm("governance.make_pilots"),
        "spans": [(span, sentence(read(span.definition))) for span in selectors.spans_of(found)],
        "entries": timeline.entries(events, request.user),
        "may_write": request.user.has_perm("incentives.write_rules"),
        "may_switch": request.user.has_perm("incentives.switch_rules"),
        "may_start": request.user.has_perm("incentives.start_rule", found),
        "approval": approvals.open_for(found),
        "may_see_ledger": request.user.has_perm("incentives.view_ledger"),
    }
    return render(request, "incentives/rule.html", shown)


def _gave(rule: Rule, viewer: User) -> dict[str, Any]:
    """Return what a rule gave: the sum for all, the last ones; whose money it was only for who reads pay."""
    gift = rule.says.gives.gift
    secret = gift == Gift.MONEY and not viewer.has_perm("incentives.view_pay")
    lines = explained(giving.last_points(rule, LAST), viewer) if gift == Gift.POINTS else []
    others = [] if secret else giving.last_others(rule, LAST)
    return {
        "given": giving.given_by([rule])[rule.pk],
        "lines": lines,
        "others": others,
        "shown": len(lines) + len(others),
        "secret": secret,
    }


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


@login_required
@permission_required("incentives.view_rules", raise_exception=True)
@require_POST
def stop_all(request: MemberRequest) -> HttpResponse:
    """Switch off all that is on."""
    if not request.user.has_perm("incentives.switch_rules"):
        raise PermissionDenied
    n = services.stop_all(actor=request.user)
    messages.success(request, ngettext("%(n)d rule is off now.", "%(n)d rules are off now.", n) % {"n": n})
    return redirect("incentives:rules")
