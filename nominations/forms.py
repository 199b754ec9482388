"""What people send to this room."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from nominations.enums import OWNER_MAY_SAY
from nominations.policy import LONGEST_WHY
from nominations.services import ScoreCard, Speaker
from references.accounts.selectors import activity_types
from references.models import Account, Contact
from refprogram.governance.approvals.pickers import ChosenColleague, ColleagueField
from refprogram.kernel.custom_fields.forms import WithCustomFields
from refprogram.kernel.forms import Form
from refprogram.people.models import User

LEVELS = [(level, str(level)) for level in range(1, 6)]
SOMEBODY_ELSE = ""
SHOWN_AT_ONCE = 6  # kinds of the catalogue in its order, before "something else"


class ProseField(forms.CharField):
    """A long text. The page counts what is left while it is typed, and cuts nothing off that is pasted."""

    def to_python(self, value: Any) -> str:
        """Count a line's end once, as the page does: browsers send two characters for it."""
        return str(super().to_python(value)).replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Name the limit for the counter; `maxlength` would cut off without a word."""
        return {"data-count-to": str(self.max_length)} if self.max_length else {}


class SpeakerMixin(forms.Form):
    """Who would speak for the customer: somebody we know, or a name and an address."""

    contact = forms.ChoiceField(label=_("Who would speak for us?"), required=False, widget=forms.RadioSelect)
    contact_name = forms.CharField(label=_("Name"), required=False, max_length=120)
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off", "inputmode": "email"}),
    )
    contact_title = forms.CharField(label=_("Job title"), required=False, max_length=120)

    def offer(self, contacts: Iterable[Contact]) -> None:
        """Offer the customer's people that we know; the last choice is somebody else."""
        for name in ("contact_name", "contact_email"):  # needed, if not from everybody: the form says when
            self.fields[name].wanted = True  # type: ignore[attr-defined]
        self.known = {contact.public_id: contact for contact in contacts}
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            *((key, contact.person.name) for key, contact in self.known.items()),
            (SOMEBODY_ELSE, _("Somebody else")),
        ]

    def speaker(self) -> Contact | Speaker | None:
        """Return the contact that was chosen or described; None for neither."""
        said = self.cleaned_data
        chosen = self.known.get(said["contact"])
        if chosen is not None and (chosen.person.email or not said["contact_email"]):
            return chosen
        name = chosen.person.name if chosen else said["contact_name"]
        return Speaker(name, said["contact_email"], said["contact_title"]) if name else None

    def clean(self) -> dict[str, Any]:
        """An address without a name is nobody."""
        said = super().clean() or self.cleaned_data
        if said.get("contact_email") and not said.get("contact_name") and not said.get("contact"):
            self.add_error("contact_name", _("Whose address is this?"))
        return said


