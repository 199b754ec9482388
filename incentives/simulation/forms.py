"""Asking for a trial of rules."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from incentives.rulebook.models import Rule
from incentives.rulebook.selectors import sentence_of
from incentives.simulation import selectors
from refprogram.kernel import forms
from refprogram.people.models import User


class RulesField(django_forms.ModelMultipleChoiceField):
    """Rules, each with what it says."""

    def label_from_instance(self, obj: Rule) -> str:
        """Return its name and its sentence."""
        return f"{obj.name}: {sentence_of(obj)}"


class DaysForm(forms.Form):
    """Over which days."""

    first = forms.day_field(_("From"))
    last = forms.day_field(_("To"))


class SimulationForm(DaysForm):
    """Which rules, over which days."""

    rules = RulesField(
        label=_("Rules to try together"),
        queryset=Rule.objects.none(),
        to_field_name="public_id",
        widget=django_forms.CheckboxSelectMultiple,
        help_text=_("As if these, as they read today, had been on all those days, and no other."),
        error_messages={"required": _("Choose at least one rule.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer what the user may read."""
        super().__init__(*args, **kwargs)
        self.fields["rules"].queryset = selectors.rules_to_try(user)  # type: ignore[attr-defined]


def last_year(today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days that are offered: the year that ended yesterday."""
    return today - dt.timedelta(days=365), today - dt.timedelta(days=1)
