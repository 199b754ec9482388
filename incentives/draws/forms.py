"""What who runs the program fills in about a draw."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incentives.draws.services import MOST_PLACES
from refprogram.governance.budgets.models import Fund
from refprogram.governance.budgets.selectors import open_funds
from refprogram.kernel.forms import Form
from refprogram.kernel.money import AmountField


class DrawForm(Form):
    """A draw: what can be won, until when tickets count."""

    name = forms.CharField(label=_("What it is called"), max_length=120)
    purpose = forms.CharField(
        label=_("What tickets are given for"), max_length=300, required=False,
        help_text=_("Rules give the tickets; say in a sentence for what"),
    )  # fmt: skip
    prize = forms.CharField(label=_("What can be won"), max_length=200)
    value = AmountField(label=_("Value of one"), required=False, help_text=_("Empty where it costs nothing"))
    places = forms.IntegerField(label=_("How many are drawn"), min_value=1, max_value=MOST_PLACES, initial=1)
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("What happens until its end brings tickets"),
    )  # fmt: skip
    fund = forms.ModelChoiceField(
        label=_("Paid from"), queryset=Fund.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("The fund with most room"),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["fund"].queryset = open_funds(timezone.localdate()).order_by("name")  # type: ignore[attr-defined]
