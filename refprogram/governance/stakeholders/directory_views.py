"""`/directory/`: who in the company knows what, and what comes that will need references."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from refprogram.governance.stakeholders import selectors, services
from refprogram.governance.stakeholders.enums import Knows
from refprogram.governance.stakeholders.forms import EntryForm, LaunchForm
from refprogram.governance.stakeholders.models import Launch
from refprogram.kernel.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

KEEP = "governance.keep_directory"


@require_safe
@permission_required("governance.see_directory")
def directory(request: MemberRequest) -> HttpResponse:
    """Sales stars, engineers, operations; launches and the references they need."""
    entries = list(selectors.directory())
    context = {
        "parts": [(kind.label, [one for one in entries if one.knows == kind]) for kind in Knows],
        "found": bool(entries),
        "launches": list(selectors.launches(timezone.localdate())),
        "may_keep": request.user.has_perm(KEEP),
    }
    return render(request, "governance/stakeholders/directory.html", context)


class AddEntry(FormPage):
    """Say what a colleague knows."""

    form_class = EntryForm
    title = _("Add to the directory")
    verb = _("Add them")
    cancel_url = reverse_lazy("governance:directory")
    permission = KEEP

    def save(self, form: EntryForm) -> str:
        """Add them."""
        services.add_entry(by=self.request.user, **form.cleaned_data)
        return address("governance:directory")


class PlanLaunch(FormPage):
    """Put a launch on the roadmap."""

    form_class = LaunchForm
    title = _("Add a launch")
    facts = _("The references it needs count as work of its month.")
    verb = _("Add it")
    cancel_url = reverse_lazy("governance:directory")
    permission = KEEP

    def save(self, form: LaunchForm) -> str:
        """Plan it."""
        services.plan_launch(facts=form.cleaned_data, by=self.request.user)
        return address("governance:directory")


class ChangeLaunch(PlanLaunch):
    """Change a launch."""

    title = _("Change a launch")
    verb = _("Keep the change")

    @cached_property
    def launch(self) -> Launch:
        """The launch of this address."""
        return _launch(self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        return {name: getattr(self.launch, name) for name in services.LAUNCH}

    def save(self, form: LaunchForm) -> str:
        """Keep it."""
        services.plan_launch(launch=self.launch, facts=form.cleaned_data, by=self.request.user)
        return address("governance:directory")


def _launch(public_id: str) -> Launch:
    row: Launch = get_object_or_404(selectors.all_launches(), public_id=public_id)
    return row


@require_POST
@permission_required(KEEP)
def drop_launch(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take a launch off the roadmap."""
    row = _launch(public_id)
    press(request, lambda: services.drop_launch(launch=row, by=request.user), _t("It asks for nothing any more."))
    return redirect(address("governance:directory"))


@require_POST
@permission_required(KEEP)
def remove_entry(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take a colleague out of the directory."""
    row = get_object_or_404(selectors.directory(), public_id=public_id)
    press(request, lambda: services.remove_entry(entry=row, by=request.user), _t("Taken out."))
    return redirect(address("governance:directory"))
