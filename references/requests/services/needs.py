"""The need itself: asked, clarified, changed, refused, withdrawn, given up."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.enums import OPEN_STAGES
from references.accounts.models import ActivityType, Opportunity
from references.requests.enums import MATCHABLE, CandidateState, RequestState, UnfilledReason
from references.requests.models import ReferenceRequest
from references.requests.services import clocks, exceptions
from references.requests.services.intake import against_policy
from references.requests.services.proposals import release_all
from references.requests.services.rows import lock_request, move_request, needed, tell_stream
from refprogram.kernel.custom_fields.definitions import PREFIX
from refprogram.kernel.custom_fields.values import save_values
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.people.models import User

CHANGEABLE = frozenset(
    {
        *("purpose", "needed_by", "topics", "must_industry", "must_region", "must_product", "must_employees"),
        *("must_use_case", "must_persona", "nice", "competitor"),
    }
)


@transaction.atomic
def submit(
    *,
    requester: User,
    activity: ActivityType,
    needed_by: dt.date,
    opportunity: Opportunity | None = None,
    purpose: str = "",
    custom: Mapping[str, Any] | None = None,
    exception_reason: str = "",
    asks_customer: bool = True,
    **wishes: Any,
) -> ReferenceRequest:
    """Ask for a reference, for a deal or for another purpose; the clock starts.

    A restricted requester may say why a large deal cannot wait (`exception_reason`): it waits for an approval then.

    A policy may keep a customer's hour for later in a deal; what takes none (`asks_customer`) is not held to it.

    `wishes` are `topics`, `wanting`, `competitor`, the must-haves `must_…`, and what would be `nice`. Raises
    NotAllowed while the requester may not ask, InvalidInput for a closed deal, a past day or a missing purpose.
    """
    is_exception = exceptions.needs_exception(requester, opportunity, exception_reason)
    _check_day(needed_by)
    if opportunity is not None and opportunity.stage not in OPEN_STAGES:
        sentence = _("This deal is closed already.")
        raise InvalidInput(sentence, errors={"opportunity": sentence})
    why = against_policy(activity=activity, opportunity=opportunity) if asks_customer else ""
    if why:
        raise InvalidInput(why, errors={"activity": why})
    now = timezone.now()
    request = ReferenceRequest(
        requester=requester,
        opportunity=opportunity,
        purpose=needed(purpose or _called(opportunity), "purpose", _("Say for whom the reference is.")),
        activity=activity,
        needed_by=needed_by,
        submitted_at=now,
        due_at=now,
        state=RequestState.EXCEPTION if is_exception else RequestState.SUBMITTED,
        exception_reason=exception_reason.strip() if is_exception else "",
        **wishes,
    )
    request.save()
    save_values(noun="request", object_id=request.pk, values=custom)
    if is_exception:
        exceptions.ask_for_exception(request)
    else:
        clocks.start(request)
        exceptions.tell_submitted(request)
    return request


def _called(opportunity: Opportunity | None) -> str:
    if opportunity is None:
        return ""
    return opportunity.account.name if opportunity.account else str(opportunity)


def _check_day(needed_by: dt.date) -> None:
    if needed_by < timezone.localdate():
        sentence = _("This day has passed.")
        raise InvalidInput(sentence, errors={"needed_by": sentence})


@transaction.atomic
def change(
    *, request: ReferenceRequest, actor: User, custom: Mapping[str, Any] | None = None, **wishes: Any
) -> ReferenceRequest:
    """Change the need while customers are still being looked for; who was proposed already stays proposed."""
    locked = lock_request(request)
    if locked.state not in (*MATCHABLE, RequestState.NEEDS_INFO):
        raise IllegalMove(_("request"), str(RequestState(locked.state).label))
    changed = sorted(name for name in wishes if name in CHANGEABLE and getattr(locked, name) != wishes[name])
    if "needed_by" in changed:
        _check_day(wishes["needed_by"])
    if "purpose" in changed:
        wishes["purpose"] = needed(wishes["purpose"], "purpose", _("Say for whom the reference is."))
    for name in changed:
        setattr(locked, name, wishes[name])
    locked.save(update_fields=changed)
    changed += [f"{PREFIX}{key}" for key in save_values(noun="request", object_id=locked.pk, values=custom)]
    if not changed:
        return locked
    tell_stream("request.changed", locked, actor, fields=changed)
    return locked


@transaction.atomic
def ask_back(*, request: ReferenceRequest, question: str, actor: User) -> ReferenceRequest:
    """Ask the requester something before looking for customers; the clock stands still until the answer."""
    locked = lock_request(request)
    if locked.state != RequestState.SUBMITTED:  # later a customer may be on their way
        raise IllegalMove(_("request"), str(RequestState(locked.state).label))
    locked.question = needed(question, "question", _("Write the question."))
    locked.answer = ""
    locked.asked_back_at = timezone.now()
    move_request(locked, RequestState.NEEDS_INFO, "question", "answer", "asked_back_at")
    clocks.wait_for_requester(locked, by=actor)
    tell_stream("request.asked_back", locked, actor)
    return locked


@transaction.atomic
def answer_question(*, request: ReferenceRequest, answer: str, actor: User) -> ReferenceRequest:
    """Answer the question; the limit moves by the working time for which the clock stood still."""
    locked = lock_request(request)
    locked.answer = needed(answer, "answer", _("Write your answer."))
    locked.asked_back_at = None
    clocks.run_on(locked)
    move_request(locked, RequestState.SUBMITTED, "answer", "due_at", "asked_back_at")
    tell_stream("request.answered", locked, actor)
    return locked


@transaction.atomic
def refuse(*, request: ReferenceRequest, reason: str, actor: User) -> ReferenceRequest:
    """Refuse a new request, with the reason that its requester is told."""
    return _end(request, RequestState.REJECTED, reason, actor)


@transaction.atomic
def mark_unfilled(
    *, request: ReferenceRequest, reason: str, actor: User | None, reason_code: str = UnfilledReason.OTHER
) -> ReferenceRequest:
    """Give up looking, with a reason of the list and a sentence; everybody still in question is let go.

    What could not be found is told to the stream: it is what the program lacks.
    """
    if reason_code not in UnfilledReason.values:
        sentence = _("Choose a reason.")
        raise InvalidInput(sentence, errors={"reason_code": sentence})
    row = _end(request, RequestState.UNFILLED, reason, actor, reason_code=str(reason_code))
    tell_stream(
        "request.unfilled",
        row,
        actor,
        why=row.reason_code,
        activity=row.activity_id,
        industry=row.must_industry,
        region=row.must_region_id,
        product=row.must_product_id,
        employees=row.must_employees,
        use_case=row.must_use_case,
        persona=row.must_persona,
    )
    return row


@transaction.atomic
def withdraw(*, request: ReferenceRequest, actor: User | None, reason: str = "") -> ReferenceRequest:
    """Take the request back; everybody still in question is let go, invited customers are told."""
    return _end(request, RequestState.WITHDRAWN, reason or _("No longer needed"), actor)


@transaction.atomic
def end_question(*, request: ReferenceRequest) -> ReferenceRequest:
    """Take a request back whose requester owes an answer for too long; nothing to do if it came meanwhile."""
    locked = lock_request(request)
    if locked.state != RequestState.NEEDS_INFO:
        return locked
    return withdraw(request=locked, actor=None, reason=_("The question about it was not answered in time."))


@transaction.atomic
def end_late(*, request: ReferenceRequest, why: UnfilledReason) -> ReferenceRequest:
    """Note as not filled what was needed until yesterday; nothing to do if somebody has agreed meanwhile."""
    locked = lock_request(request)
    if locked.state not in MATCHABLE or locked.needed_by >= timezone.localdate():
        return locked
    return mark_unfilled(request=locked, actor=None, reason=str(why.label), reason_code=why)


@transaction.atomic
def end_unheld(*, request: ReferenceRequest) -> ReferenceRequest:
    """Note as not filled what a customer agreed to, for which no time was found until the day it was needed.

    Nothing to do if it was held, or a time was agreed, meanwhile.
    """
    locked = lock_request(request)
    timed = locked.candidates.filter(state=CandidateState.SCHEDULED).exists()
    if locked.state != RequestState.CONFIRMED or locked.needed_by >= timezone.localdate() or timed:
        return locked
    why = UnfilledReason.NOT_HELD
    return mark_unfilled(request=locked, actor=None, reason=str(why.label), reason_code=why)


def _end(
    request: ReferenceRequest, state: RequestState, reason: str, actor: User | None, *, reason_code: str = ""
) -> ReferenceRequest:
    locked = lock_request(request)
    locked.reason = needed(reason, "reason", _("Say why, in a sentence."))
    locked.reason_code, locked.closed_at = reason_code, timezone.now()
    if locked.state == RequestState.EXCEPTION:
        exceptions.give_up(locked, actor or locked.requester, locked.reason)
    move_request(locked, state, "reason", "reason_code", "closed_at")
    clocks.stop(locked)
    release_all(locked, actor=actor)
    tell_stream("request.decided", locked, actor, decision=state.value)
    return locked
