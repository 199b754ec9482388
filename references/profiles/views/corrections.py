"""Corrections to the CRM: proposing, the list that is sent back, refusing."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from references.accounts import provenance
from references.accounts.selectors import DETAIL
from references.accounts.views.base import AccountForm
from references.profiles import forms, selectors, services, shown
from references.profiles.filters import CorrectionFilter
from references.profiles.models import Correction
from references.profiles.tables import CorrectionTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import BulkAction, Empty, ListPage, View
from refprogram.people.auth import MemberRequest


class CorrectionList(ListPage):
    """`/corrections/`: what the CRM should say instead; its export is what is sent back."""

    page = "references:corrections"
    title = gettext_lazy("Corrections for the CRM")
    table_class = CorrectionTable
    filterset_class = CorrectionFilter
    search_fields = ("account__name", "proposed")
    default_sort = "since"
    steady = True
    views = (
        View("to-send", gettext_lazy("To send"), "state=proposed"),
        View("sent", gettext_lazy("Sent"), "state=sent"),
        View("over", gettext_lazy("Done or refused"), "state=done&state=refused&sort=-since"),
    )
    bulk_actions = (
        BulkAction("send", gettext_lazy("Note as sent"), icon="send", permission="references.decide_corrections"),
    )
    empty = Empty(
        gettext_lazy("Whoever sees a wrong fact of the CRM proposes a correction on the account’s page."),
        title=gettext_lazy("Nothing to correct"),
        icon="check",
    )
    permission = "references.see_corrections"

    def get_queryset(self) -> QuerySet[Correction]:
        """Return the corrections of accounts that the reader may open."""
        return selectors.corrections_visible_to(self.request.user)

    def bulk_send(self, chosen: QuerySet[Correction]) -> str:
        """Note that these went to whoever keeps the CRM."""
        done = services.send_corrections(corrections=chosen, by=self.request.user)
        return ngettext("%(n)d noted as sent", "%(n)d noted as sent", done) % {"n": done}


@login_required
@require_safe
def account_corrections(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel of what is on its way to the CRM, and how to propose more."""
    account = DETAIL.or_404(request.user, public_id=public_id)
    owned = provenance.owned(account)
    context = {
        "account": account,
        "lines": [(row, shown.field_words(row)) for row in selectors.open_corrections_of(account)],
        "owned": bool(owned),
        "may_propose": bool(owned) and request.user.has_perm("references.propose_correction"),
        "may_decide": request.user.has_perm("references.decide_corrections"),
    }
    return render(request, "references/profiles/corrections_panel.html", context)


class ProposeCorrection(AccountForm):
    """`/accounts/<id>/corrections/add/`"""

    form_class = forms.CorrectionForm
    account_permission = "references.propose_correction"
    verb = gettext_lazy("Propose it")
    draft = "correction"

    def get_title(self) -> str:
        """Return what is about to happen."""
        return _("What is wrong about %(name)s in the CRM?") % {"name": self.account.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the account to the form."""
        return {"account": self.account}

    def get_initial(self) -> dict[str, Any]:
        """Return the field that the reader came from."""
        return {"field": self.request.GET.get("field", "")}

    def save(self, form: Any) -> str:
        """Propose; the CRM decides."""
        services.propose_correction(account=self.account, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Proposed. It changes here once the CRM says so."))
        return self.account.get_absolute_url()


class RefuseCorrection(FormPage):
    """`/corrections/<id>/refuse/`"""

    form_class = forms.RefusalForm
    verb = gettext_lazy("Refuse it")
    danger = True
    permission = "references.decide_corrections"
    kwargs: dict[str, Any]

    @cached_property
    def correction(self) -> Correction:
        """The correction, if the reader may open its account."""
        rows = selectors.corrections_visible_to(self.request.user)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """First whether it is there for the reader, then whether they may."""
        if request.user.is_authenticated and not request.user.has_perm(self.permission, self.correction):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Return what was proposed."""
        words = {"field": shown.field_words(self.correction), "value": self.correction.proposed or "–"}
        return _("%(field)s: “%(value)s”") % words

    def get_cancel_url(self) -> str:
        """Return the list."""
        return reverse("references:corrections")

    def save(self, form: Any) -> str:
        """Refuse; the author is told why."""
        services.refuse_correction(correction=self.correction, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("Refused. Who proposed it is told why."))
        return reverse("references:corrections")
