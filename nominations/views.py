"""Pages of nominations: the list, one nomination. Nominating, screening and standings have files of their own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from nominations import picking, policy, selectors, services, states
from nominations.filters import NominationFilter
from nominations.forms import AnswerForm, NominationForm
from nominations.models import Nomination
from nominations.moments import form_url
from nominations.screening_views import decision_context, present
from nominations.tables import NominationTable
from references.accounts import selectors as accounts
from references.coverage import selectors as coverage
from references.models import Contact
from refprogram.kernel import timeline
from refprogram.kernel.custom_fields import shown as added
from refprogram.kernel.custom_fields.values import values_of_one
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

NOMINATE = Action(
    gettext_lazy("Nominate a customer"), reverse_lazy("nominations:new"), icon="plus", permission="nominations.nominate"
)


class NominationList(ListPage):
    """All nominations that the reader may see."""

    page = "nominations:list"
    title = gettext_lazy("Nominations")
    table_class = NominationTable
    filterset_class = NominationFilter
    custom_noun = "nomination"
    search_fields = ("account__name", "nominator__person__name", "contact__person__name")
    default_sort = "-submitted"
    steady = True
    permission = "nominations.list"
    views = (
        View("mine", gettext_lazy("My nominations"), "mine=yes"),
        View("screening", gettext_lazy("To screen"), "state=screening&sort=submitted", "nominations.screen"),
        View("owner", gettext_lazy("Waiting for the owner"), "state=submitted&sort=since"),
        View("queued", gettext_lazy("Waiting for their turn"), "state=queued&sort=submitted"),
        View("parked", gettext_lazy("Parked"), "state=parked&sort=since"),
        View("invited", gettext_lazy("Customer invited"), "state=outreach&sort=since"),
        View("enrolled", gettext_lazy("Enrolled"), "state=enrolled&state=first_act&sort=-since"),
        View("not-approved", gettext_lazy("Not approved"), "state=not_approved&sort=-since"),
    )
    views_with_counts = True
    actions = (
        Action(
            gettext_lazy("Screen one by one"),
            reverse_lazy("nominations:screening"),
            icon="list",
            permission="nominations.screen",
        ),
        Action(
            gettext_lazy("Links to nominate"),
            reverse_lazy("nominations:links"),
            icon="link",
            permission="nominations.links",
        ),
        Action(
            gettext_lazy("Signals"),
            reverse_lazy("nominations:signals"),
            icon="star",
            permission="nominations.set_signals",
        ),
    )
    primary_action = NOMINATE
    empty = Empty(
        gettext_lazy("Customers whom you and your colleagues nominate will be here, each with what became of it."),
        NOMINATE,
        title=gettext_lazy("Nobody has been nominated yet"),
        icon="star",
    )

    def get_queryset(self) -> QuerySet[Nomination]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)


def found(request: MemberRequest, public_id: str) -> Nomination:
    """Return the nomination, if the reader may see it."""
    return selectors.DETAIL.or_404(request.user, public_id=public_id)


def permitted(request: MemberRequest, public_id: str, permission: str) -> Nomination:
    """Return the nomination, if the reader may see it and do this with it."""
    nomination = found(request, public_id)
    if not request.user.has_perm(permission, nomination):
        raise PermissionDenied
    return nomination


def way_back(request: HttpRequest, nomination: Nomination) -> str:
    """Return where a form's `next` leads, if that is a page of ours; else the nomination."""
    url = request.POST.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else nomination.get_absolute_url()


