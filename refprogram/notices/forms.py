"""How I want to be told."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from refprogram.notices import selectors
from refprogram.notices.enums import Channel
from refprogram.people.models import User


class PreferencesForm(forms.Form):
    """One choice per kind of notice, the quiet hours, the time zone."""

    quiet_from = forms.TimeField(
        label=_("No mail from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_zone = forms.CharField(
        label=_("My time zone"),
        required=False,
        help_text=_("All dates and times are shown in it. Empty: the program's own."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = user.person
        self.kinds = selectors.choices_of(user)
        for kind, channel in self.kinds:
            if not kind.required:
                self.fields[kind.name] = forms.ChoiceField(
                    label=kind.label, choices=Channel.choices, initial=channel, required=False
                )
        self.initial.setdefault("quiet_from", person.quiet_from)
        self.initial.setdefault("quiet_until", person.quiet_until)
        self.initial.setdefault("time_zone", person.time_zone)

    def clean_time_zone(self) -> str:
        """Refuse a zone that no clock knows."""
        zone = str(self.cleaned_data["time_zone"]).strip().replace(" ", "_")
        if zone and zone not in self.zones:
            raise forms.ValidationError(_("There is no such zone. Write it like Europe/Amsterdam."))
        return zone

    @cached_property
    def zones(self) -> list[str]:
        """Every zone that can be chosen."""
        return sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")

    @property
    def switches(self) -> list[dict[str, Any]]:
        """The kinds as the page shows them, those that always come included."""
        return [
            {"kind": kind, "channel": channel, "field": None if kind.required else self[kind.name]}
            for kind, channel in self.kinds
        ]

    @property
    def channels(self) -> dict[str, str]:
        """What was chosen, by kind; a kind that was not sent stays as it is."""
        settled = {"quiet_from", "quiet_until", "time_zone"}
        return {name: value for name, value in self.cleaned_data.items() if name not in settled and value}
