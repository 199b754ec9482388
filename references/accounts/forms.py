"""What people fill in about accounts, their people, freezes and consents."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from references.accounts import clock, policy, provenance, selectors, wording
from references.accounts.enums import FreezeKind, Membership, Seniority, Tier
from references.accounts.models import Account, Contact, Product
from refprogram.governance.fulfilment.enums import GiftPolicy
from refprogram.kernel.custom_fields.forms import WithCustomFields
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.forms import Form
from refprogram.kernel.money import AmountField
from refprogram.people.models import Region, User
from refprogram.people.selectors import colleagues


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar; so far ahead of today is proposed."""

    def __init__(self, *, ahead: Callable[[], dt.timedelta] | None = None, **options: Any) -> None:
        if ahead is not None:
            options["initial"] = lambda: clock.today() + ahead()
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class WordsField(forms.CharField):
    """Several short words, with commas between; the clean value is a list."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("With commas between"))
        super().__init__(max_length=1000, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        """Return the words as they are typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the words."""
        return value if isinstance(value, list) else [word.strip() for word in (value or "").split(",") if word.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the words, not their commas."""
        return self.to_python(data) != (initial or [])

    def run_validators(self, value: Any) -> None:
        """Length and number of words are looked at by the service."""


class ActivitiesField(forms.MultipleChoiceField):
    """Things a customer can do, as boxes to tick; the value is their slugs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, choices=activity_choices, **options)


def activity_choices() -> list[tuple[str, str]]:
    """Return the activities with the time they take."""
    return [(kind.slug, f"{kind.name}, {wording.minutes(kind)}") for kind in selectors.offered_types()]


class AddAccountForm(WithCustomFields, Form):
    """The fewest facts with which work on an account can start."""

    custom_noun = "account"

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("As on their letterhead"),
        widget=forms.TextInput(
            {
                "hx-get": reverse_lazy("references:account-similar"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#similar",
                "data-quiet": "",
            }
        ),
    )
    industry = forms.CharField(label=_("Industry"), max_length=80, required=False)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), to_field_name="public_id", required=False
    )
    owner = forms.ModelChoiceField(
        label=_("Owner in sales"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        help_text=_("Is asked before the customer is"),
    )
    products = forms.ModelMultipleChoiceField(
        label=_("Products"), queryset=Product.objects.all(), to_field_name="public_id", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    twin_ok = forms.BooleanField(
        label=_("It is another company of the same name"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"owner", "csm", "sponsor"} & self.fields.keys():
            self.fields[name].queryset = colleagues()  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["data-pickmany"] = ""

    def ask_about_twin(self) -> None:
        """Show the box that says "another company", after a twin was found."""
        self.fields["twin_ok"].widget = forms.CheckboxInput()


class AccountForm(AddAccountForm):
    """All facts of an account that people keep."""

    city = forms.CharField(label=_("City"), max_length=80, required=False)
    country = forms.CharField(label=_("Country"), max_length=80, required=False)
    employees = forms.IntegerField(label=_("Employees"), min_value=0, max_value=10_000_000, required=False)
    csm = forms.ModelChoiceField(
        label=_("Customer success"), queryset=User.objects.none(), to_field_name="public_id", required=False
    )
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, required=False)
    external_ref = forms.CharField(label=_("Id in the CRM"), max_length=120, required=False)
    use_cases = WordsField(label=_("What they use it for"))
    competitor = forms.CharField(label=_("Whom we replaced there"), max_length=80, required=False)
    sponsor = forms.ModelChoiceField(
        label=_("Our executive who knows them"), queryset=User.objects.none(), to_field_name="public_id", required=False
    )
    renews_on = Day(label=_("The contract renews on"), required=False)
    live_since = Day(
        label=_("Live since"),
        required=False,
        help_text=_("The day on which they began to use it in earnest; a while later they may like to tell of it."),
    )
    gift_policy = forms.ChoiceField(
        label=_("Gifts to their people"),
        choices=GiftPolicy.choices,
        help_text=_("What their own house allows. Public bodies often allow none."),
    )
    gift_ceiling = AmountField(label=_("Up to which value"), required=False, help_text=_("For gifts up to a value"))
    gift_note = forms.CharField(
        label=_("Where that is written"), max_length=200, required=False, help_text=_("Such as “Code of conduct, § 4”")
    )

    field_order = (
        "name", "industry", "region", "city", "country", "employees", "products", "use_cases",
        "competitor", "tier", "owner", "csm", "sponsor", "renews_on", "live_since", "external_ref", "gift_policy",
        "gift_ceiling", "gift_note",
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["twin_ok"]
        self.fields["name"].widget = forms.TextInput()
        for name in ("owner", "csm", "sponsor"):  # who owns it now stays choosable, even if not active
            field = self.fields[name]
            kept = User.objects.filter(pk=getattr(account, f"{name}_id"))
            field.queryset = (colleagues() | kept.select_related("person")).distinct()  # type: ignore[attr-defined]
        for name in self.fields.keys() & set(provenance.owned(account)):  # read here, corrected there
            self.fields[name].disabled = True
            self.fields[name].help_text = provenance.badge(account, name)


class AddContactForm(WithCustomFields, Form):
    """A customer's person."""

    custom_noun = "contact"

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Needed before they can be invited"))
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)


