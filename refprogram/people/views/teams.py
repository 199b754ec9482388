"""Teams: the list, one team, opening and changing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage
from refprogram.people import forms, selectors, services
from refprogram.people.auth import MemberRequest
from refprogram.people.filters import TeamFilter
from refprogram.people.models import Team
from refprogram.people.tables import PeopleTable, TeamTable


class TeamList(ListPage):
    """All teams."""

    page = "people:teams"
    title = gettext_lazy("Teams")
    table_class = TeamTable
    filterset_class = TeamFilter
    default_sort = "name"
    permission = "people.see_teams"
    primary_action = Action(
        gettext_lazy("Open a team"), reverse_lazy("people:team-new"), icon="plus", permission="people.edit_teams"
    )
    empty = Empty(gettext_lazy("The sales teams will be here, each with its region and manager."), primary_action)

    def get_queryset(self) -> QuerySet[Team]:
        """Return all teams."""
        return selectors.teams_visible_to(self.request.user)

    def search(self, queryset: QuerySet[Team], words: list[str]) -> QuerySet[Team]:
        """Search names of teams and managers."""
        return selectors.search_teams(queryset, words)


@login_required
@permission_required("people.see_teams", raise_exception=True)
@require_safe
def team(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one team and its members."""
    found = get_object_or_404(selectors.teams_visible_to(request.user), public_id=public_id)
    members = list(selectors.with_state(selectors.members_of(found)))
    return render(
        request,
        "people/team.html",
        {
            "team": found,
            "members": PeopleTable.render(members) if members else "",
            "facts": [found.region and found.region.name, _leader(found)],
            "crumbs": [(_("Teams"), reverse("people:teams"))],
            "may_edit": request.user.has_perm("people.edit_teams"),
        },
    )


def _leader(found: Team) -> str:
    return _("led by %(name)s") % {"name": found.manager.name} if found.manager else _("led by nobody yet")


class TeamPage(FormPage):
    """Open a team."""

    form_class = forms.TeamForm
    title = gettext_lazy("Open a team")
    verb = gettext_lazy("Open the team")
    cancel_url = reverse_lazy("people:teams")
    permission = "people.edit_teams"

    def save(self, form: Any) -> str:
        """Open it and show it."""
        opened = services.create_team(**_cleaned(form), actor=self.request.user)
        messages.success(self.request, _("The team %(name)s is open.") % {"name": opened.name})
        return opened.get_absolute_url()


class EditTeam(TeamPage):
    """Change a team."""

    verb = gettext_lazy("Save")

    @cached_property
    def team(self) -> Team:
        """Which one."""
        found: Team = get_object_or_404(
            selectors.teams_visible_to(self.request.user), public_id=self.kwargs["public_id"]
        )
        return found

    def get_title(self) -> str:
        """Name it."""
        return _("Change the team %(name)s") % {"name": self.team.name}

    def get_cancel_url(self) -> str:
        """Go back to it."""
        return self.team.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Start from how it is."""
        manager, region = self.team.manager, self.team.region
        return {
            "name": self.team.name,
            "region": region.name if region else "",
            "manager": manager and manager.public_id,
        }

    def save(self, form: Any) -> str:
        """Keep it."""
        services.change_team(team=self.team, **_cleaned(form), actor=self.request.user)
        messages.success(self.request, _("Saved."))
        return self.team.get_absolute_url()


def _cleaned(form: Any) -> dict[str, Any]:
    data = form.cleaned_data
    return {"name": data["name"], "region": services.region_of(data["region"]), "manager": data["manager"]}
