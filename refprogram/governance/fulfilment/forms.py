"""What people fill in about gifts."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.budgets.models import Fund
from refprogram.governance.budgets.selectors import open_funds
from refprogram.governance.fulfilment.enums import GiftKind
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.forms import Form
from refprogram.kernel.money import AmountField

OUTSIDE = (GiftKind.APPRECIATION, GiftKind.CHARITY)


class GiftForm(Form):
    """What to give to somebody outside, under the rule of their employer."""

    kind = forms.ChoiceField(label=_("What kind"), widget=forms.RadioSelect)
    item = forms.CharField(label=_("What"), max_length=200, help_text=_("Such as “Book on lake sailing, signed”"))
    value = AmountField(label=_("Value"), help_text=_("What it costs, with postage"))
    cause = forms.CharField(
        label=_("For which cause"), max_length=200, required=False, help_text=_("For a gift to charity")
    )
    fund = forms.ModelChoiceField(
        label=_("Paid from"),
        queryset=Fund.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("The fund with most room"),
    )
    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea({"rows": 3}), help_text=_("Whoever approves it reads this.")
    )

    def __init__(self, *args: Any, rule: GiftRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in OUTSIDE if kind in rule.kinds]
        self.fields["kind"].choices = [(kind.value, str(kind.label).capitalize()) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["kind"].initial = kinds[0] if kinds else None
        self.fields["fund"].queryset = open_funds(timezone.localdate()).order_by("name")  # type: ignore[attr-defined]


class OrderForm(Form):
    """Note an order."""

    reference = forms.CharField(
        label=_("Order number"), max_length=80, required=False, help_text=_("As the shop calls it")
    )


class ScheduleForm(Form):
    """Set a day."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class DeliverForm(Form):
    """Note a delivery, with its proof."""

    proof = StoredFileField(
        "gift_proof", label=_("Proof"), required=False, help_text=_("A delivery note, a photo, a receipt")
    )
    note = forms.CharField(
        label=_("Or in words"), max_length=200, required=False, help_text=_("Such as “Handed over by Rhea on the fair”")
    )
    cost = AmountField(label=_("What it cost in the end"), required=False)


class FundForm(Form):
    """Choose another fund."""

    fund = forms.ModelChoiceField(label=_("Fund"), queryset=Fund.objects.none(), to_field_name="public_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = open_funds(timezone.localdate()).order_by("name")  # type: ignore[attr-defined]


class CancelOrderForm(Form):
    """An order is cancelled: does the supplier take it back?"""

    taken_back = forms.ChoiceField(
        label=_("Does the supplier take it back?"),
        choices=[("yes", _("Yes, nothing is to be paid")), ("no", _("No, it is paid all the same"))],
        widget=forms.RadioSelect,
    )
    cost = AmountField(
        label=_("What is to be paid"),
        required=False,
        help_text=_("A fee, or all of it. Only where it is not taken back."),
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class RefundForm(Form):
    """Money came back."""

    amount = AmountField(label=_("How much came back"))


class SubstituteForm(Form):
    """Something else instead."""

    kind = forms.ChoiceField(label=_("What kind"), widget=forms.RadioSelect)
    item = forms.CharField(label=_("What instead"), max_length=200)
    value = AmountField(label=_("Value"))
    cause = forms.CharField(
        label=_("For which cause"), max_length=200, required=False, help_text=_("For a gift to charity")
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, rule: GiftRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in GiftKind if kind in rule.kinds]
        self.fields["kind"].choices = [(kind.value, str(kind.label).capitalize()) for kind in kinds]  # type: ignore[attr-defined]


class ReceiptForm(Form):
    """What a receiver says by the link."""

    answer = forms.ChoiceField(choices=[(one, one) for one in ("received", "missing", "refused", "charity")])
    words = forms.CharField(max_length=2000, required=False)
