"""Pages of the register: everybody with a stake as a picture and a list, one of them, what is done about them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from refprogram.governance.stakeholders import selectors, services
from refprogram.governance.stakeholders.filters import StakeholderFilter
from refprogram.governance.stakeholders.forms import (
    ChangeStakeholderForm,
    ContactForm,
    GroupForm,
    RequirementForm,
    StakeholderForm,
)
from refprogram.governance.stakeholders.models import Requirement, Stakeholder, StakeholderGroup
from refprogram.governance.stakeholders.tables import StakeholderTable
from refprogram.kernel import timeline
from refprogram.kernel.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, press
from refprogram.people.gates import permission_required
from refprogram.people.row_forms import RowForm

KEEP = "governance.keep_stakeholders"
SHOWN = 12  # contacts and answers on the page of one
ADD = Action(_("Add a stakeholder"), reverse_lazy("governance:stakeholder-new"), "plus", KEEP)


class StakeholderList(ListPage):
    """Everybody who has a stake in the program."""

    page = "governance:stakeholders"
    title = _("Stakeholders")
    table_class = StakeholderTable
    filterset_class = StakeholderFilter
    default_sort = "-influence"
    permission = "governance.see_stakeholders"
    primary_action = ADD
    actions = (
        Action(_("Picture and groups"), reverse_lazy("governance:stakeholder-picture"), "map"),
        Action(_("Who knows what"), reverse_lazy("governance:directory"), "book"),
    )
    views = (
        View("key", _("Key groups"), "key=yes"),
        View("close", _("Much of both"), "influence_min=4&interest_min=4"),
        View("speak", _("To be spoken to"), "speak=yes"),
        View("unmet", _("Lack something"), "unmet=yes"),
    )
    empty = Empty(
        _("Who can carry or stop the program, what they want of it, and when you last spoke to them."), ADD,
        title=_("Nobody is in the register yet"), icon="users",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Stakeholder]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def with_facts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add what stands beside the rows' own."""
        return selectors.with_standing(rows)

    def search(self, queryset: QuerySet[Stakeholder], words: list[str]) -> QuerySet[Stakeholder]:
        """Find by name, part or group."""
        return selectors.search(queryset, words)


@require_safe
@permission_required("governance.see_stakeholders")
def picture(request: MemberRequest) -> HttpResponse:
    """Influence by interest, and the groups: which are key, how they are."""
    rows = list(selectors.with_standing(selectors.visible_to(request.user)))
    today = timezone.localdate()
    context = {
        "rows": rows,
        "picture": selectors.picture(rows),
        "late": {row.pk for row in rows if row.every_days and row.due_on < today},  # type: ignore[attr-defined]
        "groups": selectors.groups(),
        "most_key": services.MOST_KEY,
        "may_keep": request.user.has_perm(KEEP),
    }
    return render(request, "governance/stakeholders/picture.html", context)


def found(request: HttpRequest, public_id: str) -> Stakeholder:
    """Return the stakeholder, if the reader may see them."""
    rows = selectors.in_full(selectors.visible_to(request.user))  # type: ignore[arg-type]
    row: Stakeholder = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe
@login_required
def stakeholder(request: MemberRequest, public_id: str) -> HttpResponse:
    """One stakeholder: their success, what they need, how they answered, when they were spoken to."""
    row = found(request, public_id)
    pulses = list(row.pulses.all())
    waiting = next((pulse for pulse in pulses if pulse.answered_at is None), None)
    may_keep = request.user.has_perm(KEEP)
    context = {
        "row": row,
        "late": bool(row.every_days) and row.due_on < timezone.localdate(),  # type: ignore[attr-defined]
        "trend": selectors.pulse_trend(row),
        "answered": [pulse for pulse in pulses if pulse.answered_at is not None][:SHOWN],
        "contacts": list(row.contacts.all())[:SHOWN],
        "waiting": waiting,
        "pulse_address": services.address_of(waiting) if waiting and may_keep and not row.user_id else "",
        "may_keep": may_keep,
        "entries": timeline.entries(timeline.of_subject("stakeholder", row.pk)[: timeline.PAGE], request.user),
    }
    return render(request, "governance/stakeholders/stakeholder.html", context)


