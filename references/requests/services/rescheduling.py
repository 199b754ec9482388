"""An agreed time that one side cannot make: another one is found, and every time there was stays in the stream."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts.services.locks import Actor
from references.requests.enums import CandidateState, RequestState, Side
from references.requests.models import Candidate
from references.requests.services.answers import checked_times
from references.requests.services.rows import lock_candidate, move_candidate, needed, tell_stream_of, use_link
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.people.models import User


@transaction.atomic
def offer_other_times(
    *, candidate: Candidate, times: Sequence[dt.datetime], actor: User | None = None, token: str = ""
) -> Candidate:
    """The customer cannot make the agreed time and offers others; they stay agreed, the requester chooses again.

    `actor` is a colleague who writes down what the customer said.
    """
    locked = lock_candidate(candidate)
    use_link(token, locked)
    if locked.state == CandidateState.ACCEPTED and not times:
        return locked
    wanted = checked_times(times, needed_by=locked.request.needed_by)
    if not wanted:
        sentence = _("Choose one time at least that suits you better.")
        raise InvalidInput(sentence, errors={"times": sentence})
    return _unsettle(locked, Side.CUSTOMER, actor or locked.contact.person, [at.isoformat() for at in wanted])


@transaction.atomic
def ask_for_other_times(*, candidate: Candidate, why: str, actor: User) -> Candidate:
    """Whoever asked cannot make the agreed time: the customer is asked, with the reason, for others."""
    locked = lock_candidate(candidate)
    locked.reason = needed(why, "text", _("Say why the time does not suit: the customer reads it."))
    return _unsettle(locked, Side.REQUESTER, actor, [])


def _unsettle(candidate: Candidate, side: Side, actor: Actor, times: list[str]) -> Candidate:
    agreed = candidate.state in (CandidateState.SCHEDULED, CandidateState.ACCEPTED)
    if not agreed or candidate.request.state != RequestState.CONFIRMED:
        raise IllegalMove(_("proposal"), str(CandidateState(candidate.state).label))
    before, candidate.scheduled_at, candidate.offered_times = candidate.scheduled_at, None, times
    if candidate.state == CandidateState.SCHEDULED:
        move_candidate(candidate, CandidateState.ACCEPTED, "scheduled_at", "offered_times", "reason")
    else:
        candidate.save(update_fields=["offered_times", "reason"])
    facts = {"by": side.value, "before": before.isoformat() if before else None}
    tell_stream_of("candidate.unsettled", candidate, actor, **facts)
    return candidate
