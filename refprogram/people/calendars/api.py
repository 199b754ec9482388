"""Business calendars over the API: the same doors as the pages."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people import selectors as people
from refprogram.people.auth import MemberRequest
from refprogram.people.calendars import selectors, services, shown
from refprogram.people.models import BusinessCalendar, CalendarDay

router = api.Router(tags=["calendars"])


class DayOut(api.Schema):
    """A day that differs."""

    on: dt.date
    name: str
    hours: list[list[str]] = Field(description="Spans of local time; none: closed.")


class CalendarOut(api.Thing):
    """When people work in one place."""

    name: str
    time_zone: str
    country: str
    subdivision: str
    is_default: bool
    revision: int = Field(description="Send it back with a change, and nobody's change is overwritten unseen.")
    hours: dict[str, list[list[str]]] = Field(description="Weekday, 0 for Monday, to its spans of local time.")
    regions: list[api.Ref]
    days: list[DayOut] = Field(description="From today on.")

    @staticmethod
    def resolve_regions(obj: BusinessCalendar) -> list[Any]:
        return list(obj.regions.all())

    @staticmethod
    def resolve_days(obj: BusinessCalendar) -> list[CalendarDay]:
        today = dt.datetime.now(dt.UTC).date()
        return [day for day in obj.days.all() if day.on >= today]


class CalendarIn(api.Input):
    """A calendar to make."""

    name: str = Field(max_length=80)
    time_zone: str = Field(max_length=64)
    week: dict[int, str] = Field(description="Weekday, 0 for Monday, to its hours: 09:00-12:30, 13:00-17:30.")
    country: str = Field("", max_length=2)
    subdivision: str = Field("", max_length=10)
    regions: list[str] = Field(default_factory=list, description="Ids of the regions that follow it.")
    is_default: bool = False


class CalendarPatch(CalendarIn):
    """A change; with the `revision` that you read, 409 if somebody changed it since."""

    revision: int = Field(0, ge=0)


class DayIn(api.Input):
    """How one day differs."""

    on: dt.date
    name: str = Field(max_length=120)
    hours: str = Field("", max_length=80, description="As typed; empty: closed.")
    revision: int | None = Field(None, ge=0, description="As you read it: 409 if somebody said this day since.")


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed("Your role does not include this.")


def _calendars() -> QuerySet[BusinessCalendar]:
    return selectors.calendars().prefetch_related("regions", "days")


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    ids = data.pop("regions", None)
    if ids is None:
        return data
    regions = list(people.regions().filter(public_id__in=ids))
    if len(regions) != len(set(ids)):
        message = "There is no such region."
        raise InvalidInput(message, errors={"regions": message})
    return {**data, "regions": regions}


@api.listing(router, "/calendars", CalendarOut)
def list_calendars(request: MemberRequest) -> QuerySet[BusinessCalendar]:
    """List the business calendars."""
    _demand(request, "people.see_calendars")
    return _calendars()


@router.get("/calendars/{public_id}", response=CalendarOut)
def get_calendar(request: MemberRequest, public_id: str) -> BusinessCalendar:
    """Return one calendar."""
    _demand(request, "people.see_calendars")
    return api.found(_calendars(), public_id)


@router.post("/calendars", response={201: CalendarOut})
def create_calendar(request: MemberRequest, data: CalendarIn) -> Any:
    """Make a calendar; the public holidays of its country are written down."""
    _demand(request, "people.edit_calendars")
    made = services.open_calendar(actor=request.user, **_facts(data.dict()))
    return api.Status(201, api.found(_calendars(), made.public_id))


@router.patch("/calendars/{public_id}", response=CalendarOut)
def change_calendar(request: MemberRequest, public_id: str, data: api.PatchDict[CalendarPatch]) -> BusinessCalendar:
    """Change a calendar. Clocks that run keep their due time. 409 (`stale`) if somebody was faster."""
    kept = api.found(_calendars(), public_id)
    _demand(request, "people.edit_calendars")
    facts = {
        "name": kept.name,
        "time_zone": kept.time_zone,
        "country": kept.country,
        "subdivision": kept.subdivision,
        "is_default": kept.is_default,
        "regions": list(kept.regions.all()),
        "week": dict(enumerate(shown.typed_week(kept))),
    }
    said = {"revision": kept.revision, **_facts(dict(data))}  # what is not sent stays as it was read just now
    services.change_calendar(calendar=kept, actor=request.user, **{**facts, **said})
    return api.found(_calendars(), public_id)


@router.post("/calendars/{public_id}/days", response=CalendarOut)
def set_day(request: MemberRequest, public_id: str, data: DayIn) -> BusinessCalendar:
    """Say how one day differs; said again, it is said anew."""
    kept = api.found(_calendars(), public_id)
    _demand(request, "people.edit_calendars")
    services.set_day(
        calendar=kept, on=data.on, name=data.name, typed=data.hours, actor=request.user, revision=data.revision
    )
    return api.found(_calendars(), public_id)