@require_GET
@login_required
def detail(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one nomination."""
    return show_detail(request, found(request, public_id))


def show_detail(request: MemberRequest, nomination: Nomination, *, status: int = 200, **extra: Any) -> HttpResponse:
    """Return a nomination's page; `extra` holds a form that came back with errors."""
    user = request.user
    events = timeline.latest_of("nomination", nomination.pk)
    context = {
        "nomination": nomination,
        "added": added.facts("nomination", nomination.pk),
        "pill": states.pill_of(nomination),
        "answer_pill": states.answer_pill(nomination),
        "steps": states.steps(nomination),
        "next_step": states.next_step(nomination),
        "answers": states.ANSWERS,
        "activities": [kind for kind in accounts.activity_types() if kind.slug in nomination.activities],
        "entries": timeline.entries(events, user),
        "account_open": accounts.may_open_this(user, nomination.account),
        "may_answer": nomination.may_be_answered and user.has_perm("nominations.answer", nomination),
        "may_amend": nomination.may_be_changed and user.has_perm("nominations.amend", nomination),
        "credits": selectors.credits_of(nomination),
        "may_join": nomination.second_to_id is not None and user.has_perm("nominations.screen"),
        "may_withdraw": nomination.may_be_withdrawn and user.has_perm("nominations.withdraw", nomination),
        "may_screen": user.has_perm("nominations.screen"),
        "park_until": timezone.localdate() + policy.now().park_for,
    }
    if context["may_screen"] and nomination.state == "screening":
        context |= decision_context(nomination)
    return render(request, "nominations/detail.html", {**context, **extra}, status=status)


class Amend(FormPage):
    """Change what a nomination says, until it is decided."""

    form_class = NominationForm
    verb = gettext_lazy("Save")
    template_name = "nominations/new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may not change it."""
        if request.user.is_authenticated:
            self.nomination = permitted(request, kwargs["public_id"], "nominations.amend")  # type: ignore[arg-type]
            if not self.nomination.may_be_changed:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Return whom it is about."""
        return _("Change the nomination of %(name)s") % {"name": self.nomination.account.name}

    def get_cancel_url(self) -> str:
        """Return to the nomination."""
        return self.nomination.get_absolute_url()

    @cached_property
    def contacts(self) -> list[Contact]:
        """The customer's people, for those who may see them; who was named in the nomination in any case."""
        if accounts.visible_to(self.request.user).filter(pk=self.nomination.account_id).exists():
            return present(self.nomination.account)
        return [self.nomination.contact] if self.nomination.contact else []

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the customer and the people we know there."""
        held = values_of_one("nomination", self.nomination.pk)
        return {"account": self.nomination.account, "contacts": self.contacts, "custom_values": held}

    def get_initial(self) -> dict[str, Any]:
        """Return what it says now."""
        contact = self.nomination.contact
        return {
            "contact": contact.public_id if contact else "",
            "activities": self.nomination.activities,
            "why": self.nomination.why,
        }

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the customer."""
        return {"account": self.nomination.account, "contacts": self.contacts}

    def save(self, form: NominationForm) -> str:
        """Change it, and go back to it."""
        nomination = services.amend(
            nomination=self.nomination,
            actor=self.request.user,
            why=form.cleaned_data["why"],
            activities=form.cleaned_data["activities"],
            contact=form.speaker(),
            custom=form.cleaned_data["custom"],
        )
        messages.success(self.request, _("Saved."))
        return nomination.get_absolute_url()


@require_POST
@login_required
def answer(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take the owner's word."""
    nomination = permitted(request, public_id, "nominations.answer")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show_detail(request, nomination, status=422, answer_form=form)
    try:
        said = form.cleaned_data
        services.owner_answer(nomination=nomination, answer=said["answer"], note=said["note"], actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return show_detail(request, found(request, public_id), status=error.status)
    messages.success(request, _("Thank you. The screeners see your answer."))
    return redirect(way_back(request, nomination))


@require_POST
@login_required
def withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take a nomination back."""
    nomination = permitted(request, public_id, "nominations.withdraw")
    try:
        services.withdraw(nomination=nomination, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The nomination of %(name)s is withdrawn.") % {"name": nomination.account.name})
    return redirect(way_back(request, nomination))


@require_GET
@permission_required("nominations.list")
def plan_panel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show the nominations of the customer whom a plan is to win, inside the plan's page."""
    plan = get_object_or_404(coverage.plans_visible_to(request.user).select_related("account"), public_id=public_id)
    rows = [(row, states.pill_of(row)) for row in selectors.of_account(request.user, plan.account)]
    free = request.user.has_perm("nominations.nominate") and picking.is_free(plan.account)
    context = {"account": plan.account, "rows": rows, "nominate_url": form_url(plan.account) if free else ""}
    return render(request, "nominations/account_panel.html", context)


@require_GET
@permission_required("nominations.list")
def account_panel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show an account's nominations, inside the account's page."""
    account = get_object_or_404(accounts.visible_to(request.user), public_id=public_id)
    rows = [(row, states.pill_of(row)) for row in selectors.of_account(request.user, account)]
    free = request.user.has_perm("nominations.nominate") and picking.is_free(account)
    context = {"account": account, "rows": rows, "nominate_url": form_url(account) if free else ""}
    return render(request, "nominations/account_panel.html", context)
