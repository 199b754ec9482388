"""What people fill in about stories, share pages and places."""

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from references.accounts.forms import Day
from references.accounts.models import Account, Contact, Opportunity, Product
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.selectors import territory_choices
from references.content import policy, selectors
from references.content.enums import AssetKind, PartKind
from references.content.models import Asset
from references.profiles.models import Outcome
from refprogram.governance.budgets.enums import CostKind
from refprogram.governance.budgets.models import Fund
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.forms import Form
from refprogram.kernel.money import AmountField
from refprogram.people.models import Region, User
from refprogram.people.selectors import colleagues


class WordsField(forms.CharField):
    """Words with commas between them; the value is a list."""

    def to_python(self, value: Any) -> Any:
        """Return the words."""
        return [one for part in str(value or "").split(",") if (one := " ".join(part.split()))]

    def prepare_value(self, value: Any) -> Any:
        """Return them as they are typed."""
        return ", ".join(value) if isinstance(value, list) else value


class ContactChoice(forms.ModelChoiceField):
    """A customer's person, by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Contact.objects.none(), to_field_name="public_id", **options)

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with the title."""
        return f"{obj.person.name}, {obj.person.title}" if obj.person.title else str(obj.person.name)


class AssetForm(Form):
    """The facts of a story; its words come on its own page."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("Readers see it first"))
    kind = forms.ChoiceField(label=_("Kind"), choices=AssetKind.choices)
    summary = forms.CharField(
        label=_("In a few sentences"), required=False, max_length=5000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands in the library and on share pages."),
    )  # fmt: skip
    products = forms.ModelMultipleChoiceField(
        label=_("Products"), queryset=Product.objects.all(), to_field_name="public_id", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    use_cases = WordsField(label=_("Use cases"), required=False, help_text=_("With commas between them"))
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), to_field_name="public_id", required=False
    )
    owner = forms.ModelChoiceField(
        label=_("Looked after by"), queryset=User.objects.none(), to_field_name="public_id", required=False
    )
    due_on = Day(label=_("Due"), required=False)
    refresh_on = Day(label=_("Look at it again on"), required=False)
    disclosure = forms.CharField(
        label=_("What readers are told of what the customer got"), required=False, max_length=300,
        help_text=_("“The customer was given a dinner as thanks.” Needed where they were given something."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]
        self.fields["owner"].widget.attrs["data-pickmany"] = ""


class NewAssetForm(Form):
    """The fewest facts with which a story can begin."""

    account = forms.ModelChoiceField(
        label=_("Customer"), queryset=Account.objects.none(), to_field_name="public_id",
        widget=forms.Select({"data-typeahead": reverse_lazy("references:account-options")}),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("Can be changed until it is approved"))
    kind = forms.ChoiceField(label=_("Kind"), choices=AssetKind.choices)
    summary = forms.CharField(
        label=_("In a few sentences"), required=False, max_length=5000, widget=forms.Textarea({"rows": 3})
    )
    due_on = Day(label=_("Due"), required=False)

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        field.queryset = accounts
        chosen = str(self.data.get("account") or self.initial.get("account") or "")[:12]
        if "\x00" not in chosen:
            field.widget.choices = [(one.public_id, one.name) for one in accounts.filter(public_id=chosen)]


class VersionForm(Form):
    """The words of a story."""

    body = forms.CharField(
        label=_("The story"), max_length=20_000, widget=forms.Textarea({"rows": 18}),
        help_text=_("Markdown: ## for headings, **bold**, - for lists."),
    )  # fmt: skip
    note = forms.CharField(label=_("What changed"), max_length=200, required=False)


class PartForm(Form):
    """A part that can stand alone."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PartKind.choices)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The words of a quote, the figure with its sentence, what a picture shows."),
    )  # fmt: skip
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https", help_text=_("Of a video, say"))
    speaker = ContactChoice(label=_("Whose words or picture"), required=False, empty_label=_("Nobody’s"))
    file = StoredFileField("asset_file", label=_("Picture or document"), required=False)

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"].queryset = selectors.people_of(asset)  # type: ignore[attr-defined]


