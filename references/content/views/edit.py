"""Forms about one story."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from references.accounts.selectors import visible_to as accounts_visible_to
from references.content import forms, selectors, services
from references.content.models import Asset, AssetPart, Placement
from references.content.views.asset import found_asset
from refprogram.governance.budgets.models import Commitment
from refprogram.kernel.forms import FormPage


class AssetPage(FormPage):
    """A form about one story: 404 for who may not see it, 403 for who may not do it."""

    needs = "references.make_content"
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look the story up before anything else."""
        if request.user.is_authenticated:
            row = self.asset
            if not request.user.has_perm(self.needs, row):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def asset(self) -> Asset:
        """The story of this address."""
        return found_asset(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Which story it is."""
        return [self.asset.title, self.asset.account.name]

    def get_cancel_url(self) -> str:
        """Back to the story."""
        return self.asset.get_absolute_url()


class NewAsset(FormPage):
    """`/content/new/`."""

    form_class = forms.NewAssetForm
    title = _("New story")
    verb = _("Begin")
    cancel_url = reverse_lazy("references:assets")
    draft = "references:asset-new"
    permission = "references.make_content"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the customers to choose from."""
        return {"accounts": accounts_visible_to(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        """Return the customer that the address names."""
        return {"account": self.request.GET.get("account", "")}

    def save(self, form: Any) -> str:
        """Note the idea."""
        facts = form.cleaned_data
        asset = services.open_asset(actor=self.request.user, **facts)
        return asset.get_absolute_url()


class EditAsset(AssetPage):
    """Change the facts."""

    form_class = forms.AssetForm
    title = _("Edit the story’s facts")

    def get_initial(self) -> dict[str, Any]:
        """Return them as they are."""
        row = self.asset
        plain = {name: getattr(row, name) for name in forms.AssetForm.base_fields if hasattr(row, name)}
        return {
            **plain,
            "products": row.products.all(),
            "owner": row.owner.public_id if row.owner else None,
            "region": row.region.public_id if row.region else None,
        }

    def save(self, form: Any) -> str:
        """Save what changed."""
        services.edit_asset(asset=self.asset, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Saved."))
        return self.asset.get_absolute_url()


class Write(AssetPage):
    """Write the next version."""

    form_class = forms.VersionForm
    title = _("Write")
    verb = _("Keep as the next version")
    draft = "references:asset-write"

    def get_initial(self) -> dict[str, Any]:
        """Return the words as they stand."""
        newest = self.asset.versions.first()
        return {"body": newest.body if newest else ""}

    def save(self, form: Any) -> str:
        """Keep it."""
        version = services.save_version(asset=self.asset, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Kept as version %(n)d.") % {"n": version.number})
        return self.asset.get_absolute_url()


class AddPart(AssetPage):
    """Add a part."""

    form_class = forms.PartForm
    title = _("Add a part")
    verb = _("Add it")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the story."""
        return {"asset": self.asset}

    def save(self, form: Any) -> str:
        """Add it."""
        services.save_part(asset=self.asset, actor=self.request.user, **form.cleaned_data)
        return f"{self.asset.get_absolute_url()}#parts"


class EditPart(AddPart):
    """Change a part."""

    title = _("Change a part")
    verb = _("Save")

    @cached_property
    def part(self) -> AssetPart:
        """The part of this address."""
        return get_object_or_404(self.asset.parts.select_related("speaker"), public_id=self.kwargs["part_id"])

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        part = self.part
        speaker = part.speaker.public_id if part.speaker else None
        return {"kind": part.kind, "text": part.text, "url": part.url, "speaker": speaker}

    def save(self, form: Any) -> str:
        """Save it."""
        services.save_part(asset=self.asset, part=self.part, actor=self.request.user, **form.cleaned_data)
        return f"{self.asset.get_absolute_url()}#parts"


class AddNeed(AssetPage):
    """Say whose consent to what it needs."""

    form_class = forms.NeedForm
    title = _("Whose consent does it need?")
    verb = _("Note it")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the story."""
        return {"asset": self.asset}

    def save(self, form: Any) -> str:
        """Note it."""
        services.add_need(asset=self.asset, actor=self.request.user, **form.cleaned_data)
        return f"{self.asset.get_absolute_url()}#needs"


class AddClaim(AssetPage):
    """Note a claim."""

    form_class = forms.ClaimForm
    title = _("Add a claim")
    verb = _("Note it")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the story."""
        return {"asset": self.asset}

    def save(self, form: Any) -> str:
        """Note it."""
        services.add_claim(asset=self.asset, by=self.request.user, **form.cleaned_data)
        return f"{self.asset.get_absolute_url()}#claims"


class AddCost(AssetPage):
    """Ask for money."""

    form_class = forms.CostForm
    title = _("What does it cost?")
    verb = _("Ask for the money")

    def save(self, form: Any) -> str:
        """Ask for it."""
        services.plan_cost(asset=self.asset, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Asked for. The fund’s approvers decide."))
        return f"{self.asset.get_absolute_url()}#costs"


class BookCost(AssetPage):
    """Book what it cost."""

    form_class = forms.BookCostForm
    title = _("What did it cost?")
    verb = _("Book it")

    @cached_property
    def commitment(self) -> Commitment:
        """The money of this address."""
        rows = {one.public_id: one for one in selectors.costs_of(self.asset)}
        if (row := rows.get(self.kwargs["cost_id"])) is None:
            raise PermissionDenied
        return row

    def get_initial(self) -> dict[str, Any]:
        """Return what was promised."""
        return {"amount": self.commitment.amount}

    def save(self, form: Any) -> str:
        """Book it."""
        services.book_cost(
            asset=self.asset, commitment=self.commitment, amount=form.cleaned_data["amount"], by=self.request.user
        )
        return f"{self.asset.get_absolute_url()}#costs"


class AskCustomer(AssetPage):
    """Send the draft to the customer."""

    form_class = forms.AskCustomerForm
    title = _("Send the draft to the customer")
    verb = _("Send it")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the story."""
        return {"asset": self.asset}

    def get_initial(self) -> dict[str, Any]:
        """Return whose consent it needs first."""
        need = self.asset.needs.select_related("contact").order_by("pk").first()
        return {"contact": need.contact.public_id if need else None}

    def save(self, form: Any) -> str:
        """Send it; the mail follows."""
        contact = form.cleaned_data["contact"]
        services.ask_customer(asset=self.asset, contact=contact, by=self.request.user)
        messages.success(self.request, _t("The draft is on its way to %(name)s.") % {"name": contact.person.name})
        return self.asset.get_absolute_url()


class PlaceAsset(AssetPage):
    """Note where it stands."""

    form_class = forms.PlaceForm
    title = _("Where does it stand from now on?")
    verb = _("Note it")
    needs = "references.place_content"

    def save(self, form: Any) -> str:
        """Note it, if consent is there."""
        services.place(asset=self.asset, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Noted."))
        return f"{self.asset.get_absolute_url()}#places"


class PlacementPage(FormPage):
    """A form about one place."""

    permission = "references.see_placements"
    kwargs: dict[str, Any]

    @cached_property
    def placement(self) -> Placement:
        """The place of this address."""
        rows = selectors.placements_visible_to(self.request.user)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only who takes down, or who placed it."""
        if request.user.is_authenticated and request.user.has_perm(self.permission):
            mine = self.placement.placed_by_id == request.user.pk
            if not mine and not request.user.has_perm("references.take_down"):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What stands where."""
        return [self.placement.asset.title, self.placement.place]

    def get_cancel_url(self) -> str:
        """Back to the register."""
        return str(reverse_lazy("references:placements"))


class CallDown(PlacementPage):
    """Say that it has to come down."""

    form_class = forms.CallDownForm
    title = _("It has to come down")
    verb = _("Call it down")
    danger = True

    def save(self, form: Any) -> str:
        """Call it down; whoever placed it has a task."""
        services.call_down(placement=self.placement, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Called down. Whoever placed it has a task."))
        return self.get_cancel_url()


class NoteDown(PlacementPage):
    """Note that it is down."""

    form_class = forms.DownForm
    title = _("It is down")
    verb = _("Note it")

    def save(self, form: Any) -> str:
        """Note it."""
        services.note_down(placement=self.placement, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Noted. Thank you."))
        return self.get_cancel_url()
