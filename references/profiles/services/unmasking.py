"""Showing somebody the name of a masked customer: with a reason, for a time, on record."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import Account
from references.accounts.selectors import hidden_from
from references.accounts.services.locks import lock_account
from references.profiles.models import Unmasking
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import Subject, emit
from refprogram.people.models import User

FOR: Final = dt.timedelta(hours=24)
LONGEST: Final = 200


@transaction.atomic
def unmask(*, account: Account, by: User, reason: str) -> Unmasking:
    """Show a colleague who a masked customer is, for 24 hours. Whoever looks after the customer is told."""
    words = " ".join(reason.split())
    if len(words) < 5:
        message = _("Say what you need the name for: it is kept, and who looks after them reads it.")
        raise InvalidInput(message, errors={"reason": message})
    account = lock_account(account.pk)
    if not hidden_from(by).filter(pk=account.pk).exists():
        raise DomainError(_("You know this name already."))
    now = timezone.now()
    return _record(account, by, words[:LONGEST], at=now, until=now + FOR, source=None)


@transaction.atomic
def unmask_for(*, account: Account, user: User, source: Subject, until: dt.datetime, reason: str) -> Unmasking | None:
    """Show the name to whom something was approved, until that is over; None if it is known, or shown already."""
    account = lock_account(account.pk)
    if not hidden_from(user).filter(pk=account.pk).exists():
        return None
    return _record(account, user, reason[:LONGEST], at=timezone.now(), until=until, source=source)


def _record(
    account: Account, user: User, reason: str, *, at: dt.datetime, until: dt.datetime, source: Subject | None
) -> Unmasking:
    row = Unmasking(
        account=account, user=user, reason=reason, at=at, until=until, source_type=source.type if source else "",
        source_id=source.id if source else None,
    )  # fmt: skip
    row.save(force_insert=True)
    emit(
        "account.unmasked",
        subject=account,
        account_id=account.pk,
        actor_id=user.person_id,
        payload={"unmasking": row.pk, "asked": source is None},
    )
    return row
