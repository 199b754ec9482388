"""Calendars and work activity: pages and API."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from refprogram.kernel import jobs
from refprogram.people.calendars import services as calendars
from refprogram.people.work import services as work
from tests.factories.people import BusinessCalendarFactory, DelegationFactory, LeaveFactory, UserFactory
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
NOT_JUDGES = {"judge": 403}
WEEK = {f"day_{day}": "09:00-17:00" for day in range(5)}
CALENDAR = {"name": "Lisbon", "time_zone": "Europe/Lisbon", **WEEK}


def place(cast):
    return {"public_id": BusinessCalendarFactory().public_id}


def file_taken(cast):
    upload = SimpleUploadedFile("work.csv", b"id,email,kind,occurred_at\n1,x@y.example,signed_in,2026-01-02\n")
    job = work.take_file(source="crm", upload=upload, user=cast.marketer)
    jobs.run(job_id=job.pk)
    return {"public_id": job.public_id}


def day_of(cast):
    calendar = BusinessCalendarFactory()
    calendars.set_day(calendar=calendar, on=dt.date(2199, 1, 1), name="Far away", actor=cast.admin)
    return {"public_id": calendar.public_id, "day": "2199-01-01"}


def sent(cast):
    return {"source": "crm", "file": SimpleUploadedFile("work.csv", b"id,email,kind,occurred_at\n")}


def away_rep(cast):
    return {"public_id": LeaveFactory(user=cast.rep).public_id}


def away_outsider(cast):
    return {"public_id": LeaveFactory(user=cast.other_team_rep).public_id}


def cover_rep(cast):
    return {"public_id": DelegationFactory(principal=cast.rep).public_id}


def cover_outsider(cast):
    return {"public_id": DelegationFactory(principal=cast.other_team_rep).public_id}


def cover_by_admin(cast):
    return {"delegate": UserFactory().public_id, "principal": cast.rep.public_id, **DAYS}


DAYS = {"starts_on": "2199-01-01", "ends_on": "2199-01-05"}
# Who sees the days of the rep: program people, the rep, the manager; who notes and ends them: not the manager.
SEEN = {"but": {"marketer": 200, "admin": 200, "rep": 200, "manager": 200}, "foreign_but": {"rep": 404, "manager": 404}}
ENDED = {"but": {"marketer": 204, "admin": 204, "rep": 204, "manager": 403}, "foreign_but": SEEN["foreign_but"]}
ABSENCES = {
    "api:list_leaves": api_row(200),
    "api:get_leave": api_row(404, own=away_rep, foreign=away_outsider, **SEEN),
    "api:create_leave": api_row(201, data=DAYS),
    "api:end_leave": api_row(404, own=away_rep, foreign=away_outsider, **ENDED),
    "api:list_covers": api_row(200),
    "api:get_cover": api_row(404, own=cover_rep, foreign=cover_outsider, **SEEN),
    "api:create_cover": api_row(**only(201, *PROGRAM, "rep"), data=cover_by_admin),
    "api:end_cover": api_row(404, own=cover_rep, foreign=cover_outsider, **ENDED),
    "api:open_calendar_feed": api_row(201),
    "api:close_calendar_feed": api_row(204),
}

MATRIX = ABSENCES | {
    "people:calendars": Row(200, but=NOT_JUDGES),
    "people:calendar-new": Row(**only(200, *PROGRAM)),
    "people:calendar-new POST": Row(**only(302, *PROGRAM), method="post", data=CALENDAR),
    "people:calendar": Row(200, but=NOT_JUDGES, own=place),
    "people:calendar-file": Row(200, but=NOT_JUDGES, own=place),
    "people:calendar-edit": Row(**only(200, *PROGRAM), own=place),
    "people:calendar-edit POST": Row(**only(302, *PROGRAM), own=place, method="post", data=CALENDAR),
    "people:calendar-day": Row(**only(200, *PROGRAM), own=place),
    "people:calendar-day POST": Row(
        **only(302, *PROGRAM), own=place, method="post", data={"on": "2199-01-01", "name": "Far away", "hours": ""}
    ),
    "people:calendar-day-clear": Row(**only(405, *PROGRAM), own=day_of),
    "people:calendar-day-clear POST": Row(**only(302, *PROGRAM), own=day_of, method="post"),
    "people:calendar-feed": Row(200),
    "people:calendar-feed POST": Row(200, method="post"),
    "people:work": Row(200, but=NOT_JUDGES),
    "people:work-bring": Row(**only(200, *PROGRAM)),
    "people:work-bring POST": Row(**only(302, *PROGRAM), method="post", data=sent),
    "people:work-done": Row(**only(200, *PROGRAM), own=file_taken),
    "api:list_calendars": api_row(200, but=NOT_JUDGES),
    "api:get_calendar": api_row(200, but=NOT_JUDGES, own=place),
    "api:create_calendar": api_row(
        **only(201, *PROGRAM), data={"name": "Lisbon", "time_zone": "Europe/Lisbon", "week": {"0": "09:00-17:00"}}
    ),
    "api:change_calendar": api_row(**only(200, *PROGRAM), own=place, data={"name": "Porto"}),
    "api:set_day": api_row(**only(200, *PROGRAM), own=place, data={"on": "2199-01-01", "name": "Far away"}),
    "api:list_work_activity": api_row(200, but=NOT_JUDGES),
    "api:take_work_activity": api_row(**only(200, *PROGRAM), data={"source": "crm", "rows": []}),
    "api:import_work_activity": api_row(**only(202, *PROGRAM), data=sent),
}
