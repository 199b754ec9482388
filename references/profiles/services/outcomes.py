"""What got better at a customer: noted by one colleague, verified by another, counted only then."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import Account, Contact
from references.accounts.services.locks import lock_account
from references.profiles import counting
from references.profiles.enums import Direction
from references.profiles.models import Outcome
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.files import services as files
from refprogram.kernel.files.selectors import files_of
from refprogram.kernel.models import StoredFile
from refprogram.kernel.stream import emit
from refprogram.people.models import User

FIELDS: Final = frozenset({
    "metric", "unit", "before", "after", "direction", "period", "contact", "evidence_url",
})  # fmt: skip


@transaction.atomic
def record_outcome(
    *,
    account: Account,
    by: User,
    metric: str,
    before: Decimal,
    after: Decimal,
    direction: str = Direction.UP,
    unit: str = "",
    period: str = "",
    contact: Contact | None = None,
    evidence_url: str = "",
    evidence: StoredFile | None = None,
) -> Outcome:
    """Note what a customer measured before and after. It counts once somebody else has verified it."""
    account = lock_account(account.pk)
    outcome = Outcome(
        account=account, contact=contact, metric=" ".join(metric.split()), unit=unit.strip(), before=before,
        after=after, direction=direction, period=period.strip(), evidence_url=evidence_url.strip(), recorded_by=by,
    )  # fmt: skip
    _check(outcome)
    outcome.save(force_insert=True)
    if evidence is not None:
        files.attach(file=evidence, subject=outcome)
    _emit("outcome.recorded", outcome, by)
    return outcome


@transaction.atomic
def edit_outcome(*, outcome: Outcome, by: User, evidence: StoredFile | None = None, **fields: Any) -> Outcome:
    """Change an outcome; what is not named stays. What was verified has to be verified again."""
    unknown = fields.keys() - FIELDS
    if unknown:
        message = f"not a field that may be set: {sorted(unknown)}"
        raise TypeError(message)
    row = _lock(outcome)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    _check(row)
    if evidence is not None:
        for old in files_of([row]).get(row.pk, []):
            files.remove(file=old)
        files.attach(file=evidence, subject=row)
        changed.append("evidence")
    if changed:
        row.verified_at, row.verified_by, row.recorded_by = None, None, by
        row.save()
        counting.settle([row.account_id])
        _emit("outcome.changed", row, by, fields=changed)
    return row


@transaction.atomic
def verify_outcome(*, outcome: Outcome, by: User) -> Outcome:
    """Say that an outcome is true, having looked at its evidence: somebody other than who wrote it. Twice is once."""
    row = _lock(outcome)
    if row.recorded_by_id == by.pk:
        raise NotAllowed(_("You wrote it: somebody else has to verify it."))
    if not row.evidence_url and not files_of([row]).get(row.pk):
        raise DomainError(_("There is no evidence to look at yet: add an address or a file."))
    if row.verified_at is None:
        row.verified_at, row.verified_by = timezone.now(), by
        row.save(update_fields=["verified_at", "verified_by"])
        counting.settle([row.account_id])
        _emit("outcome.verified", row, by)
    return row


@transaction.atomic
def remove_outcome(*, outcome: Outcome, by: User) -> Account:
    """Take an outcome away that was noted in error. One that a story rests on stays."""
    row = _lock(outcome)
    if row.claims.exists():  # of the room above
        raise DomainError(_("A story rests on this outcome. Take the sentence out of the story first."))
    for file in files_of([row]).get(row.pk, []):
        files.remove(file=file)
    _emit("outcome.removed", row, by)
    row.delete()
    counting.settle([row.account_id])
    return row.account


def _lock(outcome: Outcome) -> Outcome:
    account = lock_account(outcome.account_id)
    row = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    row.account = account
    return row


def _check(outcome: Outcome) -> None:
    errors = {}
    if not outcome.metric:
        errors["metric"] = _("What was measured?")
    if outcome.before == outcome.after:
        errors["after"] = _("Both readings are the same: nothing changed.")
    if outcome.contact is not None and outcome.contact.account_id != outcome.account_id:
        errors["contact"] = _("This person works for another customer.")
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)
    outcome.full_clean(exclude=["account", "contact", "recorded_by", "verified_by"])


def _emit(topic: str, outcome: Outcome, by: User, *, fields: Collection[str] = ()) -> None:
    payload = {"fields": sorted(fields)} if fields else {}
    emit(topic, subject=outcome, account_id=outcome.account_id, actor_id=by.person_id, payload=payload)
