"""The escalator: its versions, writing one, switching it on and off."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from incentives.pay import services
from incentives.pay.enums import EscalatorState
from incentives.pay.forms import TIERS, EscalatorForm
from incentives.pay.models import Escalator
from incentives.pay.months import this_month
from incentives.pay.selectors import escalators
from incentives.pay.services.escalators import first_free_month
from refprogram.governance.approvals import selectors as approvals
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button

TONES = {EscalatorState.LIVE: "ok", EscalatorState.DRAFT: "", EscalatorState.STOPPED: "rest"}


@login_required
@permission_required("incentives.view_rewards", raise_exception=True)
@require_GET
def escalator_list(request: MemberRequest) -> HttpResponse:
    """All versions of the escalator, the newest first; which one holds now."""
    rows = list(escalators.visible_to(request.user).order_by("-number"))
    now = escalators.in_force(this_month())
    shown = {
        "rows": [_drawn(row) | {"holds": now is not None and row.pk == now.pk} for row in rows],
        "now": now,
        "may_write": request.user.has_perm("incentives.write_rules"),
    }
    return render(request, "incentives/pay/escalators.html", shown)


def _drawn(row: Escalator) -> dict[str, Any]:
    return {"escalator": row, "tiers": escalators.terms_of(row).tiers, "tone": TONES[EscalatorState(row.state)]}


def _escalator(request: MemberRequest, public_id: str) -> Escalator:
    return get_object_or_404(escalators.visible_to(request.user), public_id=public_id)


@login_required
@permission_required("incentives.view_rewards", raise_exception=True)
@require_GET
def escalator(request: MemberRequest, public_id: str) -> HttpResponse:
    """One version: its tiers, an example, who approved it."""
    found, user = _escalator(request, public_id), request.user
    is_draft = found.state == EscalatorState.DRAFT
    shown = {
        **_drawn(found),
        "examples": escalators.examples_of(found),
        "may_try": user.has_perm("incentives.write_rules"),
        "may_write": is_draft and user.has_perm("incentives.write_rules"),
        "may_start": is_draft and user.has_perm("incentives.start_pay_plan", found),
        "may_stop": found.state == EscalatorState.LIVE and user.has_perm("incentives.switch_rules"),
        "approval": approvals.open_for(found),
        "entries": timeline.entries(timeline.of_subject("escalator", found.pk)[: timeline.PAGE], user),
    }
    return render(request, "incentives/pay/escalator.html", shown)


def _start_escalator(request: MemberRequest, row: Escalator) -> object:
    return services.start_escalator(escalator=row, actor=request.user)


def _stop_escalator(request: MemberRequest, row: Escalator) -> object:
    return services.stop_escalator(escalator=row, actor=request.user)


start_escalator = button(
    _escalator, _start_escalator, _("Done. If it waits for approval, it goes on by itself then."),
    needs="incentives.write_rules",
)  # fmt: skip
stop_escalator = button(
    _escalator, _stop_escalator, _("The escalator is off for every month that is not closed."),
    needs="incentives.switch_rules",
)  # fmt: skip


class NewEscalator(FormPage):
    """Write the next version."""

    form_class = EscalatorForm
    title = _("New version of the escalator")
    facts = _("It counts nothing until the head of sales, who did not write it, approves it.")
    verb = _("Keep as draft")
    cancel_url = reverse_lazy("incentives:escalators")
    permission = "incentives.write_rules"

    def get_initial(self) -> dict[str, Any]:
        """Begin with the version that holds now."""
        now = escalators.in_force(this_month())
        return {"starts_on": first_free_month(), **(_typed(now) if now is not None else {})}

    def save(self, form: EscalatorForm) -> str:
        """Keep the draft and open it."""
        given = form.cleaned_data
        made = services.draft_escalator(
            tiers=form.tiers_given(), most_a_month=given["most_a_month"], starts_on=given["starts_on"],
            actor=self.request.user,
        )  # fmt: skip
        return made.get_absolute_url()


def _typed(row: Escalator) -> dict[str, Any]:
    tiers = escalators.terms_of(row).tiers[:TIERS]
    pairs = {f"score_{n}": tier.score for n, tier in enumerate(tiers, 1)}
    return {"most_a_month": row.most_a_month, **pairs, **{f"times_{n}": t.times for n, t in enumerate(tiers, 1)}}


class ChangeEscalator(FormPage):
    """Change a draft."""

    form_class = EscalatorForm
    title = _("Change the escalator")
    verb = _("Keep the change")
    permission = "incentives.write_rules"

    @cached_property
    def row(self) -> Escalator:
        """The version of this address."""
        return _escalator(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    def get_cancel_url(self) -> str:
        """Back to it."""
        return self.row.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        return {"starts_on": self.row.starts_on, "revision": self.row.revision, **_typed(self.row)}

    def save(self, form: EscalatorForm) -> str:
        """Keep the change and show it."""
        given = form.cleaned_data
        services.change_escalator(
            escalator=self.row, tiers=form.tiers_given(), most_a_month=given["most_a_month"],
            starts_on=given["starts_on"], actor=self.request.user, revision=given["revision"],
        )  # fmt: skip
        return self.row.get_absolute_url()
