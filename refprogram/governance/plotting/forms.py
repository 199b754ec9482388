"""What people fill in about the map."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter import policy
from refprogram.governance.charter.forms import WithColleagues, colleague_field
from refprogram.governance.charter.models import ScopeLine
from refprogram.governance.plotting.mapping import MOST
from refprogram.kernel.forms import Form, day_field
from refprogram.kernel.money import AmountField


class PlotForm(Form):
    """What is asked for; where it belongs and how many it is can be said instead of read from the words.

    Who asks, and what it is worth, is said when it is kept.
    """

    q = forms.CharField(
        label=_("What is asked for?"), max_length=300,
        error_messages={"required": _("Say in a few words what is asked for: a line or a number alone is no request.")},
    )  # fmt: skip
    line = forms.ChoiceField(label=_("Line of the charter"), required=False)
    count = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=MOST)
    hours = forms.DecimalField(
        label=_("Hours for one"), required=False, min_value=Decimal("0.25"), max_digits=6, decimal_places=2
    )
    subject = forms.CharField(required=False, widget=forms.HiddenInput)
    asked_by = forms.CharField(label=_("Who asks"), required=False, max_length=120)
    value = AmountField(label=_("What it is worth"), required=False, zero=True)

    def __init__(self, *args: Any, lines: Sequence[ScopeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(line.public_id, line.name) for line in lines]
        self.fields["line"].choices = [("", _("As the words say")), *named]  # type: ignore[attr-defined]


class RedirectForm(WithColleagues):
    """Pass it on."""

    to = colleague_field(_("Who can help"))
    due_on = day_field(_("Answer by"))
    because = forms.CharField(
        label=_("Why it is not ours"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text=_("They read it, and so does the quarterly report."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = timezone.localdate() + dt.timedelta(days=policy.now().redirect_days)


class DeclineForm(Form):
    """Say no, because."""

    because = forms.CharField(
        label=_("No, because"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text=_("Who asked reads it, and so does the quarterly report."),
    )


class SettleForm(Form):
    """What became of it."""

    outcome = forms.CharField(
        label=_("What came of it?"), widget=forms.Textarea({"rows": 3}), max_length=1000
    )  # fmt: skip
