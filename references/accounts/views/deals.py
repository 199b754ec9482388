"""A deal's page, and the form for what the company keeps about it beside the CRM's facts."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts import selectors, services, shown
from references.accounts.enums import OPEN_STAGES, Stage
from references.accounts.forms import DealForm
from references.accounts.models import Opportunity
from references.accounts.tables import STAGES
from refprogram.kernel.custom_fields import shown as added
from refprogram.kernel.custom_fields.definitions import definitions
from refprogram.kernel.custom_fields.values import values_of_one
from refprogram.kernel.forms import FormPage

MAY_EDIT = "references.change_added_of_deal"


def _deal_or_404(request: HttpRequest, public_id: str) -> Opportunity:
    user: Any = request.user
    deal = selectors.opportunity_for(user, public_id)
    if deal is None:
        raise Http404
    return deal


@login_required
def opportunity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a deal: what the CRM says, what the company added, what was asked for it, and who changed what."""
    user: Any = request.user
    deal = _deal_or_404(request, public_id)
    name = selectors.opportunity_name(deal)
    context = {
        "deal": deal,
        "name": name,
        "state": STAGES[Stage(deal.stage)],
        "facts": shown.deal_facts(deal, may_open=_account_opens(deal, user)),
        "added": added.facts("opportunity", deal.pk),
        "may_edit": bool(definitions("opportunity")) and user.has_perm(MAY_EDIT, deal),
        "is_open": deal.stage in OPEN_STAGES,
        "panels": [reverse(panel, kwargs={"public_id": public_id}) for panel in settings.DEAL_PANELS],
        "crumbs": [(_("Deals"), reverse("references:opportunities")), (name, "")],
    }
    return render(request, "references/accounts/deal.html", context)


def _account_opens(deal: Opportunity, user: Any) -> bool:
    """Whether the reader may open the deal's account: who sells is not always who owns the customer."""
    return deal.account_id is not None and deal.account_id in selectors.may_open(user, [deal.account_id])


class EditAdded(FormPage):
    """`/opportunities/<id>/edit/`: the added fields alone; everything else comes from the CRM."""

    form_class = DealForm
    verb = gettext_lazy("Save")
    kwargs: dict[str, Any]

    @cached_property
    def deal(self) -> Opportunity:
        """The deal, if the reader may see it and there is something to fill in."""
        if not definitions("opportunity"):
            raise Http404
        return _deal_or_404(self.request, self.kwargs["public_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the permission on this very deal."""
        if request.user.is_authenticated and not request.user.has_perm(MAY_EDIT, self.deal):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Return the deal's name."""
        return _("Edit %(name)s") % {"name": selectors.opportunity_name(self.deal)}

    def get_cancel_url(self) -> str:
        """Return the deal's page."""
        return self.deal.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand over what the added fields hold."""
        return {"custom_values": values_of_one("opportunity", self.deal.pk)}

    def get_initial(self) -> Mapping[str, Any]:
        """Return nothing of its own: the form is made of added fields."""
        return {}

    def save(self, form: Any) -> str:
        """Save what changed."""
        services.edit_opportunity(opportunity=self.deal, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return self.deal.get_absolute_url()
