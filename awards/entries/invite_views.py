"""The pages of invitations: propose a customer, invite them, say why not."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.contests.doors import ContestListPage, contest_or_404
from awards.contests.models import Contest
from awards.entries import selectors, services
from awards.entries.enums import InviteState
from awards.entries.filters import InviteFilter
from awards.entries.forms import ProposeForm, ReasonForm
from awards.entries.models import EntryInvite
from awards.entries.tables import INVITES, InviteTable
from references.accounts.services import add_contact
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

RUN = "awards.run_contest"


class InviteList(ContestListPage):
    """`/contests/<slug>/invites/`: who was proposed, invited, and what they said."""

    page = below = "awards:invites"
    permission = "awards.see_contests"
    table_class = InviteTable
    filterset_class = InviteFilter
    search_fields = ("account__name", "contact__person__name")
    default_sort = "-proposed"
    views = (
        View("proposed", gettext_lazy("Proposed"), "state=proposed"),
        View("open", gettext_lazy("Invited"), "state=invited&state=accepted"),
    )
    empty = Empty(gettext_lazy("Nobody was proposed that you may know of."))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say to which contest, and what may be done here."""
        slug = self.contest.slug
        self.title = _("Invitations to %(contest)s") % {"contest": self.contest.name}
        self.primary_action = Action(_("Propose a customer"), reverse("awards:invite-new", args=[slug]), icon="plus")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[EntryInvite]:
        """Return the invitations of the contest that the reader may see."""
        return selectors.invites_visible_to(self.request.user).filter(contest=self.contest)


class Propose(FormPage):
    """`/contests/<slug>/invites/new/`."""

    permission = "awards.propose_entrants"
    form_class = ProposeForm
    title = gettext_lazy("Propose a customer")
    facts = gettext_lazy("The program invites them, if nothing stands against it; you hear what they say.")
    verb = gettext_lazy("Propose them")
    draft = "awards:propose"
    kwargs: dict[str, Any]

    @cached_property
    def contest(self) -> Contest:
        """The contest."""
        return contest_or_404(self.request, self.kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who proposes, and for what."""
        return {"user": self.request.user, "contest": self.contest}

    def get_initial(self) -> dict[str, Any]:
        """Begin with the customer that the address names."""
        return {"account": self.request.GET.get("account", "")}

    def get_cancel_url(self) -> str:
        """Go back to the invitations."""
        return reverse("awards:invites", args=[self.contest.slug])

    def save(self, form: ProposeForm) -> str:
        """Propose them."""
        said, user = form.cleaned_data, self.request.user
        contact = add_contact(account=said["account"], name=said["name"], email=said["email"], actor=user)
        row = services.propose(
            contest=self.contest, account=said["account"], contact=contact, note=said["note"], by=user,
            category=said["category"],
        )  # fmt: skip
        return row.get_absolute_url()


def _invite(request: Any, public_id: str, needs: str = "") -> EntryInvite:
    row: EntryInvite = get_object_or_404(selectors.invites_visible_to(request.user), public_id=public_id)
    if needs and not request.user.has_perm(needs, row.contest):
        raise PermissionDenied
    return row


@permission_required("awards.see_contests")
@require_safe
def invite_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show an invitation: whom, why they, how far."""
    row = _invite(request, public_id)
    contest = row.contest
    context = {
        "invite": row,
        "contest": contest,
        "pill": INVITES[InviteState(row.state)],
        "entry": selectors.entry_of_invite(row),
        "runs": request.user.has_perm(RUN, contest),
        "entries": timeline.entries(timeline.of_subject("entryinvite", row.pk)[: timeline.PAGE], request.user),
        "crumbs": [
            (_("Contests"), reverse("awards:contests")),
            (contest.name, contest.get_absolute_url()),
            (_("Invitations"), reverse("awards:invites", args=[contest.slug])),
            (row.account.name, ""),
        ],
    }
    return render(request, "awards/entries/invite.html", context)


@permission_required("awards.see_contests")
@require_POST
def invite_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Invite them now, or let the invitation go."""
    row = _invite(request, public_id, RUN)
    if verb == "invite":
        press(request, lambda: services.invite(invite=row, by=request.user), _("Asked: what came of it stands below."))
    else:
        press(request, lambda: services.lapse(invite=row, by=request.user), _("Let go: they are free for other asks."))
    return redirect(row)


class Refuse(FormPage):
    """`/invites/<id>/refuse/`: a proposed customer is not invited."""

    permission = "awards.see_contests"
    form_class = ReasonForm
    title = gettext_lazy("Do not invite them")
    facts = gettext_lazy("Who proposed them reads why.")
    verb = gettext_lazy("Do not invite them")
    kwargs: dict[str, Any]

    @cached_property
    def invite(self) -> EntryInvite:
        """The invitation."""
        return _invite(self.request, self.kwargs["public_id"], RUN)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the form to who may send it."""
        self.invite  # noqa: B018 looking it up is the check
        return super().get(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        """Go back to the invitation."""
        return self.invite.get_absolute_url()

    def save(self, form: ReasonForm) -> str:
        """Refuse it."""
        services.refuse(invite=self.invite, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.invite.get_absolute_url()
