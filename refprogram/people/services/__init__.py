"""The verbs of this room."""

from refprogram.people.services.absences import end_leave, set_leave
from refprogram.people.services.cover import call_off, end_delegation, impose, lift, schedule, set_delegation
from refprogram.people.services.teams import change_team, create_team, region_of
from refprogram.people.services.tokens import issue_token, revoke_token
from refprogram.people.services.users import (
    change_role,
    deactivate_user,
    ensure_agent,
    invite_user,
    join,
    move_to_team,
    reactivate_user,
    update_profile,
)

__all__ = [
    "call_off",
    "change_role",
    "change_team",
    "create_team",
    "deactivate_user",
    "end_delegation",
    "end_leave",
    "ensure_agent",
    "impose",
    "invite_user",
    "issue_token",
    "join",
    "lift",
    "move_to_team",
    "reactivate_user",
    "region_of",
    "revoke_token",
    "schedule",
    "set_delegation",
    "set_leave",
    "update_profile",
]
