"""`/directory/`: who in the company knows what, and what comes that will need references."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from refprogram.governance.stakeholders import selectors, services
from refprogram.governance.stakeholders.enums import Knows
from refprogram.governance.stakeholders.forms import ChangeEntryForm, EntryForm, LaunchForm
from refprogram.governance.stakeholders.models import DirectoryEntry, Launch
from refprogram.kernel.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required
from refprogram.people.row_forms import RowForm

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


class ChangeEntry(RowForm):
    """Say differently what a colleague knows."""

    form_class = ChangeEntryForm
    title = _("Change what they know")
    verb = _("Keep the change")
    needs = KEEP
    template_name = "governance/stakeholders/entry.html"

    def find(self, public_id: str) -> DirectoryEntry:
        """Return the line of the address."""
        return _entry(self.request, public_id)

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Who, as what."""
        return [self.row.user.name, str(self.row.get_knows_display())]

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        return {"topics": self.row.topics, "reach": self.row.reach}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return whose edits are shown."""
        return {"noun": "directory", "key": self.row.public_id}

    def act(self, **said: Any) -> object:
        """Keep it."""
        return services.change_entry(entry=self.row, by=self.request.user, **said)


def _entry(request: HttpRequest, public_id: str) -> DirectoryEntry:
    rows = selectors.entries_for(request.user)  # type: ignore[arg-type]
    row: DirectoryEntry = get_object_or_404(rows, public_id=public_id)
    return row


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


class ChangeLaunch(RowForm):
    """Change a launch."""

    form_class = LaunchForm
    title = _("Change a launch")
    facts = PlanLaunch.facts
    verb = _("Keep the change")
    needs = KEEP
    template_name = "governance/stakeholders/with_edits.html"

    def find(self, public_id: str) -> Launch:
        """Return the launch of the address."""
        return _launch(self.request, public_id)

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        return {name: getattr(self.row, name) for name in services.LAUNCH}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return whose edits are shown."""
        return {"noun": "launch", "key": self.row.public_id}

    def act(self, **said: Any) -> object:
        """Keep it."""
        return services.plan_launch(launch=self.row, facts=said, by=self.request.user)


def _launch(request: HttpRequest, public_id: str) -> Launch:
    rows = selectors.launches_for(request.user)  # type: ignore[arg-type]
    row: Launch = get_object_or_404(rows, public_id=public_id)
    return row


@require_POST
@permission_required(KEEP)
def drop_launch(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take a launch off the roadmap."""
    row = _launch(request, public_id)
    press(request, lambda: services.drop_launch(launch=row, by=request.user), _t("It asks for nothing any more."))
    return redirect(address("governance:directory"))


@require_POST
@permission_required(KEEP)
def remove_entry(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take a colleague out of the directory."""
    row = _entry(request, public_id)
    press(request, lambda: services.remove_entry(entry=row, by=request.user), _t("Taken out."))
    return redirect(address("governance:directory"))
