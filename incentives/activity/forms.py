"""What people fill in about activity: proofs, presentations, pots."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from incentives.activity import selectors
from incentives.activity.models import Presentation
from refprogram.kernel.forms import Form
from refprogram.kernel.money import AmountField
from refprogram.people.models import User

YES_NO = [("yes", _("It shows it")), ("no", _("It does not"))]
PASSED = [("yes", _("Good enough: nothing is held against them any more")), ("no", _("Once more, on another day"))]


class ProofForm(Form):
    """What shows that it was done."""

    words = forms.CharField(
        label=_("What shows it?"), max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=_("With whom it was, when, and what came of it."),
    )  # fmt: skip
    link = forms.URLField(label=_("Where it is written"), required=False, max_length=500, assume_scheme="https")


class JudgeForm(Form):
    """Whether it does."""

    accepted = forms.ChoiceField(label=_("Does it show it?"), choices=YES_NO, widget=forms.RadioSelect)
    verdict = forms.CharField(
        label=_("Why"), required=False, max_length=200, help_text=_("Needed where it does not; its author reads it.")
    )


class AskForm(Form):
    """What is asked for, and in which words."""

    topic = forms.CharField(label=_("Which feature or process"), max_length=160)
    held_on = forms.DateField(label=_("On"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    panel = forms.ModelMultipleChoiceField(
        label=_("Who listens"), queryset=User.objects.none(), to_field_name="public_id",
        widget=forms.SelectMultiple({"data-pickmany": ""}),
    )  # fmt: skip
    rubric = forms.CharField(
        label=_("By what it is judged"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("A line each; the panel gives 1 to 5 for each line."),
    )  # fmt: skip
    letter = forms.CharField(
        label=_("Your letter"), max_length=4000, widget=forms.Textarea({"rows": 8}),
        help_text=_("It goes out in your name; answers come to you."),
    )  # fmt: skip

    def __init__(self, *args: Any, presentation: Presentation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["panel"].queryset = selectors.listeners(presentation)  # type: ignore[attr-defined]


class MarkForm(Form):
    """What one of the panel says: a figure for each line of the rubric."""

    words = forms.CharField(label=_("In a sentence"), required=False, max_length=500)

    def __init__(self, *args: Any, rubric: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        lines = {
            f"line{n}": forms.TypedChoiceField(
                label=line, choices=[(value, value) for value in range(1, 6)], coerce=int, widget=forms.RadioSelect
            )
            for n, line in enumerate(rubric)
        }
        self.fields = {**lines, **self.fields}

    def marks(self) -> list[int]:
        """Return the figures in the order of the rubric."""
        return [value for name, value in self.cleaned_data.items() if name.startswith("line")]


class DecideForm(Form):
    """How it was, and what follows."""

    passed = forms.ChoiceField(label=_("How was it?"), choices=PASSED, widget=forms.RadioSelect)
    verdict = forms.CharField(
        label=_("What was good, what was not"), max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=_("They read it."),
    )  # fmt: skip
    held_on = forms.DateField(
        label=_("If once more: on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class PotForm(Form):
    """A charity pot."""

    name = forms.CharField(label=_("Name"), max_length=120)
    cause = forms.CharField(label=_("For whom"), max_length=200)


class SignOffForm(Form):
    """What holds for a pot."""

    words = forms.CharField(
        label=_("What holds for it"), max_length=4000, widget=forms.Textarea({"rows": 5}),
        help_text=_("Where it may be used, and how. Everybody who gives reads it."),
    )  # fmt: skip


class PledgeForm(Form):
    """What one gives."""

    amount = AmountField(label=_("How much"), help_text=_("You pay it yourself, where the cause takes money."))
    words = forms.CharField(label=_("A word to it"), required=False, max_length=200)