class AddStakeholder(FormPage):
    """Add somebody to the register."""

    form_class = StakeholderForm
    title = _("Add a stakeholder")
    verb = _("Add them")
    cancel_url = reverse_lazy("governance:stakeholders")
    permission = KEEP
    draft = "stakeholder-new"

    def get_initial(self) -> dict[str, Any]:
        """Return the reader as who keeps the contact."""
        return {"keeper": self.request.user.public_id, "influence": 3, "interest": 3}

    def save(self, form: StakeholderForm) -> str:
        """Add them."""
        said = form.cleaned_data
        return services.add_stakeholder(facts=said, user=said["user"], by=self.request.user).get_absolute_url()


class AddGroup(FormPage):
    """Add a group."""

    form_class = GroupForm
    title = _("Add a group")
    verb = _("Add the group")
    cancel_url = reverse_lazy("governance:stakeholder-picture")
    permission = KEEP

    def save(self, form: GroupForm) -> str:
        """Add it."""
        services.add_group(by=self.request.user, **form.cleaned_data)
        return address("governance:stakeholder-picture")


@require_POST
@login_required
def flag_group(request: MemberRequest, public_id: str) -> HttpResponse:
    """Make a group a key one, or no longer."""
    row: StakeholderGroup = get_object_or_404(selectors.groups_for(request.user), public_id=public_id)
    if not request.user.has_perm(KEEP):
        raise PermissionDenied
    press(request, lambda: services.flag_group(group=row, by=request.user), _t("Changed."))
    return redirect(address("governance:stakeholder-picture"))


class StakeholderPage(RowForm):
    """Base of forms about one stakeholder."""

    needs = KEEP

    def find(self, public_id: str) -> Stakeholder:
        """Return the stakeholder of the address."""
        return found(self.request, public_id)

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Who it is."""
        return [part for part in (self.row.name, self.row.part) if part]


class ChangeStakeholder(StakeholderPage):
    """Change what is known."""

    form_class = ChangeStakeholderForm
    title = _("Change what is known")
    verb = _("Keep the change")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whether they are a colleague."""
        return {"is_colleague": self.row.user_id is not None}

    def get_initial(self) -> dict[str, Any]:
        """Return what is known."""
        row = self.row
        people = {"group": row.group.public_id, "keeper": row.keeper.public_id if row.keeper else ""}
        return {name: getattr(row, name) for name in (*services.FACTS, "revision")} | people

    def act(self, **said: Any) -> object:
        """Keep it."""
        return services.change_stakeholder(row=self.row, facts=said, revision=said["revision"], by=self.request.user)


class NoteContact(StakeholderPage):
    """They were spoken to."""

    form_class = ContactForm
    title = _("You spoke to them")
    verb = _("Keep it")

    def act(self, **said: Any) -> object:
        """Keep it."""
        return services.note_contact(row=self.row, by=self.request.user, **said)


class AddRequirement(StakeholderPage):
    """They need something."""

    form_class = RequirementForm
    title = _("What they need")
    verb = _("Add it")

    def act(self, **said: Any) -> object:
        """Add it."""
        return services.add_requirement(row=self.row, by=self.request.user, **said)


@require_POST
@login_required
def meet(request: MemberRequest, public_id: str) -> HttpResponse:
    """Say that a requirement is met; again takes it back."""
    row: Requirement = get_object_or_404(selectors.requirements_for(request.user), public_id=public_id)
    if not request.user.has_perm(KEEP):
        raise PermissionDenied
    press(request, lambda: services.meet_requirement(requirement=row, by=request.user), _t("Noted."))
    return redirect(row.stakeholder.get_absolute_url())


ask_pulse = button(
    found,
    lambda request, row: services.ask_pulse(row=row, by=request.user),
    _("Asked. A colleague gets it by mail; for others copy the link."),
    needs=KEEP,
)
