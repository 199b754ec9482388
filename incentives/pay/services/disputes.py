"""Questions about pay: raised in time, answered by somebody else, corrected by a reversal or left as it was."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay import letters, policy
from incentives.pay.enums import DISPUTE_MOVES, AccrualKind, DisputeState
from incentives.pay.models import Accrual, PayDispute
from incentives.pay.months import month_of
from incentives.pay.selectors import disputes
from incentives.pay.services.accruing import AccrualIn, accrue_many, correct
from refprogram.kernel import moves, rollups
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.files import services as files
from refprogram.kernel.models import StoredFile
from refprogram.kernel.stream import emit
from refprogram.people.calendars.selectors import hours_of
from refprogram.people.models import User

ANSWER = "incentives.answer_disputes"
A_DAY = dt.timedelta(days=1)


@transaction.atomic
def raise_dispute(
    *,
    actor: User,
    words: str,
    accrual: Accrual | None = None,
    month: dt.date | None = None,
    wanted: Decimal | None = None,
    evidence: StoredFile | None = None,
) -> PayDispute:
    """Ask about an amount of one's own, or (without one) about something that is missing in a month."""
    said = words.strip()
    if not said:
        message = _("Say what is wrong.")
        raise InvalidInput(message, errors={"words": message})
    if accrual is not None and accrual.person_id != actor.person_id:
        raise NotAllowed(_("You can ask about what you earned yourself."))
    now = month_of(timezone.now())
    about = accrual.earned_in if accrual is not None else (month or now).replace(day=1)
    if about > now:
        message = _("That month has not begun.")
        raise InvalidInput(message, errors={"month": message})
    _in_time(disputes.last_day_for(about) if accrual is None else disputes.last_day_of(accrual))
    dispute = PayDispute(
        person=actor.person, accrual=accrual, earned_in=about, words=said, wanted=wanted, due_on=_due(actor)
    )
    try:
        with transaction.atomic():
            dispute.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(_("You asked about this already. The answer is on its way.")) from error
    if evidence is not None:
        files.attach(file=evidence, subject=dispute)
    emit("pay.disputed", subject=dispute, actor_id=actor.person_id, payload={"person": actor.person_id})
    letters.disputed(dispute)
    return dispute


def _in_time(last: dt.date | None) -> None:
    if last is not None and rollups.day_of(timezone.now()) > last:
        raise DomainError(
            _("Pay can be asked about for %(days)d days. That was until %(day)s.")
            % {"days": policy.now().dispute_days, "day": last}
        )


def _due(user: User) -> dt.date:
    """Return the last of the working days in which an answer is to come."""
    works, day, left = hours_of(user), rollups.day_of(timezone.now()), policy.now().answer_days
    for _n in range(366):  # a calendar without working days ends somewhere, too
        if left == 0:
            break
        day += A_DAY
        left -= works.works_on(day)
    return day


@transaction.atomic
def answer_dispute(
    *, dispute: PayDispute, verdict: DisputeState, words: str, actor: User, amount: Decimal | None = None
) -> PayDispute:
    """Answer: the amount stands, or it is corrected to `amount` (nothing: it is taken back whole)."""
    if not actor.has_perm(ANSWER):
        raise NotAllowed(_("Questions about pay are answered by finance, the head of sales and administrators."))
    locked = PayDispute.objects.select_for_update(of=("self",)).select_related("accrual", "person").get(pk=dispute.pk)
    if locked.person_id == actor.person_id:
        raise NotAllowed(_("Somebody else answers what you asked."))
    moves.check(locked, verdict, moves=DISPUTE_MOVES, noun=_("question"))
    said = words.strip()
    if not said:
        raise InvalidInput(_("Say why."), errors={"words": _("Say why.")})
    if verdict == DisputeState.CORRECTED:
        _put_right(locked, amount, said, actor)
    locked.answer, locked.answered_by, locked.answered_at = said, actor, timezone.now()
    also = ["answer", "answered_by", "answered_at"]
    moves.move(locked, verdict, moves=DISPUTE_MOVES, noun=_("question"), also=also)
    facts = {"person": locked.person_id, "verdict": verdict.value}
    emit("pay.answered", subject=locked, actor_id=actor.person_id, payload=facts)
    letters.answered(locked)
    return locked


def _put_right(dispute: PayDispute, amount: Decimal | None, why: str, actor: User) -> None:
    if amount is None or (dispute.accrual is None and amount == 0):
        message = _("Give the amount that is right.")
        raise InvalidInput(message, errors={"amount": message})
    if dispute.accrual is not None:
        correct(accrual=dispute.accrual, amount=amount, reason=why, actor=actor)
        return
    missing = AccrualIn(
        f"dispute:{dispute.pk}",
        dispute.person_id,
        amount,
        kind=AccrualKind.HAND,
        earned_in=dispute.earned_in,
        escalates=True,
        memo=" ".join(why.split())[:200],
        actor_id=actor.pk,
    )
    accrue_many([missing])


@transaction.atomic
def withdraw_dispute(*, dispute: PayDispute, actor: User) -> PayDispute:
    """Take one's own question back."""
    locked = PayDispute.objects.select_for_update().get(pk=dispute.pk)
    if locked.person_id != actor.person_id:
        raise NotAllowed(_("Only who asked can take it back."))
    moves.move(locked, DisputeState.WITHDRAWN, moves=DISPUTE_MOVES, noun=_("question"))
    return locked


def remind_of_disputes() -> int:
    """Tell who answers for pay of each answer that is late, once; return how many."""
    today = rollups.day_of(timezone.now())
    late = PayDispute.objects.filter(state=DisputeState.OPEN, due_on__lt=today, escalated_at__isnull=True)
    return sum(_remind(key) for key in late.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(key: int) -> bool:
    rows = PayDispute.objects.select_for_update(of=("self",), skip_locked=True).select_related("person")
    locked = rows.filter(pk=key, state=DisputeState.OPEN, escalated_at__isnull=True).first()
    if locked is None:
        return False
    locked.escalated_at = timezone.now()
    locked.save(update_fields=["escalated_at"])
    letters.overdue(locked)
    return True
