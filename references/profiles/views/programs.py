"""Linked programs: the list, one with its people, opening, changing, joining, leaving."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from references.accounts.selectors import DETAIL
from references.accounts.views.base import AccountForm
from references.profiles import forms, selectors, services
from references.profiles.filters import MemberFilter, ProgramFilter
from references.profiles.models import LinkedProgram, Participation
from references.profiles.tables import MemberTable, ParticipationTable, ProgramTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required

RUN = "references.run_linked_programs"
ADD = Action(gettext_lazy("Add a program"), reverse_lazy("references:program-add"), icon="plus", permission=RUN)
MEMBERS_OF_ALL = Action(gettext_lazy("Who takes part"), reverse_lazy("references:participations"), icon="users")
MEMBERS = 200


class ProgramList(ListPage):
    """`/linked-programs/`: councils, betas, communities, satisfaction programs that ask the same customers."""

    page = "references:programs"
    title = gettext_lazy("Linked programs")
    table_class = ProgramTable
    filterset_class = ProgramFilter
    search_fields = ("name",)
    default_sort = "name"
    primary_action = ADD
    actions = (MEMBERS_OF_ALL,)
    empty = Empty(
        gettext_lazy("A council, a beta, a community: what asks the same customers counts towards the same caps."),
        ADD,
        title=gettext_lazy("No other program is known"),
        icon="users",
    )
    permission = "references.see_linked_programs"

    def get_queryset(self) -> QuerySet[LinkedProgram]:
        """Return every program."""
        return selectors.programs_visible_to(self.request.user)


class MemberList(ListPage):
    """`/linked-programs/people/`: who takes part in what, of the accounts that the reader may open; its file too."""

    page = "references:participations"
    title = gettext_lazy("Who takes part")
    table_class = MemberTable
    filterset_class = MemberFilter
    search_fields = ("contact__person__name", "account__name", "program__name")
    default_sort = "contact"
    views = (
        View("now", gettext_lazy("Now"), "state=active"),
        View("invited", gettext_lazy("Invited"), "state=invited"),
        View("satisfaction", gettext_lazy("Satisfaction"), "kind=satisfaction"),
    )
    empty = Empty(
        gettext_lazy("Note on a customer’s page who is in a council, a beta, a community. Surveys bring their own."),
        title=gettext_lazy("Nobody takes part in anything yet"),
        icon="users",
    )
    permission = "references.see_linked_programs"

    def get_queryset(self) -> QuerySet[Participation]:
        """Return who takes part, as far as the reader may open the account."""
        return selectors.participations_visible_to(self.request.user)


def _program(request: MemberRequest, public_id: str) -> LinkedProgram:
    return get_object_or_404(selectors.programs_visible_to(request.user), public_id=public_id)


@permission_required("references.see_linked_programs")
@require_safe
def program(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one program: its terms, its shared cap, and who takes part, as far as the reader may see the accounts."""
    row = _program(request, public_id)
    members = selectors.participations_visible_to(request.user).filter(program=row)
    people = list(members.order_by("state", "contact__person__name")[:MEMBERS])
    context = {
        "row": row,
        "facts": [
            (_("Kind"), row.get_kind_display()),
            (_("Run by"), row.owner.name if row.owner else ""),
            (_("At most in three months"), row.cap_per_quarter or _("no cap of its own")),
            (_("Surveys"), ", ".join(selectors.surveys_of(row))),
            (_("Ended"), row.ended_on or ""),
        ],
        "people": ParticipationTable.render(people) if people else "",
        "shown": len(people),
        "may_run": request.user.has_perm(RUN),
        "all_url": f"{reverse('references:participations')}?program={row.public_id}",
        "crumbs": [(_("Linked programs"), reverse("references:programs")), (row.name, "")],
    }
    return render(request, "references/profiles/program.html", context)


@login_required
@require_safe
def account_programs(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel of the programs that an account's people are in."""
    account = DETAIL.or_404(request.user, public_id=public_id)
    may_join = request.user.has_perm("references.note_participation", account)
    context = {
        "account": account,
        "lines": selectors.participations_of(account),
        "may_join": may_join,
        "add_url": reverse("references:participation-add", args=[public_id]) if may_join else "",
    }
    return render(request, "references/profiles/programs_panel.html", context)


class AddProgram(FormPage):
    """`/linked-programs/add/`"""

    form_class = forms.ProgramForm
    title = gettext_lazy("Add a program")
    verb = gettext_lazy("Add the program")
    cancel_url = reverse_lazy("references:programs")
    permission = RUN

    def save(self, form: Any) -> str:
        """Open it."""
        return services.open_program(by=self.request.user, **form.cleaned_data).get_absolute_url()


class EditProgram(FormPage):
    """`/linked-programs/<id>/edit/`"""

    form_class = forms.ProgramForm
    verb = gettext_lazy("Save")
    permission = RUN
    kwargs: dict[str, Any]

    @cached_property
    def row(self) -> LinkedProgram:
        """The program."""
        return _program(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    def get_title(self) -> str:
        """Return its name."""
        return self.row.name

    def get_cancel_url(self) -> str:
        """Return its page."""
        return self.row.get_absolute_url()

    def get_initial(self) -> Mapping[str, Any]:
        """Return what is known."""
        return {name: getattr(self.row, name) for name in ("name", "kind", "terms", "owner", "cap_per_quarter")}

    def save(self, form: Any) -> str:
        """Save; another cap counts at once."""
        messages.success(self.request, _("Saved."))
        return services.edit_program(program=self.row, by=self.request.user, **form.cleaned_data).get_absolute_url()


class AddParticipation(AccountForm):
    """`/accounts/<id>/programs/add/`"""

    form_class = forms.ParticipationForm
    account_permission = "references.note_participation"
    verb = gettext_lazy("Note it")

    def get_title(self) -> str:
        """Return whose people it is about."""
        return _("Who of %(name)s takes part in what?") % {"name": self.account.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the account to the form."""
        return {"account": self.account}

    def save(self, form: Any) -> str:
        """Note it; the caps are shared from now on."""
        services.add_participation(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Noted. Its asks count towards the same caps."))
        return self.account.get_absolute_url()


def _participation(request: MemberRequest, public_id: str) -> Participation:
    row = get_object_or_404(selectors.participations_visible_to(request.user), public_id=public_id)
    if not request.user.has_perm("references.note_participation", row.account):
        raise PermissionDenied
    return row


end_program = button(
    _program,
    lambda request, row: services.end_program(program=row, by=request.user),
    gettext_lazy("Ended. Its cap binds nobody any more."),
    needs=RUN,
)
begin_participation = button(
    _participation,
    lambda request, row: services.begin_participation(participation=row, by=request.user),
    gettext_lazy("Noted."),
)
end_participation = button(
    _participation,
    lambda request, row: services.end_participation(participation=row, by=request.user),
    gettext_lazy("Noted."),
)
