"""What people fill in about contests."""

from typing import Any, Final

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from awards.contests import selectors, zones
from awards.contests.enums import Audience, CategoryKind, Part, PrizeKind, SponsorTier, Step, VotesFor
from awards.contests.models import Category, Contest
from awards.contests.wall_clock import MomentsForm, WallClockField
from references.coverage.forms import ChosenAccount
from references.models import Account, Product
from refprogram.governance.approvals.pickers import ChosenColleague, ColleagueField
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.forms import Form, day_field
from refprogram.kernel.models import FormDesign
from refprogram.people.models import Region

LONGEST: Final = 8_000
ZONES: Final = [(name, name.replace("_", " ")) for name in zones.names()]
MOST_PLACES: Final = 20


def text_field(label: Any, *, rows: int = 5, **options: Any) -> forms.CharField:
    """Return a field for paragraphs."""
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **options
    )


class Colleague(ColleagueField):
    """A colleague, looked for by name by whoever sees contests."""

    def __init__(self, **options: Any) -> None:
        told = {"data-typeahead": reverse_lazy("awards:contest-colleagues")}
        super().__init__(widget=ChosenColleague(told), **options)


def _zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"), choices=ZONES, widget=forms.Select({"data-pickmany": ""}),
        help_text=_("Every date of the contest is meant in it."),
    )  # fmt: skip


