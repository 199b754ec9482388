"""The pages of pots: what they hold, and filling them."""

from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from incentives.ledger.models import Wallet
from incentives.rulebook import pots as rooms_pots
from refprogram.kernel import forms
from refprogram.kernel.forms import FormPage
from refprogram.kernel.models import new_public_id
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

MOST_POINTS = rooms_pots.MOST
SHOWN = 20


@require_GET
@permission_required(rooms_pots.VIEW)
def pots(request: MemberRequest) -> HttpResponse:
    """All pots: what they hold, what they gave, which rules they pay for."""
    found = rooms_pots.drawn(rooms_pots.visible_to(request.user).order_by("name"))
    may_fill = request.user.has_perm(rooms_pots.FILL)
    return render(request, "incentives/rulebook/pots.html", {"pots": found, "may_fill": may_fill})


class FillForm(forms.Form):
    """How many points, and what for."""

    points = django_forms.IntegerField(
        label=gettext_lazy("Points"), min_value=-MOST_POINTS, max_value=MOST_POINTS,
        help_text=gettext_lazy("With a minus they are taken out again."),
    )  # fmt: skip
    reason = django_forms.CharField(label=gettext_lazy("What for"), max_length=200)


class NewPotForm(FillForm):
    """A pot and its first points."""

    name = django_forms.CharField(label=gettext_lazy("Name"), max_length=120)
    field_order = ("name", "points", "reason")


class _PotPage(FormPage):
    permission = rooms_pots.FILL
    cancel_url = reverse_lazy("incentives:pots")
    facts = gettext_lazy("Its rules give no more than it holds.")

    @property
    def once(self) -> str:
        """What makes a form sent twice be booked once."""
        return str(self.key or new_public_id())


class NewPot(_PotPage):
    """Set up a pot."""

    form_class = NewPotForm
    title = gettext_lazy("New pot")
    verb = gettext_lazy("Set it up")

    def save(self, form: NewPotForm) -> str:
        """Set it up, and go to the list."""
        wallet = rooms_pots.open_pot(**form.cleaned_data, key=self.once, actor=self.request.user)
        messages.success(self.request, _("Rules can pay from “%(name)s” now.") % {"name": wallet.name})
        return reverse("incentives:pots")


class FillPot(_PotPage):
    """Put points into a pot."""

    form_class = FillForm
    verb = gettext_lazy("Put them in")
    template_name = "incentives/rulebook/fill.html"
    kwargs: dict[str, Any]

    @cached_property
    def wallet(self) -> Wallet:
        """The pot of this address."""
        visible = rooms_pots.visible_to(self.request.user)
        return get_object_or_404(visible, public_id=self.kwargs["public_id"])

    def get_title(self) -> str:
        """Name it."""
        return _("Fill the pot: %(name)s") % {"name": self.wallet.name}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Add who filled it before."""
        return {"fillings": rooms_pots.fillings(self.wallet, SHOWN)}

    def save(self, form: FillForm) -> str:
        """Fill it, and go to the list."""
        rooms_pots.fill(wallet=self.wallet, **form.cleaned_data, key=self.once, actor=self.request.user)
        messages.success(self.request, _("Booked. Its rules go on as far as it holds."))
        return reverse("incentives:pots")
