"""Something that took place without a request, written down afterwards: it counts, and nobody is to blame for it."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import ActivityType, Contact, Opportunity
from references.accounts.services import spend_ask
from references.accounts.services.asks import hold
from references.accounts.services.locks import lock_account, lock_contact
from references.requests.enums import CandidateState, RequestState
from references.requests.models import Candidate, ReferenceRequest
from references.requests.services.rows import tell_stream_of
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.models import User

LATEST: Final = dt.timedelta(days=366)


@transaction.atomic
def log_held(
    *,
    actor: User,
    contact: Contact,
    activity: ActivityType,
    held_at: dt.datetime,
    opportunity: Opportunity | None = None,
    note: str = "",
) -> Candidate:
    """Write down what a customer did for us without having been asked through the program.

    Their effort counts from that day on, like any other. No rule that protects them is looked at: it has happened.
    Writing the same down twice is refused.
    """
    _check(held_at)
    account, who = lock_account(contact.account_id), lock_contact(contact.pk)
    _refuse_twice(who, activity, held_at)
    request = _request(actor, activity, held_at, opportunity, note.strip() or _("somebody who was not named"))
    candidate = Candidate(
        request=request, account=account, contact=who, state=CandidateState.COMPLETED, score=0, proposed_by=actor,
        scheduled_at=held_at,
    )  # fmt: skip
    candidate.save(force_insert=True)
    candidate.ask = hold(
        account=account, contact=who, activity=activity, source=candidate, planned_on=timezone.localdate(held_at),
        actor=actor,
    )  # fmt: skip
    candidate.save(update_fields=["ask"])
    candidate.ask = spend_ask(ask=candidate.ask, actor=actor, at=held_at)
    tell_stream_of("reference.logged", candidate, actor, activity=activity.pk, opportunity=request.opportunity_id)
    return candidate


def _check(held_at: dt.datetime) -> None:
    now = timezone.now()
    if held_at > now:
        sentence = _("This time is still to come.")
        raise InvalidInput(sentence, errors={"held_at": sentence})
    if held_at < now - LATEST:
        sentence = _("That is more than a year ago: it counts for nothing any more.")
        raise InvalidInput(sentence, errors={"held_at": sentence})


def _refuse_twice(contact: Contact, activity: ActivityType, held_at: dt.datetime) -> None:
    day = timezone.localdate(held_at)
    same = Candidate.objects.filter(contact=contact, request__activity=activity, state=CandidateState.COMPLETED)
    if same.filter(ask__planned_on=day).exists():
        raise DomainError(_("It stands there already: the same person, the same day."))


def _request(
    actor: User, activity: ActivityType, held_at: dt.datetime, opportunity: Opportunity | None, purpose: str
) -> ReferenceRequest:
    """The request that there might have been, closed."""
    request = ReferenceRequest(
        requester=actor, activity=activity, opportunity=opportunity, purpose=purpose[:200], after_the_fact=True,
        needed_by=timezone.localdate(held_at), submitted_at=held_at, due_at=held_at, confirmed_at=held_at,
        delivered_at=held_at, closed_at=timezone.now(), state=RequestState.CLOSED,
    )  # fmt: skip
    request.save(force_insert=True)
    return request
