"""What people fill in about what is known of a customer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from references.accounts import provenance
from references.accounts.forms import Day
from references.accounts.models import Account, Contact
from references.profiles.enums import Direction, ProgramKind
from references.profiles.models import LinkedProgram
from references.profiles.selectors import open_programs
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.forms import Form
from refprogram.people.models import User
from refprogram.people.selectors import colleagues


class Reading(forms.DecimalField):
    """A figure as it was read."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=18, decimal_places=4, **options)


class OutcomeForm(Form):
    """What got better there: one measure, two readings, and where that can be seen."""

    metric = forms.CharField(
        label=_("What was measured"), max_length=120, help_text=_("Such as “Time to close the books”")
    )
    before = Reading(label=_("Before"))
    after = Reading(label=_("After"))
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False, help_text=_("Such as days, €, %"))
    direction = forms.ChoiceField(
        label=_("Which way is better"), choices=Direction.choices, widget=forms.RadioSelect, initial=Direction.UP
    )
    period = forms.CharField(
        label=_("Over which time"), max_length=60, required=False, help_text=_("Such as “Q1 to Q3 2026”")
    )
    contact = forms.ModelChoiceField(
        label=_("Who said it"), queryset=Contact.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("Nobody in particular"),
    )  # fmt: skip
    evidence_url = forms.URLField(
        label=_("Where it can be seen"), required=False, assume_scheme="https", max_length=200,
        help_text=_("An address, or a file below: without one nobody can verify it."),
    )  # fmt: skip
    evidence = StoredFileField("outcome_evidence", label=_("Evidence"), required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Contact.objects.filter(account=account, merged_into__isnull=True).select_related("person")
        self.fields["contact"].queryset = people.order_by("person__name")  # type: ignore[attr-defined]


class CorrectionForm(Form):
    """What the CRM should say instead."""

    field = forms.ChoiceField(label=_("What is wrong"), widget=forms.RadioSelect)
    proposed = forms.CharField(
        label=_("It should say"), max_length=200, required=False, help_text=_("Empty: there is no such thing")
    )
    note = forms.CharField(
        label=_("How you know"), max_length=200, required=False, help_text=_("Whoever keeps the CRM reads this")
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (name, f"{provenance.WORDS[name]}: {provenance.value_of(account, name) or '–'}")
            for name in provenance.owned(account)
        ]


class RefusalForm(Form):
    """Why the CRM stays as it is."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever proposed it reads this"),
    )


class UnmaskForm(Form):
    """What somebody needs a masked name for."""

    reason = forms.CharField(
        label=_("What do you need the name for?"), max_length=200, widget=forms.Textarea({"rows": 3}),
        help_text=_("It is kept on record, and whoever looks after this customer reads it."),
    )  # fmt: skip


class ProgramForm(Form):
    """A program beside this one that asks the same customers."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgramKind.choices)
    owner = forms.ModelChoiceField(
        label=_("Run by"), queryset=User.objects.none(), to_field_name="public_id", required=False
    )
    cap_per_quarter = forms.IntegerField(
        label=_("At most this many asks in three months"), min_value=1, max_value=100, required=False,
        help_text=_("Of one person, in all programs together. Empty: the program sets none."),
    )  # fmt: skip
    terms = forms.CharField(
        label=_("What members agree to"), max_length=5000, required=False, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]
        self.fields["owner"].widget.attrs["data-pickmany"] = ""


class ParticipationForm(Form):
    """Who takes part in what."""

    program = forms.ModelChoiceField(
        label=_("Program"), queryset=LinkedProgram.objects.none(), to_field_name="public_id", empty_label=None
    )
    contact = forms.ModelChoiceField(
        label=_("Who"), queryset=Contact.objects.none(), to_field_name="public_id", empty_label=None
    )
    invited = forms.BooleanField(label=_("They were invited and have not answered"), required=False)
    since = Day(label=_("First day"), required=False, help_text=_("Empty: today"))
    until = Day(label=_("Last day of their term"), required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Contact.objects.filter(account=account, left_company_at=None, merged_into=None)
        self.fields["contact"].queryset = people.select_related("person")  # type: ignore[attr-defined]
        self.fields["program"].queryset = open_programs()  # type: ignore[attr-defined]
