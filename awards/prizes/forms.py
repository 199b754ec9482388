"""What winners and who runs the contest fill in about prizes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.contests.enums import PrizeKind
from awards.contests.forms import Colleague
from awards.prizes import kinds
from awards.prizes.enums import Answer
from awards.prizes.models import PrizeGrant
from awards.prizes.offers import Offer
from refprogram.governance.budgets.models import Fund
from refprogram.governance.budgets.selectors import open_funds
from refprogram.kernel.forms import Form, day_field
from refprogram.kernel.money import AmountField


def field_of(ask: kinds.Ask) -> forms.Field:
    """Return the field of one question to the winner."""
    common: dict[str, Any] = {"label": ask.label, "help_text": ask.help, "required": ask.required}
    if ask.kind == "day":
        return day_field(**common)
    if ask.kind == "number":
        return forms.IntegerField(min_value=1, max_value=9_999, **common)
    widget = forms.Textarea({"rows": 3}) if ask.kind == "long" else forms.TextInput()
    return forms.CharField(max_length=200 if ask.name == "cause" else 300, widget=widget, **common)


class TakeForm(Form):
    """What we need to know so that a prize can be carried out: by its kind."""

    def __init__(self, *args: Any, grant: PrizeGrant, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": f"{grant.public_id}-%s"})
        for ask in kinds.of(grant.kind).asks:
            self.fields[ask.name] = field_of(ask)


class CauseForm(Form):
    """The cause that it goes to instead."""

    cause = forms.CharField(label=_("For which cause?"), max_length=200, help_text=_("A charity, and where it is"))

    def __init__(self, *args: Any, grant: PrizeGrant, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": f"{grant.public_id}-charity-%s"})


class ToldForm(TakeForm):
    """What the winner told a colleague: the answer, and what goes with it."""

    answer = forms.ChoiceField(label=_("What did they say?"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("Their words, with a no"), max_length=500, required=False)

    def __init__(self, *args: Any, grant: PrizeGrant, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, grant=grant, **kwargs)
        may = {Answer.TAKE: offer.take, Answer.CHARITY: offer.charity is not None, Answer.REFUSE: True}
        self.fields["answer"].choices = [(one.value, one.label) for one in Answer if may[one]]  # type: ignore[attr-defined]
        if offer.charity is not None and "cause" not in self.fields:
            help_text = _("If it goes to charity")
            self.fields["cause"] = forms.CharField(
                label=_("For which cause?"), max_length=200, help_text=help_text, required=False
            )
        for name, field in self.fields.items():
            field.required = name == "answer"  # what is missing is said by the service, by the answer that was given
        asked = [name for name in self.fields if name not in ("answer", "words")]
        self.order_fields(["answer", *asked, "words"])


class ArrangeForm(Form):
    """Who hosts it, when, where."""

    host = Colleague(label=_("Host"), required=False, help_text=_("They get it in their calendar, and a mail."))
    on = day_field(_("Day"), required=False)
    where = forms.CharField(label=_("Where"), max_length=120, required=False)
    note = forms.CharField(
        label=_("What was agreed"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("The winner reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].open_to_all()  # type: ignore[attr-defined]


class InsteadForm(Form):
    """Something else, or the same again."""

    kind = forms.ChoiceField(label=_("What kind"), choices=PrizeKind.choices)
    item = forms.CharField(label=_("What"), max_length=200)
    value = AmountField(label=_("Value"), required=False, help_text=_("Empty where it costs nothing"))


class FundForm(Form):
    """Which fund pays what is not taken yet."""

    fund = forms.ModelChoiceField(
        label=_("Paid from"), queryset=Fund.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("The fund with most room"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = open_funds(timezone.localdate()).order_by("name")  # type: ignore[attr-defined]
