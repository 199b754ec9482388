"""The page of charity pots: proposed, signed off by Legal, given to by who wants to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from incentives.activity import forms, selectors, services
from incentives.activity.enums import PotState
from incentives.activity.models import CharityPot
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

SEE = "incentives.see_quality"
HOME = reverse_lazy("incentives:charity")


@require_safe
@permission_required(SEE)
def charity(request: MemberRequest) -> HttpResponse:
    """`/charity/`: the pots, and what I give; what others give is theirs."""
    user = request.user
    context = {
        "pots": list(selectors.pots(user)),
        "pledges": list(selectors.pledges_of(user)),
        "runs": user.has_perm("incentives.run_charity"),
        "signs": user.has_perm("incentives.sign_off_charity"),
        "open": PotState.OPEN,
        "proposed": PotState.PROPOSED,
    }
    return render(request, "incentives/activity/charity.html", context)


def found(request: HttpRequest, public_id: str) -> CharityPot:
    """Return the pot, if the reader may see it."""
    rows = selectors.pots(request.user)  # type: ignore[arg-type]
    return get_object_or_404(rows, public_id=public_id)


class ProposePot(FormPage):
    """`/charity/new/`"""

    form_class = forms.PotForm
    title = _("Propose a charity pot")
    facts = _("Nothing goes in before Legal signed it off, and nobody is ever made to give.")
    verb = _("Propose it")
    cancel_url = HOME
    permission = "incentives.run_charity"

    def save(self, form: Any) -> str:
        """Propose it."""
        services.propose_pot(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Proposed. Legal has it now."))
        return str(HOME)


class _AboutPot(FormPage):
    """Base of the forms about one pot."""

    cancel_url = HOME
    kwargs: dict[str, Any]

    @cached_property
    def pot(self) -> CharityPot:
        """The pot, if the reader may see it."""
        return found(self.request, self.kwargs["public_id"])

    def get_title(self) -> str:
        """Return its name."""
        return self.pot.name


class SignOff(_AboutPot):
    """`/charity/<id>/sign-off/`"""

    form_class = forms.SignOffForm
    verb = _("Sign it off")
    permission = "incentives.sign_off_charity"

    def save(self, form: Any) -> str:
        """Sign it off."""
        services.sign_off(pot=self.pot, by=self.request.user, words=form.cleaned_data["words"])
        messages.success(self.request, _t("Signed off: it is open."))
        return str(HOME)


class GiveToPot(_AboutPot):
    """`/charity/<id>/give/`"""

    form_class = forms.PledgeForm
    facts = _("Of your own will. Nobody sees who gave what, and you can take it back.")
    verb = _("Note it")
    permission = SEE

    @cached_property
    def pot(self) -> CharityPot:
        """The pot, if it is open."""
        row = found(self.request, self.kwargs["public_id"])
        if row.state != PotState.OPEN:
            raise Http404
        return row

    def save(self, form: Any) -> str:
        """Note it."""
        services.pledge(pot=self.pot, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Noted. Thank you."))
        return str(HOME)


@require_POST
@permission_required(SEE)
def close(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/charity/<id>/close/`"""
    pot = found(request, public_id)
    press(request, lambda: services.close_pot(pot=pot, by=request.user), _t("Closed."))
    return redirect(reverse("incentives:charity"))


@require_POST
@permission_required(SEE)
def withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/charity/pledges/<id>/withdraw/`"""
    pledge = get_object_or_404(selectors.pledges_of(request.user), public_id=public_id)
    press(request, lambda: services.withdraw(pledge=pledge, by=request.user), _t("Taken back."))
    return redirect(reverse("incentives:charity"))
