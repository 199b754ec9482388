"""Who is asked next when somebody declines or stays silent.

Who stands in line holds no goodwill: other requests may ask them meanwhile, and whether they may be asked is looked at
when it is their turn. They are not written to before.
"""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from references.accounts.errors import AskRefused
from references.accounts.models import Account, Contact
from references.requests import policy
from references.requests.enums import MATCHABLE, OPEN_CANDIDATES, CandidateState, RequestState
from references.requests.models import Candidate, ReferenceRequest
from references.requests.selectors.ranking import Match, best, match_for
from references.requests.services.proposals import begin, let_go, propose
from references.requests.services.rows import lock_request, tell_stream_of
from references.requests.services.self_serve import serves_itself
from refprogram.kernel.errors import DomainError, IllegalMove
from refprogram.people.models import User


@transaction.atomic
def line_up(*, request: ReferenceRequest, account: Account, actor: User, contact: Contact | None = None) -> Candidate:
    """Put a customer in the line of those who are asked if the one before says no or nothing.

    Raises AskRefused when they could not be asked today, with the reason.
    """
    locked = lock_request(request)
    if locked.state not in (*MATCHABLE, RequestState.CONFIRMED):
        raise IllegalMove(_("request"), str(RequestState(locked.state).label))
    if locked.state != RequestState.CONFIRMED and not locked.candidates.filter(state__in=OPEN_CANDIDATES).exists():
        raise DomainError(_("Nobody is being asked at the moment: propose them instead."))
    return _stand(locked, match_for(locked, account, contact), actor)


def _stand(request: ReferenceRequest, match: Match, actor: User) -> Candidate:
    last = request.candidates.filter(state=CandidateState.LINED_UP).aggregate(last=Max("rank"))["last"]
    candidate = Candidate(
        request=request,
        account=match.account,
        contact=match.contact,
        state=CandidateState.LINED_UP,
        rank=(last or 0) + 1,
        score=match.score.total,
        factors={factor.key: factor.points for factor in match.score.factors},
        proposed_by=actor,
    )
    candidate.save()
    tell_stream_of("candidate.lined_up", candidate, actor)
    return candidate


@transaction.atomic
def ask_next(*, request: ReferenceRequest) -> Candidate | None:
    """Ask who is next in line, unless somebody is being asked already; return who that is.

    Who may not be asked any more is let go, with the reason. With nobody left in line, the best match is asked where
    the program wants that (`policy.backup_by_itself`) or the activity needs nobody in between.
    """
    locked = lock_request(request)
    if locked.state not in MATCHABLE or locked.candidates.filter(state__in=OPEN_CANDIDATES).exists():
        return None
    line = Candidate.objects.select_for_update(of=("self",)).filter(request=locked, state=CandidateState.LINED_UP)
    for candidate in line.select_related("account__owner", "contact__person", "proposed_by").order_by("rank", "pk"):
        candidate.request = locked
        if _has_turn(candidate):
            return candidate
    return _best_of(locked)


def _has_turn(candidate: Candidate) -> bool:
    """Try to ask somebody who stood in line; where that is not possible any more, they are let go."""
    request = candidate.request
    actor = candidate.proposed_by or request.requester
    try:
        with transaction.atomic():
            begin(candidate, actor=actor)
    except AskRefused as refused:
        request.refresh_from_db(fields=["state"])
        candidate.refresh_from_db(fields=["state", "ask", "approver", "rank"])
        candidate.reason = refused.message
        let_go(candidate, actor=None)
        return False
    return True


def _best_of(request: ReferenceRequest) -> Candidate | None:
    if not (policy.now().backup_by_itself or serves_itself(request)):
        return None
    for match in best(request, policy.now().self_serve_line):
        try:
            with transaction.atomic():
                return propose(request=request, account=match.account, contact=match.contact, actor=request.requester)
        except AskRefused:
            continue
    return None


@transaction.atomic
def serve(*, request: ReferenceRequest) -> Candidate | None:
    """Find a customer without a program person, where activity and requester allow it; the next best stand in line."""
    locked = lock_request(request)
    if locked.state != RequestState.SUBMITTED or not serves_itself(locked) or locked.candidates.exists():
        return None
    first = _best_of(locked)
    if first is not None:
        for match in best(locked, policy.now().self_serve_line):
            _stand(locked, match, locked.requester)
    return first
