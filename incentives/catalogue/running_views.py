"""The pages of who runs the catalogue: the queue, the shelf, what is owed, and the rewards of a customer."""

import csv
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from incentives.catalogue import forms, liability, policy, selectors, services, shown
from incentives.catalogue.enums import Clientele, ItemKind, Road
from incentives.catalogue.filters import ItemFilter, RedemptionFilter
from incentives.catalogue.models import Item, Redemption
from incentives.catalogue.tables import ItemTable, RedemptionTable
from references.models import Account, Contact
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, BulkAction, Empty, ListPage, View
from refprogram.kernel.models import new_public_id
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

RUN, THANK = "incentives.run_catalogue", "incentives.thank_customers"


class Queue(ListPage):
    """What colleagues and customers chose: to order, on its way, failed, objected to."""

    page = "incentives:reward-queue"
    title = _("Rewards asked for")
    table_class = RedemptionTable
    filterset_class = RedemptionFilter
    search_fields = ("item__name", "person__name", "account__name")
    default_sort = "-asked"
    permission = "incentives.see_redemptions"
    views = (
        View("order", _("To order"), "gift=ready&gift=scheduled&state=asked&sort=asked"),
        View("failed", _("Failed"), "state=failed&sort=asked"),
        View("under-way", _("On their way"), "state=ordered&sort=asked"),
        View("objected", _("Objections"), "objection=open&sort=asked"),
        View("to-confirm", _("To be confirmed"), "state=delivered&sort=asked"),
    )
    views_with_counts = True
    bulk_actions = (BulkAction("order", _("Note as ordered"), icon="check", permission=RUN, short=_("Ordered")),)
    actions = (Action(_("Catalogue"), reverse_lazy("incentives:items"), icon="tag", permission=RUN),)
    empty = Empty(
        _("What colleagues and customers choose for their points is here, from the wish to the thank-you."), icon="gift"
    )

    def get_queryset(self) -> QuerySet[Redemption]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def bulk_order(self, chosen: QuerySet[Redemption]) -> str:
        """Note as ordered whatever of the chosen ones can be."""
        ready = list(chosen.filter(state="asked", gift__state__in=selectors.TO_ORDER).order_by("pk"))
        for row in ready:
            services.order(redemption=row, by=self.request.user)
        return ngettext("%(n)d reward is ordered", "%(n)d rewards are ordered", len(ready)) % {"n": len(ready)}


class ItemList(ListPage):
    """Everything that is or was in the catalogue."""

    page = "incentives:items"
    title = _("Catalogue of rewards")
    table_class = ItemTable
    filterset_class = ItemFilter
    search_fields = ("name", "description")
    default_sort = "points"
    permission = RUN
    views = (
        View("colleagues", _("For colleagues"), "audience=colleagues&offered=yes"),
        View("customers", _("For customers"), "audience=customers&offered=yes"),
        View("out", _("Taken out"), "offered=no"),
    )
    primary_action = Action(_("Add a reward"), reverse_lazy("incentives:new-item"), icon="plus", permission=RUN)
    actions = (Action(_("Rewards asked for"), reverse_lazy("incentives:reward-queue"), icon="gift"),)
    empty = Empty(_("What points can be spent on is here."), primary_action, icon="tag")

    def get_queryset(self) -> QuerySet[Item]:
        """Return what the reader may see."""
        return selectors.items_visible_to(self.request.user)


class _ItemForm(FormPage):
    """Base of the two forms about an item."""

    form_class = forms.ItemForm
    permission = RUN
    cancel_url = reverse_lazy("incentives:items")

    def shelf_of(self, data: dict[str, Any]) -> services.Shelf:
        """Return what was filled in."""
        return services.Shelf(
            **{**data, "cost": data["cost"] or 0, "kind": ItemKind(data["kind"]),
               "audience": Clientele(data["audience"]), "road": Road(data["road"])}
        )  # fmt: skip


class NewItem(_ItemForm):
    """Put something into the catalogue."""

    title = _("Add a reward")
    verb = _("Add it")
    draft = "incentives:new-item"

    def save(self, form: forms.ItemForm) -> str:
        """Add it."""
        return services.add_item(shelf=self.shelf_of(form.cleaned_data), by=self.request.user).get_absolute_url()


class ChangeItem(_ItemForm):
    """Change an item."""

    title = _("Change the reward")

    @cached_property
    def item(self) -> Item:
        """The item of this address."""
        found: Item = get_object_or_404(
            selectors.items_visible_to(self.request.user), public_id=self.kwargs["public_id"]
        )
        return found

    def get_cancel_url(self) -> str:
        """Back to the item."""
        return self.item.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Return the item as it stands."""
        row = self.item
        names = ("name", "kind", "description", "points", "stock", "audience", "roles", "is_auto", "taxable", "is_gift")
        regions = list(row.regions.values_list("public_id", flat=True))
        return {**{name: getattr(row, name) for name in names}, "cost": row.cost or None, "regions": regions,
                "road": row.road}  # fmt: skip

    def save(self, form: forms.ItemForm) -> str:
        """Keep it."""
        shelf = self.shelf_of(form.cleaned_data)
        return services.change_item(item=self.item, shelf=shelf, by=self.request.user).get_absolute_url()


@permission_required(RUN)
@require_POST
def item_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Offer an item again, or no longer."""
    item = get_object_or_404(selectors.items_visible_to(request.user), public_id=public_id)
    acts = {
        "offer": (lambda: services.offer(item=item, by=request.user), _t("It is offered.")),
        "take-out": (lambda: services.take_out(item=item, by=request.user), _t("It is offered no longer.")),
    }
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(item.get_absolute_url())


