"""Business calendars: the list, one place's hours and days, its file for calendar programs."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage
from refprogram.people.auth import MemberRequest
from refprogram.people.calendars import forms, ics, selectors, services, shown
from refprogram.people.calendars.staleness import StaleCalendar
from refprogram.people.calendars.tables import CalendarTable
from refprogram.people.gates import permission_required
from refprogram.people.models import BusinessCalendar

SHOWN_DAYS = 40


class CalendarList(ListPage):
    """All calendars."""

    page = "people:calendars"
    title = gettext_lazy("Business calendars")
    table_class = CalendarTable
    search_fields = ("name", "time_zone")
    default_sort = "name"
    permission = "people.see_calendars"
    can_export = False
    primary_action = Action(
        gettext_lazy("Add a calendar"),
        reverse_lazy("people:calendar-new"),
        icon="plus",
        permission="people.edit_calendars",
    )
    empty = Empty(
        gettext_lazy("When people work, place by place: service levels count by it, and holidays stop their clocks."),
        primary_action,
    )

    def get_queryset(self) -> QuerySet[BusinessCalendar]:
        """Return all calendars."""
        return selectors.calendars()


@permission_required("people.see_calendars")
@require_safe
def calendar(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one calendar: its week, the days that differ, who follows it."""
    found = get_object_or_404(selectors.calendars(), public_id=public_id)
    today = timezone.localdate()
    days = list(selectors.days_from(found, today)[:SHOWN_DAYS])
    context = {
        "calendar": found,
        "week": shown.week(found),
        "days": [(day, shown.day_words(day)) for day in days],
        "regions": [region.name for region in found.regions.all()],
        "facts": [found.time_zone.replace("_", " "), shown.place(found)],
        "crumbs": [(_("Business calendars"), reverse("people:calendars"))],
        "may_edit": request.user.has_perm("people.edit_calendars"),
    }
    return render(request, "people/calendar.html", context)


@permission_required("people.see_calendars")
@require_safe
def calendar_file(request: MemberRequest, public_id: str) -> HttpResponse:
    """Give the days that differ as a file for calendar programs."""
    found = get_object_or_404(selectors.calendars(), public_id=public_id)
    entries = [
        ics.Entry(
            uid=f"{found.public_id}-{day.on:%Y%m%d}",
            title=f"{day.name} ({shown.day_words(day)})",
            starts=day.on,
            ends=day.on,
            changed_at=found.updated_at,
            free=True,
        )
        for day in selectors.days_from(found, timezone.localdate().replace(month=1, day=1))
    ]
    answer = HttpResponse(ics.calendar_file(entries, name=found.name), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="calendar-{found.public_id}.ics"'
    return answer


class AddCalendar(FormPage):
    """Make a calendar."""

    form_class = forms.CalendarForm
    title = gettext_lazy("Add a calendar")
    verb = gettext_lazy("Add the calendar")
    cancel_url = reverse_lazy("people:calendars")
    permission = "people.edit_calendars"

    def get_initial(self) -> dict[str, Any]:
        """Start from office hours."""
        return {"time_zone": settings.TIME_ZONE} | {f"day_{day}": "09:00-17:00" for day in range(5)}

    def save(self, form: Any) -> str:
        """Make it and show it."""
        made = services.open_calendar(actor=self.request.user, **form.facts())
        messages.success(self.request, _("The calendar %(name)s is there.") % {"name": made.name})
        return made.get_absolute_url()


class _OneCalendar(FormPage):
    """Base of the forms about one calendar."""

    permission = "people.edit_calendars"

    @cached_property
    def calendar(self) -> BusinessCalendar:
        """Which one."""
        found: BusinessCalendar = get_object_or_404(selectors.calendars(), public_id=self.kwargs["public_id"])
        return found

    def get_cancel_url(self) -> str:
        """Go back to it."""
        return self.calendar.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Remember what is read here: a save after somebody else's is not silent."""
        return {"revision": self.calendar.revision}

    def submit(self, form: Any) -> str:
        """Save; where somebody was faster, the form comes back as typed, and now knows what they did."""
        try:
            return super().submit(form)
        except StaleCalendar as error:
            form.data = form.data.copy()
            form.data["revision"] = str(error.revision)
            raise


class EditCalendar(_OneCalendar):
    """Change a calendar."""

    form_class = forms.CalendarForm
    verb = gettext_lazy("Save")

    def get_title(self) -> str:
        """Name it."""
        return _("Change the calendar %(name)s") % {"name": self.calendar.name}

    def get_initial(self) -> dict[str, Any]:
        """Start from how it is."""
        kept = self.calendar
        week = {f"day_{day}": words for day, words in enumerate(shown.typed_week(kept))}
        facts = {name: getattr(kept, name) for name in ("name", "time_zone", "country", "subdivision", "is_default")}
        return {**super().get_initial(), **facts, **week, "regions": list(kept.regions.all())}

    def save(self, form: Any) -> str:
        """Keep it."""
        revision = form.cleaned_data["revision"]
        services.change_calendar(calendar=self.calendar, actor=self.request.user, revision=revision, **form.facts())
        messages.success(self.request, _("Saved. What starts from now on counts by it."))
        return self.calendar.get_absolute_url()


class SetDay(_OneCalendar):
    """Say how one day differs."""

    form_class = forms.DayForm
    verb = gettext_lazy("Save the day")

    def get_title(self) -> str:
        """Name the calendar."""
        return _("A day that differs in %(name)s") % {"name": self.calendar.name}

    def save(self, form: Any) -> str:
        """Keep it."""
        data = form.cleaned_data
        services.set_day(
            calendar=self.calendar,
            on=data["on"],
            name=data["name"],
            typed=data["hours"],
            actor=self.request.user,
            revision=data["revision"],
        )
        messages.success(self.request, _("Saved."))
        return self.calendar.get_absolute_url()


@permission_required("people.edit_calendars")
@require_POST
def clear_day(request: MemberRequest, public_id: str, day: str) -> HttpResponse:
    """Let a day be like any other."""
    found = get_object_or_404(selectors.calendars(), public_id=public_id)
    on = _parsed(day)
    if on is None:
        raise Http404
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdecimal() else None
    try:
        services.clear_day(calendar=found, on=on, actor=request.user, revision=revision)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("A day like any other now."))
    return HttpResponseRedirect(found.get_absolute_url())


def _parsed(text: str) -> dt.date | None:
    """Read a day of an address; None if there is no such day."""
    try:
        return parse_date(text)
    except ValueError:
        return None
