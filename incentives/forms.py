"""Writing a rule."""

from typing import Any

from django import forms as django_forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from incentives import policy, triggers
from refprogram.kernel import forms


def _choices() -> list[tuple[str, Any]]:
    words = _("When %(when)s: %(who)s")
    return [(t.key, words % {"when": t.when, "who": t.who}) for t in triggers.TRIGGERS]


class RuleForm(forms.Form):
    """What is paid for, to whom, how much, and the most a quarter."""

    name = django_forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Stands beside the points in everybody's statement.")
    )
    pays_for = django_forms.ChoiceField(label=_("What gives points, and to whom"), choices=_choices)
    points = django_forms.IntegerField(
        label=_("Points each time"), validators=[MinValueValidator(1), MaxValueValidator(policy.MOST_POINTS)]
    )
    cap_per_quarter = django_forms.IntegerField(
        label=_("At most a quarter, for one person"),
        required=False,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )

    def fields_of_rule(self) -> dict[str, Any]:
        """Return what was chosen, as the services take it."""
        trigger = triggers.BY_KEY[self.cleaned_data["pays_for"]]
        return {
            "name": self.cleaned_data["name"],
            "topic": trigger.topic,
            "beneficiary": trigger.beneficiary,
            "points": self.cleaned_data["points"],
            "cap_per_quarter": self.cleaned_data["cap_per_quarter"],
        }
