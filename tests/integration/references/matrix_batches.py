"""Batches: made by anybody, filled by the program, seen by who asked for them."""

from references.batches import services
from tests.factories.batches import RFP, allowed, asked, batch_of, name_of
from tests.factories.people import UserFactory
from tests.factories.references import speaker
from tests.integration.references.matrix_requests import SOON, UNSEEN
from tests.matrix import Row, api_row

OVERVIEW = ("sales_head", "executive", "finance", "legal")


def seen(program=200, requester=200, others=200):
    """The answers about the rep's batch: the program, the rep, the overview, everybody else."""
    return {
        "everyone": 404,
        "but": {
            **dict.fromkeys(("marketer", "admin"), program),
            **dict.fromkeys(OVERVIEW, others),
            "rep": requester,
        },
    }


def both(make):
    """Own and foreign row."""
    return {
        "own": lambda cast: {"public_id": make(cast.rep).public_id},
        "foreign": lambda cast: {"public_id": make(cast.other_team_rep).public_id},
        "foreign_but": UNSEEN,
    }


def named(requester):
    return name_of(batch_of(requester))


def waiting(requester):
    return asked(batch_of(requester))


def ready(requester):
    return allowed(batch_of(requester)).batch


def over(requester):
    return services.hand_over(batch=ready(requester), actor=UserFactory())


def customer(_cast):
    return {"account": speaker(activities=RFP).account.public_id}


NEW = {"name": "Tender", "kind": "rfp", "wanted": 3, "needed_by": SOON}
FILLED = seen(program=302, requester=403, others=403)
CHANGED = seen(program=302, requester=302, others=403)
API_FILLED = seen(requester=403, others=403)["but"]
API_CHANGED = seen(others=403)["but"]
MATRIX = {
    "references:batches": Row(200, but={"judge": 403}),
    "references:batch-new": Row(200, but={"judge": 403}),
    "references:batch": Row(**seen(), **both(batch_of)),
    "references:batch-edit": Row(**seen(others=403), **both(batch_of)),
    "references:batch-matches": Row(**seen(requester=403, others=403), **both(batch_of)),
    "references:batch-csv": Row(**seen(), **both(ready)),
    "references:batch-docx": Row(**seen(), **both(ready)),
    "references:batch-add": Row(**FILLED, **both(batch_of), method="post", data=customer),
    "references:batch-ask-all": Row(**FILLED, **both(batch_of), method="post"),
    "references:batch-hand-over": Row(**CHANGED, **both(ready), method="post"),
    "references:batch-reopen": Row(**CHANGED, **both(over), method="post"),
    "references:batch-close": Row(**CHANGED, **both(batch_of), method="post"),
    "references:batch-name-ask": Row(**FILLED, **both(named), method="post"),
    "references:batch-name-drop": Row(**FILLED, **both(named), method="post"),
    "references:batch-name-said-yes": Row(**FILLED, **both(waiting), method="post"),
    "references:batch-name-said-no": Row(**FILLED, **both(waiting), method="post"),
    "api:list_batches": api_row(200, but={"judge": 403}),
    "api:make_batch": api_row(201, but={"judge": 403}, data=NEW),
    "api:get_batch": api_row(404, but=seen()["but"], **both(batch_of)),
    "api:list_batch_names": api_row(404, but=API_FILLED, **both(batch_of)),
    "api:add_batch_name": api_row(
        404, but=seen(program=201, requester=403, others=403)["but"], **both(batch_of), data=customer
    ),
    "api:ask_batch_name": api_row(404, but=API_FILLED, **both(named)),
    "api:drop_batch_name": api_row(404, but=API_FILLED, **both(named)),
    "api:hand_batch_over": api_row(404, but=API_CHANGED, **both(ready)),
    "api:close_batch": api_row(404, but=API_CHANGED, **both(batch_of)),
}
