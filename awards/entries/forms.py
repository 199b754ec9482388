"""What people send to this room."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from awards.contests.models import Category, Contest
from awards.contests.wall_clock import MomentsForm, WallClockField
from awards.entries.enums import HelperPart, Reason, ScreeningVerdict
from awards.entries.models import ContestEntry
from awards.entries.policy import now as figures_now
from awards.entries.services.strangers import Wish
from references.accounts.selectors import visible_to as accounts_visible_to
from references.models import Account
from refprogram.kernel.forms import Form
from refprogram.people.models import Team, User


class HelperForm(Form):
    """Somebody who helps with an entry."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({"inputmode": "email", "autocomplete": "off"}))
    part = forms.ChoiceField(label=_("What may they do?"), choices=HelperPart.choices, initial=HelperPart.EDITOR)


class EnterForm(Form):
    """Enter without an account. `website` is hidden: who fills it in is no person."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your work e-mail"), widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"})
    )
    company = forms.CharField(
        label=_("Your company"), max_length=200, widget=forms.TextInput({"autocomplete": "organization"})
    )
    website = forms.CharField(required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}))

    def wish(self) -> Wish:
        """Return what was written."""
        found = self.cleaned_data
        return Wish(found["name"], found["email"], found["company"])

    @property
    def by_a_machine(self) -> bool:
        """Whether the hidden field was filled in."""
        return bool(self.cleaned_data.get("website"))


class ProposeForm(Form):
    """A customer for a contest, and who there would write."""

    account = forms.ModelChoiceField(
        label=_("Customer"), queryset=Account.objects.none(), to_field_name="public_id",
        widget=forms.Select({"data-typeahead": reverse_lazy("references:account-options")}),
    )  # fmt: skip
    name = forms.CharField(label=_("Who there would write the entry?"), max_length=120)
    email = forms.EmailField(label=_("Their e-mail"), widget=forms.EmailInput({"inputmode": "email"}))
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), to_field_name="slug", required=False
    )
    note = forms.CharField(
        label=_("What did they achieve?"), max_length=400, widget=forms.Textarea({"rows": 4}),
        help_text=_("The customer reads it in the invitation, and their entry begins with it."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, contest: Contest, **options: Any) -> None:
        super().__init__(*args, **options)
        account: Any = self.fields["account"]
        category: Any = self.fields["category"]
        account.queryset = accounts_visible_to(user)
        chosen = str(self.data.get("account") or self.initial.get("account") or "")[:12]
        if "\x00" not in chosen:
            account.widget.choices = [(one.public_id, one.name) for one in account.queryset.filter(public_id=chosen)]
        category.queryset = contest.categories.all()


class TeamEntryForm(Form):
    """One of our own teams enters."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), to_field_name="public_id")
    summary = forms.CharField(
        label=_("What did you achieve?"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence; you can change it later."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["team"].queryset = Team.objects.order_by("name")
        fields["team"].initial = user.team.public_id if user.team else None


class ScreenForm(Form):
    """What becomes of a submitted entry."""

    decision = forms.ChoiceField(label=_("Decision"), choices=ScreeningVerdict.choices, widget=forms.RadioSelect)
    codes = forms.MultipleChoiceField(
        label=_("Why?"), choices=Reason.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The entrant reads it. Needed unless it is eligible."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("In your words"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    days = forms.IntegerField(
        label=_("Days to correct it"), min_value=1, max_value=60, required=False,
        help_text=_("Only if it is sent back."),
    )  # fmt: skip

    def __init__(self, *args: Any, entry: ContestEntry, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].initial = figures_now().fix_days
        self.entry = entry


class ReasonForm(Form):
    """A reason that stays in the record."""

    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea({"rows": 3}))


class ExtendForm(MomentsForm, ReasonForm):
    """Time of one’s own for one entrant, on the contest’s clock."""

    until = WallClockField(label=_("Until"))
    field_order = ("until", "reason")

    def __init__(self, *args: Any, contest: Contest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.turn_to(contest.tz)
        self.fields["until"].help_text = _("On the clock of the contest: %(zone)s.") % {"zone": contest.zone}


class DuplicateForm(Form):
    """Which entry says the same."""

    of = forms.ModelChoiceField(
        label=_("The entry that stays"), queryset=ContestEntry.objects.none(), to_field_name="public_id"
    )

    def __init__(self, *args: Any, entry: ContestEntry, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["of"].queryset = ContestEntry.objects.filter(
            contest=entry.contest_id, account=entry.account_id, team=entry.team_id, anchor=False
        ).exclude(pk=entry.pk)
        fields["of"].label_from_instance = lambda row: f"{row.code} · {row.title}"
