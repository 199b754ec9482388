"""Edits: whoever may open a row may read who changed it, and nobody else. So each line here is that of the row."""

import dataclasses

from nominations.signals.drafting import set_rule
from tests.factories.consequences import policy_of
from tests.integration.governance import matrix as governance
from tests.integration.governance.matrix_approvals import chain
from tests.integration.incentives import matrix as incentives
from tests.integration.nominations import matrix as nominations
from tests.integration.people import matrix as people
from tests.integration.references import matrix as references
from tests.integration.references.matrix_accounts import HIDDEN, READ, account, foreign_account
from tests.matrix import Row, api_row


def hidden(row):
    """Return the row with 404 for 403: what a role may not see at all is not there."""
    return dataclasses.replace(row, but={role: 404 if answer == 403 else answer for role, answer in row.but.items()})


READING = {
    "list_account_edits": references.MATRIX["api:get_account"],
    "list_contact_edits": references.MATRIX["api:get_contact"],
    "list_opportunity_edits": references.MATRIX["api:get_opportunity"],
    "list_request_edits": references.MATRIX["api:get_request"],
    "list_batch_edits": hidden(references.MATRIX["api:get_batch"]),
    "list_asset_edits": references.MATRIX["api:get_story"],
    "list_recruiting_edits": references.MATRIX["api:get_recruiting_target"],
    "list_campaign_edits": hidden(nominations.MATRIX["api:get_campaign"]),
    "list_wave_edits": dataclasses.replace(nominations.MATRIX["api:get_wave"], everyone=404),
    "list_plan_edits": references.MATRIX["api:get_target_plan"],
    "list_nomination_edits": nominations.MATRIX["api:get_nomination"],
    "list_quota_edits": nominations.MATRIX["api:get_quota"],
    "list_user_edits": people.MATRIX["api:get_user"],
    "list_team_edits": people.MATRIX["api:get_team"],
    "list_fund_edits": hidden(governance.MATRIX["api:get_budget"]),
    "list_fulfilment_edits": hidden(governance.MATRIX["api:get_fulfilment"]),
    "list_charter_edits": governance.MATRIX["api:get_charter"],
    "list_plotted_edits": hidden(governance.MATRIX["api:get_plotted_request"]),
    "list_stakeholder_edits": hidden(governance.MATRIX["api:get_stakeholder"]),
    "list_directory_edits": governance.MATRIX["api:get_directory_entry"],
    "list_launch_edits": governance.MATRIX["api:get_launch"],
    "list_pledge_edits": governance.MATRIX["api:get_pledge"],
}
READERS = {role: 200 for role, answer in incentives.MATRIX["api:get_rule"].but.items() if answer == 200}


POLICY_READERS = ("marketer", "sales_head", "admin")


def policy(cast):
    return {"public_id": policy_of(cast.admin).public_id}


def signal(cast):
    return {"public_id": set_rule(signal="nps", least=8, quiet_days=30, live=True).public_id}


def noun_of(make):
    """Name the noun beside the row."""
    return lambda cast: {"noun": "account", **make(cast)}


MATRIX = {
    **{f"api:{name}": dataclasses.replace(row) for name, row in READING.items()},
    "api:list_rule_edits": api_row(404, but=READERS, own=incentives.MATRIX["api:get_rule"].own),
    "api:list_item_edits": api_row(
        404, but=dict.fromkeys(("marketer", "admin"), 200), own=incentives.MATRIX["api:get_reward_item"].own
    ),
    "api:list_draw_edits": api_row(
        404, but=dict.fromkeys(("marketer", "sales_head", "admin"), 200), own=incentives.MATRIX["api:get_draw"].own
    ),
    "api:list_policy_edits": api_row(404, but=dict.fromkeys(POLICY_READERS, 200), own=policy),
    "api:list_signal_edits": api_row(404, but=dict.fromkeys(("marketer", "admin"), 200), own=signal),
    "api:list_chain_edits": api_row(200, but={"judge": 404}, own=chain),
    "kernel:edits": Row(**READ, own=noun_of(account), foreign=noun_of(foreign_account), **HIDDEN),
    "kernel:edits of nothing": Row(404, own=lambda cast: {**account(cast), "noun": "nothing"}),
}
