"""What people fill in after a contest."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.closing.enums import Circle
from awards.closing.services.thanking import LONGEST
from refprogram.kernel.forms import Form

LABELS: Final = {
    Circle.ENTRANTS: _("To who entered"),
    Circle.JUDGES: _("To judges"),
    Circle.HELPERS: _("To who helped"),
    Circle.NOMINATORS: _("To who brought entries"),
}


class LettersForm(Form):
    """One letter for each circle. An empty one is drafted anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for circle in Circle:
            self.fields[circle.value] = forms.CharField(
                label=LABELS[circle], required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 9}),
            )  # fmt: skip

    def texts(self) -> dict[Circle, str]:
        """Return what was written, by circle."""
        return {circle: self.cleaned_data[circle.value] for circle in Circle}
