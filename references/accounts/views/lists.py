"""The list of accounts and the list of deals."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from references.accounts import columns, selectors, services
from references.accounts.enums import FreezeKind
from references.accounts.filters import AccountFilter, OpportunityFilter
from references.accounts.models import Account, Opportunity
from references.accounts.tables import AccountTable, OpportunityTable
from refprogram.kernel import tables
from refprogram.kernel.lists import Action, BulkAction, Empty, ListPage, View
from refprogram.people.gates import permission_required

ADD = Action(gettext_lazy("Add account"), reverse_lazy("references:account-add"), "plus", "references.add_account")


class AccountList(ListPage):
    """`/accounts/`: every account that the reader may open, and whether it may be asked today."""

    page = "references:accounts"
    title = gettext_lazy("Accounts")
    permission = "references.see_accounts"
    table_class = AccountTable
    filterset_class = AccountFilter
    custom_noun = "account"
    search_fields = ("name", "city")
    default_sort = "name"
    steady = True
    views = (
        View("mine", gettext_lazy("Mine"), "mine=yes", "references.has_own_accounts"),
        View("references", gettext_lazy("References"), "state=active&state=review_due"),
        View("free", gettext_lazy("Free today"), "availability=available&availability=limited"),
        View("checks", gettext_lazy("Checks due"), "availability=check_due"),
        View("resting", gettext_lazy("Resting"), "availability=resting"),
        View("frozen", gettext_lazy("Frozen"), "availability=frozen"),
    )
    views_with_counts = True
    bulk_actions = (
        BulkAction(
            "still_true", gettext_lazy("Ask “still true?”"), "calendar", "references.ask_still_true",
            short=gettext_lazy("Ask"),
        ),
        BulkAction(
            "freeze", gettext_lazy("Freeze"), "snow", "references.freeze_accounts",
            gettext_lazy("Freeze these accounts? Nobody can ask them for anything until you lift it."),
        ),
        BulkAction(
            "retire", gettext_lazy("Take out of the program"), "out", "references.move_memberships",
            gettext_lazy("Do these accounts take part no longer? Their owners are asked to thank them."),
            short=gettext_lazy("Take out"),
        ),
        BulkAction(
            "bar", gettext_lazy("Do not contact"), "x", "references.move_memberships",
            gettext_lazy("Must nobody contact these customers again? What is open is called off."),
        ),
    )  # fmt: skip
    primary_action = ADD
    actions = (
        Action(gettext_lazy("Masked customers"), reverse_lazy("references:masked"), "eye", "references.see_masked"),
        Action(gettext_lazy("Outcomes"), reverse_lazy("references:outcomes"), "chart", "references.see_outcomes"),
        Action(gettext_lazy("Likely twins, merging"), reverse_lazy("references:merging"), "link", "references.merge"),
        Action(gettext_lazy("Still true? Answer for many"), reverse_lazy("references:attest"), "heart",
               "references.has_own_accounts"),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Customers who may speak for you will be listed here. Add one, or import them from your CRM."), ADD
    )

    def get_queryset(self) -> QuerySet[Account]:
        """Return the accounts that the reader may open."""
        return selectors.listed(self.request.user)

    def with_facts(self, rows: QuerySet[Account]) -> QuerySet[Account]:
        """Add products, asks of the year and freezes."""
        return selectors.with_list_facts(rows)

    def get_columns(self) -> tables.Columns:
        """Return the columns; why an account is frozen only for who may know."""
        return AccountTable.columns_for(self.request.user)

    def get_facts(self) -> str:
        """Return "412 accounts, 168 of them references, 94 free to be asked today"."""
        facts = selectors.facts(self.request.user)
        named = {name: selectors.capped(n) for name, n in asdict(facts).items()}
        return (
            ngettext(
                "%(accounts)s account, %(references)s of them references, %(free)s free to be asked today",
                "%(accounts)s accounts, %(references)s of them references, %(free)s free to be asked today",
                facts.accounts,
            )
            % named
        )

    def bulk_still_true(self, chosen: QuerySet[Account]) -> str:
        """Ask the owners of the chosen references whether their customers are still happy."""
        asked = services.ask_many_still_true(accounts=chosen, actor=self.request.user)
        return (
            ngettext("%(n)d owner is asked.", "%(n)d owners are asked.", asked) % {"n": asked}
            if asked
            else _("None of these is a reference that could be asked about.")
        )

    def bulk_freeze(self, chosen: QuerySet[Account]) -> str:
        """Freeze the chosen accounts that are not frozen yet."""
        done = services.freeze_many(accounts=chosen, kind=FreezeKind.OTHER, actor=self.request.user)
        return ngettext("%(n)d account frozen.", "%(n)d accounts frozen.", done) % {"n": done}

    def bulk_retire(self, chosen: QuerySet[Account]) -> str:
        """Take the chosen references out of the program."""
        why = _("Taken out together with others, in the list")
        done = services.retire_many(accounts=chosen, reason=why, actor=self.request.user)
        return ngettext("%(n)d account left the program.", "%(n)d accounts left the program.", done) % {"n": done}

    def bulk_bar(self, chosen: QuerySet[Account]) -> str:
        """Note that nobody contacts the chosen customers again."""
        why = _("Noted together with others, in the list")
        done = services.bar_many(accounts=chosen, reason=why, actor=self.request.user)
        words = ngettext("%(n)d customer is left alone now.", "%(n)d customers are left alone now.", done)
        return words % {"n": done}


class OpportunityList(ListPage):
    """`/opportunities/`: deals from the CRM, as far as the reader may see them."""

    page = "references:opportunities"
    title = gettext_lazy("Deals")
    permission = "references.see_opportunities"
    table_class = OpportunityTable
    filterset_class = OpportunityFilter
    custom_noun = "opportunity"
    search_fields = ("name", "external_ref", "account__name")
    default_sort = "-closes"
    steady = True
    views = (
        View("open", gettext_lazy("Open"), "stage=prospecting&stage=engaging&stage=proposal"),
        View("won", gettext_lazy("Won"), "stage=won"),
        View("lost", gettext_lazy("Lost"), "stage=lost"),
    )
    empty = Empty(gettext_lazy("Deals come from your CRM: by import, or by the API."))

    def get_queryset(self) -> QuerySet[Opportunity]:
        """Return the deals that the reader may see."""
        return selectors.opportunities_visible_to(self.request.user)


@permission_required("references.add_account")
def account_similar(request: HttpRequest) -> HttpResponse:
    """Return accounts that could be the same company as the name being typed."""
    user: Any = request.user
    similar = selectors.similar_accounts(request.GET.get("name", ""), user)
    return render(request, "references/accounts/similar.html", {"similar": similar})


@login_required
def account_options(request: HttpRequest) -> JsonResponse:
    """Answer a type-ahead: the accounts that somebody means who types `q`."""
    user: Any = request.user
    if not user.has_perm("references.see_accounts"):
        raise PermissionDenied
    found = selectors.pick_list(user, request.GET.get("q", ""))
    options = [
        {"id": one.public_id, "text": one.name, "sub": " · ".join(filter(None, (one.industry, columns.place(one))))}
        for one in found
    ]
    return JsonResponse(options, safe=False)
