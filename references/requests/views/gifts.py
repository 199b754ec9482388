"""`/contacts/<id>/thank/`: thank a customer's person with a gift, as far as their employer allows it."""

import uuid
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts.views.base import ContactForm
from references.requests import selectors, services
from references.requests.models import ReferenceRequest
from refprogram.governance.fulfilment.enums import GiftKind, GiftPolicy
from refprogram.governance.fulfilment.forms import GiftForm
from refprogram.governance.fulfilment.policy import GiftRule


class ThankWithGift(ContactForm):
    """What to give; with `?request=` for a reference that they gave."""

    form_class = GiftForm
    account_permission = "governance.give"
    template_name = "references/requests/thank.html"
    verb = gettext_lazy("Ask for approval")

    @cached_property
    def rule(self) -> GiftRule:
        """The rule of the contact's employer."""
        return services.gift_rule(self.account)

    @cached_property
    def held(self) -> ReferenceRequest | None:
        """The request that they are thanked for."""
        public_id = self.request.GET.get("request", "")
        rows = selectors.visible_to(self.request.user).select_related("activity")
        return get_object_or_404(rows, public_id=public_id) if public_id else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form, or say clearly that nothing may be given."""
        problem = services.why_no_gift(self.contact)
        if problem or self.rule.policy == GiftPolicy.NONE:
            context = {"contact": self.contact, "account": self.account, "rule": self.rule, "problem": problem}
            return render(request, "references/requests/thank_not.html", context)
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        """Return whom it is for."""
        return _("Thank %(name)s with a gift") % {"name": self.contact.person.name}

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Their company, and what it is for."""
        return [self.account.name, str(self.held) if self.held else ""]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the rule to the form: it offers only what is allowed."""
        return {"rule": self.rule}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the rule, to be read before anything is chosen."""
        charity_only = self.rule.policy == GiftPolicy.CHARITY_ONLY
        return {"rule": self.rule, "charity_only": charity_only, "contact": self.contact}

    def save(self, form: GiftForm) -> str:
        """Ask for it, and show how far it is."""
        said = {**form.cleaned_data, "kind": GiftKind(form.cleaned_data["kind"])}
        key = f"thanks:{self.key or uuid.uuid4()}"
        gift = services.thank_with_gift(key=key, contact=self.contact, request=self.held, by=self.request.user, **said)
        messages.success(self.request, _("Asked. You hear as soon as it is approved."))
        return gift.get_absolute_url()
