"""What every verb of this room starts and ends with: locking rows, moving them, writing to the stream.

Locks are taken from the top down: request, candidate, then (in the account services) account, contact, ask.
"""

from typing import Any

from django.utils.translation import gettext as _

from references.accounts.services.locks import Actor, actor_id
from references.requests.enums import CANDIDATE_MOVES, REQUEST_MOVES, CandidateState, RequestState
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel import links
from refprogram.kernel.errors import InvalidInput, LinkRefused
from refprogram.kernel.models import Event
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit


def lock_request(request: ReferenceRequest) -> ReferenceRequest:
    """Return the request, locked, as it stands now."""
    rows = ReferenceRequest.objects.select_for_update(of=("self",))
    return rows.select_related("requester__person", "activity", "opportunity").get(pk=request.pk)


def lock_candidate(candidate: Candidate) -> Candidate:
    """Return the candidate with its request, both locked, as they stand now."""
    request = lock_request(candidate.request)
    rows = Candidate.objects.select_for_update(of=("self",))
    locked = rows.select_related("account__owner", "contact__person", "ask").get(pk=candidate.pk)
    locked.request = request
    return locked


def move_request(request: ReferenceRequest, to: RequestState, *also: str) -> None:
    """Move a locked request."""
    move(request, to, moves=REQUEST_MOVES, noun=_("request"), also=also)


def move_candidate(candidate: Candidate, to: CandidateState, *also: str) -> None:
    """Move a locked candidate."""
    move(candidate, to, moves=CANDIDATE_MOVES, noun=_("proposal"), also=also)


def use_link(token: str, candidate: Candidate) -> None:
    """Use up the signed link that this act came by; nothing to do when it came by a page."""
    if token and links.use(token).subject_id != candidate.pk:
        raise LinkRefused(_("This link belongs to another request."))


def needed(text: str, field: str, sentence: str) -> str:
    """Return `text` without blanks around it; refuse with `sentence` when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise InvalidInput(sentence, errors={field: sentence})
    return stripped


def tell_stream(topic: str, request: ReferenceRequest, actor: Actor, **facts: Any) -> Event:
    """Emit one event about a request."""
    prospect = request.opportunity.account_id if request.opportunity else None
    return emit(
        topic,
        subject=request,
        account_id=prospect,
        actor_id=actor_id(actor),
        payload={"requester": request.requester.person_id, **facts},
    )


def tell_stream_of(topic: str, candidate: Candidate, actor: Actor, **facts: Any) -> Event:
    """Emit one event about a candidate; `actor` is a colleague, or the customer by link."""
    owner = candidate.account.owner
    people = {"requester": candidate.request.requester.person_id, "owner": owner.person_id if owner else None}
    return emit(
        topic,
        subject=candidate,
        account_id=candidate.account_id,
        actor_id=actor_id(actor),
        payload={"request": candidate.request_id, "contact": candidate.contact_id, **people, **facts},
    )
