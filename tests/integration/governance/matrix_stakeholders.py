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


def _api_meet(status):
    def own(_cast):
        need = RequirementFactory()
        return {"public_id": need.stakeholder.public_id, "requirement_id": need.public_id}

    return api_row(status, but={**HIDDEN, "executive": 403}, own=own)


def _kept(status, factory, **more):
    """Something that every colleague reads, and only who runs the program changes."""
    return Row(403, but={"judge": 404, **dict.fromkeys(RUN, status)}, own=_of(factory), **more)


def _api_kept(status, factory, **more):
    return _kept(status, factory, anonymous=401, **more)


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
    "governance:directory-entry": _kept(200, DirectoryEntryFactory),
    "governance:directory-entry POST": _kept(302, DirectoryEntryFactory, method="post", data={"topics": "Audits"}),
    "governance:directory-remove": Row(**only(302, *RUN), own=_of(DirectoryEntryFactory), method="post"),
    "governance:launch-new": Row(**only(200, *RUN)),
    "governance:launch-new POST": Row(**only(302, *RUN), method="post", data=LAUNCH),
    "governance:launch": _kept(200, LaunchFactory),
    "governance:launch POST": _kept(302, LaunchFactory, method="post", data=LAUNCH),
    "governance:launch-drop": Row(**only(302, *RUN), own=_of(LaunchFactory), method="post"),
    "api:list_stakeholders": api_row(**only(200, *SEE)),
    "api:get_stakeholder": api_row(200, but=NO_PERMISSION, own=_of(StakeholderFactory)),
    "api:create_stakeholder": api_row(**only(201, *RUN), data=_api_new),
    "api:change_stakeholder": _api_stake(200, data={"influence": 5}),
    "api:list_stakeholder_groups": api_row(**only(200, *SEE)),
    "api:meet_requirement": _api_meet(200),
    "api:contact_stakeholder": _api_stake(200, data=CONTACT),
    "api:create_requirement": _api_stake(201, data={"text": "A number each month"}),
    "api:ask_pulse_of_stakeholder": _api_stake(200),
    "api:list_directory": api_row(200, but={"judge": 403}),
    "api:get_directory_entry": api_row(200, but={"judge": 404}, own=_of(DirectoryEntryFactory)),
    "api:create_directory_entry": api_row(**only(201, *RUN), data=_entry),
    "api:change_directory_entry": _api_kept(200, DirectoryEntryFactory, data={"topics": "Audits"}),
    "api:delete_directory_entry": _api_kept(204, DirectoryEntryFactory),
    "api:get_launch": api_row(200, but={"judge": 404}, own=_of(LaunchFactory)),
    "api:change_launch": _api_kept(200, LaunchFactory, data={"references": 4}),
    "api:delete_launch": _api_kept(204, LaunchFactory),
    "api:list_launches": api_row(200, but={"judge": 403}),
    "api:create_launch": api_row(**only(201, *RUN), data={**LAUNCH, "references": 3}),
}
