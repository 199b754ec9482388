"""What people fill in about consent to show something."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from references.accounts import clock
from references.accounts.forms import Day
from references.consents import selectors, terms
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.models import ConsentTemplate
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.forms import Form


class TermsForm(Form):
    """What may be shown, where, to whom, until when."""

    scopes = forms.MultipleChoiceField(label=_("What"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple)
    channels = forms.MultipleChoiceField(
        label=_("Where"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Nothing ticked: anywhere"),
    )  # fmt: skip
    audience = forms.TypedChoiceField(
        label=_("To whom"),
        choices=UseAudience.choices,
        coerce=int,
        initial=UseAudience.PROSPECTS.value,
        widget=forms.RadioSelect,
    )
    territory = forms.ChoiceField(label=_("In which countries"), choices=selectors.territory_choices, required=False)
    ask_first = forms.BooleanField(
        label=_("They want to be asked before each use"), required=False,
        help_text=_("Then it is shown nowhere until a release for the one use was given."),
    )  # fmt: skip
    until = Day(label=_("Until"), ahead=lambda: dt.timedelta(days=730))

    def clean_until(self) -> Any:
        """Nothing is agreed for the past."""
        day = self.cleaned_data["until"]
        if day <= clock.today():
            raise ValidationError(_("That has ended already."))
        return day

    @property
    def terms(self) -> list[terms.TermSpec]:
        """The terms as chosen."""
        facts = self.cleaned_data
        return list(
            terms.every(
                scopes=facts["scopes"],
                channels=facts["channels"],
                audience=facts["audience"],
                territory=facts["territory"],
                ask_first=facts["ask_first"],
            )
        )


class TemplateField(forms.ModelChoiceField):
    """The words, by name and version."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=ConsentTemplate.objects.none(), to_field_name="public_id", **options)

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with its version."""
        return f"{obj.name}, {obj.version}"


class ReleaseForm(TermsForm):
    """Ask a customer for a release."""

    template = TemplateField(label=_("In which words"), empty_label=None)
    message = forms.CharField(
        label=_("A few words of your own"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands above the question, in the mail and on the page."),
    )  # fmt: skip
    field_order = ("scopes", "channels", "audience", "territory", "ask_first", "until", "template", "message")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = selectors.newest_templates()  # type: ignore[attr-defined]


class RecordTermsForm(TermsForm):
    """What a customer agreed to somewhere else, with the document that shows it."""

    template = TemplateField(label=_("In which words"), required=False, empty_label=_("Their own words, below"))
    words = forms.CharField(
        label=_("Their words"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The sentence of the letter, mail or contract, if it is none of our templates."),
    )  # fmt: skip
    given_on = Day(label=_("When"), ahead=dt.timedelta)
    evidence = StoredFileField(
        "consent_evidence",
        label=_("The signed release"),
        help_text=_("The letter or mail itself. It is kept with its hash."),
    )
    field_order = (
        "scopes", "channels", "audience", "territory", "ask_first", "until", "template", "words", "given_on",
        "evidence",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = selectors.newest_templates()  # type: ignore[attr-defined]

    def clean_given_on(self) -> Any:
        """Nobody agreed tomorrow."""
        day = self.cleaned_data["given_on"]
        if day > clock.today():
            raise ValidationError(_("That day is still to come."))
        return day


class WordsForm(Form):
    """The words that customers agree to."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For colleagues; customers do not see it."))
    text = forms.CharField(
        label=_("The words"), max_length=20_000,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("{company}, {person}, {program} and {until} are filled in for whoever reads it."),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("What it covers"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    months = forms.IntegerField(label=_("Holds for so many months"), min_value=1, max_value=120, initial=24)


class NextWordsForm(WordsForm):
    """The next version of words that are there: the name stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"]
