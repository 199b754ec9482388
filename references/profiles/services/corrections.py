"""What is wrong in the CRM: proposed by a colleague, sent back by the program, closed by the import that brings it."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import provenance
from references.accounts.models import Account
from references.accounts.services.locks import lock_account
from references.profiles.enums import CORRECTION_MOVES, OPEN_CORRECTIONS, CorrectionState
from references.profiles.models import Correction
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit
from refprogram.people.models import User

FIGURES = frozenset({"employees", "revenue", "founded"})
DAYS = frozenset({"live_since"})
LONGEST = 200
_NOUN = "correction"


@transaction.atomic
def propose_correction(*, account: Account, field: str, proposed: str, by: User, note: str = "") -> Correction:
    """Say that a field the CRM owns is wrong. Nothing changes here until the CRM says so."""
    account = lock_account(account.pk)
    if field not in provenance.owned(account):
        message = _("The CRM does not own this field: it can be changed here.")
        raise InvalidInput(message, errors={"field": message})
    stood, proposed = provenance.value_of(account, field), " ".join(proposed.split())
    _refuse_unsound(field, stood, proposed)
    waiting = Correction.objects.filter(account=account, field=field, state__in=OPEN_CORRECTIONS).first()
    if waiting is not None:
        message = _("A correction of this field is on its way already: “%(value)s”.") % {"value": waiting.proposed}
        raise DomainError(message, errors={"field": message})
    row = Correction(
        account=account, field=field, stood=stood[:LONGEST], proposed=proposed, note=note.strip()[:LONGEST],
        proposed_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    _emit("correction.proposed", row, by)
    return row


def _refuse_unsound(field: str, stood: str, proposed: str) -> None:
    message = ""
    if len(proposed) > LONGEST:
        message = _("At most %(n)d letters.") % {"n": LONGEST}
    elif field in FIGURES and proposed and _figure(proposed) is None:
        message = _("Write a number.")
    elif field in DAYS and proposed and not _is_day(proposed):
        message = _("Write a day as 2026-03-12.")
    elif _same(field, stood, proposed):
        message = _("That is what the CRM says already.")
    if message:
        raise InvalidInput(message, errors={"proposed": message})


def _figure(value: str) -> Decimal | None:
    try:
        found = Decimal(value.replace(" ", "").replace("\u202f", "").replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _is_day(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _same(field: str, one: str, other: str) -> bool:
    if field in FIGURES and one and other:
        return _figure(one) == _figure(other)
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


@transaction.atomic
def send_corrections(*, corrections: Iterable[Correction], by: User) -> int:
    """Note that these went to whoever keeps the CRM; return how many were still to be sent."""
    wanted = [row.pk for row in corrections]
    rows = Correction.objects.select_for_update(of=("self",)).filter(pk__in=wanted, state=CorrectionState.PROPOSED)
    sent = list(rows.order_by("pk"))
    for row in sent:
        row.decided_by, row.decided_at = by, timezone.now()
        move(row, CorrectionState.SENT, moves=CORRECTION_MOVES, noun=_NOUN, also=["decided_by", "decided_at"])
        _emit("correction.sent", row, by)
    return len(sent)


@transaction.atomic
def refuse_correction(*, correction: Correction, by: User, reason: str) -> Correction:
    """Say that the CRM stays as it is, and why: the author is told."""
    words = reason.strip()
    if not words:
        message = _("Say why: whoever proposed it reads this.")
        raise InvalidInput(message, errors={"reason": message})
    row = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    row.decided_by, row.decided_at = by, timezone.now()
    row.note = " · ".join(filter(None, (words, row.note)))[:LONGEST]
    also = ["decided_by", "decided_at", "note"]
    move(row, CorrectionState.REFUSED, moves=CORRECTION_MOVES, noun=_NOUN, also=also)
    _emit("correction.refused", row, by)
    return row


@transaction.atomic
def close_confirmed() -> int:
    """Close every correction that the CRM says by now: called by the import, in its transaction."""
    rows = Correction.objects.select_for_update(of=("self",)).filter(state__in=OPEN_CORRECTIONS)
    done = [
        row
        for row in rows.select_related("account__region", "account__owner__person", "account__parent").order_by("pk")
        if _same(row.field, provenance.value_of(row.account, row.field), row.proposed)
    ]
    for row in done:
        row.decided_at = timezone.now()
        move(row, CorrectionState.DONE, moves=CORRECTION_MOVES, noun=_NOUN, also=["decided_at"])
        _emit("correction.done", row, None)
    return len(done)


def _emit(topic: str, row: Correction, by: User | None) -> None:
    emit(
        topic,
        subject=row,
        account_id=row.account_id,
        actor_id=None if by is None else by.person_id,
        payload={"field": row.field},
    )
