"""What is known of customers, on pages and over the API: who gets which answer. Support sees references only."""

from tests.factories.profiles import correction_of, from_crm, outcome_of, participation_of, program_of
from tests.factories.references import AccountFactory, speaker
from tests.integration.references.matrix_accounts import HIDDEN, OVERVIEW, PROGRAM, READ, account, foreign_account, seen
from tests.matrix import Row, api_row, only

NO_JUDGE = {"everyone": 200, "but": {"judge": 403}}
TWO = {"own": account, "foreign": foreign_account, **HIDDEN}
READINGS = {"metric": "Time to close", "before": "12", "after": "3", "direction": "down"}


def noted(cast):
    """An outcome that the marketer noted at the rep's account."""
    return {"public_id": outcome_of(cast.marketer, account=AccountFactory(owner=cast.rep)).public_id}


def foreign_noted(cast):
    return {"public_id": outcome_of(cast.marketer, account=AccountFactory(owner=cast.other_team_rep)).public_id}


OUTCOME = {"own": noted, "foreign": foreign_noted, **HIDDEN}


def writers(status):
    return seen(status, *PROGRAM, "rep", "manager", denied=("sales_head", "executive", "finance", "legal"))


def verifiers(status):
    """The marketer noted it: somebody else verifies."""
    denied = ("marketer", "sales_head", "executive", "finance")
    return seen(status, "admin", "rep", "manager", "legal", denied=denied)


def proposed(cast):
    return {"public_id": correction_of(cast.marketer, account=AccountFactory(owner=cast.rep)).public_id}


def foreign_proposed(cast):
    return {"public_id": correction_of(cast.marketer, account=AccountFactory(owner=cast.other_team_rep)).public_id}


def imported(cast):
    return {"public_id": from_crm(AccountFactory(owner=cast.rep)).public_id}


def foreign_imported(cast):
    return {"public_id": from_crm(AccountFactory(owner=cast.other_team_rep)).public_id}


CORRECTION = {"own": proposed, "foreign": foreign_proposed, **HIDDEN}
IMPORTED = {"own": imported, "foreign": foreign_imported, **HIDDEN}
RAIL = {"field": "industry", "proposed": "Rail"}


def program(status):
    return seen(status, *PROGRAM, denied=("sales_head", "executive", "finance", "legal", "rep", "manager"))


def masked_for_others(cast):
    return {"public_id": speaker(owner=cast.rep, tier="platinum").account.public_id}


def foreign_masked(cast):
    return {"public_id": speaker(owner=cast.other_team_rep, tier="platinum").account.public_id}


MASKED = {"own": masked_for_others, "foreign": foreign_masked, "foreign_but": {"rep": 200, "manager": 200}}
# Who looks after the customer, and the overview, know the name already: there is nothing to ask for.
WHY = {"reason": "A prospect asked for a bank"}


def outsiders(status):
    return {"everyone": 404, "but": {"support": status, "judge": 403}}


def linked(_cast):
    return {"public_id": program_of().public_id}


def part(cast):
    return {"public_id": participation_of(speaker(owner=cast.rep)).public_id}


def foreign_part(cast):
    return {"public_id": participation_of(speaker(owner=cast.other_team_rep)).public_id}


RUNS = {"everyone": 403, "but": dict.fromkeys(PROGRAM, 302)}
COUNCIL = {"name": "Winter council", "kind": "council"}
NOTES = {"everyone": 403, "but": {**dict.fromkeys((*PROGRAM, "rep", "manager"), 302), "judge": 404}}
NOTES_API = {"everyone": 403, "but": {**dict.fromkeys((*PROGRAM, "rep", "manager"), 200), "judge": 404}}
NOT_THEIRS = {"foreign_but": {"rep": 403, "manager": 403}}
PART = {"own": part, "foreign": foreign_part, **NOT_THEIRS}

