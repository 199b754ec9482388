"""A request that a story answers: nobody's time is asked for. It counts as a deflection."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.content.models import Asset
from references.content.services import make_board
from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest
from references.requests.services import clocks
from references.requests.services.needs import submit
from references.requests.services.proposals import release_all
from references.requests.services.rows import lock_request, move_request, tell_stream
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User


@transaction.atomic
def answer_by_content(*, request: ReferenceRequest, assets: Sequence[Asset], actor: User) -> ReferenceRequest:
    """Close a request with stories: a share page of them is made, and everybody still in question is let go.

    Raises ConsentMissing when one of them may not be shown to the prospect.
    """
    locked = lock_request(request)
    locked.closed_at = timezone.now()
    locked.board = make_board(
        title=_("For %(purpose)s") % {"purpose": locked.purpose},
        assets=assets,
        by=actor,
        opportunity=locked.opportunity,
    )
    move_request(locked, RequestState.BY_CONTENT, "closed_at", "board")
    clocks.stop(locked)
    release_all(locked, actor=actor)
    tell_stream("request.by_content", locked, actor, board=locked.board_id, assets=len(assets))
    return locked


@transaction.atomic
def submit_answered(*, assets: Sequence[Asset], **need: Any) -> ReferenceRequest:
    """Write a need down that a story answers at once: nobody is bothered, and it counts all the same."""
    request = submit(**need, asks_customer=False)
    if request.state != RequestState.SUBMITTED:
        raise DomainError(_("It waits for an exception first. Share the story from the library instead."))
    return answer_by_content(request=request, assets=assets, actor=request.requester)
