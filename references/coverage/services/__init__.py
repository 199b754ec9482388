"""What can be done with coverage: count, forecast, keep a month's map; set targets, recruit, plan."""

from references.coverage.services.counting import catch_up, count_changed, count_everything
from references.coverage.services.forecasting import make_forecast
from references.coverage.services.plans import (
    add_connector,
    add_step,
    change_plan,
    finish_step,
    move_plan,
    open_plan,
    remove_connector,
    remove_step,
    win_plans,
)
from references.coverage.services.recruiting import (
    ask_colleagues,
    change_target,
    close_overdue,
    close_target,
    note_end,
    note_enrolment,
    note_nomination,
    open_many,
    open_target,
)
from references.coverage.services.snapshots import take_snapshot
from references.coverage.services.targets import raise_targets, read_target, set_targets, spelled
from references.coverage.services.unmet import note_unmet

__all__ = [
    "add_connector",
    "add_step",
    "ask_colleagues",
    "catch_up",
    "change_plan",
    "change_target",
    "close_overdue",
    "close_target",
    "count_changed",
    "count_everything",
    "finish_step",
    "make_forecast",
    "move_plan",
    "note_end",
    "note_enrolment",
    "note_nomination",
    "note_unmet",
    "open_many",
    "open_plan",
    "open_target",
    "raise_targets",
    "read_target",
    "remove_connector",
    "remove_step",
    "set_targets",
    "spelled",
    "take_snapshot",
    "win_plans",
]
