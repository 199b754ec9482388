"""What people fill in about rewards."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from incentives.catalogue import kinds, policy
from incentives.catalogue.enums import Clientele, ItemKind, Road
from incentives.catalogue.models import Item
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.forms import Form
from refprogram.kernel.money import AmountField
from refprogram.people.enums import Role
from refprogram.people.models import Region

ROADS = [road for road in Road if road != Road.CUSTOMER_BENEFIT]


def _capitalised(choices: Iterable[Clientele | Road]) -> list[tuple[str, str]]:
    return [(one.value, str(one.label).capitalize()) for one in choices]


def field_of(ask: kinds.Ask) -> forms.Field:
    """Return the field of one question to whoever takes an item."""
    common: dict[str, Any] = {"label": ask.label, "help_text": ask.help, "required": ask.required}
    if ask.kind == "day":
        return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **common)
    widget = forms.Textarea({"rows": 3}) if ask.kind == "long" else forms.TextInput()
    return forms.CharField(max_length=300, widget=widget, **common)


class TakeForm(Form):
    """What we need to know so that an item can be handed over: by its kind."""

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ask in kinds.asks_of(item.kind):
            self.fields[ask.name] = field_of(ask)


class ItemForm(Form):
    """Something for the catalogue."""

    name = forms.CharField(label=_("What it is called"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices)
    description = forms.CharField(
        label=_("What one gets"), max_length=600, required=False, widget=forms.Textarea({"rows": 3})
    )
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=policy.MOST_POINTS)
    cost = AmountField(label=_("What one costs us"), required=False, help_text=_("Empty where it costs nothing"))
    stock = forms.IntegerField(
        label=_("How many there are"), min_value=0, max_value=1_000_000, required=False,
        help_text=_("With those taken already; empty: no limit"),
    )  # fmt: skip
    audience = forms.ChoiceField(label=_("For"), widget=forms.RadioSelect, initial="colleagues")
    regions = forms.ModelMultipleChoiceField(
        label=_("Where"), queryset=Region.objects.none(), to_field_name="public_id", required=False,
        help_text=_("None: everywhere"),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=[(role.value, role.label) for role in Role if role != Role.JUDGE], required=False,
        help_text=_("None: all colleagues"),
    )  # fmt: skip
    road = forms.ChoiceField(
        label=_("Who agrees"), initial=Road.REWARD.value,
        help_text=_("For customers always who runs the program, from a value on an executive"),
    )  # fmt: skip
    is_auto = forms.BooleanField(label=_("Small ones need nobody’s yes"), required=False)
    taxable = forms.BooleanField(label=_("The tax office wants to know of it"), required=False)
    is_gift = forms.BooleanField(
        label=_("Falls under the gift rule of a customer’s employer"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = Region.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["audience"].choices = _capitalised(Clientele)  # type: ignore[attr-defined]
        self.fields["road"].choices = _capitalised(ROADS)  # type: ignore[attr-defined]
        for name in ("regions", "roles"):
            self.fields[name].widget.attrs["data-pickmany"] = ""


class DeliverForm(Form):
    """Note that it was handed over, with its proof."""

    proof = StoredFileField(
        "gift_proof", label=_("Proof"), required=False, help_text=_("A delivery note, a photo, a receipt")
    )
    note = forms.CharField(
        label=_("Or in words"), max_length=200, required=False, help_text=_("Such as “Code sent by mail”")
    )
    cost = AmountField(label=_("What it cost in the end"), required=False)


class DisputeForm(Form):
    """What is wrong."""

    words = forms.CharField(label=_("What is wrong?"), max_length=1000, widget=forms.Textarea({"rows": 4}))


class AnswerForm(Form):
    """The answer to an objection."""

    corrected = forms.ChoiceField(
        label=_("What follows?"),
        choices=[("no", _("It stays as it is")), ("yes", _("The points are given back"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your answer"), max_length=1000, widget=forms.Textarea({"rows": 3}), help_text=_("They read it.")
    )


class ThankForm(Form):
    """Points for a customer, by hand."""

    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=10_000)
    reason = forms.CharField(
        label=_("For what"), max_length=200, help_text=_("For time and help, never for praise. They read it.")
    )
    invite = forms.BooleanField(label=_("Write to them that they may choose something"), required=False, initial=True)
