"""Edits: whoever may open a row may read who changed it, and nobody else. So each row here is that of the row itself."""

import dataclasses

from tests.integration.governance import matrix as governance
from tests.integration.governance.matrix_approvals import chain
from tests.integration.incentives import matrix as incentives
from tests.integration.nominations import matrix as nominations
from tests.integration.people import matrix as people
from tests.integration.references import matrix as references
from tests.integration.references.matrix_accounts import HIDDEN, READ, account, foreign_account
from tests.matrix import Row, api_row

READING = {
    "list_account_edits": references.MATRIX["api:get_account"],
    "list_contact_edits": references.MATRIX["api:get_contact"],
    "list_opportunity_edits": references.MATRIX["api:get_opportunity"],
    "list_request_edits": references.MATRIX["api:get_request"],
    "list_nomination_edits": nominations.MATRIX["api:get_nomination"],
    "list_user_edits": people.MATRIX["api:get_user"],
    "list_team_edits": people.MATRIX["api:get_team"],
    "list_fund_edits": governance.MATRIX["api:get_budget"],
    "list_fulfilment_edits": governance.MATRIX["api:get_fulfilment"],
    "list_policy_edits": governance.MATRIX["api:get_policy"],
}
READERS = {role: 200 for role, answer in incentives.MATRIX["api:get_rule"].but.items() if answer == 200}


def noun_of(make):
    """Name the noun beside the row."""
    return lambda cast: {"noun": "account", **make(cast)}


MATRIX = {
    **{f"api:{name}": dataclasses.replace(row) for name, row in READING.items()},
    "api:list_rule_edits": api_row(404, but=READERS, own=incentives.MATRIX["api:get_rule"].own),
    "api:list_chain_edits": api_row(200, but={"judge": 404}, own=chain),
    "kernel:edits": Row(**READ, own=noun_of(account), foreign=noun_of(foreign_account), **HIDDEN),
    "kernel:edits of nothing": Row(404, own=lambda cast: {**account(cast), "noun": "nothing"}),
}
