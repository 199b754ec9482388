"""Reading approvals and chains."""

from refprogram.governance.approvals.planning import plan, rehearse, steps_of
from refprogram.governance.approvals.selectors.chains import (
    chain_labels,
    chains,
    draft_of,
    dry_run,
    live_of,
    requesters,
    with_versions,
)
from refprogram.governance.approvals.selectors.desk import desk_items
from refprogram.governance.approvals.selectors.road import planned, road_of
from refprogram.governance.approvals.selectors.rows import (
    approval_labels,
    approver_of_link,
    for_api,
    for_page,
    in_full,
    open_for,
    open_turn,
    reads_all,
    search,
    turns_in_full,
    visible_to,
    waiting_for,
    waiting_turns,
    with_list_facts,
)

__all__ = [
    "approval_labels",
    "approver_of_link",
    "chain_labels",
    "chains",
    "desk_items",
    "draft_of",
    "dry_run",
    "for_api",
    "for_page",
    "in_full",
    "live_of",
    "open_for",
    "open_turn",
    "plan",
    "planned",
    "reads_all",
    "rehearse",
    "requesters",
    "road_of",
    "search",
    "steps_of",
    "turns_in_full",
    "visible_to",
    "waiting_for",
    "waiting_turns",
    "with_list_facts",
    "with_versions",
]
