"""What must always hold about requests, asked of the live data by `manage.py verify`."""

from collections.abc import Iterable

from references.accounts.enums import OPEN_ASKS
from references.requests.enums import AGREED_CANDIDATES, OPEN_CANDIDATES, CandidateState, RequestState
from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterable[Proof]:
    """Goodwill is held exactly for open candidates; a confirmed request has one customer who agreed."""
    yield by_query(
        "goodwill is held for open candidates, and for no others",
        "SELECT c.public_id AS candidate, c.state, k.state AS ask FROM references_candidate c"
        " JOIN references_ask k ON k.id = c.ask_id"
        " WHERE (c.state = ANY(%(open)s::text[])) <> (k.state = ANY(%(asks)s::text[]))",
        {"open": _listed(OPEN_CANDIDATES), "asks": _listed(OPEN_ASKS)},
    )
    yield by_query(
        "a confirmed request has one customer who agreed, a held one one who spoke",
        "SELECT r.public_id AS request, r.state FROM references_referencerequest r WHERE"
        " (r.state = %(confirmed)s AND (SELECT count(*) FROM references_candidate c"
        "   WHERE c.request_id = r.id AND c.state = ANY(%(agreed)s::text[])) <> 1)"
        " OR (r.state = ANY(%(held)s::text[]) AND (SELECT count(*) FROM references_candidate c"
        "   WHERE c.request_id = r.id AND c.state = %(completed)s) <> 1)",
        {
            "confirmed": RequestState.CONFIRMED.value,
            "agreed": _listed(AGREED_CANDIDATES),
            "held": _listed((RequestState.DELIVERED, RequestState.CLOSED)),
            "completed": CandidateState.COMPLETED.value,
        },
    )


def _listed(states: Iterable[str]) -> str:
    """Return states as a Postgres array."""
    return "{" + ",".join(str(state) for state in states) + "}"