class NominationForm(WithCustomFields, SpeakerMixin, Form):
    """Nominate a customer; all but the reason can follow later."""

    custom_noun = "nomination"

    says_later = _("Now or later: nobody can be invited before we know a name and an address.")
    account_name = forms.CharField(label=_("Name of the customer"), required=False, max_length=200)
    activities = forms.MultipleChoiceField(
        label=_("What might they do for us?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    on_behalf_of = ColleagueField(
        label=_("Nominated by a colleague?"),
        required=False,
        widget=ChosenColleague({"data-typeahead": reverse_lazy("nominations:colleagues")}),
        help_text=_("Their name, if it was their idea: it counts for them, and they hear of it."),
    )
    why = ProseField(
        label=_("Why them?"),
        max_length=LONGEST_WHY,
        error_messages={
            "required": _("Say why, in a sentence: what did they achieve, or what are they happy about?"),
            "max_length": _("Please shorten it to %(limit_value)d characters; it has %(show_value)d."),
        },
        help_text=_("What did they achieve, and why would they speak for us? A sentence is enough."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        account: Account | None,
        contacts: Iterable[Contact] = (),
        for_others: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.account = account
        self.offer(contacts)
        for name in ("contact_name", "contact_email"):
            self.fields[name].wanted = False  # type: ignore[attr-defined]
        if for_others:
            self.fields["on_behalf_of"].open_to_all()  # type: ignore[attr-defined]
        else:
            del self.fields["on_behalf_of"]
        self.fields["activities"].choices = [  # type: ignore[attr-defined]
            (kind.slug, kind.name) for kind in activity_types()
        ]
        self.fields["account_name"].wanted = True  # type: ignore[attr-defined]
        if account is not None:
            del self.fields["account_name"]

    @property
    def first_activities(self) -> list[BoundWidget]:
        """Return the kinds that most speak for: what a phone shows without a further tap."""
        return list(self["activities"])[:SHOWN_AT_ONCE]

    @property
    def more_activities(self) -> list[BoundWidget]:
        """Return the other kinds."""
        return list(self["activities"])[SHOWN_AT_ONCE:]

    @property
    def more_is_chosen(self) -> bool:
        """Whether one of the others is ticked."""
        return any(box.data["selected"] for box in self.more_activities)


class JoinForm(Form):
    """How the credit of two nominations of one customer is shared."""

    def __init__(self, *args: Any, shares: Mapping[User, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.users = list(shares)
        for user, percent in shares.items():
            self.fields[self.name_of(user)] = forms.IntegerField(
                label=user.name, min_value=0, max_value=100, initial=percent, help_text=_("percent")
            )

    @staticmethod
    def name_of(user: User) -> str:
        """Return the field of a colleague's share."""
        return f"percent_{user.public_id}"

    def percents(self) -> dict[int, int]:
        """Return the shares: user id -> percent."""
        return {user.pk: self.cleaned_data[self.name_of(user)] for user in self.users}

    def clean(self) -> dict[str, Any]:
        """Together they are the whole."""
        said = super().clean() or self.cleaned_data
        if not self.errors and sum(self.percents().values()) != 100:
            raise forms.ValidationError(_("Together it has to be 100 percent."))
        return said


class AnswerForm(Form):
    """The owner's word."""

    answer = forms.ChoiceField(choices=[(answer.value, answer.label) for answer in OWNER_MAY_SAY])
    note = forms.CharField(label=_("Anything we should know?"), required=False, max_length=2000)


class DecisionForm(SpeakerMixin, Form):
    """The screener's score-card and decision; what is needed depends on the decision, and the service says so."""

    relationship = forms.TypedChoiceField(label=_("Relationship"), choices=LEVELS, coerce=int, required=False)
    results = forms.TypedChoiceField(label=_("Results"), choices=LEVELS, coerce=int, required=False)
    fit = forms.TypedChoiceField(label=_("Fit"), choices=LEVELS, coerce=int, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why: the nominator reads it.")},
    )
    revisit_on = forms.DateField(
        label=_("Comes back on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day after today on which it comes back.")},
    )

    def __init__(self, *args: Any, contacts: Iterable[Contact] = (), verb: str = "park", **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(contacts)
        self.fields["contact"].label = _("One of their people, or somebody new") if self.known else _("Somebody new")
        self.fields["contact_email"].help_text = _("The invitation goes there.")
        self.fields["reason"].required = verb in {"park", "refuse"}
        self.fields["revisit_on"].required = verb == "park"

    def card(self) -> ScoreCard:
        """Return the score-card; a level that was not chosen is 0, which the service refuses."""
        said = self.cleaned_data
        return ScoreCard(said["relationship"] or 0, said["results"] or 0, said["fit"] or 0)


LEVEL_WORDS = {
    "relationship": (
        _("nobody here knows them well"),
        _("a supplier like others"),
        _("a good working relation"),
        _("they would take our call any day"),
        _("they speak for us already"),
    ),
    "results": (
        _("nothing that could be told"),
        _("a feeling, no figure"),
        _("one figure, from us"),
        _("figures, from them"),
        _("figures that a stranger would believe"),
    ),
    "fit": (
        _("we have plenty like them"),
        _("we have some like them"),
        _("of use now and then"),
        _("asked for this quarter"),
        _("we have nobody like them"),
    ),
}
