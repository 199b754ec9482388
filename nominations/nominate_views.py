"""Nominating: first who, then one short form; the type-ahead in between."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nominations import picking, selectors, services
from nominations.campaigns.shown import helping
from nominations.enums import NominationState
from nominations.forms import NominationForm
from nominations.gaps import gaps_of, most_lacking
from nominations.models import Nomination
from nominations.moments import good_moments
from nominations.screening_views import present
from nominations.sought import Sought, own_candidates, plans_through, sought_of
from references.accounts import selectors as accounts
from references.models import Account, Contact
from refprogram.governance.approvals import pickers
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import ListRequest
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required
from refprogram.people.models import User


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
        if self.account is not None and self.first is None:
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
    def first(self) -> Nomination | None:
        """The nomination that there is already and that this one would be joined to."""
        if self.account is None:
            return None
        first = picking.open_by_account([self.account.pk], self.request.user).get(self.account.pk)
        return first if first is not None and picking.may_be_seconded(first, self.request.user) else None

    @cached_property
    def sought(self) -> Sought:
        """The recruiting target or campaign for which somebody is looked for, while it is open."""
        return sought_of(self.request.GET, self.request.user)

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
        return {"account": self.account, "contacts": self.contacts, "for_others": True}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the customer, and where another one is chosen."""
        return {
            "account": self.account,
            "contacts": self.contacts,
            "another_url": self.sought.carried(reverse("nominations:new")),
            "sought": self.sought,
            "first": self.first and picking.who_and_when(self.first, self.request.user),
            "gaps": gaps_of(self.account)[:2] if self.account else [],
        }

    def save(self, form: NominationForm) -> str:
        """Nominate, and show what happens next."""
        nomination = services.submit(
            nominator=form.cleaned_data["on_behalf_of"] or self.request.user,
            submitted_by=self.request.user,
            account=self.account or form.cleaned_data["account_name"],
            contact=form.speaker(),
            activities=form.cleaned_data["activities"],
            why=form.cleaned_data["why"],
            custom=form.cleaned_data["custom"],
            target=self.sought.target,
            campaign=self.sought.campaign,
        )
        messages.success(self.request, said_of(nomination))
        return way_on(nomination, self.request.user)


def said_of(nomination: Nomination) -> str:
    """Return what happened to a nomination that has just been sent, in a sentence."""
    words = {"account": nomination.account.name, "name": nomination.nominator.name}
    if nomination.second_to is not None:
        return _("%(account)s was nominated before: the two are joined, and the credit is shared. Thank you!") % words
    if nomination.state == NominationState.QUEUED:
        return _("%(account)s is nominated and waits for its turn. Thank you!") % words
    if nomination.submitted_by_id is not None:
        return _("%(account)s is nominated for %(name)s. Thank you!") % words
    return _("%(account)s is nominated. Thank you!") % words


def way_on(nomination: Nomination, user: User) -> str:
    """Return the nomination's page; who nominated for a colleague may not see it, and goes on to the next."""
    if nomination.nominator_id == user.pk or selectors.visible_to(user).filter(pk=nomination.pk).exists():
        return nomination.get_absolute_url()
    return reverse("nominations:new")


def choose(request: ListRequest, *, refusal: str = "", taken_url: str = "") -> HttpResponse:
    """Show the search for a customer; `?q=` was typed without a script, or sent before the list came."""
    words, sought = request.GET.get("q", ""), sought_of(request.GET, request.user)
    hits = picking.hits(request.user, words, sought)
    context = {
        "q": words,
        "hits": hits,
        "hits_url": sought.carried(reverse("nominations:account-hits")),
        "new_url": picking.new_customer(words, hits, sought),
        "too_short": picking.too_short(words),
        "moments": own_candidates(sought, request.user) if sought.target else good_moments(request.user),
        "plans": plans_through(request.user),
        "lacking": [] if sought.target or words else most_lacking(),
        "sought": sought,
        "helps": helping(sought.campaign, request.user) if sought.campaign else [],
        "refusal": refusal,
        "taken_url": taken_url,
    }
    return render(request, "nominations/choose.html", context)


@require_GET
@permission_required("nominations.nominate")
def account_hits(request: MemberRequest) -> HttpResponse:
    """Answer the type-ahead."""
    words, sought = request.GET.get("q", ""), sought_of(request.GET, request.user)
    hits = picking.hits(request.user, words, sought)
    new_url = picking.new_customer(words, hits, sought)
    context = {"q": words.strip(), "hits": hits, "new_url": new_url, "too_short": picking.too_short(words)}
    return render(request, "nominations/_hits.html", context)


@require_GET
@permission_required("nominations.nominate")
def colleagues(request: MemberRequest) -> JsonResponse:
    """Answer the type-ahead of "it was a colleague’s idea"."""
    return JsonResponse(pickers.colleague_options(request.GET.get("q", "").replace("\x00", "")), safe=False)
