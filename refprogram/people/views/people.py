"""Colleagues: the list, one colleague, inviting, changing, ending access, cover and restrictions."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError
from refprogram.kernel.filters import midnight
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, BulkAction, Empty, ListPage, View
from refprogram.people import forms, leave, selectors, services
from refprogram.people.auth import MemberRequest
from refprogram.people.enums import Privilege, Role, UserState
from refprogram.people.filters import PeopleFilter
from refprogram.people.models import User
from refprogram.people.tables import STATES, PeopleTable


class PeopleList(ListPage):
    """Everybody, with role, team and state."""

    page = "people:people"
    title = gettext_lazy("People")
    table_class = PeopleTable
    filterset_class = PeopleFilter
    default_sort = "name"
    permission = "people.see_people"
    primary_action = Action(
        gettext_lazy("Invite a colleague"), reverse_lazy("people:invite"), icon="plus", permission="people.invite"
    )
    views = (
        View("active", gettext_lazy("Active"), "standing=active"),
        View("invited", gettext_lazy("Invited"), "standing=invited"),
        View("inactive", gettext_lazy("No access"), "standing=inactive"),
    )
    bulk_actions = (
        BulkAction("remind", gettext_lazy("Send the invitation again"), icon="mail", permission="people.invite"),
    )
    empty = Empty(gettext_lazy("Everybody who works with the program will be listed here."), primary_action)

    def get_queryset(self) -> QuerySet[User]:
        """Return everybody the reader may see."""
        return selectors.with_state(selectors.visible_to(self.request.user))

    def search(self, queryset: QuerySet[User], words: list[str]) -> QuerySet[User]:
        """Search names, addresses and titles."""
        return selectors.search_people(queryset, words)

    def bulk_remind(self, chosen: QuerySet[User]) -> str:
        """Invite again those who did not come yet."""
        waiting = [user for user in chosen if user.state == UserState.INVITED]
        for user in waiting:
            services.invite_user(user=user, actor=self.request.user)
        done = ngettext("%d invitation sent again.", "%d invitations sent again.", len(waiting)) % len(waiting)
        return done if waiting else _("None of these is waiting for an invitation.")


@login_required
@require_safe
def person(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one colleague: what is known, who stands in, what binds them, what they did."""
    user = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    events = timeline.of_person(user.person_id, user.pk)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) <= 18:
        events = events.filter(pk__lt=int(before))
    page = list(events[: timeline.PAGE + 1])
    context = {
        "person": user,
        "entries": timeline.entries(page[: timeline.PAGE], request.user),
        "more_url": f"?before={page[timeline.PAGE - 1].pk}" if len(page) > timeline.PAGE else "",
    }
    if request.htmx and before:
        return render(request, "components/timeline.html", {**context, "only_items": True})
    return render(request, "people/person.html", {**context, **_about(request, user)})


def _about(request: MemberRequest, user: User) -> dict[str, Any]:
    may = request.user.has_perm
    return {
        "word": STATES[user.state],
        "head": [user.get_role_display(), user.team and user.team.name],
        "facts": _facts(user),
        "covers": selectors.delegations_of(user),
        "leaves": leave.leaves_of(user),
        "stands_in_for": selectors.acts_for(user),
        "restrictions": selectors.restrictions_of(user),
        "answers": selectors.who_answers_for(user),
        "may_invite": may("people.invite") and user.last_login is None,
        "may_edit": may("people.edit_users"),
        "may_restrict": may("people.restrict"),
        "may_erase": may("people.erase"),
        "may_cover": may("people.set_cover", user),
        "crumbs": [(_("People"), reverse("people:people"))] if may("people.see_people") else [],
    }


def _facts(user: User) -> list[tuple[str, Any]]:
    return [
        (_("Role"), user.get_role_display()),
        (_("E-mail"), user.address),
        (_("Title"), user.person.title),
        (_("Phone"), user.person.phone),
        (_("Team"), user.team and user.team.name),
        (_("Region"), user.team and user.team.region and user.team.region.name),
        (_("In the CRM"), user.external_ref),
        (_("Time zone"), user.person.time_zone),
    ]


