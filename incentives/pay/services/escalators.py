"""Versions of the escalator: written, approved by the head of sales (who did not write them), switched off."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay import policy
from incentives.pay.enums import ESCALATOR_MOVES, EscalatorState, PeriodState
from incentives.pay.escalating import Tier, faults_in
from incentives.pay.models import Escalator, PayPeriod
from incentives.pay.months import next_month, this_month
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.services import request, withdraw_for
from refprogram.kernel import moves
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stale import refuse_stale
from refprogram.kernel.stream import emit
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

WRITE, START, STOP = "incentives.write_rules", "incentives.start_pay_plan", "incentives.switch_rules"


def first_free_month() -> dt.date:
    """Return the first month that a version may still hold from: after the last one that was closed."""
    return _after_closed() or this_month()


def _after_closed() -> dt.date | None:
    shut = PayPeriod.objects.exclude(state=PeriodState.OPEN).aggregate(last=Max("starts_on"))["last"]
    return next_month(shut) if shut is not None else None


@transaction.atomic
def draft_escalator(*, tiers: Sequence[Tier], most_a_month: Decimal, starts_on: dt.date, actor: User) -> Escalator:
    """Write the next version. It counts nothing until somebody else approves it."""
    _may_write(actor)
    month = _checked(tiers, most_a_month, starts_on)
    list(Escalator.objects.select_for_update().order_by("pk").values_list("pk"))  # two at once get two numbers
    last = Escalator.objects.aggregate(last=Max("number"))["last"] or 0
    return Escalator.objects.create(
        number=last + 1, tiers=_kept(tiers), most_a_month=most_a_month, starts_on=month, written_by=actor
    )


@transaction.atomic
def change_escalator(
    *,
    escalator: Escalator,
    tiers: Sequence[Tier],
    most_a_month: Decimal,
    starts_on: dt.date,
    actor: User,
    revision: int | None = None,
) -> Escalator:
    """Change a draft; what was asked for it is taken back, for nobody blesses what they did not read.

    `revision` is that of the text that was read: raises Stale where somebody else changed it since.
    """
    _may_write(actor)
    locked = Escalator.objects.select_for_update().get(pk=escalator.pk)
    if locked.state != EscalatorState.DRAFT:
        raise IllegalMove(_("escalator"), str(EscalatorState(locked.state).label))
    kept = _in_words([Tier(int(score), Decimal(times)) for score, times in locked.tiers], locked.most_a_month,
                     locked.starts_on)  # fmt: skip
    message = _("Somebody changed this version while you wrote. Nothing was overwritten.")
    typed = _in_words(tiers, most_a_month, starts_on)
    refuse_stale(SimpleNamespace(revision=locked.revision, **kept), revision, message, typed)
    locked.starts_on = _checked(tiers, most_a_month, starts_on)
    withdraw_for(subject=locked, by=actor, reason=_("It was changed."))
    locked.tiers, locked.most_a_month, locked.written_by = _kept(tiers), most_a_month, actor
    locked.save()
    return locked


def _in_words(tiers: Sequence[Tier], most: Decimal, starts_on: dt.date) -> dict[str, str]:
    said = ", ".join(_("from %(score)d: %(times)s times") % {"score": t.score, "times": t.times} for t in tiers)
    return {"tiers": said, "most_a_month": str(rp.money(most)), "starts_on": f"{starts_on:%Y-%m}"}


def _kept(tiers: Sequence[Tier]) -> list[list[str]]:
    return [[str(tier.score), str(tier.times)] for tier in tiers]


def _may_write(actor: User) -> None:
    if not actor.has_perm(WRITE):
        raise NotAllowed(_("Only who runs the program, or the head of sales, can write an escalator."))


def _checked(tiers: Sequence[Tier], most: Decimal, starts_on: dt.date) -> dt.date:
    figures = policy.now()
    words = {"low": figures.lowest_times, "high": figures.highest_times}
    said = {
        "none": _("Give at least one tier."),
        "score": _("Scores are between 1 and 100."),
        "times": _("Each tier counts between %(low)s and %(high)s times.") % words,
        "rising": _("The tiers have to rise: each with a higher score and more times than the one above it."),
    }
    errors: dict[str, str] = {}
    if fault := faults_in(tiers, figures.lowest_times, figures.highest_times):
        errors["tiers"] = said[fault]
    if most <= 0:
        errors["most_a_month"] = _("Give an amount above nothing.")
    if starts_on.replace(day=1) < first_free_month():
        errors["starts_on"] = _("That month is closed. The first one it can hold from is %(month)s.") % {
            "month": f"{first_free_month():%Y-%m}"
        }
    if errors:
        raise InvalidInput(" ".join(errors.values()), errors=errors)
    return starts_on.replace(day=1)


@transaction.atomic
def start_escalator(*, escalator: Escalator, actor: User) -> Escalator:
    """Switch a version on, if the actor may and did not write it; otherwise ask for approval, which does."""
    _may_write(actor)
    locked = Escalator.objects.select_for_update().get(pk=escalator.pk)
    moves.check(locked, EscalatorState.LIVE, moves=ESCALATOR_MOVES, noun=_("escalator"))
    if actor.has_perm(START, locked):
        withdraw_for(subject=locked, by=actor, reason=_("It was switched on directly."))
        return _start(locked, actor)
    request(
        kind=ApprovalKind.FIELD_INCENTIVE,
        subject=locked,
        label=_("Switch on %(version)s") % {"version": locked},
        url=locked.get_absolute_url(),
        requester=actor,
        reason=_("From %(month)s.") % {"month": f"{locked.starts_on:%Y-%m}"},
    )
    return locked


@transaction.atomic
def start_approved(*, escalator_id: int, approver: User, read_at: dt.datetime) -> Escalator | None:
    """Switch on a version whose approval was given at `read_at`; None where it is on already, or was changed since."""
    locked = Escalator.objects.select_for_update().get(pk=escalator_id)
    as_read = locked.state == EscalatorState.DRAFT and locked.updated_at <= read_at
    return _start(locked, approver) if as_read else None


def _start(locked: Escalator, actor: User) -> Escalator:
    # A month that was closed while it waited stays as it was.
    locked.starts_on = max(locked.starts_on, first_free_month())
    locked.approved_by, locked.approved_at = actor, timezone.now()
    also = ["approved_by", "approved_at", "starts_on"]
    moves.move(locked, EscalatorState.LIVE, moves=ESCALATOR_MOVES, noun=_("escalator"), also=also)
    emit("escalator.started", subject=locked, actor_id=actor.person_id)
    return locked


@transaction.atomic
def stop_escalator(*, escalator: Escalator, actor: User) -> Escalator:
    """Switch the escalator off, for every month that is not closed yet."""
    if not actor.has_perm(STOP):
        raise NotAllowed(_("Only the head of sales or an administrator can switch the escalator off."))
    locked = Escalator.objects.select_for_update().get(pk=escalator.pk)
    locked.until = max(_after_closed() or locked.starts_on, locked.starts_on)
    moves.move(locked, EscalatorState.STOPPED, moves=ESCALATOR_MOVES, noun=_("escalator"), also=["until"])
    emit("escalator.stopped", subject=locked, actor_id=actor.person_id)
    return locked
