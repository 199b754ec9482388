"""What people fill in about sponsors and promises."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter.forms import WithColleagues, colleague_field
from refprogram.governance.sponsors import policy, selectors
from refprogram.governance.sponsors.enums import Backs, PledgeKind
from refprogram.governance.sponsors.models import Sponsorship
from refprogram.kernel.forms import Form, day_field
from refprogram.people.models import Region


class SponsorForm(WithColleagues):
    """A new sponsor."""

    user = colleague_field(_("Sponsor"))
    backs = forms.ChoiceField(label=_("What they back"), choices=Backs.choices)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.none(), to_field_name="public_id", required=False,
        help_text=_("Where they back a region."),
    )  # fmt: skip
    part = forms.CharField(
        label=_("Contest"), max_length=120, required=False, help_text=_("Where they back a contest, its name.")
    )
    starts_on = day_field(_("Since"))
    until = day_field(_("Until"), required=False, help_text=_("Empty: no end was agreed."))
    deputy = colleague_field(
        _("Who would follow them"), required=False, help_text=_("One tap hands everything over when it is needed.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()
        region: Any = self.fields["region"]
        region.queryset = Region.objects.order_by("name")
        region.widget.attrs.pop("data-pickmany", None)


class ChangeSponsorForm(WithColleagues):
    """Until when, and who follows."""

    until = day_field(_("Until"), required=False, help_text=_("Empty: no end was agreed."))
    deputy = colleague_field(_("Who would follow them"), required=False)


class HandOverForm(WithColleagues):
    """Who takes over."""

    to = colleague_field(
        _("Who backs it from today"), help_text=_("They hear what was promised, and say yes or no to each.")
    )


class PledgeForm(Form):
    """What is promised."""

    kind = forms.ChoiceField(
        label=_("What is promised"), choices=PledgeKind.choices,
        help_text=_("To say it first, to say it again, to be there, or to take something out of the way."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What exactly"), max_length=300,
        help_text=_("Such as “Open the sales kick-off with two minutes about references”."),
    )  # fmt: skip
    channel = forms.CharField(
        label=_("Where"), max_length=120, required=False, help_text=_("A meeting, a mail, an event.")
    )
    audience = forms.CharField(label=_("To whom"), max_length=120, required=False)
    due_on = day_field(_("By"))
    every_weeks = forms.IntegerField(
        label=_("Again every so many weeks"), required=False, min_value=0, max_value=policy.MOST_WEEKS,
        help_text=_("Empty: once. The next one is made when this one is done or missed."),
    )  # fmt: skip
    until = day_field(_("Again until"), required=False)

    def clean_every_weeks(self) -> int:
        """Return once as 0."""
        return self.cleaned_data["every_weeks"] or 0


class ChangePledgeForm(PledgeForm):
    """What is promised, as somebody read it."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TellForm(Form):
    """That it was done, and what happened."""

    on = day_field(_("When was it done?"))
    proof = forms.CharField(
        label=_("What happened"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("How many heard it, what they asked, where it can be read."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class ReleaseForm(Form):
    """Why a promise need not be kept."""

    because = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("It does not count against the sponsor. Whoever reads the promise reads this."),
    )  # fmt: skip
    ends = forms.BooleanField(label=_("Its rhythm ends, too"), required=False)


class DeclineForm(Form):
    """Why the new sponsor says no."""

    because = forms.CharField(
        label=_("Why not"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Those who look for somebody else read this."),
    )  # fmt: skip


class OfferForm(Form):
    """Who is asked to take one promise over."""

    to = forms.ModelChoiceField(
        label=_("Which sponsor"), queryset=Sponsorship.objects.none(), to_field_name="public_id",
        help_text=_("They are asked, and say yes or no."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = selectors.live_sponsors()
        to.label_from_instance = lambda row: f"{row.user.name} · {row.label}"


class TextForm(Form):
    """Words ready to send."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("Text"), max_length=8000, widget=forms.Textarea({"rows": 14}),
        help_text=_("Name a customer only where they agreed to be named."),
    )  # fmt: skip
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
