"""What people do with gifts: forms and buttons."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.fulfilment import forms, services
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.views import allowed, found_row, rule_of
from refprogram.kernel.forms import FormPage
from refprogram.kernel.templatetags import rp
from refprogram.people.buttons import button, reason_of


class GiftPage(FormPage):
    """Base of forms about one gift: hidden, forbidden, or no longer possible, each in its own way."""

    needs = "governance.handle_gifts"
    possible = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look the gift up before anything else."""
        if request.user.is_authenticated:
            row = self.gift
            if not request.user.has_perm(self.needs, row):
                raise PermissionDenied
            if request.method == "GET" and not allowed(request, row)[self.possible]:  # type: ignore[arg-type]
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def gift(self) -> Fulfilment:
        """The gift of this address."""
        return found_row(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    def get_cancel_url(self) -> str:
        """Back to the gift."""
        return self.gift.get_absolute_url()

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What it is, for whom, and its value."""
        return [self.gift.item, self.gift.receiver.name, rp.money(self.gift.value)]


class Order(GiftPage):
    """Note an order."""

    form_class = forms.OrderForm
    title = _("Note as ordered")
    verb = _("It is ordered")
    possible = "may_order"

    def save(self, form: forms.OrderForm) -> str:
        """Note it."""
        services.order(fulfilment=self.gift, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Noted as ordered."))
        return self.gift.get_absolute_url()


class Schedule(GiftPage):
    """Set a day."""

    form_class = forms.ScheduleForm
    title = _("Set a day")
    verb = _("Keep this day")
    possible = "may_schedule"

    def save(self, form: forms.ScheduleForm) -> str:
        """Keep it."""
        services.schedule(fulfilment=self.gift, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("It comes back to your desk on that day."))
        return self.gift.get_absolute_url()


class Deliver(GiftPage):
    """Note a delivery, with its proof."""

    form_class = forms.DeliverForm
    title = _("Note as delivered")
    verb = _("It is delivered")
    possible = "may_deliver"

    def get_initial(self) -> dict[str, Any]:
        """Return what was promised for it."""
        return {"cost": self.gift.cost or self.gift.value}

    def save(self, form: forms.DeliverForm) -> str:
        """Note it; the receiver is asked whether it is there."""
        services.deliver(fulfilment=self.gift, by=self.request.user, **form.cleaned_data)
        words = _t("Noted. %(name)s is asked by mail whether it is there.") % {"name": self.gift.receiver.name}
        messages.success(self.request, words)
        return self.gift.get_absolute_url()


class ChooseFund(GiftPage):
    """Pay it from another fund."""

    form_class = forms.FundForm
    title = _("Choose the fund")
    verb = _("Take the money from here")
    possible = "may_choose_fund"

    def save(self, form: forms.FundForm) -> str:
        """Ask that fund."""
        services.choose_fund(fulfilment=self.gift, by=self.request.user, **form.cleaned_data)
        return self.gift.get_absolute_url()


class CancelOrder(GiftPage):
    """The order is cancelled; the money is free only where the supplier takes it back."""

    form_class = forms.CancelOrderForm
    title = _("Cancel the order")
    verb = _("Note the cancellation")
    possible = "may_cancel_order"
    danger = True

    def get_initial(self) -> dict[str, Any]:
        """Return what it was ordered for."""
        return {"cost": self.gift.value}

    def save(self, form: forms.CancelOrderForm) -> str:
        """Note it."""
        taken_back = form.cleaned_data["taken_back"] == "yes"
        services.cancel_order(
            fulfilment=self.gift,
            by=self.request.user,
            taken_back=taken_back,
            cost=form.cleaned_data["cost"],
            reason=form.cleaned_data["reason"],
        )
        free = _t("Cancelled. Its money is free again.")
        messages.success(self.request, free if taken_back else _t("Cancelled. What it cost is booked as paid."))
        return self.gift.get_absolute_url()


class Refund(GiftPage):
    """The shop gave its money back."""

    form_class = forms.RefundForm
    title = _("Book what came back")
    verb = _("Book the refund")
    needs = "governance.account_for_gifts"
    possible = "may_refund"

    def get_initial(self) -> dict[str, Any]:
        """Return what was spent."""
        return {"amount": self.gift.commitment.spent if self.gift.commitment else None}

    def save(self, form: forms.RefundForm) -> str:
        """Book it."""
        services.refund(fulfilment=self.gift, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Booked. The money is back in the fund."))
        return self.gift.get_absolute_url()


class Substitute(GiftPage):
    """Give something else instead."""

    form_class = forms.SubstituteForm
    title = _("Give something else instead")
    verb = _("Ask for approval of the new one")
    possible = "may_substitute"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the rule that holds for the new one too."""
        return {"rule": rule_of(self.gift)}

    def get_initial(self) -> dict[str, Any]:
        """Return the value it had."""
        return {"value": self.gift.value, "kind": self.gift.kind}

    def save(self, form: forms.SubstituteForm) -> str:
        """Replace it, and show the new one."""
        return services.substitute(fulfilment=self.gift, by=self.request.user, **form.cleaned_data).get_absolute_url()


# ---------------------------------------------------------------- buttons


acknowledge = button(
    found_row,
    lambda request, row: services.acknowledge(fulfilment=row, by=request.user),
    _("Noted: it is there."),
    needs="governance.speak_for_gift",
)
refuse = button(
    found_row,
    lambda request, row: services.refuse(fulfilment=row, by=request.user, reason=reason_of(request)),
    _("Noted: they would rather not."),
    needs="governance.speak_for_gift",
)
take_back = button(
    found_row,
    lambda request, row: services.take_back(fulfilment=row, by=request.user, reason=reason_of(request)),
    _("Noted: it came back."),
    needs="governance.handle_gifts",
)
cancel = button(
    found_row,
    lambda request, row: services.cancel(fulfilment=row, by=request.user, reason=reason_of(request)),
    _("Called off. Its money is free again."),
    needs="governance.speak_for_gift",
)
tax = button(
    found_row,
    lambda request, row: services.mark_taxable(
        fulfilment=row, taxable=request.POST.get("taxable") == "yes", by=request.user
    ),
    _("Noted for the tax office’s list."),
    needs="governance.account_for_gifts",
)
