"""What must always hold about requests, asked of the live data by `manage.py verify`."""

from collections.abc import Iterable
from typing import Final

from references.accounts.enums import OPEN_ASKS
from references.requests.enums import AGREED_CANDIDATES, OPEN_CANDIDATES, CandidateState, RequestState
from references.requests.models import Speaker
from refprogram.kernel.proofs import Proof, by_query

SPEAKER: Final = ", ".join(str(field.column) for field in Speaker._meta.fields if not field.primary_key)


def proofs() -> Iterable[Proof]:
    """Goodwill is held exactly for open candidates; a confirmed request has one customer who agreed; kept speakers."""
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
    kept, said = (f"SELECT {SPEAKER} FROM references_speaker{which}" for which in ("", "_said"))  # noqa: S608 - ours
    yield by_query(
        "matching reads of each speaker what contacts, consents and asks say",
        f"(SELECT 'kept' AS row, wrong.* FROM ({kept} EXCEPT {said}) wrong)"  # noqa: S608 - ours
        f" UNION ALL (SELECT 'missing' AS row, wrong.* FROM ({said} EXCEPT {kept}) wrong)",
    )


def _listed(states: Iterable[str]) -> str:
    """Return states as a Postgres array."""
    return "{" + ",".join(str(state) for state in states) + "}"
