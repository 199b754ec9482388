"""What people fill in about changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter.forms import WithColleagues, colleague_field
from refprogram.governance.readiness import selectors
from refprogram.governance.readiness.enums import ChangeKind, Channel, StepKind
from refprogram.governance.readiness.models import Audience, Change
from refprogram.kernel.forms import day_field
from refprogram.people.enums import Role
from refprogram.people.models import Team

SHORT = {"rows": 3}
NONE = [("", "–")]


class ChangeForm(WithColleagues):
    """What is introduced."""

    name = forms.CharField(
        label=_("What changes?"), max_length=160, help_text=_("Such as “Nominations count in the yearly review”")
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=ChangeKind.choices)
    why = forms.CharField(
        label=_("Why"), required=False, widget=forms.Textarea(SHORT), max_length=4000,
        help_text=_("Whoever it concerns reads this."),
    )  # fmt: skip
    starts_on = day_field(_("Starts on"))
    owner = colleague_field(_("Whose it is"), help_text=_("Feedback about it goes to them."))
    support_channel = forms.CharField(
        label=_("Where people ask"), required=False, max_length=200, help_text=_("Such as “the channel #references”")
    )
    support_by = colleague_field(_("Who answers there"), required=False)
    support_until = day_field(_("Until"), required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CopyForm(WithColleagues):
    """A change like another one."""

    name = forms.CharField(label=_("What changes?"), max_length=160)
    starts_on = day_field(_("Starts on"))
    owner = colleague_field(_("Whose it is"))


class AudienceForm(WithColleagues):
    """Whom it concerns, what they do today, and what instead."""

    role = forms.ChoiceField(label=_("A role"), required=False, choices=[*NONE, *Role.choices])
    team = forms.ModelChoiceField(
        label=_("Or a team"), required=False, queryset=Team.objects.none(), to_field_name="public_id"
    )
    words = forms.CharField(
        label=_("Or somebody in words"), required=False, max_length=120, help_text=_("Such as “newcomers of this year”")
    )
    current = forms.CharField(
        label=_("What they do today"), widget=forms.Textarea(SHORT), max_length=2000,
        help_text=_("As one would see it, not as one would wish it."),
    )  # fmt: skip
    desired = forms.CharField(label=_("What they do then"), widget=forms.Textarea(SHORT), max_length=2000)
    measure = forms.CharField(
        label=_("How one sees it"), required=False, max_length=300,
        help_text=_("Such as “each names two customers by the end of March”"),
    )  # fmt: skip
    metric = forms.ChoiceField(label=_("A figure that shows it"), required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = selectors.teams()
        metric: Any = self.fields["metric"]
        self.names = {key: str(name) for key, name in selectors.metrics()}
        metric.choices = [*NONE, *self.names.items()]

    def clean(self) -> dict[str, Any]:
        """Add what the chosen figure is called, and refuse two audiences in one."""
        said: dict[str, Any] = super().clean() or {}
        said["metric_name"] = self.names.get(said.get("metric", ""), "")
        if sum(bool(said.get(name)) for name in ("role", "team", "words")) > 1:
            self.add_error("words", _("Choose a role, or a team, or write who it is: one of the three."))
        return said


class StepForm(WithColleagues):
    """A message or a session."""

    name = forms.CharField(
        label=_("What is done"), max_length=200, help_text=_("Such as “Why we ask for two names, by the head of sales”")
    )
    due_on = day_field(_("On which day"))
    owner = colleague_field(_("Who sees to it"), required=False, help_text=_("Empty: the owner of the change."))
    audience = forms.ModelChoiceField(
        label=_("For whom"), required=False, queryset=Audience.objects.none(), empty_label=_("Everybody it concerns")
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, change: Change, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audience: Any = self.fields["audience"]
        audience.queryset = change.audiences.select_related("team")
        audience.to_field_name = "public_id"
        audience.widget.attrs.pop("data-pickmany", None)


class MessageForm(StepForm):
    """A message."""

    channel = forms.ChoiceField(label=_("By which way"), choices=Channel.choices)
    link = forms.URLField(label=_("Where its words are"), required=False, max_length=500, assume_scheme="https")
    field_order = ("name", "channel", "audience", "due_on", "owner", "link")

    def clean(self) -> dict[str, Any]:
        """Say what kind of step it is."""
        said: dict[str, Any] = super().clean() or {}
        return said | {"kind": StepKind.MESSAGE.value, "who": ""}


class TrainingForm(StepForm):
    """A session."""

    who = forms.CharField(
        label=_("Who comes"), required=False, max_length=200, help_text=_("Where it is not the whole audience.")
    )
    link = forms.URLField(label=_("Link to the material"), required=False, max_length=500, assume_scheme="https")
    field_order = ("name", "audience", "who", "due_on", "owner", "link")

    def clean(self) -> dict[str, Any]:
        """Say what kind of step it is."""
        said: dict[str, Any] = super().clean() or {}
        return said | {"kind": StepKind.TRAINING.value, "channel": ""}