class ContactForm(AddContactForm):
    """A customer's person, and what they are willing to do."""

    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    willing = ActivitiesField(label=_("Willing to"), required=False)
    cap_per_quarter = forms.IntegerField(
        label=_("At most this many asks in three months"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=_("Only if the customer named a number. It always wins over ours."),
    )
    persona = forms.CharField(
        label=_("Whom they speak for"), max_length=60, required=False, help_text=_("Such as CFO, IT operations")
    )
    seniority = forms.ChoiceField(
        label=_("Seniority"), choices=[("", _("Not known")), *Seniority.choices], required=False
    )
    languages = WordsField(label=_("Languages"), help_text=_("As codes, with commas between: en, nl"))
    topics_yes = WordsField(label=_("Likes to talk about"))
    topics_no = WordsField(label=_("Does not talk about"))
    away_kept = forms.MultipleChoiceField(
        label=_("Nobody asks from … to"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Untick what is over."),
    )  # fmt: skip
    away_from = Day(label=_("Nobody asks: first day"), required=False)
    away_to = Day(label=_("Last day"), required=False)
    assistant_name = forms.CharField(label=_("Their assistant"), max_length=120, required=False)
    assistant_email = forms.EmailField(label=_("The assistant’s e-mail"), required=False)
    stand_in = forms.ModelChoiceField(
        label=_("Who answers there while they cannot"), queryset=Contact.objects.none(), to_field_name="public_id",
        required=False, empty_label=_("Nobody named"),
    )  # fmt: skip

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Contact.objects.filter(account=contact.account_id, left_company_at=None, merged_into=None)
        stand_in: Any = self.fields["stand_in"]
        stand_in.queryset = others.exclude(pk=contact.pk).select_related("person").order_by("person__name")
        self.contact, self.kinds = contact, _kinds_of(contact)
        for kind in self.kinds:
            self.fields[f"cap_{kind.slug}"] = forms.IntegerField(
                label=_("%(kind)s: at most, in three months") % {"kind": kind.name}, min_value=0, max_value=50,
                required=False, initial=(contact.caps or {}).get(kind.slug),
                help_text=_("Only if the customer named a number. 0: never."),
            )  # fmt: skip
        away = [(f"{span['from']}/{span['to']}", wording.days(span)) for span in contact.blackouts or []]
        if away:
            self.fields["away_kept"].choices = away  # type: ignore[attr-defined]
            self.fields["away_kept"].initial = [value for value, _words in away]
        else:
            del self.fields["away_kept"]

    def clean(self) -> dict[str, Any]:
        """Put caps and days together as the service takes them."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = facts.pop("away_from", None), facts.pop("away_to", None)
        spans = [dict(zip(("from", "to"), kept.split("/"), strict=True)) for kept in facts.pop("away_kept", [])]
        if first or last:
            if not (first and last and first <= last):
                self.add_error("away_to", _("Name the first and the last day, in this order."))
            else:
                spans.append({"from": first.isoformat(), "to": last.isoformat()})
        caps = {kind.slug: facts.pop(f"cap_{kind.slug}", None) for kind in self.kinds}
        others = {slug: n for slug, n in (self.contact.caps or {}).items() if slug not in caps}
        return {**facts, "blackouts": spans, "caps": others | {slug: n for slug, n in caps.items() if n is not None}}


def _kinds_of(contact: Contact) -> list[Any]:
    """What they are willing to do, and what has a cap of its own: each may have its number."""
    named = {*contact.willing, *(contact.caps or {})}
    return [kind for kind in selectors.activity_types() if kind.slug in named]


class DealForm(WithCustomFields, Form):
    """What the company keeps about a deal beside the CRM's facts."""

    custom_noun = "opportunity"


STEPS = {
    Membership.NOT_NOW: _("Not now"),
    Membership.DECLINED: _("They said no: nobody asks again for a year"),
    Membership.RETIRED: _("They take part no longer"),
    Membership.DO_NOT_CONTACT: _(
        "Nobody contacts them again: what is open is called off, what shows them is taken down"
    ),
}


class StepForm(Form):
    """A step in the program that a colleague notes."""

    to = forms.ChoiceField(label=_("What you note"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("In a few words, for colleagues"),
    )

    def __init__(self, *args: Any, steps: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = steps  # type: ignore[attr-defined]


class ContactStepForm(StepForm):
    """A step of one person; "not now" has a day from which they may be asked again."""

    revisit_on = Day(
        label=_("Ask again from"), required=False, help_text=_("Only for “not now”. Empty: in three months")
    )


class FreezeForm(Form):
    """Leave a customer alone."""

    kind = forms.ChoiceField(label=_("Why"), choices=FreezeKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In a few words"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only the owner and the people who run the program read this. Others see “Frozen”."),
    )
    ends_on = Day(label=_("Last day"), required=False, help_text=_("Empty: until somebody lifts it"))


class PauseForm(Form):
    """The customer wants to be left alone for a time."""

    contact = forms.ModelChoiceField(
        label=_("Who"), queryset=Contact.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("The whole account"),
    )  # fmt: skip
    until = Day(label=_("Until"), ahead=lambda: policy.now().pause)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Contact.objects.filter(account=account, left_company_at__isnull=True).select_related("person")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]


class InviteForm(Form):
    """Which activities the invitation suggests."""

    activities = ActivitiesField(label=_("What we would ask them for"))


class ConsentForm(Form):
    """What a customer agreed to somewhere else."""

    activities = ActivitiesField(label=_("They agreed to"))
    wording = forms.CharField(
        label=_("In which words"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The sentence of the letter, mail or contract. It is kept as it stands here."),
    )
    given_on = Day(label=_("When"), ahead=dt.timedelta)
    expires_on = Day(label=_("Until"), required=False, help_text=_("Empty: as long as agreements usually hold"))
    evidence = StoredFileField(
        "consent_evidence",
        label=_("The signed release"),
        required=False,
        help_text=_("The letter or mail itself. The account’s owner, legal and who runs the program can open it."),
    )

    def clean_given_on(self) -> Any:
        """Nobody agreed tomorrow."""
        day = self.cleaned_data["given_on"]
        if day > clock.today():
            raise forms.ValidationError(_("That day is still to come."))
        return day
