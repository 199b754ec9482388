"""A week is counted once it is over; where the lot asks for proof, it is paid when that is judged."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.activity import policy
from incentives.activity.counting import Done, Terms, drawn, week
from incentives.activity.enums import OPEN_PROOFS, ProofState, RewardState
from incentives.activity.models import ActivityProof, WeekReward
from incentives.activity.reading import A_DAY, field_people, week_of
from incentives.activity.services.paying import Payment, noon_of, pay
from incentives.activity.services.rows import enter, lock_reward
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.stream import Subject, emit_many, subject_of
from refprogram.people.models import User

# The CRM tells of a day by the next one.
TOLD_AFTER = 1 * A_DAY


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of a week."""
    return day - dt.timedelta(days=day.weekday())


def terms_now() -> Terms:
    """Return the figures by which a week is counted now."""
    now = policy.now()
    return Terms(dict(now.weights), now.whole_up_to, now.half_up_to, now.most_a_week)


def count_due() -> int:
    """Count every week since the last one that was counted, the oldest first, once the CRM has told of it.

    Beat calls it every day; return how many people it counted. What was before the first week is nobody's to count.
    """
    today = timezone.localdate()
    last = monday_of(today - 7 * A_DAY - TOLD_AFTER)
    newest = WeekReward.objects.aggregate(newest=Max("week"))["newest"]
    monday = newest + 7 * A_DAY if newest is not None else monday_of(today) - 7 * A_DAY
    due = [monday + n * 7 * A_DAY for n in range((last - monday).days // 7 + 1)]
    return sum(count_week(monday=each) for each in due)


@transaction.atomic
def count_week(*, monday: dt.date) -> int:
    """Count everybody's week, draw what has to be proved, and pay the others. Twice is once."""
    enter("week")
    if WeekReward.objects.filter(week=monday).exists():
        return 0
    rewards, proofs = counted(monday)
    WeekReward.objects.bulk_create(rewards)
    ActivityProof.objects.bulk_create(proofs)
    _tell_asked(proofs)
    waits = {proof.reward_id for proof in proofs}
    pay_weeks([row for row in rewards if row.pk not in waits])
    return len(rewards)


def counted(monday: dt.date) -> tuple[list[WeekReward], list[ActivityProof]]:
    """Return everybody's week as it comes out, and what the lot draws of it; nothing is written."""
    terms, people = terms_now(), list(field_people())
    done = week_of([user.person_id for user in people], monday)
    rewards = [row for user in people if (row := _reward(user, done.get(user.person_id, []), monday, terms))]
    return rewards, [proof for row in rewards for proof in _draw(row, done[row.user.person_id])]


def _reward(user: User, done: Sequence[tuple[Done, int]], monday: dt.date, terms: Terms) -> WeekReward | None:
    counted = week((one for one, _key in done), terms)
    if not counted.points:
        return None
    kept = {
        "weights": dict(terms.weights),
        "whole_up_to": terms.whole_up_to,
        "half_up_to": terms.half_up_to,
        "most_a_week": terms.most_a_week,
    }
    lines = [list(line) for line in counted.lines]
    return WeekReward(user=user, week=monday, points=counted.points, lines=lines, terms=kept)


def _draw(row: WeekReward, done: Sequence[tuple[Done, int]]) -> list[ActivityProof]:
    figures = policy.now()
    keys = drawn(
        (one for one, _key in done), row.week, weights=row.terms["weights"], least=figures.proof_from,
        percent=figures.proof_percent, most=figures.proofs_most,
    )  # fmt: skip
    rows = {one.key: key for one, key in done}
    due = timezone.localdate() + figures.proof_days
    return [ActivityProof(reward=row, activity_id=rows[key], due_on=due) for key in keys]


def _tell_asked(proofs: Sequence[ActivityProof]) -> None:
    emit_many(
        "proof.asked",
        [
            (
                Subject("activityproof", proof.pk),
                None,
                {"person": proof.reward.user.person_id, "reward": proof.reward_id},
            )
            for proof in proofs
        ],
    )


def pay_weeks(rows: Sequence[WeekReward]) -> None:
    """Pay weeks whose proofs are settled, in one statement; a week that came to nothing is closed."""
    worth = [row for row in rows if row.points]
    entries = pay(
        [
            Payment(
                key_of(row),
                row.user,
                row.points,
                _("Activity in the week of %(day)s") % {"day": row.week.isoformat()},
                noon_of(row.week + 6 * A_DAY),
            )
            for row in worth
        ]
    )
    for row in rows:
        row.state = RewardState.PAID if row.points else RewardState.NOTHING
        row.entry = entries.get(key_of(row))
        row.settled_at = timezone.now()
    WeekReward.objects.bulk_update(rows, ["state", "entry", "settled_at", "points", "lines"], batch_size=500)
    _tell_counted(rows)


def _tell_counted(rows: Sequence[WeekReward]) -> None:
    """Tell the stream what each settled week came to; it happened on its Sunday, by which rules go."""
    emit_bulk(
        [
            BulkEvent(
                "week.counted",
                subject_of(row),
                None,
                {
                    "person": row.user.person_id,
                    "team": row.user.team_id,
                    "region": row.user.team.region_id if row.user.team else None,
                    "score": row.points,
                    "activities": sum(times for _what, times, *_worth in row.lines),
                },
                noon_of(row.week + 6 * A_DAY),
            )
            for row in rows
        ]
    )


def key_of(row: WeekReward) -> str:
    """Return the ledger's key of a week: one for a week and person, whoever counts it."""
    return f"activity:{row.week.isoformat()}:{row.user.person_id}"


@transaction.atomic
def settle(*, reward_id: int) -> WeekReward:
    """Pay a week if no proof of it is open any more: without what was refused or never proved. Twice is once."""
    row = lock_reward(reward_id)
    states = list(row.proofs.values_list("activity__detail", "state"))
    if row.state != RewardState.WAITING or any(state in OPEN_PROOFS for _what, state in states):
        return row
    unproved = Counter(what for what, state in states if state != ProofState.ACCEPTED)
    if unproved:
        # As it was counted, less what was not proved; what the CRM told later is not in it, as in nobody’s.
        times = Counter({what: times for what, times, *_worth in row.lines}) - unproved
        counted = week((Done(what, "") for what in times.elements()), Terms(**row.terms))
        row.points, row.lines = counted.points, [list(line) for line in counted.lines]
    pay_weeks([row])
    return row
