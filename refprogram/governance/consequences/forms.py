"""What people fill in about consequences and tasks."""

from typing import Any

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.governance.consequences import metrics, selectors
from refprogram.governance.consequences.enums import Effect, GoalDirection, Period
from refprogram.kernel.forms import Form
from refprogram.kernel.money import AmountField
from refprogram.people.enums import Privilege, Role
from refprogram.people.models import Region, Team, User

COHORT_ROLES = (Role.REP, Role.SUPPORT, Role.MANAGER)


class WhyForm(Form):
    """A reason for the record."""

    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class AppealForm(Form):
    """Why it should not be so."""

    text = forms.CharField(
        label=_("Why should it not be so?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Somebody who did not send the notice reads it and answers. Nothing takes effect before."),
    )


class AnswerForm(Form):
    """The answer to an appeal."""

    grant = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("They are right: waive it")), ("no", _("It stays"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Your reasons"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The person reads this, word for word."),
    )


def _number(label: Any, least: int, most: int = 3650, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


class PolicyForm(Form):
    """What is measured, for whom, what follows, and how fair it is."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("The people concerned read it."))
    metric = forms.ChoiceField(label=_("What is measured"))
    period = forms.ChoiceField(label=_("Looked at"), choices=Period.choices)
    direction = forms.ChoiceField(
        label=_("The goal is missed when the figure is"), choices=GoalDirection.choices, initial=GoalDirection.BELOW
    )
    threshold = forms.DecimalField(label=_("this"), max_digits=12, decimal_places=2, min_value=0)
    roles = forms.MultipleChoiceField(
        label=_("Whose people are compared"),
        choices=[(role.value, role.label) for role in COHORT_ROLES],
        widget=forms.CheckboxSelectMultiple,
        initial=[Role.REP.value],
    )
    effect = forms.ChoiceField(label=_("What follows"), choices=Effect.choices, widget=forms.RadioSelect)
    privilege = forms.ChoiceField(
        label=_("What they may not do for a time"), choices=[("", "–"), *Privilege.choices], required=False
    )
    task_title = forms.CharField(label=_("Or: the task"), max_length=160, required=False)
    demerits = _number(_("Or: so many demerits"), 0, 100, required=False)
    lasts_days = _number(_("For how many days"), 1, initial=30)
    deal_threshold = AmountField(
        label=_("Exception for deals from"),
        required=False,
        help_text=_("For a deal of this amount or more they may ask the head of sales for an exception."),
    )
    min_cohort = _number(
        _("Compare at least"), 2, initial=8, help_text=_("With fewer people left to compare, nobody is named.")
    )
    new_hire_days = _number(_("Leave out who has been here for fewer days"), 0, initial=90)
    notice_days = _number(_("Working days of notice"), 1, 90, initial=5)
    appeal_days = _number(_("Working days to appeal"), 1, 90, initial=5)
    owner = forms.ModelChoiceField(
        label=_("Who answers for it"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        help_text=_("They approve that it is switched on, and answer appeals."),
    )

    layout = Layout(
        "name",
        "metric",
        Div(
            Div("period", css_class="col-sm-4"),
            Div("direction", css_class="col-sm-5"),
            Div("threshold", css_class="col-sm-3"),
            css_class="row g-3",
        ),
        "roles",
        "effect",
        "privilege",
        "task_title",
        "demerits",
        Div(Div("lasts_days", css_class="col-sm-6"), Div("deal_threshold", css_class="col-sm-6"), css_class="row g-3"),
        HTML("<hr>"),
        Div(Div("min_cohort", css_class="col-sm-6"), Div("new_hire_days", css_class="col-sm-6"), css_class="row g-3"),
        Div(Div("notice_days", css_class="col-sm-6"), Div("appeal_days", css_class="col-sm-6"), css_class="row g-3"),
        "owner",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["metric"].choices = metrics.choices()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = selectors.owners()  # type: ignore[attr-defined]


class SwitchesForm(Form):
    """Where a policy names nobody."""

    off_in = forms.ModelMultipleChoiceField(
        label=_("Switched off in these regions"),
        queryset=Region.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    off_for = forms.ModelMultipleChoiceField(
        label=_("Switched off for these teams"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["off_in"].queryset = selectors.regions()  # type: ignore[attr-defined]
        self.fields["off_for"].queryset = selectors.teams()  # type: ignore[attr-defined]


class TaskForm(Form):
    """Something for a colleague to do."""

    assignee = forms.ModelChoiceField(label=_("For whom"), queryset=User.objects.none(), to_field_name="public_id")
    title = forms.CharField(label=_("What"), max_length=160)
    detail = forms.CharField(
        label=_("What they should know"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    due_on = forms.DateField(
        label=_("Until when"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignee"].queryset = selectors.takers(user)  # type: ignore[attr-defined]
