"""Forms of the roof."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.dashboards import figures
from refprogram.dashboards.figures import FIGURES
from refprogram.dashboards.metrics import dictionary
from refprogram.dashboards.metrics.registry import EIGHT, METRICS
from refprogram.kernel.forms import Form


class TargetsForm(Form):
    """One number for each of the eight and for each figure that has a good direction; empty means no target."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key in EIGHT:
            metric = METRICS[key]
            at_most = metric.better == dictionary.DOWN
            self.fields[key] = _number(metric.name, places=2, unit=metric.unit.label, at_most=at_most)
        counted = [figure for figure in FIGURES if figure.better]
        for figure in counted:
            at_most = figure.better == figures.DOWN
            self.fields[figure.key] = _number(figure.name, places=2 if figure.unit else 0, at_most=at_most)
        self.layout = Layout(  # type: ignore[misc]  # of this form alone: its fields are made here
            Fieldset(_("The eight numbers"), *EIGHT),
            Fieldset(_("This quarter"), *(figure.key for figure in counted)),
        )


def _number(name: Any, *, places: int, unit: Any = "", at_most: bool = False) -> forms.DecimalField:
    parts = [str(unit).capitalize() if unit else "", str(_("At most; less is better.")) if at_most else ""]
    return forms.DecimalField(
        label=name,
        required=False,
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=places,
        help_text=". ".join(part for part in parts if part),
    )


class KeepForm(Form):
    """Why the figures of today are kept."""

    note = forms.CharField(label=_("What for"), max_length=200, help_text=_("As the list shows it: “Board, November”."))
