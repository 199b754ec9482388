"""What a change is made of: its audiences, and the messages and sessions of its plan."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from refprogram.governance.readiness import selectors, services
from refprogram.governance.readiness.enums import StepKind
from refprogram.governance.readiness.forms import AudienceForm, MessageForm, StepForm, TrainingForm
from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.governance.readiness.views import KEEP, ChangePage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press

# ---------------------------------------------------------------- audiences


class AddAudience(ChangePage):
    """Say whom it concerns."""

    form_class = AudienceForm
    title = _("Whom does it concern?")
    verb = _("Add them")

    def save(self, form: AudienceForm) -> str:
        """Add them."""
        services.set_audience(change=self.row, facts=form.cleaned_data, by=self.request.user)
        return self.row.get_absolute_url()


class AlterAudience(AddAudience):
    """Change what is said of an audience."""

    verb = _("Keep the change")

    @cached_property
    def audience(self) -> Audience:
        """The audience of this address."""
        row: Audience = get_object_or_404(
            selectors.audiences_for(self.request.user), public_id=self.kwargs["public_id"]
        )  # fmt: skip
        return row

    @cached_property
    def row(self) -> Change:
        """Its change."""
        return self.audience.change

    def get_initial(self) -> dict[str, Any]:
        """Return what is said of it."""
        row = self.audience
        return {name: getattr(row, name) for name in (*services.AUDIENCE, "revision")} | {
            "team": row.team.public_id if row.team else ""
        }

    def save(self, form: AudienceForm) -> str:
        """Keep it."""
        services.set_audience(
            change=self.row, facts=form.cleaned_data, by=self.request.user, audience=self.audience,
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
        return self.row.get_absolute_url()


@require_POST
@login_required
def remove_audience(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take an audience out."""
    row: Audience = get_object_or_404(selectors.audiences_for(request.user), public_id=public_id)
    _gate(request, KEEP, row.change)
    press(request, lambda: services.remove_audience(audience=row, by=request.user), _t("Taken out."))
    return redirect(row.change.get_absolute_url())


# ---------------------------------------------------------------- steps


class AddStep(ChangePage):
    """Base of planning a step."""

    verb = _("Add it")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which audiences there are."""
        return {"change": self.row}

    def save(self, form: StepForm) -> str:
        """Add it."""
        services.plan_step(change=self.row, facts=form.cleaned_data, by=self.request.user)
        return self.row.get_absolute_url()


class AddMessage(AddStep):
    """Plan a message."""

    form_class = MessageForm
    title = _("Plan a message")


class AddTraining(AddStep):
    """Plan a session."""

    form_class = TrainingForm
    title = _("Plan a session")


class AlterStep(AddStep):
    """Change a step."""

    form_class: ClassVar[type[StepForm]] = MessageForm
    title = _("Change a step")
    verb = _("Keep the change")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the form of its kind."""
        if request.user.is_authenticated and self.step.kind == StepKind.TRAINING:
            self.form_class = TrainingForm  # type: ignore[misc]
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def step(self) -> ChangeStep:
        """The step of this address."""
        return _step(self.request, self.kwargs["public_id"])

    @cached_property
    def row(self) -> Change:
        """Its change."""
        return self.step.change

    def get_initial(self) -> dict[str, Any]:
        """Return what is planned."""
        row = self.step
        return {name: getattr(row, name) for name in (*services.STEP, "revision")} | {
            "owner": row.owner.public_id if row.owner else "",
            "audience": row.audience.public_id if row.audience else "",
        }

    def save(self, form: StepForm) -> str:
        """Keep it."""
        services.plan_step(
            change=self.row, facts=form.cleaned_data, by=self.request.user, step=self.step,
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
        return self.row.get_absolute_url()


def _step(request: HttpRequest, public_id: str) -> ChangeStep:
    rows = selectors.steps_for(request.user)  # type: ignore[arg-type]
    row: ChangeStep = get_object_or_404(rows, public_id=public_id)
    return row


def _gate(request: MemberRequest, permission: str, row: models.Model) -> None:
    if not request.user.has_perm(permission, row):
        raise PermissionDenied


@require_POST
@login_required
def mark_step(request: MemberRequest, public_id: str) -> HttpResponse:
    """Say that a step is done, or (`undo`) not after all."""
    row = _step(request, public_id)
    _gate(request, "governance.do_step", row)
    is_done = not request.POST.get("undo")
    words = _t("Done. Thank you.") if is_done else _t("Not done after all.")
    press(request, lambda: services.mark_step(step=row, is_done=is_done, by=request.user), words)
    return redirect(row.change.get_absolute_url())


@require_POST
@login_required
def remove_step(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take a step out of the plan."""
    row = _step(request, public_id)
    _gate(request, KEEP, row.change)
    press(request, lambda: services.remove_step(step=row, by=request.user), _t("Taken out."))
    return redirect(row.change.get_absolute_url())
