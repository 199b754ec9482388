"""What people fill in about budgets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.governance.budgets.enums import CostKind
from refprogram.governance.budgets.models import BudgetLine, Fund
from refprogram.governance.budgets.policy import QUARTERS_AHEAD
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.services import Planned
from refprogram.kernel.forms import Form
from refprogram.kernel.money import AmountField
from refprogram.people.models import User
from refprogram.people.selectors import colleagues


def quarter_choices() -> list[tuple[str, str]]:
    """Return the quarters for which money can be asked."""
    found = [Quarter.now()]
    for _step in range(QUARTERS_AHEAD):
        found.append(found[-1].after)
    return [(one.code, one.name) for one in found]


class FundForm(Form):
    """Ask for a quarter's money, with a plan by kind of cost."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Such as “Customer stories EMEA”"))
    quarter = forms.ChoiceField(label=_("Quarter"), choices=quarter_choices)
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        help_text=_("Answers for what is spent, and hears when it runs out"),
    )
    requested = AmountField(label=_("Amount"))
    purpose = forms.CharField(
        label=_("What it is for"), widget=forms.Textarea({"rows": 3}), help_text=_("Finance decides by it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]
        self.fields["owner"].widget.attrs["data-pickmany"] = ""
        for kind, label in CostKind.choices:
            words = _("Planned for %(kind)s") % {"kind": label}
            self.fields[f"plan_{kind}"] = AmountField(label=words, required=False, zero=True)

    def lines(self) -> list[Planned]:
        """Return the plan: one line per kind of cost that got an amount."""
        typed = [(kind, self.cleaned_data.get(f"plan_{kind}")) for kind in CostKind]
        return [Planned(kind, amount) for kind, amount in typed if amount]


class MoneyForm(Form):
    """Give a fund money, or take some back."""

    amount = AmountField(
        label=_("Amount"),
        negative=True,
        help_text=_("With a minus before it, it is taken back from what is free."),
    )
    memo = forms.CharField(label=_("Why"), max_length=200, help_text=_("Stands in the book."))


class MoreForm(Form):
    """Ask finance for more."""

    amount = AmountField(label=_("How much more"))
    reason = forms.CharField(
        label=_("What it is for"), widget=forms.Textarea({"rows": 3}), help_text=_("Finance decides by it.")
    )


class LineForm(Form):
    """One line of a plan."""

    kind = forms.ChoiceField(label=_("Kind of cost"), choices=CostKind.choices)
    name = forms.CharField(label=_("Name"), max_length=120, required=False, help_text=_("Empty: the kind of cost"))
    planned = AmountField(label=_("Planned"), zero=True)


class ChangeLineForm(LineForm):
    """Another plan for a line; what kind of cost it is stays."""

    kind = None  # type: ignore[assignment]


class SpendingForm(Form):
    """Ask for money out of a fund."""

    label = forms.CharField(label=_("What for"), max_length=200, help_text=_("Such as “Camera team, Lyon, two days”"))
    line = forms.ModelChoiceField(
        label=_("Line"), queryset=BudgetLine.objects.none(), to_field_name="public_id", required=False
    )
    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(label=_("Why now"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, fund: Fund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = fund.lines.order_by("kind", "id")  # type: ignore[attr-defined]


class BookForm(Form):
    """Book what something cost, or what came back."""

    amount = AmountField(label=_("Amount"))
    memo = forms.CharField(
        label=_("Receipt"), max_length=200, required=False, help_text=_("Number of the invoice or the credit note")
    )
