"""What people fill in about quotas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nominations.quotas import selectors
from nominations.quotas.enums import Counts, Rung
from nominations.standings.enums import FIELD
from nominations.waves.models import Wave
from refprogram.kernel.forms import Form
from refprogram.people.models import Region, Team, User

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class PlanForm(Form):
    """Who owes how much until when, what counts, and what follows."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("The people concerned read it."))
    owner = forms.ModelChoiceField(
        label=_("Head of sales who owns it"), queryset=User.objects.none(), to_field_name="public_id"
    )
    starts_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(
        label=_("Last day"), widget=DAY, help_text=_("Each day ends at midnight where the person works.")
    )
    wave = forms.ModelChoiceField(
        label=_("Follow a wave"), queryset=Wave.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("No: the same dates for everybody"),
        help_text=_("Each cohort has as long a time, from the day on which it is asked."),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Whose people"), choices=[(role.value, role.label) for role in FIELD],
        widget=forms.CheckboxSelectMultiple, initial=[FIELD[0].value],
    )  # fmt: skip
    teams = forms.ModelMultipleChoiceField(
        label=_("Of these teams"), queryset=Team.objects.none(), to_field_name="public_id", required=False,
        widget=forms.SelectMultiple({"data-pickmany": ""}), help_text=_("Empty, with no region: of all."),
    )  # fmt: skip
    regions = forms.ModelMultipleChoiceField(
        label=_("Or of these regions"), queryset=Region.objects.none(), to_field_name="public_id", required=False,
        widget=forms.SelectMultiple({"data-pickmany": ""}),
    )  # fmt: skip
    target = forms.DecimalField(
        label=_("How many each"), max_digits=5, decimal_places=2, min_value=0,
        help_text=_("For the whole time. Who is away or new owes less."),
    )  # fmt: skip
    counts = forms.ChoiceField(label=_("A nomination counts"), choices=Counts.choices, initial=Counts.APPROVED)
    gap_weight = forms.DecimalField(
        label=_("One in a gap of the coverage counts"), max_digits=3, decimal_places=2, min_value=1, initial="1.5"
    )
    new_hire_days = forms.IntegerField(
        label=_("Newcomers owe nothing for so many days"), min_value=0, max_value=730, initial=90
    )
    grace_days = forms.IntegerField(
        label=_("Days of grace"), min_value=0, max_value=90, initial=7,
        help_text=_("What was nominated in time and is decided in these days counts."),
    )  # fmt: skip
    rungs = forms.MultipleChoiceField(
        label=_("What follows for who is behind"), choices=Rung.choices, widget=forms.CheckboxSelectMultiple,
        required=False, initial=[Rung.NUDGE.value, Rung.MANAGER.value],
        help_text=_(
            "In this order. Restrictions are proposed to the review board by a policy of consequences that is switched"
            " on for quotas; each has notice, appeal and an end."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("owner", selectors.heads_of_sales()),
            ("wave", selectors.waves()),
            ("teams", selectors.teams()),
            ("regions", selectors.regions()),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class ObjectForm(Form):
    """What is wrong with one's own count."""

    text = forms.CharField(
        label=_("What is wrong with the count?"), max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The head of sales reads it and answers. Nothing is final before."),
    )  # fmt: skip


class AnswerForm(Form):
    """The answer to an objection."""

    grant = forms.ChoiceField(
        label=_("Your answer"), choices=[("yes", _("They are right: waive the rest")), ("no", _("The count stands"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your reasons"), max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The person reads this, word for word."),
    )  # fmt: skip


class WaiveForm(Form):
    """Why the rest is waived."""

    reason = forms.CharField(
        label=_("Why?"), max_length=2000, widget=forms.Textarea({"rows": 3}), help_text=_("The person reads this.")
    )
