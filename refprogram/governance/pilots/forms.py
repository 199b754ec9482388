"""What people fill in about pilots."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter.forms import WithColleagues, colleague_field
from refprogram.governance.pilots import selectors, things
from refprogram.governance.pilots.enums import Answer, PilotState
from refprogram.governance.pilots.states import ANSWERS
from refprogram.kernel.forms import Form, day_field
from refprogram.people.enums import Role
from refprogram.people.models import Team, User

USUAL: Final = dt.timedelta(days=27)
OUTCOMES: Final = (
    (PilotState.ROLLED_OUT, _("Roll it out: it reaches everybody from now on")),
    (PilotState.REPEATED, _("Change it and try again: it reaches nobody until the next pilot")),
    (PilotState.STOPPED, _("Stop: it is switched off")),
)


class ChangePilotForm(WithColleagues):
    """What can be changed of a pilot until it begins."""

    name = forms.CharField(label=_("Name"), max_length=120)
    hypothesis = forms.CharField(
        label=_("What do you expect?"), widget=forms.Textarea({"rows": 3}), max_length=2000,
        help_text=_("Such as “Reps who get points at once nominate twice as often”."),
    )  # fmt: skip
    people = forms.ModelMultipleChoiceField(
        label=_("Who tries it"), queryset=User.objects.none(), to_field_name="public_id", required=False,
        help_text=_("A few who forgive what does not work yet. They get a mail as soon as it is ready."),
    )  # fmt: skip
    team = forms.ModelChoiceField(
        label=_("And everybody of a team"), queryset=Team.objects.none(), to_field_name="public_id", required=False
    )
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"))
    owner = colleague_field(_("Who runs it"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        team: Any = self.fields["team"]
        people.wanted = True  # somebody has to, though a team will do
        team.queryset = Team.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        """Return the chosen and the team's people together."""
        said: dict[str, Any] = super().clean() or {}
        people, team = list(said.get("people") or ()), said.pop("team", None)
        if team is not None:
            theirs = User.objects.filter(team=team, is_active=True).exclude(role=Role.JUDGE)
            people += list(theirs.order_by("pk"))
        said["people"] = list(dict.fromkeys(people))
        return said


class PilotForm(ChangePilotForm):
    """A new pilot."""

    thing = forms.ChoiceField(
        label=_("What is tried"),
        help_text=_(
            "A rule, a wave or a message reaches nobody until the pilot begins; a feature stays as it is until then."
            " From the first day on it is there for your few alone. Rules: those that are off."
        ),
    )
    field_order = ("thing", "name", "hypothesis")

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["thing"]
        field.choices = [("", _("Choose …")), *_offered(viewer)]
        field.widget.attrs["data-pickmany"] = ""
        today = timezone.localdate()
        self.fields["starts_on"].initial, self.fields["ends_on"].initial = today, today + USUAL
        self.fields["revision"].widget = forms.HiddenInput()

    def clean_thing(self) -> tuple[str, str]:
        """Return kind and key."""
        kind, _sign, key = self.cleaned_data["thing"].partition(":")
        return kind, key


def _offered(viewer: User) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = [
        (label, [(f"{kind}:{one.key}", one.label) for one in found if not one.why_not])
        for kind, label, found in things.choices_for(viewer)
    ]
    return [(label, found) for label, found in groups if found]


class CriterionForm(Form):
    """By what the pilot is judged."""

    text = forms.CharField(
        label=_("What has to be so at the end?"), max_length=200, help_text=_("Such as “They nominate twice as often”.")
    )
    how = forms.CharField(
        label=_("How it is measured"), required=False, max_length=200, help_text=_("Where the figure comes from.")
    )
    target = forms.CharField(label=_("Target"), required=False, max_length=80, help_text=_("Such as “4 a month each”."))


class JudgeForm(Form):
    """What came of a criterion."""

    seen = forms.CharField(label=_("What was seen?"), max_length=300, help_text=_("The figure, or a sentence."))
    met = forms.TypedChoiceField(
        label=_("Is it met?"),
        choices=(("yes", _("Met")), ("no", _("Not met"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class AskSalesForm(Form):
    """Whom of sales to ask."""

    asked = forms.ModelChoiceField(
        label=_("Who answers for sales"), queryset=User.objects.none(), to_field_name="public_id",
        help_text=_("A sales manager, or the head of sales. They get a mail with one link."),
    )  # fmt: skip
    question = forms.CharField(
        label=_("What do you want to know?"), required=False, widget=forms.Textarea({"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, asker: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["asked"]
        asked.queryset = selectors.of_sales(asker)


class AnswerForm(Form):
    """What sales says."""

    answer = forms.ChoiceField(
        label=_("May it be tried?"),
        choices=[(one.value, ANSWERS[one].word) for one in Answer],
        widget=forms.RadioSelect,
    )
    condition = forms.CharField(
        label=_("If so: what has to be so first?"), required=False, max_length=300,
        help_text=_("It does not begin before this is ticked as met."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Your words"), required=False, widget=forms.Textarea({"rows": 3}), max_length=2000,
        help_text=_("They stay with the pilot and are never changed."),
    )  # fmt: skip


class NoteForm(Form):
    """Something for the log."""

    text = forms.CharField(
        label=_("What happened?"), widget=forms.Textarea({"rows": 5}), max_length=5000,
        help_text=_("Good or bad, as it was. Only the pilot’s people, who runs it, reference managers and the head of"
                    " sales read it."),
    )  # fmt: skip


class DecideForm(Form):
    """What becomes of it."""

    to = forms.ChoiceField(label=_("What becomes of it?"), choices=OUTCOMES, widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Why?"), widget=forms.Textarea({"rows": 4}), max_length=5000,
        help_text=_("The pilot’s people get it by mail, with your thanks."),
    )  # fmt: skip
