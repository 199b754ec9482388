"""A SPIFF from its draft to its start: written, approved by the head of sales, called off; what people do in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay import letters
from incentives.pay.enums import SPIFF_MOVES, EntryState, Metric, SpiffAudience, SpiffState
from incentives.pay.models import Spiff, SpiffEntry, SpiffVote
from incentives.pay.selectors import spiffs
from incentives.pay.services import setting_aside
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.services import request, withdraw_for
from refprogram.governance.budgets.models import Fund
from refprogram.kernel import moves, rollups
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stale import refuse_stale
from refprogram.kernel.stream import emit
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

RUN, START = "incentives.run_spiffs", "incentives.start_pay_plan"
MOST_DAYS, MOST_PLACES = 92, 20
MOST_PRIZE = Decimal(1_000_000)


@dataclass(frozen=True)
class Plan:
    """A SPIFF as it is written down."""

    name: str
    metric: Metric
    audience: SpiffAudience
    starts_on: dt.date
    ends_on: dt.date
    prizes: Sequence[Decimal]
    proof: str
    least: int = 1
    votes_until: dt.date | None = None
    fund: Fund | None = None


@transaction.atomic
def draft_spiff(*, plan: Plan, actor: User) -> Spiff:
    """Write a SPIFF down. It begins once somebody else approved it."""
    _may_run(actor)
    return _keep(Spiff(written_by=actor), plan)


@transaction.atomic
def change_spiff(*, spiff: Spiff, plan: Plan, actor: User, revision: int | None = None) -> Spiff:
    """Change a draft; what was asked for it is taken back.

    `revision` is that of the text that was read: raises Stale where somebody else changed it since.
    """
    _may_run(actor)
    locked = _locked(spiff)
    if locked.state != SpiffState.DRAFT:
        raise IllegalMove(_("SPIFF"), str(SpiffState(locked.state).label))
    _check(plan)
    message = _("Somebody changed this SPIFF while you wrote. Nothing was overwritten.")
    kept = SimpleNamespace(revision=locked.revision, **_in_words(plan_of(locked)))
    refuse_stale(kept, revision, message, _in_words(plan))
    withdraw_for(subject=locked, by=actor, reason=_("It was changed."))
    locked.written_by = actor
    return _keep(locked, plan)


def plan_of(spiff: Spiff) -> Plan:
    """Return what is written of a SPIFF."""
    return Plan(
        spiff.name, Metric(spiff.metric), SpiffAudience(spiff.audience), spiff.starts_on, spiff.ends_on,
        spiffs.prizes_of(spiff), spiff.proof, spiff.least, spiff.votes_until, spiff.fund,
    )  # fmt: skip


def _in_words(plan: Plan) -> dict[str, str]:
    days = {name: getattr(plan, name) for name in ("starts_on", "ends_on", "votes_until")}
    return {
        "name": plan.name,
        "metric": str(plan.metric.label),
        "audience": str(plan.audience.label),
        **{name: day.isoformat() if day else _("none") for name, day in days.items()},
        "least": str(plan.least),
        "proof": plan.proof,
        "fund": plan.fund.name if plan.fund else _("none"),
        "prizes": ", ".join(str(rp.money(prize)) for prize in plan.prizes),
    }


def _keep(spiff: Spiff, plan: Plan) -> Spiff:
    _check(plan)
    spiff.name, spiff.metric, spiff.audience = " ".join(plan.name.split()), plan.metric, plan.audience
    spiff.starts_on, spiff.ends_on, spiff.votes_until = plan.starts_on, plan.ends_on, plan.votes_until
    spiff.prizes, spiff.proof, spiff.least = [str(each) for each in plan.prizes], plan.proof.strip(), plan.least
    spiff.fund = plan.fund
    try:
        with transaction.atomic():
            spiff.save()
    except IntegrityError as error:
        message = _("There is a SPIFF with this name already.")
        raise InvalidInput(message, errors={"name": message}) from error
    return spiff


def _check(plan: Plan) -> None:
    errors = {**_window_faults(plan), **_prize_faults(plan)}
    if not plan.name.strip():
        errors["name"] = _("Give it a name.")
    if not plan.proof.strip():
        errors["proof"] = _("Say what winners show as proof.")
    if plan.least < 1:
        errors["least"] = _("At least 1.")
    if errors:
        raise InvalidInput(" ".join(errors.values()), errors=errors)


def _window_faults(plan: Plan) -> dict[str, str]:
    errors: dict[str, str] = {}
    by_vote = plan.metric == Metric.DASHBOARD
    if not 0 <= (plan.ends_on - plan.starts_on).days < MOST_DAYS:
        errors["ends_on"] = _("It ends on the day it begins at the earliest, and lasts three months at most.")
    if by_vote and (plan.votes_until is None or plan.votes_until < plan.ends_on):
        errors["votes_until"] = _("Say until when colleagues vote: at least until it ends.")
    if not by_vote and plan.votes_until is not None:
        errors["votes_until"] = _("Only dashboards are voted on.")
    return errors


def _prize_faults(plan: Plan) -> dict[str, str]:
    if not 1 <= len(plan.prizes) <= MOST_PLACES or any(prize <= 0 for prize in plan.prizes):
        return {"prizes": _("Give between 1 and %(most)d prizes, each above nothing.") % {"most": MOST_PLACES}}
    if max(plan.prizes) > MOST_PRIZE:
        return {"prizes": _("At most %(most)s for one place.") % {"most": rp.money(MOST_PRIZE)}}
    if list(plan.prizes) != sorted(plan.prizes, reverse=True):
        return {"prizes": _("No place gets more than the one before it.")}
    return {}


def _may_run(actor: User) -> None:
    if not actor.has_perm(RUN):
        raise NotAllowed(_("SPIFFs are written by who runs the program, the head of sales and administrators."))


def _locked(spiff: Spiff) -> Spiff:
    return Spiff.objects.select_for_update().get(pk=spiff.pk)


@transaction.atomic
def start_spiff(*, spiff: Spiff, actor: User) -> Spiff:
    """Start it, if the actor may and did not write it; otherwise ask for approval, which starts it."""
    _may_run(actor)
    locked = _locked(spiff)
    moves.check(locked, SpiffState.LIVE, moves=SPIFF_MOVES, noun=_("SPIFF"))
    if locked.ends_on < rollups.day_of(timezone.now()):
        raise DomainError(_("Its last day is over. Change its days first."))
    if problem := setting_aside.why_not(locked):
        raise DomainError(problem)
    if actor.has_perm(START, locked):
        withdraw_for(subject=locked, by=actor, reason=_("It was started directly."))
        return _start(locked, actor)
    request(
        kind=ApprovalKind.FIELD_INCENTIVE,
        subject=locked,
        label=_("Start the SPIFF “%(name)s”") % {"name": locked.name},
        url=locked.get_absolute_url(),
        requester=actor,
        amount=sum(spiffs.prizes_of(locked), Decimal("0.00")),
        reason=str(Metric(locked.metric).label),
    )
    return locked


@transaction.atomic
def start_approved(*, spiff_id: int, approver: User, read_at: dt.datetime) -> Spiff | None:
    """Start a SPIFF whose approval was given at `read_at`; None where it began, was called off or changed since.

    None too where its fund has not got the prizes any more: who wrote it hears so, and asks again.
    """
    locked = Spiff.objects.select_for_update().get(pk=spiff_id)
    as_read = locked.state == SpiffState.DRAFT and locked.updated_at <= read_at
    if as_read and (problem := setting_aside.why_not(locked)):
        letters.not_started(locked, problem)
        return None
    return _start(locked, approver) if as_read else None


def _start(locked: Spiff, actor: User) -> Spiff:
    setting_aside.set_aside(locked, by=actor)
    locked.approved_by, locked.live_since = actor, timezone.now()
    also = ["approved_by", "live_since"]
    moves.move(locked, SpiffState.LIVE, moves=SPIFF_MOVES, noun=_("SPIFF"), also=also)
    emit("spiff.started", subject=locked, actor_id=actor.person_id)
    return locked


@transaction.atomic
def cancel_spiff(*, spiff: Spiff, reason: str, actor: User) -> Spiff:
    """Call it off, with a reason that who takes part reads. What was proved and settled stays."""
    _may_run(actor)
    why = " ".join(reason.split())[:300]
    if not why:
        raise InvalidInput(_("Say why."), errors={"reason": _("Say why.")})
    locked = _locked(spiff)
    locked.reason = why
    moves.move(locked, SpiffState.CANCELLED, moves=SPIFF_MOVES, noun=_("SPIFF"), also=["reason"])
    withdraw_for(subject=locked, by=actor, reason=why)
    setting_aside.let_go(locked, by=actor, reason=why)
    emit("spiff.cancelled", subject=locked, actor_id=actor.person_id)
    return locked


# ---------------------------------------------------------------- dashboards and votes


@transaction.atomic
def hand_in(*, spiff: Spiff, title: str, address: str, actor: User) -> SpiffEntry:
    """Hand in one's own dashboard, or change it, while the window is open."""
    locked, today = _locked(spiff), rollups.day_of(timezone.now())
    if locked.metric != Metric.DASHBOARD or not spiffs.takes_part(locked, actor):
        raise NotAllowed(_("This is not for you to hand in for."))
    if locked.state != SpiffState.LIVE or not locked.starts_on <= today <= locked.ends_on:
        raise DomainError(_("Dashboards are handed in from the first to the last day of the SPIFF."))
    said = " ".join(title.split())[:120]
    if not said:
        raise InvalidInput(_("Give it a title."), errors={"title": _("Give it a title.")})
    return SpiffEntry.objects.update_or_create(
        spiff=locked, person=actor.person, defaults={"title": said, "address": address}
    )[0]


@transaction.atomic
def vote(*, spiff: Spiff, entry: SpiffEntry, actor: User) -> SpiffVote:
    """Vote for a dashboard that is not one's own; voting again moves the vote."""
    locked = _locked(spiff)
    if not actor.has_perm("incentives.view_rewards"):
        raise NotAllowed(_("Colleagues vote."))
    if locked.state != SpiffState.LIVE or rollups.day_of(timezone.now()) > spiffs.counts_until(locked):
        raise DomainError(_("Voting is over."))
    if entry.spiff_id != locked.pk or entry.state != EntryState.IN:
        raise InvalidInput(_("That dashboard does not stand here."))
    if entry.person_id == actor.person_id:
        raise NotAllowed(_("Nobody votes for their own dashboard."))
    given = {"entry": entry, "at": timezone.now()}
    return SpiffVote.objects.update_or_create(spiff=locked, voter=actor, defaults=given)[0]
