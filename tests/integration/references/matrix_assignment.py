"""Assignments: for who runs the program."""

from references.assignment import services
from tests.factories.references import speaker
from tests.factories.requests import request_of
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")


def run_of(requester):
    """An assignment of one request of theirs."""
    speaker()
    request_of(requester)
    return services.make(user=None)


def run(cast):
    return {"public_id": run_of(cast.rep).public_id}


def pick(cast):
    made = run_of(cast.rep)
    return {"public_id": made.public_id, "pick": made.picks.get().pk}


MATRIX = {
    "references:assignments": Row(**only(200, *PROGRAM)),
    "references:assignment-make": Row(**only(302, *PROGRAM), method="post"),
    "references:assignment": Row(**only(200, *PROGRAM), own=run),
    "references:assignment-accept-all": Row(**only(302, *PROGRAM), own=run, method="post"),
    "references:assignment-accept": Row(**only(302, *PROGRAM), own=pick, method="post"),
    "api:list_request_assignments": api_row(**only(200, *PROGRAM)),
    "api:make_request_assignment": api_row(**only(202, *PROGRAM)),
    "api:get_request_assignment": api_row(**only(200, *PROGRAM), own=run),
    "api:accept_request_assignment": api_row(**only(202, *PROGRAM), own=run),
    "api:accept_request_pick": api_row(**only(200, *PROGRAM), own=pick),
}
