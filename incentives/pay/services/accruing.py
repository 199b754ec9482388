"""Amounts that accrue: any number in one statement, each once. None is ever changed; a wrong one is reversed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay.enums import AccrualKind
from incentives.pay.models import Accrual, PayPeriod
from incentives.pay.months import hold_open, month_of
from incentives.pay.services import setting_aside
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import new_public_id
from refprogram.kernel.stream import Subject
from refprogram.people.models import User

CENT = Decimal("0.01")
MOST = Decimal("1000000.00")  # more than that at once is a slip of the finger, whoever booked it

_ACCRUE = """
INSERT INTO incentives_accrual (
    public_id, key, kind, person_id, period_id, earned_in, amount, escalates, memo, event_id, rule_id, rule_version,
    spiff_id, escalator_id, score, reverses_id, actor_id, occurred_at, created_at
)
SELECT given.*, %(now)s FROM unnest(
    %(public_id)s::text[], %(key)s::text[], %(kind)s::text[], %(person)s::bigint[], %(period)s::bigint[],
    %(earned_in)s::date[], %(amount)s::numeric[], %(escalates)s::bool[], %(memo)s::text[], %(event)s::bigint[],
    %(rule)s::bigint[], %(version)s::smallint[], %(spiff)s::bigint[], %(escalator)s::bigint[], %(score)s::smallint[],
    %(reverses)s::bigint[], %(actor)s::bigint[], %(occurred_at)s::timestamptz[]
) AS given
ON CONFLICT (key) DO NOTHING
RETURNING key, id
"""


@dataclass(frozen=True)
class AccrualIn:
    """One amount as it is to accrue; `key` makes twice once. What a rule gives is multiplied by the escalator.

    `earned_in` is the month it is for: by itself that of `occurred_at`.
    """

    key: str
    person_id: int
    amount: Decimal
    event_id: int | None = None
    rule_id: int | None = None
    rule_version: int | None = None
    occurred_at: dt.datetime = field(default_factory=timezone.now)
    kind: AccrualKind = AccrualKind.RULE
    memo: str = ""
    earned_in: dt.date | None = None
    escalates: bool | None = None
    spiff_id: int | None = None
    escalator_id: int | None = None
    score: int | None = None
    reverses_id: int | None = None
    actor_id: int | None = None

    @property
    def month(self) -> dt.date:
        """The month it is for."""
        return self.earned_in or month_of(self.occurred_at)

    @property
    def multiplied(self) -> bool:
        """Whether the escalator counts it."""
        return self.kind == AccrualKind.RULE if self.escalates is None else self.escalates


@transaction.atomic
def accrue_many(accruals: Sequence[AccrualIn]) -> dict[str, int]:
    """Book all of them; return key -> id of those that were not there before.

    Each is paid with its own month, or with the next one that is open. Raises InvalidInput for an amount that is none,
    or too much; then none is booked.
    """
    if not accruals:
        return {}
    for each in accruals:
        _check(each.amount)
    periods = hold_open(each.month for each in accruals)
    with connection.cursor() as cursor:
        cursor.execute(_ACCRUE, _arrays(accruals, periods))
        made = dict(cursor.fetchall())
    _tell([each for each in accruals if each.key in made], made)
    return made


def _check(amount: Decimal) -> None:
    if not amount.is_finite() or amount == 0 or amount != amount.quantize(CENT) or abs(amount) > MOST:
        message = _("An amount of pay is not nothing, has whole cents, and is a million at most.")
        raise InvalidInput(message, errors={"amount": message})


def _arrays(accruals: Sequence[AccrualIn], periods: dict[dt.date, PayPeriod]) -> dict[str, Any]:
    return {
        "now": timezone.now(),
        "public_id": [new_public_id() for _each in accruals],
        "key": [each.key for each in accruals],
        "kind": [str(each.kind) for each in accruals],
        "person": [each.person_id for each in accruals],
        "period": [periods[each.month].pk for each in accruals],
        "earned_in": [each.month for each in accruals],
        "amount": [each.amount for each in accruals],
        "escalates": [each.multiplied for each in accruals],
        "memo": [each.memo for each in accruals],
        "event": [each.event_id for each in accruals],
        "rule": [each.rule_id for each in accruals],
        "version": [each.rule_version for each in accruals],
        "spiff": [each.spiff_id for each in accruals],
        "escalator": [each.escalator_id for each in accruals],
        "score": [each.score for each in accruals],
        "reverses": [each.reverses_id for each in accruals],
        "actor": [each.actor_id for each in accruals],
        "occurred_at": [each.occurred_at for each in accruals],
    }


def _tell(new: Sequence[AccrualIn], made: dict[str, int]) -> None:
    actors = dict(
        User.objects.filter(pk__in={each.actor_id for each in new if each.actor_id}).values_list("pk", "person_id")
    )
    now = timezone.now()
    emit_bulk(
        [
            BulkEvent(
                "pay.corrected" if each.actor_id else "pay.accrued",
                Subject("accrual", made[each.key]),
                actors.get(each.actor_id or 0),
                {"person": each.person_id, "amount": str(each.amount)},
                now,
            )
            for each in new
        ]
    )


@transaction.atomic
def correct(*, accrual: Accrual, amount: Decimal, reason: str, actor: User) -> list[Accrual]:
    """Put an amount right: it is taken back whole, and what it should have been is booked (nothing, where that is 0).

    Both are for the month that it was for, and paid with the first one that is open. Once: an amount that was taken
    back is corrected in the one that replaced it. The fund of a prize moves with it.
    """
    locked = Accrual.objects.select_for_update().get(pk=accrual.pk)
    why = " ".join(reason.split())[:200]
    if not why:
        raise InvalidInput(_("Say why."), errors={"reason": _("Say why.")})
    if locked.kind in (AccrualKind.REVERSAL, AccrualKind.ESCALATOR):
        raise DomainError(_("That follows from other amounts. Correct those, and it follows."))
    if hasattr(locked, "reversed_by"):
        raise DomainError(_("That amount was taken back already."))
    if amount == locked.amount:
        message = _("That is the amount as it is.")
        raise InvalidInput(message, errors={"amount": message})
    shared: dict[str, Any] = {
        "person_id": locked.person_id,
        "earned_in": locked.earned_in,
        "escalates": locked.escalates,
        "rule_id": locked.rule_id,
        "rule_version": locked.rule_version,
        "spiff_id": locked.spiff_id,
        "actor_id": actor.pk,
        "memo": why,
    }
    key = f"correct:{locked.pk}"
    wanted = [
        AccrualIn(f"{key}:back", amount=-locked.amount, kind=AccrualKind.REVERSAL, reverses_id=locked.pk, **shared)
    ]
    if amount != 0:
        wanted.append(AccrualIn(f"{key}:right", amount=amount, kind=AccrualKind.HAND, **shared))
    made = accrue_many(wanted)
    if locked.spiff is not None:
        setting_aside.follow_correction(locked.spiff, change=amount - locked.amount, key=f"spiff:{key}", by=actor)
    return list(Accrual.objects.filter(pk__in=made.values()).order_by("pk"))
