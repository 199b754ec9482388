"""Objections: what came was not what was promised, or never came. Answered within some days, by somebody else."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.catalogue import policy
from incentives.catalogue.enums import POINTS_SPENT, DisputeState
from incentives.catalogue.models import Dispute, Redemption
from incentives.catalogue.services.handling import give_back
from incentives.catalogue.services.rows import allowed, lock, said, tell
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.people.models import Person, User


def may_dispute(row: Redemption) -> bool:
    """Whether an objection can be raised now: the points are spent, it is not too long ago, and none is open."""
    until = None if row.delivered_at is None else row.delivered_at + dt.timedelta(days=policy.now().dispute_within)
    in_time = until is None or timezone.now() <= until
    return row.state in POINTS_SPENT and in_time and not row.disputes.filter(state=DisputeState.OPEN).exists()


@transaction.atomic
def dispute(*, redemption: Redemption, person: Person, words: str) -> Dispute:
    """Object to what came, or did not. Raises DomainError where that is too late, or an objection is open."""
    row = lock(redemption)
    if row.person_id != person.pk:
        raise NotAllowed(_("Only %(name)s can object to it.") % {"name": row.person.name})
    if not may_dispute(row):
        raise DomainError(_("An objection is open already, the points are back, or it is too long ago."))
    text = " ".join(words.split())[:1000]
    if not text:
        message = _("Say what is wrong.")
        raise InvalidInput(message, errors={"words": message})
    due_at = timezone.now() + dt.timedelta(days=policy.now().dispute_answered)
    made = Dispute(redemption=row, words=text, due_at=due_at)
    made.save(force_insert=True)
    tell("redemption.disputed", row, actor_id=person.pk)
    return made


@transaction.atomic
def answer_dispute(*, redemption: Redemption, corrected: bool, answer: str, by: User) -> Redemption:
    """Answer the open objection: it stays as it is, or the points come back. Never by whose it is."""
    row = lock(redemption)
    allowed(by)
    if by.person_id == row.person_id:
        raise NotAllowed(_("Somebody else answers an objection of yours."))
    open_one = row.disputes.select_for_update().filter(state=DisputeState.OPEN).first()
    if open_one is None:
        raise DomainError(_("No objection is open here."))
    words = said(answer, most=1000)
    open_one.state = DisputeState.CORRECTED if corrected else DisputeState.UPHELD
    open_one.answer, open_one.answered_by, open_one.answered_at = words, by, timezone.now()
    open_one.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    tell("redemption.answered", row, actor_id=by.person_id, corrected=corrected)
    if corrected and row.state in POINTS_SPENT:
        row = give_back(redemption=row, reason=words, by=by)
    return row
