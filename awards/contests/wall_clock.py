"""Fields for moments as a clock in a contest's own zone shows them."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from awards.contests import zones

SHAPE = "%Y-%m-%dT%H:%M"


class WallClockField(forms.Field):
    """A day and a time without a zone; what it shows at first is a moment, turned to `zone` by the form."""

    zone: zoneinfo.ZoneInfo = zoneinfo.ZoneInfo("UTC")

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateTimeInput({"type": "datetime-local"}, format=SHAPE), **options)

    def prepare_value(self, value: Any) -> Any:
        """Show a moment as the zone's clock does; what was typed stays."""
        return f"{value.astimezone(self.zone):{SHAPE}}" if isinstance(value, dt.datetime) else value

    def to_python(self, value: Any) -> dt.datetime | None:
        """Read what was typed."""
        if value in self.empty_values:
            return None
        try:
            found = parse_datetime(str(value).strip())
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None:
            raise ValidationError(_("Give a day and a time, as 2027-02-05 18:00."))
        return found.replace(second=0, microsecond=0)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another minute was typed than the one that is kept."""
        return str(self.prepare_value(initial) or "") != str(data or "")[:16].replace(" ", "T")


class MomentsForm(forms.Form):
    """A form some of whose fields are moments in one zone."""

    def turn_to(self, zone: zoneinfo.ZoneInfo) -> None:
        """Show every moment as the clock of this zone does."""
        for field in self.fields.values():
            if isinstance(field, WallClockField):
                field.zone = zone

    def moments(self, zone: zoneinfo.ZoneInfo) -> dict[str, dt.datetime | None]:
        """Return what was typed as moments. One that was not touched stays the moment it was, to the second."""
        found: dict[str, dt.datetime | None] = {}
        for name, field in self.fields.items():
            if not isinstance(field, WallClockField):
                continue
            wall, kept = self.cleaned_data[name], self.initial.get(name)
            untouched = isinstance(kept, dt.datetime) and zone == field.zone and name not in self.changed_data
            if untouched:
                found[name] = kept
            else:
                found[name] = zones.instant(wall, zone, field=name) if wall is not None else None
        return found