@permission_required("incentives.see_liability")
@require_safe
def liability_report(request: MemberRequest) -> HttpResponse:
    """`/rewards/liability/`: what is owed in points, month by month; `?format=csv` takes it out."""
    months = liability.report()
    if request.GET.get("format") == "csv":
        return _as_csv(months)
    figures = policy.now()
    now = months[0]
    facts = [
        (_t("Points not redeemed"), rp.number(now.held)),
        (_t("What one costs"), rp.money(now.unit_cost)),
        (_t("Never redeemed"), f"{now.breakage} %"),
        (_t("Lapse after"), _months(figures.expire_after)),
    ]
    context = {"months": months, "now": now, "facts": facts, "expires": figures.expire_after}
    return render(request, "incentives/catalogue/liability.html", context)


def _months(count: int) -> str:
    return ngettext("%(n)d month", "%(n)d months", count) % {"n": count} if count else str(_t("never"))


def _as_csv(months: list[liability.Month]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="liability.csv"'
    writer = csv.writer(answer)
    writer.writerow(["month", "given", "taken_back", "redeemed", "expired", "held", "unit_cost", "breakage", "owed"])
    for one in months:
        writer.writerow(
            [f"{one.starts_on:%Y-%m}", one.given, one.taken_back, one.redeemed, one.expired, one.held, one.unit_cost,
             one.breakage, one.owed]
        )  # fmt: skip
    return answer


# ---------------------------------------------------------------- customers


def _account(request: MemberRequest, public_id: str) -> Account:
    found: Account = get_object_or_404(selectors.accounts_visible_to(request.user), public_id=public_id)
    return found


@permission_required("incentives.view_rewards")
@require_safe
def account_rewards(request: MemberRequest, public_id: str) -> HttpResponse:
    """The panel of an account's page: what its people and the house hold, and what they chose."""
    account = _account(request, public_id)
    rows = list(selectors.of_account(account)[:10])
    context = {
        "account": account,
        "purses": selectors.purses_of(account),
        "lines": [(row, shown.pill_of(row)) for row in rows],
        "may_thank": request.user.has_perm(THANK),
        "may_open": request.user.has_perm("incentives.see_redemptions") or account.owner_id == request.user.pk,
    }
    return render(request, "incentives/catalogue/account_panel.html", context)


@permission_required("incentives.view_rewards")
@require_safe
def contact_rewards(request: MemberRequest, public_id: str) -> HttpResponse:
    """The panel of a contact's page: what they hold and chose, and the way to thank them with points."""
    contact = get_object_or_404(selectors.contacts_visible_to(request.user), public_id=public_id)
    context = {
        "contact": contact,
        "wallet": selectors.wallet_of_contact(contact),
        "lines": [(row, shown.pill_of(row)) for row in selectors.of_person(contact.person)[:10]],
        "may_thank": request.user.has_perm(THANK),
        "may_open": request.user.has_perm("incentives.see_redemptions") or contact.account.owner_id == request.user.pk,
    }
    return render(request, "incentives/catalogue/contact_panel.html", context)


class Thank(FormPage):
    """Give a customer's person, or their house, points by hand."""

    form_class = forms.ThankForm
    title = _("Thank with points")
    verb = _("Give the points")
    permission = THANK

    @cached_property
    def contact(self) -> Contact:
        """The contact of this address."""
        found: Contact = get_object_or_404(
            selectors.contacts_visible_to(self.request.user), public_id=self.kwargs["public_id"]
        )
        return found

    @property
    def for_house(self) -> bool:
        """Whether the points go to the account, and its person chooses for the house."""
        return self.request.GET.get("for") == "account"

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Whom."""
        return [self.contact.account.name if self.for_house else self.contact.person.name]

    def get_cancel_url(self) -> str:
        """Back to the contact."""
        return self.contact.get_absolute_url()

    def save(self, form: forms.ThankForm) -> str:
        """Book them, and write to who may choose."""
        data, contact = form.cleaned_data, self.contact
        to = contact.account if self.for_house else contact
        key = str(self.key or new_public_id())
        entry = services.give_points(to=to, points=data["points"], reason=data["reason"], by=self.request.user, key=key)
        if data["invite"]:
            services.invite(contact=contact, for_house=self.for_house, by=self.request.user, key=str(entry.pk))
        messages.success(self.request, _t("Given."))
        return self.get_cancel_url()
