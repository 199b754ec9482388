"""What is not the owner's fault: excused with a reason; and the clock, which stops at a proposal to the CRM."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.quality.enums import Attribute, RecordType
from incentives.quality.models import Fault
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

# The fields of an account that the CRM owns, as corrections call them, and what they are here.
FIELDS = {
    "industry": Attribute.INDUSTRY,
    "region": Attribute.REGION,
    "city": Attribute.CITY,
    "employees": Attribute.SIZE,
    "owner": Attribute.OWNER,
}
LONGEST = 200


@transaction.atomic
def excuse(*, fault: Fault, reason: str, by: User) -> Fault:
    """Say that a fault is not the owner's to mend, and why. It costs nothing, in no month that is still open."""
    row = _lock(fault)
    if not by.has_perm("incentives.excuse_fault", row):
        raise NotAllowed(_("Reference managers and the owner’s manager excuse a fault, and nobody their own."))
    words = " ".join(reason.split())[:LONGEST]
    if not words:
        message = _("Say why: the owner reads it.")
        raise InvalidInput(message, errors={"reason": message})
    if row.mended_at is not None or row.excused_at is not None:
        raise DomainError(_("It is mended or excused already."))
    row.excused_at, row.excused_by, row.excuse = timezone.now(), by, words
    row.save(update_fields=["excused_at", "excused_by", "excuse"])
    _tell("quality.excused", row, by)
    return row


@transaction.atomic
def stop_clock(*, account_id: int, field: str, at: dt.datetime) -> int:
    """A write-back of this field was proposed: nobody is charged for what is out of their hands. Twice is once."""
    rows = _of_field(account_id, field).filter(proposed_at__isnull=True)
    return rows.update(proposed_at=at, updated_at=timezone.now())


@transaction.atomic
def start_clock_anew(*, account_id: int, field: str, at: dt.datetime) -> int:
    """The write-back was refused: the fault is theirs again, with all of its hours."""
    rows = _of_field(account_id, field).filter(proposed_at__lt=at)
    return rows.update(proposed_at=None, clock_from=at, updated_at=timezone.now())


def _of_field(account_id: int, field: str) -> QuerySet[Fault]:
    return Fault.objects.filter(
        record_type=RecordType.ACCOUNT, record_id=account_id, attribute=FIELDS.get(field, ""), mended_at__isnull=True
    )


def _lock(fault: Fault) -> Fault:
    return Fault.objects.select_for_update(of=("self",)).select_related("user__person", "user__team").get(pk=fault.pk)


def _tell(topic: str, row: Fault, by: User) -> None:
    payload = {"person": row.user.person_id if row.user else None, "attribute": row.attribute}
    emit(topic, subject=row, actor_id=by.person_id, payload=payload)
