"""The catalogue: everybody who works here reads it, the program's people change it."""

from tests.factories.references import activity
from tests.matrix import Row, api_row

KIND = {
    "name": "Night call", "verb": "take a call at night", "effort": 40, "minutes": 30, "confirm_days": 2,
    "lead_days": 2, "hours": "1",
}  # fmt: skip


def call(_cast):
    return {"slug": activity("call").slug}


PROGRAM = {"marketer": 200, "admin": 200}
DONE = {"marketer": 302, "admin": 302}
MATRIX = {
    "references:activities": Row(200, but={"judge": 403}),
    "references:activity-new": Row(403, but=PROGRAM),
    "references:activity-edit": Row(403, but=PROGRAM, own=call),
    "references:activity-retire": Row(403, but=DONE, own=call, method="post"),
    "references:activity-bring-back": Row(403, but=DONE, own=call, method="post"),
    "api:list_activities": api_row(200, but={"judge": 403}),
    "api:add_activity": api_row(403, but={"marketer": 201, "admin": 201}, data=KIND),
    "api:change_activity": api_row(403, but=PROGRAM, own=call, data={"effort": 45}),
    "api:retire_activity": api_row(403, but=PROGRAM, own=call),
    "api:bring_activity_back": api_row(403, but=PROGRAM, own=call),
}
