"""What a customer was promised before a conversation, and the thanks of whoever answers for them after it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.requests.enums import AGREED_CANDIDATES, CandidateState
from references.requests.models import Candidate
from references.requests.services.rows import lock_candidate, needed, tell_stream_of
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User

LONGEST = 2000


@transaction.atomic
def keep_promise(*, candidate: Candidate, promised: str, actor: User) -> Candidate:
    """Write down what the customer was promised; both briefs say it. Only while the conversation is still to come."""
    locked = lock_candidate(candidate)
    if locked.state not in AGREED_CANDIDATES:
        raise DomainError(_("The conversation is not to come any more: what was promised stays as it is."))
    locked.promised = promised.strip()[:LONGEST]
    locked.save(update_fields=["promised"])
    tell_stream_of("candidate.promised", locked, actor)
    return locked


@transaction.atomic
def send_thanks(*, candidate: Candidate, words: str, actor: User) -> Candidate:
    """Thank a customer who spoke for us in the owner's own words, once: the mail is sent from the stream."""
    locked = lock_candidate(candidate)
    said = needed(words, "words", _("Write a few words."))[:LONGEST]
    if locked.state != CandidateState.COMPLETED:
        raise DomainError(_("It has not taken place yet, as far as we know."))
    if locked.thanked_at is not None:
        raise DomainError(_("They were thanked already."))
    locked.thanked_at, locked.thanks = timezone.now(), said
    locked.save(update_fields=["thanked_at", "thanks"])
    tell_stream_of("candidate.thanked", locked, actor)
    return locked
