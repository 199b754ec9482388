"""Contests put into the words and lines that their pages show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests import policy
from awards.contests.enums import Part, PrizeKind, Step
from awards.contests.models import Contest, ContestMember, PlanItem
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

PRIZE_ICONS = {
    PrizeKind.DONATION: "heart", PrizeKind.DINNER: "users", PrizeKind.BUZZ: "send", PrizeKind.CONFERENCE: "globe",
    PrizeKind.GUEST: "star", PrizeKind.VACATION: "sun", PrizeKind.TICKETS: "tag", PrizeKind.ELECTRONICS: "phone",
    PrizeKind.DISCOUNT: "coins", PrizeKind.CAR: "key", PrizeKind.VOUCHER: "gift", PrizeKind.TEAM_EVENT: "users",
}  # fmt: skip


def icon_of(kind: str) -> str:
    """Return the icon of a kind of prize."""
    return PRIZE_ICONS.get(PrizeKind(kind), "trophy")


@dataclass(frozen=True)
class PlanLine:
    """One line of the plan."""

    item: PlanItem
    late: bool
    settles: bool


@dataclass(frozen=True)
class PlanStep:
    """One of the ten steps with its lines."""

    number: int
    step: Step
    lines: list[PlanLine]
    done: int

    @property
    def state(self) -> str:
        """How a stepper draws it."""
        if self.lines and self.done == len(self.lines):
            return "done"
        return "now" if self.done or any(line.late for line in self.lines) else ""


def steps_of_plan(items: Sequence[PlanItem], user: User, today: dt.date, *, may: bool) -> list[PlanStep]:
    """Return the ten steps in their order, each with its lines; who owns a line settles it too."""
    lines = [
        PlanLine(item, late=item.done_at is None and item.due_on < today, settles=may or item.owner_id == user.pk)
        for item in items
    ]
    return [_step(number, step, lines) for number, step in enumerate(Step, 1)]


def _step(number: int, step: Step, lines: Sequence[PlanLine]) -> PlanStep:
    mine = [line for line in lines if line.item.step == step]
    return PlanStep(number, step, mine, sum(line.item.done_at is not None for line in mine))


def warnings_of(contest: Contest, items: Sequence[PlanItem], today: dt.date) -> list[str]:
    """Return what is too late, or will be: said before it costs entries."""
    figures, event_day = policy.now(), contest.event_at.astimezone(contest.tz).date()
    ahead = (event_day - contest.opens_at.astimezone(contest.tz).date()).days
    found = []
    over = contest.state in ("published", "fulfilment", "archived", "cancelled")
    if ahead < figures.least_ahead and not over:
        found.append(
            _("Entries open only %(n)s before the event. Customers need at least %(least)s to measure and agree.")
            % {"n": _days(ahead), "least": _days(figures.least_ahead)}
        )
    judging = (event_day - contest.closes_at.astimezone(contest.tz).date()).days
    if judging < figures.closes_ahead // 2 and not over:
        found.append(
            _("Only %(n)s lie between the deadline and the event: screening, judging and signing need about %(usual)s.")
            % {"n": _days(judging), "usual": _days(figures.closes_ahead)}
        )
    late = [item for item in items if item.done_at is None and item.due_on < today]
    if late and not over:
        first = min(late, key=lambda item: item.due_on)
        words = ngettext(
            "%(n)d line of the plan is late: %(first)s was due %(day)s.",
            "%(n)d lines of the plan are late; the oldest, %(first)s, was due %(day)s.",
            len(late),
        )
        found.append(words % {"n": len(late), "first": first.name, "day": rp.day(first.due_on)})
    return found


def _days(n: int) -> str:
    if abs(n) >= 60:
        months = round(n / 30.44)
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def team_of(members: Sequence[ContestMember]) -> list[tuple[str, list[ContestMember]]]:
    """Return who has each part; parts without anybody too, for that is what is missing."""
    return [(str(part.label), [row for row in members if row.part == part]) for part in Part]


def stages_of(contest: Contest) -> list[dict[str, Any]]:
    """Return the journey of the contest as a stepper draws it."""
    stages = [
        (_("Concept"), ("draft",)),
        (_("Entries"), ("announced", "open", "closed")),
        (_("Screening"), ("screening",)),
        (_("Judging"), ("judging", "deliberation")),
        (_("Results"), ("decided",)),
        (_("Winners"), ("published", "fulfilment", "archived")),
    ]
    at = next((place for place, (_words, states) in enumerate(stages) if contest.state in states), -1)
    over = contest.state == "archived"
    return [
        {"text": words, "state": "done" if place < at or over else "now" if place == at else ""}
        for place, (words, _states) in enumerate(stages)
    ]
