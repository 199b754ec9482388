"""How well the demo's people mind their records and use the CRM: faults, closed months, weeks, a presentation."""

import datetime as dt
from typing import Final

from django.utils import timezone

from incentives.activity.enums import PresentationState, ProofState
from incentives.activity.models import ActivityProof, Presentation, WeekReward
from incentives.activity.services import adopting
from incentives.activity.services.presenting import first_rubric
from incentives.activity.services.weeks import counted as weeks_counted
from incentives.activity.services.weeks import monday_of, pay_weeks, settle
from incentives.quality import services as quality
from incentives.quality.models import Fault
from incentives.quality.month import A_DAY, Span
from incentives.quality.services.months import counted as months_counted
from refprogram.governance.consequences import terms
from refprogram.governance.consequences.enums import CaseState, Effect, Period
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Task
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import BATCH, Maker, bulk
from refprogram.people.demo import address
from refprogram.people.enums import Role
from refprogram.people.models import User

DAYS: Final = 80  # how far back records were looked at
OLD: Final = 0.12  # of what is wrong: the rest was found today
IN_TIME: Final = 0.7
MONTHS: Final = 2
WEEKS: Final = 6
SHOWN: Final = (
    "With their head of logistics, at their site; the offer went out the next day.",
    "Call with the project team. Notes are in the CRM.",
    "Showed the forecast to three people of finance; they want a second look in two weeks.",
)
TOPIC: Final = "The forecast page"
LETTER: Final = (
    "Dear {name},\n\n"
    "you used our CRM less than nearly everybody else in {month:%B}. I would like to understand why, and I would like "
    "you to get to know one part of it well: please show us “{topic}”, in ten minutes, in the program itself.\n\n"
    "When that is done, nothing of the month is held against you any more."
)


def build(maker: Maker, company: Company) -> None:
    """Look at all records as if since eighty days, close two months, count six weeks, ask one for a presentation."""
    mine = maker.apart("minding")
    _faults(mine)
    for back in range(MONTHS, 0, -1):
        span = _month(mine, back)
        bulk(mine, months_counted(span))
        rows = adopting.counted(span)
        adopting.pay_months(rows, span)
        bulk(mine, rows)
    _weeks(mine)
    _presentation(mine, company)


def _month(maker: Maker, back: int) -> Span:
    """Return the month so many months ago."""
    span = Span.of(maker.today)
    for _n in range(back):
        span = Span.of(span.first - A_DAY)
    return span


def _faults(maker: Maker) -> None:
    """Find what is wrong today; some of it has been there for weeks, and much else was wrong and mended before."""
    quality.look_at_all()
    faults = list(Fault.objects.order_by("record_type", "record_id", "attribute"))
    history = []
    for fault in faults:
        fault.public_id = maker.public_id()
        if maker.chance.random() < OLD:
            fault.found_at = fault.clock_from = maker.moment(maker.day_ago(DAYS, 1))
        else:
            history.append(_mended(maker, fault))
    Fault.objects.bulk_update(faults, ["public_id", "found_at", "clock_from"], batch_size=BATCH)
    bulk(maker, history)


def _mended(maker: Maker, like: Fault) -> Fault:
    """Return a fault as this one, which was found and mended weeks ago: most of them in time."""
    found_at = maker.moment(maker.day_ago(DAYS, 20))
    hours = maker.chance.randint(2, 40) if maker.chance.random() < IN_TIME else maker.chance.randint(60, 400)
    return Fault(
        record_type=like.record_type, record_id=like.record_id, label=like.label, attribute=like.attribute,
        kind=like.kind, user_id=like.user_id, found_at=found_at, clock_from=found_at,
        mended_at=found_at + dt.timedelta(hours=hours),
    )  # fmt: skip


def _weeks(maker: Maker) -> None:
    """Count the last weeks; their proofs were given and judged, those of the last one wait."""
    judge = User.objects.get(email=address("marketer"))
    last = monday_of(maker.today) - 7 * A_DAY
    for back in range(WEEKS - 1, -1, -1):
        rewards, proofs = weeks_counted(last - 7 * back * A_DAY)
        bulk(maker, rewards)
        for proof in proofs:
            _say(maker, proof, judge, over=back > 0)
        bulk(maker, proofs)
        waits = {proof.reward_id for proof in proofs}
        pay_weeks([row for row in rewards if row.pk not in waits])
        for reward in WeekReward.objects.filter(pk__in=waits).order_by("pk"):
            settle(reward_id=reward.pk)


def _say(maker: Maker, proof: ActivityProof, judge: User, *, over: bool) -> None:
    if not over and maker.chance.random() < 0.5:
        return
    proof.words, proof.given_at, proof.state = maker.chance.choice(SHOWN), timezone.now(), ProofState.GIVEN
    if over:
        proof.state, proof.judged_by, proof.judged_at = ProofState.ACCEPTED, judge, timezone.now()


def _presentation(maker: Maker, company: Company) -> None:
    """A policy for the lowest few that is on, and one of them who was asked to present."""
    head, executive = (User.objects.get(email=address(name)) for name in ("sales-head", "executive"))
    month = _month(maker, 2)
    who = company.reps[7]
    policy = bulk(
        maker,
        [
            ConsequencePolicy(
                name="Lowest few by use of the CRM", metric="bottom_adoption", period=Period.MONTH, threshold=50,
                roles=[Role.REP.value], effect=Effect.TASK, task_title=TOPIC, min_cohort=20, owner=head, live=True,
                live_since=month.first,
            )
        ],
    )[0]  # fmt: skip
    at = timezone.now() - dt.timedelta(days=12)
    due = maker.today + dt.timedelta(days=9)
    case = ConsequenceCase(
        policy=policy, user=who, period_starts_on=month.first, period_ends_on=month.last, value=41,
        threshold=policy.threshold, cohort=22, terms=terms.kept(policy), state=CaseState.IN_FORCE,
        notified_at=at - dt.timedelta(days=8), notified_by=head, appeal_until=at, takes_effect_at=at,
        ends_at=at + dt.timedelta(days=30),
    )  # fmt: skip
    row = Presentation(
        user=who, executive=executive, state=PresentationState.ASKED, topic=TOPIC, held_on=due, place="Room Aurora",
        rubric=first_rubric(), letter=LETTER.format(name=who.first_name, month=month.first, topic=TOPIC), asked_at=at,
    )  # fmt: skip
    row.case = bulk(maker, [case])[0]
    bulk(maker, [row])
    row.panel.set([company.managers[0], company.marketer])
    detail = "\n".join([TOPIC, row.place, *row.rubric])
    task = Task(assignee=who, title=TOPIC, detail=detail, due_on=due, label=policy.name, url=row.get_absolute_url())
    row.case.task = bulk(maker, [task])[0]
    row.case.save(update_fields=["task"])
