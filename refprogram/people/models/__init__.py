"""Who, when they work, and what they did."""

from refprogram.people.models.calendar import BusinessCalendar, CalendarDay, ClockPause, Leave, SlaClock
from refprogram.people.models.person import (
    NO_MAIL_DOMAIN,
    ApiToken,
    Delegation,
    Person,
    Region,
    Restriction,
    Team,
    User,
)
from refprogram.people.models.work import WorkActivity

__all__ = [
    "NO_MAIL_DOMAIN",
    "ApiToken",
    "BusinessCalendar",
    "CalendarDay",
    "ClockPause",
    "Delegation",
    "Leave",
    "Person",
    "Region",
    "Restriction",
    "SlaClock",
    "Team",
    "User",
    "WorkActivity",
]
