"""Asking a customer although a cap, a rest or a reservation stands against it: with a reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts import selectors as accounts
from references.goodwill.forms import AccountPick
from references.requests import selectors, services
from references.requests.models import ReferenceRequest
from refprogram.kernel.forms import Form, FormPage


class OverrideForm(Form):
    """Whom, and why all the same."""

    account = AccountPick(label=gettext_lazy("Customer"))
    reason = forms.CharField(
        label=gettext_lazy("Why they are asked all the same"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text=gettext_lazy("The weekly report shows it. A freeze, a consent and the customer’s own word stand."),
    )


class AskPastRules(FormPage):
    """`/requests/<id>/override/`"""

    form_class = OverrideForm
    permission = "references.override_rest"
    title = gettext_lazy("Ask somebody who rests")
    verb = gettext_lazy("Ask them all the same")
    kwargs: dict[str, Any]

    @cached_property
    def need(self) -> ReferenceRequest:
        """The request."""
        return get_object_or_404(selectors.visible_to(self.request.user), public_id=self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Go back to the request."""
        return self.need.get_absolute_url()

    def build(self, data: Any = None, files: Any = None) -> Any:
        """Find the chosen account among those that the reader may open; the address may name one."""
        form: Any = super().build(data, files)
        wanted = (data or self.request.GET).get("account", "")
        form.fields["account"].queryset = accounts.visible_to(self.request.user).filter(public_id=wanted)
        form.initial.setdefault("account", wanted)
        return form

    def save(self, form: Any) -> str:
        """Put them forward past the rules."""
        services.propose(
            request=self.need,
            account=form.cleaned_data["account"],
            override=form.cleaned_data["reason"],
            actor=self.request.user,
        )
        messages.success(self.request, _("They are asked. The weekly report says why."))
        return self.need.get_absolute_url()
