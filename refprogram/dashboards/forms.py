"""Forms of the roof."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.dashboards.figures import DOWN, FIGURES
from refprogram.kernel.forms import Form


class TargetsForm(Form):
    """One number for each figure that has a good direction; empty means no target."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for figure in FIGURES:
            if figure.better:
                self.fields[figure.key] = forms.DecimalField(
                    label=figure.name,
                    required=False,
                    min_value=Decimal("0.01"),
                    max_digits=14,
                    decimal_places=2 if figure.unit else 0,
                    help_text=_("At most; less is better.") if figure.better == DOWN else "",
                )
