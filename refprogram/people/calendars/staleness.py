"""Two people at one calendar: the second one hears what the first one did, and nothing is overwritten unseen."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event
from refprogram.people.calendars import shown
from refprogram.people.models import BusinessCalendar, CalendarDay, Person

LABELS: Mapping[str, Any] = {
    "name": gettext_lazy("Name"),
    "time_zone": gettext_lazy("Time zone"),
    "country": gettext_lazy("Public holidays of"),
    "subdivision": gettext_lazy("Part of the country"),
}


class StaleCalendar(DomainError):
    """Somebody else changed it since it was read. `revision` is how it is now: whoever says it again, replaces it."""

    code = "stale"

    def __init__(self, message: str, *, revision: int) -> None:
        super().__init__(message, errors={"revision": message})
        self.revision = revision


def check_calendar(calendar: BusinessCalendar, revision: int | None, facts: Mapping[str, Any]) -> None:
    """Raise StaleCalendar if the (locked) calendar is no longer the one that was read; None: nothing was read."""
    if revision is None or revision == calendar.revision:
        return
    others = "; ".join(_differences(calendar, facts))
    words = _("%(name)s changed this calendar after you opened it. Nothing of yours is saved yet.")
    now = _("It says now: %(now)s.") % {"now": others} if others else _("Its days have changed.")
    again = _("Save again to keep it as you have it here.")
    raise StaleCalendar(f"{words % {'name': _who(calendar)}} {now} {again}", revision=calendar.revision)


def check_day(calendar: BusinessCalendar, on: dt.date, revision: int | None, *, said: tuple[str, Any] | None) -> None:
    """Raise StaleCalendar if somebody said this day otherwise since `revision`; `said` is what is to be kept."""
    day: CalendarDay | None = calendar.days.filter(on=on).first() if revision is not None else None
    if day is None or revision is None or day.revision <= revision or (day.name, day.hours) == said:
        return
    words = _("%(name)s noted %(day)s meanwhile: “%(what)s”, %(hours)s. It stays so, unless you do this once more.")
    facts = {"name": _who(calendar), "day": date_format(on, "j F Y"), "what": day.name, "hours": shown.day_words(day)}
    raise StaleCalendar(words % facts, revision=calendar.revision)


def _who(calendar: BusinessCalendar) -> str:
    """Return who changed it last, as the stream has it."""
    about = Event.objects.filter(subject_type="businesscalendar", subject_id=calendar.pk, topic="calendar.changed")
    actor = about.order_by("-pk").values_list("actor_id", flat=True).first()
    person = Person.objects.filter(pk=actor).first() if actor else None
    return person.name if person is not None and person.name else _("Somebody")


def _differences(calendar: BusinessCalendar, facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is otherwise now than in `facts`, as it is now."""
    for name, label in LABELS.items():
        if name in facts and facts[name] != getattr(calendar, name):
            yield f"{label}: {getattr(calendar, name) or '–'}"
    week = facts.get("week", {})
    for day, words in enumerate(shown.typed_week(calendar)):
        if day in week and week[day].replace(" ", "") != words.replace(" ", ""):
            yield f"{WEEKDAYS[day]}: {words or _('closed')}"
    regions = list(calendar.regions.order_by("name"))
    if {region.pk for region in facts.get("regions", regions)} != {region.pk for region in regions}:
        yield _("Regions that follow it: %(names)s") % {"names": ", ".join(map(str, regions)) or "–"}
