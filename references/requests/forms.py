"""What people fill in about requests: the need in 60 seconds, answers by link, feedback."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.accounts.models import ActivityType, Opportunity, Product
from references.accounts.selectors import industries, references_given
from references.requests import selectors
from references.requests.enums import CustomerReason, OwnerReason, Wanting
from references.requests.models import ReferenceRequest
from refprogram.kernel.custom_fields.forms import WithCustomFields
from refprogram.kernel.forms import Form
from refprogram.kernel.templatetags import rp
from refprogram.people.models import Region, User

LOCAL = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")
# What would be nice, and is never a must.
NICE = ("nice_industry", "nice_region", "nice_persona", "nice_language")
LEVELS = (
    (1, _("It did not help")),
    (2, _("It helped a little")),
    (3, _("It helped")),
    (4, _("It helped a lot")),
    (5, _("It may have decided the deal")),
)
CUSTOMER_LEVELS = (
    (1, _("Not a good use of my time")),
    (2, _("Somewhat awkward")),
    (3, _("It was fine")),
    (4, _("I enjoyed it")),
    (5, _("Gladly again")),
)


def deal_words(deal: Opportunity) -> str:
    """Return a deal as a picker shows it."""
    name = deal.account.name if deal.account else str(deal)
    parts = (name, deal.product.name if deal.product else "", rp.money_short(deal.amount))
    return " · ".join(part for part in parts if part)


class ChosenOnly(forms.Select):
    """A type-ahead's select: the page holds the chosen option alone, the others come while typing."""

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> Any:
        """Return the empty and the chosen option."""
        chosen = [str(one) for one in value if one]
        source: Any = self.choices
        rows = source.queryset.filter(public_id__in=chosen) if chosen else []
        pairs = [("", ""), *((row.public_id, deal_words(row)) for row in rows)]
        options = [
            self.create_option(name, key, text, str(key) in chosen, place) for place, (key, text) in enumerate(pairs)
        ]
        return [(None, options, 0)]


class DealField(forms.ModelChoiceField):
    """One of the deals that somebody may ask for."""

    widget = ChosenOnly

    def label_from_instance(self, obj: Any) -> str:
        """Return the deal in words."""
        return deal_words(obj)