MATRIX = {
    "references:programs": Row(**NO_JUDGE),
    "references:program-add": Row(**only(200, *PROGRAM)),
    "references:program-add POST": Row(**only(302, *PROGRAM), method="post", data=COUNCIL),
    "references:participations": Row(**NO_JUDGE),
    "references:program": Row(**NO_JUDGE, own=linked),
    "references:program-edit": Row(**only(200, *PROGRAM), own=linked),
    "references:program-edit POST": Row(**only(302, *PROGRAM), own=linked, method="post", data=COUNCIL),
    "references:program-end POST": Row(403, but={**RUNS["but"], "judge": 404}, own=linked, method="post"),
    "references:account-programs": Row(**READ, **TWO),
    "references:participation-add": Row(**writers(200), **TWO),
    "references:participation-begin POST": Row(**NOTES, **PART, method="post"),
    "references:participation-end POST": Row(**NOTES, **PART, method="post"),
    "api:list_outcome_edits": api_row(**READ, **OUTCOME),
    "api:list_program_edits": api_row(200, but={"judge": 404}, own=linked),
    "api:list_programs": api_row(**NO_JUDGE),
    "api:get_program": api_row(200, but={"judge": 404}, own=linked),
    "api:create_program": api_row(**only(201, *PROGRAM), data=COUNCIL),
    "api:change_program": api_row(
        403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=linked, data={"cap_per_quarter": 2}
    ),
    "api:end_program": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=linked),
    "api:list_participations": api_row(**NO_JUDGE),
    "api:add_participation": api_row(**writers(422), **TWO, data={"program": "none", "contact": "none"}),
    "api:begin_participation": api_row(**NOTES_API, **PART),
    "api:end_participation": api_row(**NOTES_API, **PART),
    "references:masked": Row(**NO_JUDGE),
    "references:account-unmask": Row(**outsiders(200), **MASKED),
    "references:account-unmask POST": Row(
        **outsiders(302), **{**MASKED, "foreign_but": {"rep": 302, "manager": 302}}, method="post", data=WHY
    ),
    "references:unmaskings": Row(**only(200, *PROGRAM)),
    "api:list_masked_accounts": api_row(**NO_JUDGE),
    "api:unmask_account": api_row(**outsiders(200), **MASKED, data=WHY),
    "api:list_unmaskings": api_row(**only(200, *PROGRAM)),
    "references:corrections": Row(**NO_JUDGE),
    "references:account-corrections": Row(**READ, **TWO),
    "references:correction-add": Row(**READ, **IMPORTED),
    "references:correction-add POST": Row(
        **seen(302, *OVERVIEW, "rep", "manager"), **IMPORTED, method="post", data=RAIL
    ),
    "references:correction-refuse": Row(**program(200), **CORRECTION),
    "references:correction-refuse POST": Row(**program(302), **CORRECTION, method="post", data={"reason": "No"}),
    "references:account-readiness": Row(**READ, **TWO),
    "api:get_readiness": api_row(**READ, **TWO),
    "api:list_corrections": api_row(**NO_JUDGE),
    "api:get_correction": api_row(**READ, **CORRECTION),
    "api:get_provenance": api_row(**READ, **IMPORTED),
    "api:propose_correction": api_row(**seen(201, *OVERVIEW, "rep", "manager"), **IMPORTED, data=RAIL),
    "api:send_correction": api_row(**program(200), **CORRECTION),
    "api:refuse_correction": api_row(**program(200), **CORRECTION, data={"reason": "No"}),
    "references:outcomes": Row(**NO_JUDGE),
    "references:account-outcomes": Row(**READ, **TWO),
    "references:outcome-add": Row(**writers(200), **TWO),
    "references:outcome-add POST": Row(**writers(302), **TWO, method="post", data=READINGS),
    "references:outcome-edit": Row(**writers(200), **OUTCOME),
    "references:outcome-edit POST": Row(**writers(302), **OUTCOME, method="post", data=READINGS),
    "references:outcome-verify POST": Row(**verifiers(302), **OUTCOME, method="post"),
    "references:outcome-remove POST": Row(**writers(302), **OUTCOME, method="post"),
    "api:list_outcomes": api_row(**NO_JUDGE),
    "api:get_outcome": api_row(**seen(200, *OVERVIEW, "rep", "manager"), **OUTCOME),
    "api:record_outcome": api_row(**writers(201), **TWO, data=READINGS),
    "api:change_outcome": api_row(**writers(200), **OUTCOME, data={"after": "4"}),
    "api:verify_outcome": api_row(**verifiers(200), **OUTCOME),
    "api:remove_outcome": api_row(**writers(204), **OUTCOME),
}
