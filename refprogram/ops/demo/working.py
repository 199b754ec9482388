"""When the demo company works, who is away, and what its people did in the CRM this quarter."""

import datetime as dt
from typing import Final

from references.requests.enums import MATCHABLE, RequestState
from references.requests.models import ReferenceRequest
from references.requests.services.clocks import AGREEMENT
from refprogram.kernel.copying import take_ids
from refprogram.kernel.models import Event
from refprogram.kernel.stream import subject_of
from refprogram.ops.demo.company import ZONES, Company
from refprogram.ops.demo.maker import BATCH, Maker, bulk
from refprogram.people.calendars import services as calendars
from refprogram.people.calendars.selectors import calendar_of
from refprogram.people.enums import LeaveKind, WorkKind
from refprogram.people.models import BusinessCalendar, ClockPause, Leave, Region, SlaClock, User, WorkActivity

OFFICE: Final = {
    "EMEA": ("NL", [["09:00", "12:30"], ["13:00", "17:30"]]),
    "Americas": ("US", [["08:30", "17:00"]]),
    "APAC": ("SG", [["09:00", "18:00"]]),
}
DAYS: Final = 90
SOURCE: Final = "crm"
SATURDAY: Final = 5
WORKING_DAY: Final = 480
# What is logged, and how often against the rest.
LOGGED: Final = (("contact", 8), ("proposal", 3), ("demo", 3), ("on-site demo", 1))
ASSETS: Final = (("template", 4), ("dashboard", 2), ("calculator", 1))
SIGNS_IN: Final = 0.9
USES_ASSET: Final = 0.25


def build(maker: Maker, company: Company) -> None:
    """Open the regions' calendars, give some people leave, and tell what was done."""
    places = _calendars(maker, company.regions)
    colleagues = [*company.reps, *company.supporters]
    away = _leaves(maker, colleagues)
    for newcomer, days in zip(company.reps[-2:], (20, 60), strict=True):
        newcomer.hired_on = maker.today - dt.timedelta(days=days)
    for user in company.reps[:-2]:
        user.hired_on = maker.day_ago(4000, 400)
    User.objects.bulk_update(company.reps, ["hired_on"])
    _work(maker, colleagues, places, away)
    _clocks(maker)


def _clocks(maker: Maker) -> None:
    """Give open requests the clocks that they would have had."""
    requests = ReferenceRequest.objects.filter(state__in=(*MATCHABLE, RequestState.NEEDS_INFO)).order_by("pk")
    clocks = [
        SlaClock(
            kind=AGREEMENT,
            subject_type=subject_of(request).type,
            subject_id=request.pk,
            calendar=calendar_of(request.requester),
            minutes=request.activity.confirm_days * WORKING_DAY,
            started_at=request.submitted_at,
            due_at=request.due_at,
            paused_at=request.asked_back_at,
            pause_reason="A question to the requester" if request.asked_back_at else "",
        )
        for request in requests.select_related("activity", "requester")
    ]
    ClockPause.objects.bulk_create(
        ClockPause(clock=clock, starts_at=clock.paused_at, reason=clock.pause_reason)
        for clock in bulk(maker, clocks)
        if clock.paused_at
    )


def _calendars(maker: Maker, regions: dict[str, Region]) -> dict[int, BusinessCalendar]:
    # An earlier step may have asked for the usual office hours, which makes a default: ours takes its place.
    BusinessCalendar.objects.filter(is_default=True).update(is_default=False)
    made = bulk(
        maker,
        [
            BusinessCalendar(
                name=name,
                country=country,
                time_zone=ZONES[name],
                hours={str(day): spans for day in range(5)},
                is_default=name == "EMEA",
            )
            for name, (country, spans) in OFFICE.items()
        ],
    )
    for calendar in made:
        calendars.take_holidays(calendar=calendar)
        regions[calendar.name].calendar = calendar
        regions[calendar.name].save(update_fields=["calendar"])
    return {regions[calendar.name].pk: calendar for calendar in made}


def _leaves(maker: Maker, colleagues: list[User]) -> dict[int, list[Leave]]:
    """Give everybody a week or two, and one of them a long one that lasts today."""
    leaves = []
    for user in colleagues:
        first = maker.day_ago(DAYS + 60, 5)
        leaves.append(
            Leave(user=user, starts_on=first, ends_on=first + dt.timedelta(days=maker.chance.choice((4, 11))))
        )
    long = Leave(
        user=colleagues[5],
        kind=LeaveKind.PARENTAL,
        starts_on=maker.today - dt.timedelta(days=40),
        ends_on=maker.today + dt.timedelta(days=50),
    )
    found: dict[int, list[Leave]] = {}
    for leave in bulk(maker, [*leaves, long]):
        found.setdefault(leave.user_id, []).append(leave)
    return found


def _work(
    maker: Maker, colleagues: list[User], places: dict[int, BusinessCalendar], away: dict[int, list[Leave]]
) -> None:
    """Tell, day by day, of sign-ins, logged activities and assets that were used."""
    closed = {key: set(place.days.values_list("on", flat=True)) for key, place in places.items()}
    rows: list[WorkActivity] = []
    for ago in range(DAYS, 0, -1):
        day = maker.today - dt.timedelta(days=ago)
        for user in colleagues:
            region = user.team.region_id if user.team else None
            off = day.weekday() >= SATURDAY or day in closed.get(region or 0, ())
            if off or any(leave.starts_on <= day <= leave.ends_on for leave in away[user.pk]):
                continue
            rows += [
                WorkActivity(person=user.person, kind=kind, detail=detail, occurred_at=maker.moment(day))
                for kind, detail in _day(maker)
            ]
    _keep(maker, colleagues, rows)


def _day(maker: Maker) -> list[tuple[WorkKind, str]]:
    if maker.chance.random() > SIGNS_IN:
        return []
    done = [(WorkKind.SIGNED_IN, "")]
    done += [(WorkKind.LOGGED, maker.weighted(LOGGED)) for _n in range(maker.chance.choice((0, 1, 1, 2, 3)))]
    if maker.chance.random() < USES_ASSET:
        done.append((WorkKind.ASSET_USED, maker.weighted(ASSETS)))
    return done


def _keep(maker: Maker, colleagues: list[User], rows: list[WorkActivity]) -> None:
    """Write the rows, each with its event; the row needs the event's key, the event the row's."""
    facts = {
        user.person_id: {
            "person": user.person_id,
            "team": user.team_id,
            "region": user.team.region_id if user.team else None,
        }
        for user in colleagues
    }
    keys = take_ids(WorkActivity._meta.db_table, len(rows))
    events = Event.objects.bulk_create(
        [
            Event(
                public_id=maker.public_id(),
                topic=row.kind,
                subject_type=str(WorkActivity._meta.model_name),
                subject_id=key,
                actor_id=row.person_id,
                payload={**facts[row.person_id], "detail": row.detail},
                at=row.occurred_at,
                occurred_at=row.occurred_at,
            )
            for key, row in zip(keys, rows, strict=True)
        ],
        batch_size=BATCH,
    )
    for key, row, event in zip(keys, rows, events, strict=True):
        row.pk, row.event_id = key, event.pk
        row.source, row.external_ref = SOURCE, f"W-{key:06}"
    bulk(maker, rows)
