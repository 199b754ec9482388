"""What owners and customers answer, and the time that is agreed."""

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts import policy as account_policy
from references.accounts.rules import runs_the_program
from references.accounts.services import book_ask, decline_ask, move_ask, release_ask
from references.accounts.services import pause as pause_asks
from references.accounts.services.locks import lock_account
from references.requests import policy
from references.requests.enums import AGREED_CANDIDATES, CandidateState, CustomerReason, OwnerReason, RequestState
from references.requests.models import Candidate
from references.requests.services import clocks
from references.requests.services.absences import agree_again, take_up_again
from references.requests.services.proposals import approve, holds_goodwill, release_all, reopen
from references.requests.services.rows import lock_candidate, move_candidate, move_request, tell_stream_of, use_link
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.templatetags import rp
from refprogram.people.models import Person, User


@transaction.atomic
def owner_approve(*, candidate: Candidate, actor: User, token: str = "") -> Candidate:
    """The account's owner agrees: the customer is invited."""
    locked = lock_candidate(candidate)
    use_link(token, locked)
    approve(locked, actor=actor)
    return locked


@transaction.atomic
def owner_decline(
    *, candidate: Candidate, actor: User, reason_code: str, reason: str = "", token: str = ""
) -> Candidate:
    """The account's owner would rather not: the goodwill is free again, the program looks further."""
    locked = lock_candidate(candidate)
    use_link(token, locked)
    if reason_code not in OwnerReason.values:
        sentence = _("Choose a reason.")
        raise InvalidInput(sentence, errors={"reason_code": sentence})
    locked.reason_code, locked.reason = reason_code, reason.strip()
    locked.owner_answered_at = timezone.now()
    move_candidate(locked, CandidateState.OWNER_DECLINED, "reason_code", "reason", "owner_answered_at")
    if locked.ask is not None:
        release_ask(ask=locked.ask, actor=actor, note=locked.reason)
    tell_stream_of("candidate.owner_declined", locked, actor)
    return locked


@transaction.atomic
def customer_accept(
    *,
    candidate: Candidate,
    times: Sequence[dt.datetime] = (),
    time_zone: str = "",
    actor: User | None = None,
    token: str = "",
) -> Candidate:
    """The customer says yes, perhaps with times that suit; everybody else in question is let go.

    Saying yes twice is saying it once. `time_zone` is kept for a person whose zone was not known. `actor` is a
    colleague who records what the customer said. Refused when the account was frozen meanwhile: then nobody may take
    up the customer's time, whatever they offered.
    """
    locked = lock_candidate(candidate)
    use_link(token, locked)
    if locked.state in AGREED_CANDIDATES:
        return locked
    _refuse_if_frozen(locked)
    who = actor or locked.contact.person
    if locked.state in (CandidateState.NO_REPLY, CandidateState.NO_SHOW):
        take_up_again(locked, actor=who)
    _learn_zone(locked.contact.person, time_zone)
    locked.offered_times = [at.isoformat() for at in checked_times(times, needed_by=locked.request.needed_by)]
    locked.answered_at = timezone.now()
    locked.scheduled_at = None
    move_candidate(locked, CandidateState.ACCEPTED, "offered_times", "answered_at", "scheduled_at")
    if locked.ask is not None:
        book_ask(ask=locked.ask, actor=who)
    locked.request.confirmed_at = locked.answered_at
    move_request(locked.request, RequestState.CONFIRMED, "confirmed_at")
    clocks.agreed(locked.request)
    release_all(locked.request, actor=who, keep=locked)
    tell_stream_of("candidate.accepted", locked, who, times=len(locked.offered_times))
    return locked


def _learn_zone(person: Person, time_zone: str) -> None:
    """Keep where the customer lives, if they said so and nobody knew: mails and pages then speak their time."""
    if time_zone and not person.time_zone and time_zone in zoneinfo.available_timezones():
        person.time_zone = time_zone
        person.save(update_fields=["time_zone"])


def _refuse_if_frozen(candidate: Candidate) -> None:
    """A freeze takes the account's lock as well, so either it is seen here or it comes after the yes."""
    if lock_account(candidate.account_id).frozen:
        raise DomainError(
            _("Thank you for being ready. Meanwhile this turned out to be a bad moment, so nothing is needed from you.")
        )


