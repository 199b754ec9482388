"""Pages of nominations: the list, nominating, one nomination. Screening and standings have files of their own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from nominations import picking, selectors, services, sought, states
from nominations.filters import NominationFilter
from nominations.forms import AnswerForm, NominationForm
from nominations.models import Nomination
from nominations.moments import form_url, good_moments
from nominations.policy import PARK_FOR
from nominations.screening_views import decision_context, present
from nominations.tables import NominationTable
from references.accounts import selectors as accounts
from references.models import Account, Contact, RecruitingTarget
from refprogram.kernel import timeline
from refprogram.kernel.custom_fields import shown as added
from refprogram.kernel.custom_fields.values import values_of_one
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, ListRequest, View
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
        View("parked", gettext_lazy("Parked"), "state=parked&sort=since"),
        View("invited", gettext_lazy("Customer invited"), "state=outreach&sort=since"),
        View("enrolled", gettext_lazy("Enrolled"), "state=enrolled&sort=-since"),
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


class Nominate(FormPage):
    """Nominate a customer: first who, then one short form."""

    form_class = NominationForm
    permission = "nominations.nominate"
    template_name = "nominations/new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the search until it is known who is to be nominated."""
        allowed = request.user.is_authenticated and request.user.has_perm(self.permission)
        if allowed and self.account is None and not self.name:
            return choose(self.request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form, or why this customer cannot be nominated."""
        if self.account is not None:
            try:
                picking.refuse_unless_free(self.account, reader=self.request.user)
            except InvalidInput as refusal:
                taken_url = picking.open_nomination_url(self.account, self.request.user)
                return choose(self.request, refusal=refusal.message, taken_url=taken_url)
        return super().get(request, *args, **kwargs)

    @cached_property
    def account(self) -> Account | None:
        """The account that the address names."""
        public_id = self.request.GET.get("account", "")
        return get_object_or_404(picking.known(), public_id=public_id) if public_id else None

    @cached_property
    def target(self) -> RecruitingTarget | None:
        """The recruiting target for which somebody is looked for, while it is open."""
        return sought.target_of(self.request.GET)

    @property
    def name(self) -> str:
        """The name of a customer whom the program does not know yet."""
        return " ".join(self.request.GET.get("name", "").split())[:200]

    @property
    def draft(self) -> str:  # type: ignore[override]
        """What is typed is kept per customer."""
        return f"nominate:{self.account.public_id if self.account else self.name}"

    def get_title(self) -> str:
        """Return whom it is about."""
        return _("Nominate %(name)s") % {"name": self.account.name if self.account else self.name}

    @property
    def verb(self) -> str:  # type: ignore[override]
        """The button names what it does."""
        return self.get_title()

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """The customer's industry and country, and whose account it is."""
        return picking.facts_of(self.account, self.request.user) if self.account else [_("New here")]

    def get_initial(self) -> dict[str, Any]:
        """Return the name that was typed, and the only contact where there is one."""
        return {"account_name": self.name, "contact": self.contacts[0].public_id if self.contacts else ""}

    @cached_property
    def contacts(self) -> list[Contact]:
        """The customer's people, for those who may see them."""
        if self.account is None or not accounts.visible_to(self.request.user).filter(pk=self.account.pk).exists():
            return []
        return present(self.account)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the customer and the people we know there."""
        return {"account": self.account, "contacts": self.contacts}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the customer, and where another one is chosen."""
        another_url = sought.carried(reverse("nominations:new"), self.target)
        return {"account": self.account, "contacts": self.contacts, "another_url": another_url, "target": self.target}

    def save(self, form: NominationForm) -> str:
        """Nominate, and show what happens next."""
        nomination = services.submit(
            nominator=self.request.user,
            account=self.account or form.cleaned_data["account_name"],
            contact=form.speaker(),
            activities=form.cleaned_data["activities"],
            why=form.cleaned_data["why"],
            custom=form.cleaned_data["custom"],
            target=self.target,
        )
        messages.success(self.request, _("%(account)s is nominated. Thank you!") % {"account": nomination.account.name})
        return nomination.get_absolute_url()


def choose(request: ListRequest, *, refusal: str = "", taken_url: str = "") -> HttpResponse:
    """Show the search for a customer; `?q=` was typed without a script, or sent before the list came."""
    words, target = request.GET.get("q", ""), sought.target_of(request.GET)
    hits = picking.hits(request.user, words, target)
    context = {
        "q": words,
        "hits": hits,
        "new_url": picking.new_customer(words, hits, target),
        "too_short": picking.too_short(words),
        "moments": sought.own_candidates(target, request.user) if target else good_moments(request.user),
        "target": target,
        "refusal": refusal,
        "taken_url": taken_url,
    }
    return render(request, "nominations/choose.html", context)


@require_GET
@permission_required("nominations.nominate")
def account_hits(request: MemberRequest) -> HttpResponse:
    """Answer the type-ahead."""
    words, target = request.GET.get("q", ""), sought.target_of(request.GET)
    hits = picking.hits(request.user, words, target)
    new_url = picking.new_customer(words, hits, target)
    context = {"q": words.strip(), "hits": hits, "new_url": new_url, "too_short": picking.too_short(words)}
    return render(request, "nominations/_hits.html", context)


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
        "pill": states.STATE_PILLS[nomination.state],
        "answer_pill": states.ANSWER_PILLS[nomination.owner_answer],
        "steps": states.steps(nomination),
        "next_step": states.next_step(nomination),
        "answers": states.ANSWERS,
        "activities": [kind for kind in accounts.activity_types() if kind.slug in nomination.activities],
        "entries": timeline.entries(events, user),
        "account_open": bool(accounts.may_open(user, [nomination.account_id])),
        "may_answer": nomination.may_be_answered and user.has_perm("nominations.answer", nomination),
        "may_amend": nomination.may_be_changed and user.has_perm("nominations.amend", nomination),
        "may_withdraw": nomination.may_be_changed and user.has_perm("nominations.withdraw", nomination),
        "may_screen": user.has_perm("nominations.screen"),
        "park_until": timezone.localdate() + PARK_FOR,
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
    return redirect(nomination)


@require_GET
@permission_required("nominations.list")
def account_panel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show an account's nominations, inside the account's page."""
    account = get_object_or_404(accounts.visible_to(request.user), public_id=public_id)
    rows = [(row, states.STATE_PILLS[row.state]) for row in selectors.of_account(request.user, account)]
    free = request.user.has_perm("nominations.nominate") and picking.is_free(account)
    context = {"account": account, "rows": rows, "nominate_url": form_url(account) if free else ""}
    return render(request, "nominations/account_panel.html", context)