class NeedForm(Form):
    """Whose consent to what it needs."""

    contact = ContactChoice(label=_("Who"), empty_label=None)
    scope = forms.ChoiceField(label=_("What of them"), choices=Scope.choices)

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = selectors.people_of(asset)  # type: ignore[attr-defined]


class ClaimForm(Form):
    """A sentence that somebody could ask to have proved."""

    text = forms.CharField(label=_("The sentence"), max_length=300, help_text=_("As it stands in the story"))
    outcome = forms.ModelChoiceField(
        label=_("It rests on the outcome"), queryset=Outcome.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("none"),
    )  # fmt: skip
    evidence = forms.CharField(
        label=_("Or it can be read here"), max_length=300, required=False,
        help_text=_("A report, a mail, a page. Somebody else looks at it and says that it is true."),
    )  # fmt: skip

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].queryset = selectors.outcomes_of(asset)  # type: ignore[attr-defined]


class CostForm(Form):
    """What a part of the production costs."""

    kind = forms.ChoiceField(label=_("What for"), choices=CostKind.choices)
    label = forms.CharField(label=_("In words"), max_length=200, required=False)
    amount = AmountField(label=_("How much"))
    fund = forms.ModelChoiceField(
        label=_("Out of which fund"), queryset=Fund.objects.none(), to_field_name="public_id", empty_label=None
    )
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("For whoever approves it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = selectors.funds()  # type: ignore[attr-defined]


class BookCostForm(Form):
    """What it cost in the end."""

    amount = AmountField(label=_("What it cost"))


class AskCustomerForm(Form):
    """Who reads the draft."""

    contact = ContactChoice(label=_("Who reads it"), empty_label=None)

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = selectors.people_of(asset)  # type: ignore[attr-defined]


class PlaceForm(Form):
    """Where an asset stands from now on."""

    channel = forms.ChoiceField(label=_("Where"), choices=Channel.choices)
    place = forms.CharField(label=_("Where exactly"), max_length=300, help_text=_("Its address, the deck, the tender"))
    audience = forms.TypedChoiceField(
        label=_("Who sees it"),
        choices=UseAudience.choices,
        coerce=int,
        initial=UseAudience.PUBLIC.value,
        widget=forms.RadioSelect,
    )
    territory = forms.ChoiceField(label=_("In which countries"), choices=territory_choices, required=False)
    placed_on = Day(label=_("Since"), ahead=dt.timedelta)


class CallDownForm(Form):
    """Why something has to come down, and by when."""

    reason = forms.CharField(label=_("Why"), max_length=200)
    days = forms.IntegerField(
        label=_("Within so many days"), min_value=0, max_value=90, initial=lambda: policy.now().takedown_days
    )


class DownForm(Form):
    """What shows that it is down."""

    proof = forms.CharField(
        label=_("What shows it"), max_length=300, help_text=_("The address that is gone now, a screenshot’s place")
    )


class BoardForm(Form):
    """A share page for one deal."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("The prospect reads it first"))
    opportunity = forms.ModelChoiceField(
        label=_("Deal"), queryset=Opportunity.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("none yet"), widget=forms.Select({"data-pickmany": ""}),
        help_text=_("Consent for one region alone counts only where the deal is there."),
    )  # fmt: skip
    greeting = forms.CharField(
        label=_("A few words to the prospect"), required=False, max_length=5000, widget=forms.Textarea({"rows": 4})
    )
    days = forms.IntegerField(
        label=_("Can be read for so many days"), min_value=1, max_value=policy.BOARD_LONGEST,
        initial=lambda: policy.now().board_days,
    )  # fmt: skip
    assets = forms.ModelMultipleChoiceField(
        label=_("What stands on it"), queryset=Asset.objects.none(), to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one story.")},
    )  # fmt: skip

    def __init__(self, *args: Any, assets: Any, deals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assets"].queryset = assets  # type: ignore[attr-defined]
        self.fields["opportunity"].queryset = deals  # type: ignore[attr-defined]


class SynonymForm(Form):
    """Words that mean the same."""

    words = forms.CharField(
        label=_("Words that mean the same"), max_length=1000, help_text=_("With commas between them: k8s, kubernetes")
    )
