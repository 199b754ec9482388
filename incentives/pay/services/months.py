"""Closing a month of pay: one person closes, another agrees; then its lines never change again."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay import letters
from incentives.pay.enums import PERIOD_MOVES, AccrualKind, PeriodState
from incentives.pay.escalating import NOTHING
from incentives.pay.models import Accrual, PayLine, PayPeriod
from incentives.pay.months import last_day
from incentives.pay.selectors import escalators
from incentives.pay.selectors.names import month_name
from incentives.pay.services.accruing import AccrualIn, accrue_many
from incentives.quality import services as quality
from incentives.quality.selectors import scores_of
from refprogram.kernel import moves, rollups
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

CLOSE = "incentives.close_pay"
# The columns of a line, and which amounts each of them sums.
BUCKETS = {
    "rules": (AccrualKind.RULE,),
    "spiffs": (AccrualKind.SPIFF,),
    "escalator": (AccrualKind.ESCALATOR,),
    "corrections": (AccrualKind.REVERSAL, AccrualKind.HAND),
}


@transaction.atomic
def close(*, period: PayPeriod, actor: User) -> PayPeriod:
    """Close a month that is over: the escalator is settled, nothing more comes in, and a second person is asked."""
    _may(actor)
    locked = _locked(period)
    moves.check(locked, PeriodState.CLOSING, moves=PERIOD_MOVES, noun=_("month"))
    _ready(locked)
    settle_escalator(locked)
    locked.proposed_by, locked.proposed_at = actor, timezone.now()
    also = ["proposed_by", "proposed_at"]
    moves.move(locked, PeriodState.CLOSING, moves=PERIOD_MOVES, noun=_("month"), also=also)
    emit("pay.closing", subject=locked, actor_id=actor.person_id)
    letters.agree_please(locked, actor)
    return locked


@transaction.atomic
def agree(*, period: PayPeriod, actor: User) -> PayPeriod:
    """Agree to a month that somebody else closed: its lines are written, and each person is told theirs."""
    _may(actor)
    locked = _locked(period)
    moves.check(locked, PeriodState.CLOSED, moves=PERIOD_MOVES, noun=_("month"))
    if locked.proposed_by_id == actor.pk:
        raise NotAllowed(_("You closed it yourself: somebody else agrees."))
    PayLine.objects.bulk_create(lines_for(locked))
    locked.closed_by, locked.closed_at = actor, timezone.now()
    also = ["closed_by", "closed_at"]
    moves.move(locked, PeriodState.CLOSED, moves=PERIOD_MOVES, noun=_("month"), also=also)
    lines = PayLine.objects.filter(period=locked).select_related("person")
    sums = lines.aggregate(people=Count("pk"), amount=Sum("total"))
    facts = {"people": sums["people"], "amount": str(sums["amount"] or NOTHING)}
    emit("pay.closed", subject=locked, actor_id=actor.person_id, payload=facts)
    letters.month_closed(locked, lines.order_by("pk"))
    return locked


@transaction.atomic
def reopen(*, period: PayPeriod, reason: str, actor: User) -> PayPeriod:
    """Open a month again that nobody has agreed to yet; who closed it reads why."""
    _may(actor)
    why = " ".join(reason.split())[:300]
    if not why:
        raise InvalidInput(_("Say why."), errors={"reason": _("Say why.")})
    locked = _locked(period)
    proposer = locked.proposed_by
    locked.proposed_by, locked.proposed_at = None, None
    also = ["proposed_by", "proposed_at"]
    moves.move(locked, PeriodState.OPEN, moves=PERIOD_MOVES, noun=_("month"), also=also)
    emit("pay.reopened", subject=locked, actor_id=actor.person_id)
    if proposer is not None and proposer != actor:
        letters.reopened(locked, proposer, actor, why)
    return locked


def lines_for(period: PayPeriod) -> list[PayLine]:
    """Return what each person gets with the month: the sums of what came into it, by where it comes from."""
    own = Accrual.objects.filter(period=period)
    sums = {name: Sum("amount", filter=Q(kind__in=kinds)) for name, kinds in BUCKETS.items()}
    rows: QuerySet[Any, Any] = own.values("person_id", "person__email").annotate(
        **sums,
        total=Sum("amount"),
        score=Max("score", filter=Q(earned_in=period.starts_on)),
    )
    return [
        PayLine(
            period=period,
            person_id=row["person_id"],
            payee=row["person__email"],
            total=row["total"],
            score=row["score"],
            **{name: row[name] or NOTHING for name in BUCKETS},
        )
        for row in rows.order_by("person_id")
    ]


def _may(actor: User) -> None:
    if not actor.has_perm(CLOSE):
        raise NotAllowed(_("Months of pay are closed by finance, the head of sales and administrators."))


def _locked(period: PayPeriod) -> PayPeriod:
    return PayPeriod.objects.select_for_update().get(pk=period.pk)


def _ready(period: PayPeriod) -> None:
    if rollups.day_of(timezone.now()) <= last_day(period.starts_on):
        raise DomainError(_("%(month)s is not over yet.") % {"month": month_name(period.starts_on)})
    before = PayPeriod.objects.filter(starts_on__lt=period.starts_on).exclude(state=PeriodState.CLOSED)
    if (earlier := before.order_by("starts_on").first()) is not None:
        raise DomainError(_("Close %(month)s first.") % {"month": month_name(earlier.starts_on)})
    months = _escalating(period).order_by("earned_in").values_list("earned_in", flat=True).distinct()
    for month in [each for each in months if escalators.in_force(each) is not None]:
        if not quality.freeze(month=month):
            raise DomainError(
                _("The escalator goes by the data quality of %(month)s, and that month is not frozen yet.")
                % {"month": month_name(month)}
            )


def _escalating(period: PayPeriod) -> QuerySet[Accrual]:
    return Accrual.objects.filter(period=period, escalates=True)


def settle_escalator(period: PayPeriod) -> dict[str, int]:
    """Book what the escalator adds for each person and month that something came in for, less what it added before."""
    wanted: list[AccrualIn] = []
    for month in _escalating(period).order_by("earned_in").values_list("earned_in", flat=True).distinct():
        people = set(_escalating(period).filter(earned_in=month).values_list("person_id", flat=True))
        wanted += _due(people, month, period)
    return accrue_many(wanted)


def _due(people: Iterable[int], month: dt.date, period: PayPeriod) -> list[AccrualIn]:
    """Return what is still to be added; where it was switched off since it added something, that is taken back."""
    version = escalators.in_force(month)
    terms, scores = escalators.terms_of(version) if version else None, scores_of(people, month)
    found: list[AccrualIn] = []
    for person, base, added, times, last in _sums(people, month):
        score = scores.get(person, 100)
        more = (terms.added(base, score) if terms else NOTHING) - added
        if more:
            found.append(
                AccrualIn(
                    key=f"escalator:{person}:{month}:{times + 1}",
                    person_id=person,
                    amount=more,
                    kind=AccrualKind.ESCALATOR,
                    earned_in=month,
                    escalator_id=version.pk if version else last,
                    score=score,
                    memo=_("Escalator of %(month)s") % {"month": month_name(month)},
                )
            )
    return found


def _sums(people: Iterable[int], month: dt.date) -> list[tuple[int, Decimal, Decimal, int, int | None]]:
    """Return person, base, what the escalator added already, how many times it did, and by which version last."""
    rows = Accrual.objects.filter(person__in=list(people), earned_in=month).values("person_id")
    by_escalator = Q(kind=AccrualKind.ESCALATOR)
    sums = rows.annotate(
        base=Sum("amount", filter=Q(escalates=True)),
        added=Sum("amount", filter=by_escalator),
        times=Count("pk", filter=by_escalator),
        last=Max("escalator", filter=by_escalator),
    ).order_by("person_id")
    return [
        (row["person_id"], row["base"] or NOTHING, row["added"] or NOTHING, row["times"], row["last"]) for row in sums
    ]
