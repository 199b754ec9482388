"""Stakeholders: who runs the program keeps the register, executives read it; the directory is for every colleague."""

import datetime as dt

from tests.factories.stakeholders import (
    DirectoryEntryFactory,
    LaunchFactory,
    RequirementFactory,
    StakeholderFactory,
    StakeholderGroupFactory,
)
from tests.matrix import Row, api_row, only

RUN = ("marketer", "admin")
SEE = (*RUN, "executive")
HIDDEN = dict.fromkeys(("rep", "support", "manager", "sales_head", "finance", "legal", "judge"), 404)
NO_PERMISSION = dict.fromkeys(HIDDEN, 403)


def _of(factory):
    return lambda _cast: {"public_id": factory().public_id}


def _stake(status, *, own=None, **more):
    """A page about one stakeholder that only who runs the program may act on."""
    return Row(status, but={**HIDDEN, "executive": 403}, own=own or _of(StakeholderFactory), **more)


def _api_stake(status, **more):
    return api_row(status, but={**NO_PERMISSION, "executive": 403}, own=_of(StakeholderFactory), **more)


def _new(_cast):
    return {"name": "Partner", "group": StakeholderGroupFactory().public_id, "influence": "4", "interest": "2"}


def _api_new(cast):
    return {**_new(cast), "influence": 4, "interest": 2}


def _entry(cast):
    return {"user": cast.rep.public_id, "knows": "sales", "topics": "Hospitals"}


LAUNCH = {"name": "Sync", "on": "2027-03-15", "references": "3", "hours": "1.5"}
CONTACT = {"on": dt.date(2026, 1, 5).isoformat(), "note": "Fine"}

STAKEHOLDERS = {
    "governance:stakeholders": Row(**only(200, *SEE)),
    "governance:stakeholder-picture": Row(**only(200, *SEE)),
    "governance:stakeholder-new": Row(**only(200, *RUN)),
    "governance:stakeholder-new POST": Row(**only(302, *RUN), method="post", data=_new),
    "governance:stakeholder-group-new": Row(**only(200, *RUN)),
    "governance:stakeholder-group-new POST": Row(**only(302, *RUN), method="post", data={"name": "Sales"}),
    "governance:stakeholder-group-key": _stake(302, own=_of(StakeholderGroupFactory), method="post"),
    "governance:stakeholder": Row(200, but=HIDDEN, own=_of(StakeholderFactory)),
    "governance:stakeholder-change": _stake(200),
    "governance:stakeholder-change POST": _stake(302, method="post", data=_new),
    "governance:stakeholder-contact": _stake(200),
    "governance:stakeholder-contact POST": _stake(302, method="post", data=CONTACT),
    "governance:requirement-new": _stake(200),
    "governance:requirement-new POST": _stake(302, method="post", data={"text": "A number each month"}),
    "governance:requirement-meet": _stake(302, own=_of(RequirementFactory), method="post"),
    "governance:stakeholder-pulse": _stake(302, method="post"),
    "governance:directory": Row(200, but={"judge": 403}),
    "governance:directory-new": Row(**only(200, *RUN)),
    "governance:directory-new POST": Row(**only(302, *RUN), method="post", data=_entry),
    "governance:directory-remove": Row(**only(302, *RUN), own=_of(DirectoryEntryFactory), method="post"),
    "governance:launch-new": Row(**only(200, *RUN)),
    "governance:launch-new POST": Row(**only(302, *RUN), method="post", data=LAUNCH),
    "governance:launch": Row(**only(200, *RUN), own=_of(LaunchFactory)),
    "governance:launch POST": Row(**only(302, *RUN), own=_of(LaunchFactory), method="post", data=LAUNCH),
    "governance:launch-drop": Row(**only(302, *RUN), own=_of(LaunchFactory), method="post"),
    "api:list_stakeholders": api_row(**only(200, *SEE)),
    "api:get_stakeholder": api_row(200, but=NO_PERMISSION, own=_of(StakeholderFactory)),
    "api:create_stakeholder": api_row(**only(201, *RUN), data=_api_new),
    "api:contact_stakeholder": _api_stake(200, data=CONTACT),
    "api:create_requirement": _api_stake(201, data={"text": "A number each month"}),
    "api:ask_pulse_of_stakeholder": _api_stake(200),
    "api:list_launches": api_row(200, but={"judge": 403}),
    "api:create_launch": api_row(**only(201, *RUN), data={**LAUNCH, "references": 3}),
}