class NeedForm(WithCustomFields, Form):
    """The need. With a deal everything is filled in already."""

    custom_noun = "request"

    opportunity = DealField(
        label=_("For which deal?"),
        queryset=Opportunity.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=ChosenOnly(
            {
                "data-typeahead": reverse_lazy("references:request-deals"),
                "data-placeholder": _("Name of the company, or the deal’s number"),
            }
        ),
        help_text=_("Leave it empty for another purpose: an event, an analyst, an article."),
    )
    purpose = forms.CharField(
        label=_("For whom?"),
        max_length=200,
        error_messages={"required": _("Choose a deal above, or say for whom the reference is.")},
        help_text=_("The customer reads this. Name the company or the occasion."),
    )
    activity = forms.ModelChoiceField(
        label=_("What should they do?"),
        queryset=references_given(ActivityType.objects.all()),
        to_field_name="slug",
        empty_label=None,
    )
    needed_by = forms.DateField(label=_("Needed by"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    must_industry = forms.ChoiceField(label=_("Industry"), required=False)
    must_region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.all(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Any"),
    )
    must_product = forms.ModelChoiceField(
        label=_("Product"),
        queryset=Product.objects.all(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Any"),
    )
    must_employees = forms.IntegerField(
        label=_("People, at least"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        widget=forms.NumberInput({"step": "any", "inputmode": "numeric"}),
    )
    wanting = forms.ChoiceField(
        label=_("Who needs it?"), choices=Wanting.choices, initial=Wanting.SALES, required=False
    )
    competitor = forms.CharField(
        label=_("Against which competitor?"), max_length=80, required=False, help_text=_("Customers do not read this.")
    )
    must_use_case = forms.CharField(label=_("Use case"), max_length=60, required=False)
    must_persona = forms.CharField(
        label=_("Role of who speaks"), max_length=60, required=False, help_text=_("For example: head of IT")
    )
    nice_industry = forms.ChoiceField(label=_("Industry"), required=False)
    nice_region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.all(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Any"),
    )
    nice_persona = forms.CharField(label=_("Role of who speaks"), max_length=60, required=False)
    nice_language = forms.CharField(label=_("Language"), max_length=20, required=False)
    topics = forms.CharField(
        label=_("What should be talked about?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The customer reads this too. Two or three questions are enough."),
    )

    layout = Layout(
        "opportunity",
        "purpose",
        Div(Div("activity", css_class="col-sm-7"), Div("needed_by", css_class="col-sm-5"), css_class="row g-3"),
        Div(
            Div("must_industry", css_class="col-6"),
            Div("must_region", css_class="col-6"),
            Div("must_product", css_class="col-6"),
            Div(Field("must_employees"), css_class="col-6"),
            css_class="row g-3",
            css_id="musts",
        ),
        Div(
            *(Div(name, css_class="col-6") for name in ("must_use_case", "must_persona", "competitor")),
            *(Div(name, css_class="col-6") for name in NICE),
            css_class="row g-3",
        ),
        "topics",
    )

    def __init__(self, *args: Any, user: User, with_deal: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["opportunity"]
        field.queryset = selectors.deals_for(user).select_related("account", "product")
        choices = [("", _("Any")), *((one, one) for one in industries())]
        for name in ("must_industry", "nice_industry"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        regions = [("", _("Any")), *Region.objects.values_list("public_id", "name")]
        for name in ("must_region", "nice_region"):  # one query for both
            self.fields[name].choices = regions  # type: ignore[attr-defined]
        self.fields["needed_by"].widget.attrs["min"] = timezone.localdate().isoformat()
        self.fields["purpose"].required = not self.data.get("opportunity")  # a deal says for whom it is
        if not with_deal:
            del self.fields["opportunity"]

    def clean_wanting(self) -> str:
        """Sales, where nothing else was said."""
        return self.cleaned_data["wanting"] or Wanting.SALES

    def clean(self) -> dict[str, Any]:
        """What would be nice becomes one value; a deal is for sales alone."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["nice"] = _nice(data)
        if data.get("opportunity") and data.get("wanting", Wanting.SALES) != Wanting.SALES:
            self.add_error("wanting", _("A deal is for sales. Leave the deal empty for anybody else."))
        return data


def _nice(data: dict[str, Any]) -> dict[str, Any]:
    """Return what would be nice, as the row keeps it: names without a prefix, other rows by key."""
    found = {name.removeprefix("nice_"): data.pop(name, None) for name in NICE}
    return {name: getattr(value, "pk", value) for name, value in found.items() if value}


def nice_of(request: ReferenceRequest) -> dict[str, Any]:
    """Return what the form shows of what would be nice."""
    shown = {f"nice_{name}": value for name, value in request.nice.items() if f"nice_{name}" in NICE}
    kept = shown.get("nice_region")
    region = Region.objects.filter(pk=kept).first() if kept else None
    return {**shown, "nice_region": region.public_id if region else None}


class ExceptionForm(NeedForm):
    """The need of somebody who is restricted, for a deal that cannot wait."""

    exception_reason = forms.CharField(
        label=_("Why can this deal not wait?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The head of sales reads this and decides. Nothing is asked of a customer before."),
    )


class ChangeForm(NeedForm):
    """The need, changed later: what was asked for and for which deal stays."""

    layout = Layout(*[part for part in NeedForm.layout.fields if part != "opportunity"])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, with_deal=False, **options)
        for name in ("activity", "wanting"):
            del self.fields[name]


class OwnerAnswerForm(Form):
    """An owner's no."""

    reason_code = forms.ChoiceField(label=_("Why not now?"), choices=OwnerReason.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Anything to add?"), required=False, max_length=1000)


class CustomerNoForm(Form):
    """A customer's no, kindly."""

    reason_code = forms.ChoiceField(choices=CustomerReason.choices, required=False, widget=forms.RadioSelect)
    reason = forms.CharField(required=False, max_length=1000)
    pause = forms.BooleanField(required=False)


class MomentsField(forms.MultipleChoiceField):
    """Several moments of the active zone, as boxes to tick."""

    def to_python(self, value: Any) -> list[Any]:
        """Read each one."""
        moment = forms.DateTimeField(input_formats=LOCAL)
        return [moment.clean(one) for one in value or []]

    def validate(self, value: Any) -> None:
        """Any moment will do here; the service knows which are too early or too late."""


class TimesForm(Form):
    """Up to three times, in the zone that is active (the reader's own): proposed ones to tick, or others."""

    slot = MomentsField(required=False)
    other = forms.DateTimeField(
        label=_("Another time"),
        required=False,
        widget=forms.DateTimeInput(
            {"type": "datetime-local", "class": "form-control", "step": 900}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=LOCAL,
    )

    def __init__(self, *args: Any, until: dt.date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if until is not None:  # the service says the same; this keeps pickers from offering what it would refuse
            today = f"{timezone.localdate():%Y-%m-%d}T00:00"  # a whole hour: browsers count the steps from here
            self.fields["other"].widget.attrs |= {"min": today, "max": f"{until:%Y-%m-%d}T23:59"}

    @property
    def times(self) -> list[dt.datetime]:
        """The times given."""
        other = self.cleaned_data["other"]
        return [*self.cleaned_data["slot"], *([other] if other else [])]


class FeedbackForm(Form):
    """How it was, from one side."""

    rating = forms.TypedChoiceField(coerce=int, choices=[(n, n) for n in range(1, 6)])
    expected = forms.TypedChoiceField(
        coerce=int, choices=[(n, n) for n in range(1, 6)], required=False, empty_value=None
    )
    again = forms.TypedChoiceField(
        coerce=lambda value: value == "yes",
        choices=(("yes", _("Yes")), ("no", _("No"))),
        required=False,
        empty_value=None,
    )
    minutes = forms.IntegerField(required=False, min_value=1, max_value=2000)
    comment = forms.CharField(required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))


class ThanksForm(Form):
    """Thanks in one's own words."""

    words = forms.CharField(label=_("Your words"), max_length=2000, widget=forms.Textarea({"rows": 9}))


class ReasonForm(Form):
    """One text that has to be there: a reason, a question, an answer."""

    text = forms.CharField(max_length=2000)


MOMENTS = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M%z", *LOCAL)


class MomentForm(Form):
    """One moment, chosen or entered, in the active zone or with its own."""

    at = forms.DateTimeField(input_formats=MOMENTS)
    seen = forms.DateTimeField(required=False, input_formats=MOMENTS)  # the time that stood on the page


class HeldForm(Form):
    """When it took place; without an answer, just now."""

    held_at = forms.DateTimeField(label=_("Held on"), required=False, input_formats=MOMENTS)


class PassOnForm(Form):
    """To whom, why, until when."""

    colleague = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        widget=forms.Select({"data-pickmany": ""}),
    )
    due_on = forms.DateField(label=_("Answer by"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("Why they can help better"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        help_text=_("Both read it: the colleague, and whoever asked."),
    )
