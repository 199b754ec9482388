"""How I want to be told."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from refprogram.notices import selectors
from refprogram.notices.enums import Channel
from refprogram.people import zones
from refprogram.people.models import User


class PreferencesForm(forms.Form):
    """One choice per kind of notice, the quiet hours, the time zone."""

    quiet_from = forms.TimeField(
        label=_("No mail from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_zone = forms.ChoiceField(
        label=_("My time zone"),
        required=False,
        help_text=_("All dates and times are shown in it. Empty: the program's own."),
        widget=forms.Select(attrs={"data-pickmany": True, "class": "form-select", "aria-describedby": "zone-help"}),
        error_messages={"invalid_choice": _("There is no such zone. Write it like Europe/Amsterdam.")},
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
        field = cast("forms.ChoiceField", self.fields["time_zone"])
        field.choices = [("", _("As the program: %(zone)s") % {"zone": settings.TIME_ZONE}), *_zones(person.time_zone)]
        field.widget.attrs["data-placeholder"] = _("As the program: %(zone)s") % {"zone": settings.TIME_ZONE}
        self.initial.setdefault("quiet_from", person.quiet_from)
        self.initial.setdefault("quiet_until", person.quiet_until)
        self.initial.setdefault("time_zone", person.time_zone)

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


def _zones(own: str) -> list[Any]:
    """Every zone on offer, and the person's own if it goes by an older name."""
    offered = list(zones.choices())
    if own and not any(own == zone for _name, group in offered for zone, _words in group):
        offered.append((_("Mine"), ((own, zones.words(own)),)))
    return offered
