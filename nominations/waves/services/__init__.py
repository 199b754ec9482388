"""What can be done with waves, and what time does to them."""

from nominations.waves.services.pacing import admit, expect_anew, keep_pace
from nominations.waves.services.planning import Planned, change_wave, plan_cohorts, plan_wave, problems_of
from nominations.waves.services.running import end_wave, go_by_the_calendar, pause_wave, resume_wave, start_wave
from nominations.waves.services.telling import tell_members, tell_paused, tell_resumed

__all__ = [
    "Planned",
    "admit",
    "change_wave",
    "end_wave",
    "expect_anew",
    "go_by_the_calendar",
    "keep_pace",
    "pause_wave",
    "plan_cohorts",
    "plan_wave",
    "problems_of",
    "resume_wave",
    "start_wave",
    "tell_members",
    "tell_paused",
    "tell_resumed",
]