class OnePerson(FormPage):
    """Base of the forms about one colleague: 404 for whom the reader may not see."""

    @cached_property
    def person(self) -> User:
        """Who it is about."""
        found: User = get_object_or_404(selectors.visible_to(self.request.user), public_id=self.kwargs["public_id"])
        return found

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the colleague before asking whether the reader may."""
        if request.user.is_authenticated:
            self.person  # noqa: B018 - 404 comes before 403
        return super().dispatch(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        """Go back to the colleague."""
        return self.person.get_absolute_url()

    def done(self, message: str) -> str:
        """Say what was done and go back to the colleague."""
        messages.success(self.request, message)
        return self.person.get_absolute_url()


class Invite(FormPage):
    """Invite somebody new."""

    form_class = forms.InviteForm
    title = gettext_lazy("Invite a colleague")
    facts = gettext_lazy("They get a mail with a link to come in. It holds for 14 days.")
    verb = gettext_lazy("Send the invitation")
    cancel_url = reverse_lazy("people:people")
    permission = "people.invite"

    def save(self, form: Any) -> str:
        """Invite and show them."""
        data = form.cleaned_data
        user = services.invite_user(
            actor=self.request.user,
            email=data["email"],
            name=data["name"],
            role=Role(data["role"]),
            team=data["team"],
        )
        messages.success(self.request, _("%(name)s is invited.") % {"name": user.name})
        return user.get_absolute_url()


class InviteKnown(OnePerson):
    """Invite somebody whom the CRM knows, or who did not come yet."""

    form_class = forms.InviteKnownForm
    facts = gettext_lazy(
        "They get a mail with a link to come in. It holds for 14 days. What is theirs comes to them from now on."
    )
    verb = gettext_lazy("Send the invitation")
    permission = "people.invite"

    def get_title(self) -> str:
        """Name whom."""
        return _("Invite %(name)s") % {"name": self.person.name}

    def get_initial(self) -> dict[str, Any]:
        """Start from what is known."""
        team = self.person.team
        return {"email": self.person.address, "role": self.person.role, "team": team and team.public_id}

    def save(self, form: Any) -> str:
        """Invite and go back."""
        data = form.cleaned_data
        services.invite_user(
            actor=self.request.user,
            user=self.person,
            email=data["email"],
            role=Role(data["role"]),
            team=data["team"],
        )
        return self.done(_("%(name)s is invited.") % {"name": self.person.name})


class EditPerson(OnePerson):
    """Change role and team."""

    form_class = forms.EditUserForm
    verb = gettext_lazy("Save")
    permission = "people.edit_users"

    def get_title(self) -> str:
        """Name whom."""
        return _("Role and team of %(name)s") % {"name": self.person.name}

    def get_initial(self) -> dict[str, Any]:
        """Start from how it is."""
        return {"role": self.person.role, "team": self.person.team and self.person.team.public_id}

    def save(self, form: Any) -> str:
        """Change what differs."""
        services.change_role(user=self.person, role=Role(form.cleaned_data["role"]), actor=self.request.user)
        services.move_to_team(user=self.person, team=form.cleaned_data["team"], actor=self.request.user)
        return self.done(_("Saved."))


class Deactivate(OnePerson):
    """End somebody's access; the page names what still lies on their desk, and who gets it."""

    form_class = forms.ConfirmForm
    facts = gettext_lazy("They are signed out at once, and their tokens and invitations open nothing any more.")
    verb = gettext_lazy("End their access")
    danger = True
    permission = "people.edit_users"
    template_name = "people/deactivate.html"

    def get_title(self) -> str:
        """Name whom."""
        return _("End the access of %(name)s?") % {"name": self.person.name}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Name the open work and who answers for it."""
        heir = selectors.who_answers_for(selectors.as_if_gone(self.person))
        return {"work": selectors.open_work(self.person), "heir": heir if heir.pk != self.person.pk else None}

    def save(self, form: Any) -> str:
        """End it."""
        services.deactivate_user(user=self.person, actor=self.request.user)
        return self.done(_("%(name)s has no access any more.") % {"name": self.person.name})


class Absence(OnePerson):
    """What is said about days in which a colleague, or oneself, is not there."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Allow program people, and everybody for themselves."""
        if request.user.is_authenticated and not request.user.has_perm("people.set_cover", self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Nobody stands in for themselves."""
        return {"principal": self.person}

    def get_initial(self) -> dict[str, Any]:
        """Start today."""
        return {"starts_on": timezone.localdate()}


class Cover(Absence):
    """Say who stands in for a colleague, or for oneself."""

    form_class = forms.CoverForm
    verb = gettext_lazy("Let them stand in")

    def get_title(self) -> str:
        """Name for whom."""
        if self.person.pk == self.request.user.pk:
            return _("Who stands in for you?")
        return _("Who stands in for %(name)s?") % {"name": self.person.name}

    def save(self, form: Any) -> str:
        """Keep it."""
        cover = services.set_delegation(principal=self.person, actor=self.request.user, **form.cleaned_data)
        return self.done(_("%(name)s stands in.") % {"name": cover.delegate.name})


class Restrict(OnePerson):
    """Take a privilege away."""

    form_class = forms.RestrictForm
    verb = gettext_lazy("Take it away")
    danger = True
    permission = "people.restrict"

    def get_title(self) -> str:
        """Name from whom."""
        return _("Take a privilege from %(name)s") % {"name": self.person.name}

    def save(self, form: Any) -> str:
        """Keep it until midnight of the last day."""
        data = form.cleaned_data
        last = data["ends_on"]
        services.impose(
            user=self.person,
            privilege=Privilege(data["privilege"]),
            reason=data["reason"],
            ends_at=midnight(last + dt.timedelta(days=1)) if last else None,
            actor=self.request.user,
        )
        return self.done(_("Taken away. They see it with your reason."))


@login_required
@require_POST
def reactivate(request: MemberRequest, public_id: str) -> HttpResponse:
    """Give access again."""
    user = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    _demand(request, "people.edit_users")
    try:
        services.reactivate_user(user=user, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(name)s has access again.") % {"name": user.name})
    return HttpResponseRedirect(user.get_absolute_url())


@login_required
@require_POST
def end_cover(request: MemberRequest, public_id: str) -> HttpResponse:
    """Call a delegation off."""
    cover = selectors.delegation_by_id(request.user, public_id)
    if cover is None:
        raise Http404
    _demand(request, "people.set_cover", cover.principal)
    try:
        services.end_delegation(delegation=cover, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Called off."))
    return HttpResponseRedirect(cover.principal.get_absolute_url())


@login_required
@require_POST
def lift_restriction(request: MemberRequest, public_id: str) -> HttpResponse:
    """Give a privilege back."""
    restriction = selectors.restriction_by_id(request.user, public_id)
    if restriction is None:
        raise Http404
    _demand(request, "people.restrict")
    try:
        services.lift(restriction=restriction, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Given back."))
    return HttpResponseRedirect(restriction.user.get_absolute_url())


def _demand(request: MemberRequest, permission: str, *about: Any) -> None:
    if not request.user.has_perm(permission, *about):
        raise PermissionDenied
