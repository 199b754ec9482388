"""Forms of calendars."""

from typing import Any

import holidays
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.forms import Form
from refprogram.people import selectors, zones
from refprogram.people.calendars import shown

PICK = forms.Select({"data-pickmany": True})
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _countries() -> list[tuple[str, str]]:
    names, known = shown.countries(), holidays.list_supported_countries()
    found = sorted(((code, names[code]) for code in known if code in names), key=lambda pair: pair[1])
    return [("", str(_("None: no public holidays"))), *found]


class CalendarForm(Form):
    """One place's working time."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Of the place or region: Amsterdam, Americas."))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones.choices, widget=PICK)
    country = forms.ChoiceField(
        label=_("Public holidays of"),
        choices=_countries,
        required=False,
        widget=PICK,
        help_text=_("This year's and the next one's are written down; each can be changed afterwards."),
    )
    subdivision = forms.CharField(
        label=_("Part of the country"),
        max_length=10,
        required=False,
        help_text=_("Its code where holidays differ: BY for Bavaria, CA for California."),
    )
    regions = forms.ModelMultipleChoiceField(
        label=_("Regions that follow it"),
        queryset=selectors.regions(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_default = forms.BooleanField(
        label=_("For everybody without a region, too"),
        required=False,
        help_text=_("One calendar is the default; choosing this one replaces the last."),
    )

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for day in range(7):
            self.fields[f"day_{day}"] = forms.CharField(
                label=WEEKDAYS[day],
                required=False,
                max_length=80,
                widget=forms.TextInput({"placeholder": "09:00-12:30, 13:00-17:30", "inputmode": "text"}),
                help_text=_("Empty: closed.") if day == 0 else "",
            )

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the services take it."""
        data = dict(self.cleaned_data)
        del data["revision"]
        week = {day: data.pop(f"day_{day}") for day in range(7)}
        return {**data, "week": week, "subdivision": data["subdivision"].strip().upper()}


class DayForm(Form):
    """A day that differs."""

    on = forms.DateField(label=_("Day"), widget=DAY)
    name = forms.CharField(label=_("What it is"), max_length=120, help_text=_("Company day, bridge day, stock-taking."))
    hours = forms.CharField(label=_("Open"), max_length=80, required=False, help_text=_("Empty: closed all day."))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
