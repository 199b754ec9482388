"""The pages of badges: which there are, one with who has it, and what is done with them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_safe

from incentives.badges import selectors, services
from incentives.badges.filters import BadgeFilter
from incentives.badges.forms import BadgeForm, GiveForm, RevokeForm, facts_of
from incentives.badges.models import Badge, BadgeGrant
from incentives.badges.tables import BadgeTable
from refprogram.governance.approvals import pickers
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required

SHOWN = 50
ADD = Action(gettext_lazy("Add a badge"), reverse_lazy("incentives:new-badge"), "plus", "incentives.run_badges")


class BadgeList(ListPage):
    """`/badges/`"""

    page = "incentives:badges"
    title = gettext_lazy("Badges")
    table_class = BadgeTable
    filterset_class = BadgeFilter
    search_fields = ("name", "words")
    default_sort = "name"
    views = (
        View("offered", gettext_lazy("Can be won"), "offered=yes"),
        View("rare", gettext_lazy("Given last"), "offered=yes&sort=-last"),
        View("retired", gettext_lazy("Not given any more"), "offered=no"),
    )
    primary_action = ADD
    empty = Empty(gettext_lazy("What colleagues can win beside points stands here."), ADD)
    permission = "incentives.view_rewards"

    def get_queryset(self) -> QuerySet[Badge]:
        """Return the badges, with how often they were given."""
        return selectors.with_givings(selectors.visible_to(self.request.user))


def _badge(request: MemberRequest, public_id: str) -> Badge:
    return get_object_or_404(selectors.visible_to(request.user), public_id=public_id)


@require_GET
@permission_required("incentives.view_rewards")
def badge(request: MemberRequest, public_id: str) -> HttpResponse:
    """One badge: what for, and who has it, with what was said."""
    rows = selectors.with_givings(selectors.visible_to(request.user))
    found: Any = get_object_or_404(rows.select_related("created_by__person"), public_id=public_id)
    grants = list(selectors.grants_visible_to(request.user).filter(badge=found).order_by("-occurred_at", "-pk"))[:SHOWN]
    shown = {
        "badge": found,
        "holders": ngettext("%(n)d colleague has it", "%(n)d colleagues have it", found.holders) % {"n": found.holders},
        "grants": [(one, request.user.has_perm("incentives.revoke_badge", one)) for one in grants],
        "may_run": request.user.has_perm("incentives.run_badges"),
        "may_give": selectors.given_by_hand(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, "incentives/badges/badge.html", shown)


class NewBadge(FormPage):
    """`/badges/new/`"""

    form_class = BadgeForm
    title = gettext_lazy("Add a badge")
    verb = gettext_lazy("Add the badge")
    cancel_url = reverse_lazy("incentives:badges")
    permission = "incentives.run_badges"
    draft = "incentives:new-badge"

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with what most of them are."""
        return {"by_hand": True}

    def save(self, form: BadgeForm) -> str:
        """Add it."""
        return services.add_badge(actor=self.request.user, **form.cleaned_data).get_absolute_url()


class _OfBadge(FormPage):
    """A form about one badge."""

    kwargs: dict[str, Any]

    @cached_property
    def badge(self) -> Badge:
        """The badge of this address."""
        return _badge(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    def get_cancel_url(self) -> str:
        """Back to the badge."""
        return self.badge.get_absolute_url()


class ChangeBadge(_OfBadge):
    """`/badges/<id>/change/`"""

    form_class = BadgeForm
    verb = gettext_lazy("Keep the changes")
    facts = gettext_lazy("Who has it keeps it.")
    permission = "incentives.run_badges"

    def get_title(self) -> str:
        """Name it."""
        return self.badge.name

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with what stands."""
        return facts_of(self.badge)

    def save(self, form: BadgeForm) -> str:
        """Keep what changed."""
        changed = services.change_badge(badge=self.badge, actor=self.request.user, **form.cleaned_data)
        return changed.get_absolute_url()


class GiveBadge(_OfBadge):
    """`/badges/<id>/give/`"""

    form_class = GiveForm
    verb = gettext_lazy("Give the badge")
    permission = "incentives.give_badges"

    def get_title(self) -> str:
        """Name it."""
        return _("Give: %(badge)s") % {"badge": self.badge.name}

    def save(self, form: GiveForm) -> str:
        """Give it."""
        given = services.grant_badge(badge=self.badge, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("%(name)s has the badge, and hears of it.") % {"name": given.person.name})
        return self.badge.get_absolute_url()


class RevokeBadge(FormPage):
    """`/badges/given/<id>/revoke/`"""

    form_class = RevokeForm
    title = gettext_lazy("Take the badge back")
    verb = gettext_lazy("Take it back")
    danger = True
    permission = "incentives.view_rewards"
    kwargs: dict[str, Any]

    @cached_property
    def grant(self) -> BadgeGrant:
        """The given badge of this address; 403 for who sees it and may not take it back."""
        rows = selectors.grants_visible_to(self.request.user)
        found = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        if not self.request.user.has_perm("incentives.revoke_badge", found):
            raise PermissionDenied
        return found

    def get_title(self) -> str:
        """Say whose and which."""
        words = {"badge": self.grant.badge.name, "name": self.grant.person.name}
        return _("Take back %(badge)s of %(name)s") % words

    def get_cancel_url(self) -> str:
        """Back to the badge."""
        return self.grant.get_absolute_url()

    def save(self, form: RevokeForm) -> str:
        """Take it back."""
        services.revoke(grant=self.grant, reason=form.cleaned_data["reason"], actor=self.request.user)
        messages.success(self.request, _("Taken back. The person reads why."))
        return self.grant.get_absolute_url()


retire_badge = button(
    _badge,
    lambda request, row: services.set_retired(badge=row, retired=True, actor=request.user),
    gettext_lazy("It is given no more. Who has it keeps it."),
    needs="incentives.run_badges",
)
bring_back_badge = button(
    _badge,
    lambda request, row: services.set_retired(badge=row, retired=False, actor=request.user),
    gettext_lazy("It can be won again."),
    needs="incentives.run_badges",
)


@require_safe
@permission_required("incentives.view_rewards")
def colleague_options(request: MemberRequest) -> JsonResponse:
    """Answer a type-ahead: colleagues by name."""
    return JsonResponse(pickers.colleague_options(request.GET.get("q", "").replace("\x00", "")), safe=False)
