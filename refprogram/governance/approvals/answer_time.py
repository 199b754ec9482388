"""How long who is asked has to answer: working hours of their own place, so that no weekend eats an answer.

Where several may answer, the first of them who has had the whole time counts: one answer is enough.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from refprogram.governance.approvals.seats import Seat
from refprogram.people.calendars.selectors import calendar_of, hours_of, working_time
from refprogram.people.calendars.working_time import NeverOpen, WorkingTime

# What the old plain hours became: two working days of eight hours.
USUAL_HOURS = 16
MOST_HOURS = 60 * 8
Time = Callable[[WorkingTime], dt.timedelta]


def due_at(seats: Iterable[Seat], hours: int, start: dt.datetime) -> dt.datetime:
    """Return when the answer is due of whoever is asked at `start`."""
    return _first(_places(seats), start, lambda _place: dt.timedelta(hours=hours))


def put_off(seats: Iterable[Seat], due: dt.datetime, stopped: dt.datetime, now: dt.datetime) -> dt.datetime:
    """Return when it is due after the clock stood still from `stopped` to `now`; what was late by then stays late."""
    if due <= stopped:
        return due
    return _first(_places(seats), now, lambda place: place.between(stopped, due))


def _first(places: list[WorkingTime], start: dt.datetime, time: Time) -> dt.datetime:
    found = []
    for place in places:
        try:
            found.append(place.add(start, time(place)))
        except NeverOpen:  # a calendar that nobody filled in: the clock on the wall
            found.append(start + time(place))
    return min(found)


def _places(seats: Iterable[Seat]) -> list[WorkingTime]:
    """Return the hours of everybody who is asked, each place once; the program's own where nobody is."""
    users = {(seat.user.team_id, seat.user.person.time_zone): seat.user for seat in seats}
    return [hours_of(user) for user in users.values()] or [working_time(calendar_of(None))]
