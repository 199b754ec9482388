"""What people change to see what would be: sent by GET, so that it can be kept as a bookmark and passed on."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.governance.capacity.selectors import Kind, month_word
from refprogram.governance.capacity.what_if import Change
from refprogram.kernel.forms import Form

OTHER: Final = "other"
MOST, MOST_PEOPLE = 10_000, 50


class WhatIfForm(Form):
    """So many things more, people more or fewer, another week. Whatever is left out stays as it is."""

    count = forms.IntegerField(label=_("How many more"), required=False, min_value=1, max_value=MOST)
    kind = forms.ChoiceField(label=_("Of what"), required=False)
    month = forms.ChoiceField(label=_("In"), required=False)
    hours = forms.DecimalField(
        label=_("Hours for one"), required=False, min_value=Decimal("0.25"), max_digits=6, decimal_places=2
    )
    what = forms.CharField(label=_("Called"), required=False, max_length=80)
    people = forms.IntegerField(
        label=_("People more"), required=False, min_value=-MOST_PEOPLE, max_value=MOST_PEOPLE,
        help_text=_("With a minus: fewer."),
    )  # fmt: skip
    people_from = forms.ChoiceField(label=_("From"), required=False)
    weekly = forms.DecimalField(
        label=_("Hours a week of each"), required=False, min_value=1, max_value=60, max_digits=4, decimal_places=2
    )

    def __init__(self, *args: Any, kinds: Sequence[Kind], months: Sequence[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {one.kind: one for one in kinds}
        names = [(one.kind, _("%(name)s (%(hours)s h)") % {"name": one.name, "hours": one.each}) for one in kinds]
        self._choices("kind", [*names, (OTHER, _("Something else"))])
        self._choices("month", [(f"{one:%Y-%m}", month_word(one)) for one in months])
        self._choices("people_from", [(f"{one:%Y-%m}", month_word(one)) for one in months])
        self.first = months[0]

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for hours where nothing like it was asked for before."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("count") and not said.get("hours") and said.get("kind") not in self.kinds:
            self.add_error("hours", _("Say how long one takes: none of these was asked for before."))
        return said

    @property
    def each(self) -> Decimal:
        """The hours of one: as said, or what that kind took so far."""
        known = self.kinds.get(self.cleaned_data["kind"])
        return self.cleaned_data["hours"] or (known.each if known else Decimal(0))

    @property
    def called(self) -> str:
        """What more is asked for, in a word or two."""
        known = self.kinds.get(self.cleaned_data["kind"])
        return self.cleaned_data["what"] or (known.name if known else str(_("Something else")))

    def change(self) -> Change:
        """Return the change that was typed."""
        said = self.cleaned_data
        return Change(
            count=said["count"] or 0,
            each=self.each,
            month=_month(said["month"]) or self.first,
            people=said["people"] or 0,
            people_from=_month(said["people_from"]),
            weekly=said["weekly"],
        )


def _month(text: str) -> dt.date | None:
    return dt.date.fromisoformat(f"{text}-01") if text else None
