"""What is typed in for pay."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms as django_forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from incentives.pay.enums import DisputeState, Metric, SpiffAudience
from incentives.pay.escalating import Tier
from incentives.pay.services import Plan
from refprogram.governance.budgets.models import Fund
from refprogram.governance.budgets.selectors import open_funds
from refprogram.kernel import forms
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.money import AmountField

TIERS, PRIZES = 5, 5


def _beside(*names: str) -> Div:
    return Div(*(Div(name, css_class="col-6") for name in names), css_class="row g-3")


def _day(label: Any, **options: Any) -> django_forms.DateField:
    widget = django_forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return django_forms.DateField(label=label, widget=widget, **options)


class MonthField(django_forms.DateField):
    """A month, as browsers give it: 2026-11."""

    widget = django_forms.DateInput(attrs={"type": "month", "placeholder": "2026-11"}, format="%Y-%m")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> dt.date | None:
        """Return its first day."""
        day = super().to_python(value)
        return day.replace(day=1) if day else None


class EscalatorForm(forms.Form):
    """Up to five tiers, the most for one person and month, and from which month."""

    starts_on = MonthField(label=_("From"), help_text=_("The first month that it holds for."))
    most_a_month = AmountField(
        label=_("At most, for one person and month"), help_text=_("What it adds is cut off there.")
    )
    revision = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    layout = Layout(
        "starts_on",
        "most_a_month",
        Fieldset(_("Tiers"), *(_beside(f"score_{n}", f"times_{n}") for n in range(1, TIERS + 1))),
        "revision",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, TIERS + 1):
            self.fields[f"score_{n}"] = django_forms.IntegerField(
                label=_t("From a score of"),
                required=n == 1,
                validators=[MinValueValidator(1), MaxValueValidator(100)],
            )
            self.fields[f"times_{n}"] = django_forms.DecimalField(
                label=_t("Counts so many times"),
                required=n == 1,
                max_digits=4,
                decimal_places=2,
                localize=True,
            )

    def clean(self) -> dict[str, Any]:
        """A tier has both its figures."""
        cleaned = super().clean() or {}
        for n in range(2, TIERS + 1):
            score, times = cleaned.get(f"score_{n}"), cleaned.get(f"times_{n}")
            if (score is None) != (times is None) and not self.errors.keys() & {f"score_{n}", f"times_{n}"}:
                self.add_error(f"times_{n}" if times is None else f"score_{n}", _t("A tier has a score and a number."))
        return cleaned

    def tiers_given(self) -> list[Tier]:
        """Return the tiers as the services take them."""
        pairs = [(self.cleaned_data[f"score_{n}"], self.cleaned_data[f"times_{n}"]) for n in range(1, TIERS + 1)]
        return [Tier(score, Decimal(times)) for score, times in pairs if score is not None]


class SpiffForm(forms.Form):
    """A SPIFF as it is written down."""

    name = django_forms.CharField(label=_("Name"), max_length=120)
    metric = django_forms.ChoiceField(label=_("What counts"), choices=Metric.choices)
    audience = django_forms.ChoiceField(label=_("For whom"), choices=SpiffAudience.choices)
    starts_on = _day(_("From"))
    ends_on = _day(_("Until"))
    votes_until = _day(_("Votes until"), required=False, help_text=_("Only for the best dashboard."))
    least = django_forms.IntegerField(
        label=_("At least"), initial=1, validators=[MinValueValidator(1)], help_text=_("Who has less has no place.")
    )
    proof = django_forms.CharField(
        label=_("Proof"), max_length=300, help_text=_("What winners are asked to show, in a sentence.")
    )
    fund = django_forms.ModelChoiceField(
        label=_("Fund"), queryset=Fund.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("none: paid as commission is"),
        help_text=_("The prizes are set aside in it as soon as it starts."),
    )  # fmt: skip
    revision = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    layout = Layout(
        "name", "metric", "audience", _beside("starts_on", "ends_on"), "votes_until", "least", "proof", "fund",
        Fieldset(_("Prizes"), *[f"prize_{n}" for n in range(1, PRIZES + 1)]), "revision",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, PRIZES + 1):
            self.fields[f"prize_{n}"] = AmountField(label=_t("Place %(n)d") % {"n": n}, required=n == 1)
        self.fields["fund"].queryset = open_funds(timezone.localdate()).order_by("name")  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """Return it as the services take it."""
        given = self.cleaned_data
        prizes = [given[f"prize_{n}"] for n in range(1, PRIZES + 1)]
        return Plan(
            name=given["name"],
            metric=Metric(given["metric"]),
            audience=SpiffAudience(given["audience"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            votes_until=given["votes_until"],
            least=given["least"],
            proof=given["proof"],
            fund=given["fund"],
            prizes=[prize for prize in prizes if prize is not None],
        )


class DashboardForm(forms.Form):
    """One's own dashboard for a vote."""

    title = django_forms.CharField(label=_("Title"), max_length=120)
    address = django_forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Where colleagues look at it before they vote."),
    )


class ProofForm(forms.Form):
    """The proof for a place."""

    words = django_forms.CharField(
        label=_("Where it is seen"), required=False, widget=django_forms.Textarea(attrs={"rows": 4})
    )
    evidence = StoredFileField("pay_evidence", label=_("File"), required=False)


class AskForm(forms.Form):
    """A question about one's pay."""

    words = django_forms.CharField(
        label=_("What is wrong?"), widget=django_forms.Textarea(attrs={"rows": 5}), max_length=4000
    )
    wanted = AmountField(label=_("What it should be"), required=False, zero=True)
    evidence = StoredFileField("pay_evidence", label=_("Evidence"), required=False)


class AnswerForm(forms.Form):
    """The answer to a question about pay."""

    verdict = django_forms.ChoiceField(
        label=_("Answer"),
        choices=[(DisputeState.UPHELD, _("The amount stands")), (DisputeState.CORRECTED, _("Correct it"))],
        widget=django_forms.RadioSelect,
    )
    amount = AmountField(
        label=_("The right amount"),
        required=False,
        zero=True,
        help_text=_("If it is corrected: what was booked is taken back whole, and this is booked."),
    )
    words = django_forms.CharField(
        label=_("Why"), widget=django_forms.Textarea(attrs={"rows": 4}), help_text=_("Who asked reads this.")
    )