class StartForm(MomentsForm, Form):
    """A new contest: what it is called, who competes, and the day everything is counted back from."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("You may gather other names and vote later."))
    series = forms.CharField(label=_("Award"), max_length=80, help_text=_("What comes back every year."))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2199)
    audience = forms.ChoiceField(label=_("Who competes"), choices=Audience.choices, initial=Audience.CUSTOMERS)
    event_at = WallClockField(
        label=_("Award event"), help_text=_("When the winners stand on stage. The plan is counted backwards from it.")
    )
    zone = _zone_field()


class TextsForm(Form):
    """What the public reads."""

    name = forms.CharField(label=_("Name"), max_length=120)
    tagline = forms.CharField(
        label=_("Headline"), max_length=200, required=False, help_text=_("Stands largest on the public page.")
    )
    overview = text_field(_("What it is"), help_text=_("The first line stands under the headline. Markdown."))
    process = text_field(_("How it works"), help_text=_("How entries are judged, in words that entrants read."))
    payoff = text_field(_("What entrants gain, win or not"))
    rules_text = text_field(_("Rules in full"), rows=8, help_text=_("A change after the launch is a new version."))
    event_name = forms.CharField(label=_("Event"), max_length=120, required=False)
    event_place = forms.CharField(label=_("Place"), max_length=120, required=False)


class SettingsForm(MomentsForm, Form):
    """When it takes place, and by which rules."""

    zone = _zone_field()
    opens_at = WallClockField(label=_("Entries open"))
    closes_at = WallClockField(label=_("Entries close"), help_text=_("Once it is announced it only becomes later."))
    grace_minutes = forms.IntegerField(
        label=_("Grace, minutes"), min_value=0, max_value=1440, help_text=_("Stated on the public page.")
    )
    announce_at = WallClockField(label=_("Winners are announced"), help_text=_("Nobody reads them earlier."))
    event_at = WallClockField(label=_("Award event"), help_text=_("The open lines of the plan move along."))
    form = forms.ModelChoiceField(
        label=_("Entry form"),
        queryset=FormDesign.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Standard"),
    )
    nominator_credit = forms.BooleanField(label=_("Colleagues are credited for entries they bring"), required=False)
    one_award_each = forms.BooleanField(label=_("Nobody wins in two categories"), required=False)
    cool_off_years = forms.IntegerField(
        label=_("Years until a winner may win the same category again"), min_value=0, max_value=20
    )
    people_choice = forms.BooleanField(label=_("The public votes for a prize of its own"), required=False)
    votes_for = forms.ChoiceField(
        label=_("Up for the vote"), choices=VotesFor.choices, initial=VotesFor.ALL,
        help_text=_("Of these, those who agreed to be shown on the page of the vote."),
    )  # fmt: skip
    votes_open_at = WallClockField(label=_("Public vote opens"), required=False)
    votes_close_at = WallClockField(
        label=_("Public vote closes"), required=False, help_text=_("At least a day before the winners are announced.")
    )
    judging_mail = forms.EmailField(
        label=_("Judges write to"), required=False,
        help_text=_("Answers to the mails that judges get go to this address. Empty: to the program’s own."),
    )  # fmt: skip
    cost = forms.DecimalField(
        label=_("What it cost all in all"), required=False, min_value=0, max_digits=14, decimal_places=2,
        help_text=_("For the cost per reference."),
    )  # fmt: skip
    owner = Colleague(label=_("Run by"))

    layout = Layout(
        Fieldset(_("When"), "zone", "opens_at", "closes_at", "grace_minutes", "announce_at", "event_at"),
        Fieldset(_("Entries"), "form", "nominator_credit"),
        Fieldset(_("Winning"), "one_award_each", "cool_off_years"),
        Fieldset(_("Public vote"), "people_choice", "votes_for", "votes_open_at", "votes_close_at"),
        Fieldset(_("Who and how much"), "owner", "judging_mail", "cost"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        designs: Any = self.fields["form"]
        designs.queryset = selectors.entry_forms()
        owner: Any = self.fields["owner"]
        owner.open_to_all()


class ItemForm(Form):
    """A line of the plan."""

    name = forms.CharField(label=_("What is to be done"), max_length=160)
    step = forms.ChoiceField(label=_("Belongs to"), choices=Step.choices)
    due_on = day_field(_("Until"))
    owner = Colleague(label=_("Who"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        owner: Any = self.fields["owner"]
        owner.open_to_all()


class MemberForm(Form):
    """A colleague's part."""

    user = Colleague(label=_("Colleague"))
    part = forms.ChoiceField(label=_("Part"), choices=Part.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        user: Any = self.fields["user"]
        user.open_to_all()


class CategoryForm(MomentsForm, Form):
    """A category."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Gathers entries by"), choices=CategoryKind.choices)
    description = text_field(_("What it asks"), rows=3)
    eligibility = text_field(_("Who may enter"), rows=3)
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.all(), to_field_name="public_id", required=False
    )
    industry = forms.CharField(label=_("Industry"), max_length=80, required=False)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), to_field_name="public_id", required=False
    )
    precedence = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=999, required=False,
        help_text=_("Who wins two categories takes the one with the lower number."),
    )  # fmt: skip
    max_winners = forms.IntegerField(label=_("Winners"), min_value=1, max_value=MOST_PLACES, initial=1)
    min_entries = forms.IntegerField(
        label=_("Fewest entries"), min_value=1, max_value=1000, initial=1, help_text=_("With fewer, nobody wins.")
    )
    min_score = forms.DecimalField(
        label=_("Lowest score that wins"), min_value=0, max_value=100, max_digits=5, decimal_places=2, initial=0
    )
    closes_at = WallClockField(
        label=_("Its own deadline"), required=False, help_text=_("Empty: the contest’s deadline.")
    )

    def __init__(self, *args: Any, contest: Contest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.turn_to(contest.tz)


class _OfContest(Form):
    """A form with a category of one contest among its fields."""

    def __init__(self, *args: Any, contest: Contest, accounts: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        found: Any = self.fields
        found["category"].queryset = Category.objects.filter(contest=contest).order_by("precedence", "pk")
        if accounts is not None:
            found["account"].queryset = accounts


def _category_field(empty: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), to_field_name="public_id", required=False,
        empty_label=empty,
    )  # fmt: skip


class PrizeForm(_OfContest):
    """A prize."""

    item = forms.CharField(label=_("What is given"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=PrizeKind.choices)
    category = _category_field(_("Every category"))
    place = forms.IntegerField(label=_("For place"), min_value=1, max_value=MOST_PLACES, initial=1)
    people_choice = forms.BooleanField(label=_("For the people’s choice"), required=False)
    value = forms.DecimalField(
        label=_("Value"), min_value=0, max_digits=14, decimal_places=2, help_text=_("What it costs us.")
    )
    tax_note = forms.CharField(label=_("Note on tax"), max_length=200, required=False)


class SponsorForm(_OfContest):
    """A sponsor."""

    name = forms.CharField(label=_("Name"), max_length=120)
    tier = forms.ChoiceField(label=_("Carries"), choices=SponsorTier.choices, initial=SponsorTier.PARTNER)
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    category = _category_field(_("None in particular"))
    account = forms.ModelChoiceField(
        label=_("Their account here"), queryset=Account.objects.none(), to_field_name="public_id", required=False,
        widget=ChosenAccount(),
        help_text=_("Their people never judge their own customers."),
    )  # fmt: skip
    takes_leads = forms.BooleanField(
        label=_("Hears of entrants"), required=False,
        help_text=_("Entrants are asked about this sponsor by name, and only those who agree are named to it."),
    )  # fmt: skip
    logo = StoredFileField("sponsor_logo", label=_("Logo"), required=False)
    drop_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(self, *args: Any, has_logo: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_logo:
            self.fields["logo"].help_text = _("There is one. Another one replaces it.")
        else:
            del self.fields["drop_logo"]


class IdeaForm(Form):
    """A name for the award."""

    name = forms.CharField(label=_("A name for the award"), max_length=120)


class AskForm(Form):
    """A question."""

    text = forms.CharField(label=_("Your question"), max_length=500, widget=forms.Textarea({"rows": 2}))


class AnswerForm(Form):
    """An answer, seen by all."""

    asked = forms.CharField(label=_("Question, as everybody reads it"), max_length=500)
    text = forms.CharField(label=_("Answer"), max_length=5_000, widget=forms.Textarea({"rows": 5}))
    public = forms.BooleanField(label=_("Stands on the public page too"), required=False, initial=True)


class ReasonForm(Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Why?"), max_length=300, widget=forms.Textarea({"rows": 2}), help_text=_("It stays in the record.")
    )


class ReopenForm(MomentsForm, ReasonForm):
    """Until when entries are taken again, and why."""

    until = WallClockField(label=_("New deadline, for everybody"))
