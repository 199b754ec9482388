"""A request that is not the program's: passed on to a colleague, who says when it is settled."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.rules import is_colleague
from references.requests import clock
from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest
from references.requests.services import clocks
from references.requests.services.rows import lock_request, move_request, needed, tell_stream
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.people.calendars.selectors import hours_of
from refprogram.people.models import User


@transaction.atomic
def pass_on(
    *, request: ReferenceRequest, colleague: User, reason: str, due_on: dt.date, actor: User
) -> ReferenceRequest:
    """Pass a new request on to a colleague who can help better, with the reason and until when; both are told."""
    locked = lock_request(request)
    _check(locked, colleague, due_on)
    locked.reason = needed(reason, "reason", _("Say why, in a sentence."))
    locked.redirected_to = colleague
    locked.due_at = clock.end_of(due_on, hours_of(colleague))
    move_request(locked, RequestState.REDIRECTED, "reason", "redirected_to", "due_at")
    clocks.stop(locked)
    tell_stream("request.passed_on", locked, actor, colleague=colleague.person_id, due=due_on.isoformat())
    return locked


def _check(request: ReferenceRequest, colleague: User, due_on: dt.date) -> None:
    if due_on < timezone.localdate():
        sentence = _("This day has passed.")
        raise InvalidInput(sentence, errors={"due_on": sentence})
    if not is_colleague(colleague) or colleague.pk == request.requester_id:
        sentence = _("Choose a colleague who works here, and did not ask themselves.")
        raise InvalidInput(sentence, errors={"colleague": sentence})


@transaction.atomic
def settle(*, request: ReferenceRequest, answer: str, actor: User) -> ReferenceRequest:
    """Say what became of a request that was passed on; whoever asked is told. Once: the first word stands."""
    locked = lock_request(request)
    if locked.state != RequestState.REDIRECTED:
        raise IllegalMove(_("request"), str(RequestState(locked.state).label))
    if locked.closed_at is not None:
        raise DomainError(_("It is settled already."))
    locked.question = ""
    locked.answer = needed(answer, "answer", _("Say in a sentence what became of it."))
    locked.closed_at = timezone.now()
    locked.save(update_fields=["question", "answer", "closed_at"])
    tell_stream("request.settled", locked, actor)
    return locked