def checked_times(times: Sequence[dt.datetime], *, needed_by: dt.date) -> list[dt.datetime]:
    """Return up to three times to come, in order, each once; refuse what is past, or after the day it is needed."""
    now = timezone.now()
    wanted = sorted(set(times))
    if len(wanted) > policy.now().offered_times:
        sentence = _("Three times are enough.")
        raise InvalidInput(sentence, errors={"times": sentence})
    if any(not now < at <= now + policy.now().times_within for at in wanted):
        sentence = _("Please choose times within the next four months.")
        raise InvalidInput(sentence, errors={"times": sentence})
    if any(timezone.localdate(at) > needed_by for at in wanted):
        sentence = _("It is needed by %(day)s. Please choose times until then, or none.") % {"day": rp.day(needed_by)}
        raise InvalidInput(sentence, errors={"times": sentence})
    return wanted


@transaction.atomic
def customer_decline(
    *,
    candidate: Candidate,
    reason_code: str = "",
    reason: str = "",
    pause: bool = False,
    actor: User | None = None,
    token: str = "",
) -> Candidate:
    """The customer says not this time, or cancels what they had agreed to; with `pause`, nobody asks for a while."""
    locked = lock_candidate(candidate)
    use_link(token, locked)
    if locked.state in (CandidateState.DECLINED, CandidateState.RELEASED):
        return locked
    if reason_code not in CustomerReason.values:
        raise InvalidInput(_("Choose one of the reasons, or none."))
    cancelled, held = locked.agreed, holds_goodwill(locked)
    locked.reason_code, locked.reason = reason_code, reason.strip()
    locked.answered_at = timezone.now()
    state = CandidateState.RELEASED if cancelled else CandidateState.DECLINED
    move_candidate(locked, state, "reason_code", "reason", "answered_at")
    who = actor or locked.contact.person
    if held and locked.ask is not None:
        decline_ask(ask=locked.ask, actor=who, note=locked.reason)
    if cancelled:
        reopen(locked.request)
    tell_stream_of("candidate.declined", locked, who, cancelled=cancelled)
    if pause:
        pause_asks(account=locked.account, contact=locked.contact, until=pause_ends(), actor=who)
    return locked


@transaction.atomic
def customer_pauses(*, candidate: Candidate, token: str = "") -> Candidate:
    """The customer wants to be asked for nothing else for a while; this request stays as it stands."""
    locked = lock_candidate(candidate)
    use_link(token, locked)
    pause_asks(account=locked.account, contact=locked.contact, until=pause_ends(), actor=locked.contact.person)
    return locked


def pause_ends() -> dt.date:
    """Return until when a pause lasts that begins today."""
    return clock.today() + account_policy.now().pause


@transaction.atomic
def schedule(
    *, candidate: Candidate, at: dt.datetime, actor: User, seen: dt.datetime | Literal["any"] | None = "any"
) -> Candidate:
    """Choose the time: one of those offered; a program person may also enter what was agreed otherwise.

    After a conversation that did not take place any time may be entered: it was agreed anew. The stream keeps every
    time there was. `seen` is the time that stood on the page of who chooses: an old page moves nothing.
    """
    locked = lock_candidate(candidate)
    if seen != "any" and locked.scheduled_at not in (seen, at):
        raise DomainError(_("The time was changed meanwhile. Look at it, then choose again if it must be another one."))
    if at <= timezone.now():
        raise InvalidInput(_("This time has passed."), errors={"at": _("This time has passed.")})
    missed = locked.state == CandidateState.NO_SHOW
    if locked.times and at not in locked.times and not missed and not runs_the_program(actor):
        raise InvalidInput(_("Choose one of the times that the customer offered."))
    if locked.scheduled_at == at:
        return locked
    if missed:
        agree_again(locked, actor=actor, at=at)
    before, locked.scheduled_at = locked.scheduled_at, at
    move_candidate(locked, CandidateState.SCHEDULED, "scheduled_at")
    if locked.ask is not None:
        move_ask(ask=locked.ask, planned_on=clock.today(at), actor=actor)
    moved = {"moved": True, "before": before.isoformat()} if before else {}
    tell_stream_of("candidate.scheduled", locked, actor, at=at.isoformat(), **moved)
    return locked


@transaction.atomic
def note_silence(*, candidate: Candidate) -> Candidate:
    """The customer has not answered in time: their goodwill is free again, and they may still say yes."""
    locked = lock_candidate(candidate)
    if locked.state != CandidateState.INVITED:
        return locked
    move_candidate(locked, CandidateState.NO_REPLY)
    if locked.ask is not None:
        release_ask(ask=locked.ask, actor=None)
    tell_stream_of("candidate.no_reply", locked, None)
    return locked


@transaction.atomic
def note_reminder(*, candidate: Candidate, number: int) -> bool:
    """Count a reminder before it is sent; false when it was sent already, or an answer has come."""
    locked = lock_candidate(candidate)
    if locked.state != CandidateState.INVITED or locked.reminded >= number:
        return False
    locked.reminded = number
    locked.save(update_fields=["reminded"])
    return True
