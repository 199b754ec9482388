"""The forms of badges."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from incentives.badges.enums import Often, Picture, Tone
from incentives.badges.models import Badge
from refprogram.governance.approvals.pickers import ChosenColleague, ColleagueField
from refprogram.kernel.forms import Form


class BadgeForm(Form):
    """What a badge says, how it looks, how often it can be won."""

    name = forms.CharField(label=_("Name"), max_length=60)
    words = forms.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("Everybody reads it: “For the first customer of a new market.”"),
    )
    picture = forms.ChoiceField(label=_("Picture"), choices=Picture.choices)
    tone = forms.ChoiceField(label=_("Colour"), choices=Tone.choices)
    often = forms.ChoiceField(label=_("How often one person can have it"), choices=Often.choices)
    a_month = forms.IntegerField(
        label=_("At most a month, of all"), required=False, min_value=1, max_value=10_000,
        help_text=_("Empty: no limit. What everybody has is worth little."),
    )  # fmt: skip
    by_hand = forms.BooleanField(
        label=_("People give it too"), required=False, help_text=_("Otherwise it comes by rules alone.")
    )

    layout = Layout(
        "name",
        "words",
        Div(*(Div(name, css_class="col-6") for name in ("picture", "tone")), css_class="row g-3"),
        Div(*(Div(name, css_class="col-12 col-sm-6") for name in ("often", "a_month")), css_class="row g-3"),
        "by_hand",
    )


def facts_of(badge: Badge) -> dict[str, Any]:
    """Return what the form shows of a badge."""
    return {name: getattr(badge, name) for name in BadgeForm.base_fields}


class Colleague(ColleagueField):
    """A colleague, looked for by name by any colleague."""

    def __init__(self, **options: Any) -> None:
        told = {"data-typeahead": reverse_lazy("incentives:colleague-options")}
        super().__init__(widget=ChosenColleague(told), **options)


class GiveForm(Form):
    """To whom, and what for."""

    to = Colleague(label=_("To whom"))
    words = forms.CharField(
        label=_("What for"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_("In a sentence or two. They read it, and so do their colleagues."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].open_to_all()  # type: ignore[attr-defined]


class RevokeForm(Form):
    """Why a badge is taken back."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 3}), help_text=_("The person reads it.")
    )
