"""The demo's changes with audiences and steps, what colleagues said about them, and the months that lack hours."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils import timezone

from nominations import demand
from nominations.models import Nomination
from refprogram.governance.capacity import policy as capacity_policy
from refprogram.governance.capacity import selectors as capacity
from refprogram.governance.capacity.models import CapacityAlert
from refprogram.governance.capacity.services import demand_of, record_all
from refprogram.governance.feedback import policy, services
from refprogram.governance.feedback.enums import NoteKind, NoteState
from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.readiness.enums import ChangeKind, ChangeState, StepKind
from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.governance.stakeholders.models import Launch
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.calendars.selectors import calendar_of, working_time
from refprogram.people.demo import address
from refprogram.people.models import SlaClock, User

MINUTE: Final = dt.timedelta(minutes=1)
Turn = tuple[str, str, str, str, str]  # role, or words; today; then; how one sees it; key of a figure
Step = tuple[str, str, int, str, bool]  # channel ("" is a session), what, days from today, whose, done


@dataclass(frozen=True)
class Plan:
    """A change: what it is, when it starts (days from today), whose it is, whom it concerns, its steps."""

    name: str
    kind: ChangeKind
    why: str
    starts: int
    owner: str
    channel: str
    turns: tuple[Turn, ...]
    steps: tuple[Step, ...]
    is_over: bool = False


PLANS: Final = (
    Plan("Two names a quarter count in the yearly review", ChangeKind.RULE,
         "Deals wait for references in three industries, and those who know happy customers are not asked for them.",
         35, "sales-head", "The channel #references, answered within the hour in the first week",
         (("rep", "They name a customer when somebody asks them twice.",
           "Each names two customers a quarter, without being asked.", "Two names each by the end of the quarter",
           "nomination_to_active"),
          ("manager", "They hear of references when a deal is stuck.",
           "They look at their team’s names in the Monday meeting.", "The page is opened before each meeting", ""),
          ("newcomers of this year", "They do not know that there is a program.",
           "They nominate their first customer within ninety days.", "", "")),
         (("meeting", "Why it counts, by the head of sales", -20, "sales-head", True),
          ("mail", "What counts, and what does not", -6, "marketer", True),
          ("chat", "Three questions that everybody asks", -3, "manager", False),
          ("personal", "With each manager: the page for Mondays", 7, "manager", False),
          ("mail", "It begins on Monday", 32, "sales-head", False),
          ("", "Nominating in forty seconds, on the phone", -10, "marketer", True),
          ("", "What makes a good name, with two examples", 2, "support", False),
          ("", "For managers: reading the standings", 14, "marketer", False))),
    Plan("Requests are weighed before anybody is asked", ChangeKind.PROGRAM,
         "What is not in the charter took a third of our hours.", -40, "marketer", "Ask Lena, or the page of the map",
         (("rep", "They ask whoever they know in marketing.", "They plot what they need, and see what it displaces.",
           "Nine of ten requests come by the form", "fill_rate"),),
         (("meeting", "The map in ten minutes", -55, "marketer", True),
          ("mail", "From today on: the form", -40, "marketer", True),
          ("video", "What falls off, shown once", -25, "marketer", True),
          ("", "Open hour: bring your request", -33, "marketer", True),
          ("mail", "What it did in two months", 20, "marketer", False))),
    Plan("One library for all stories", ChangeKind.TOOL, "Stories lay in four places.", -160, "marketer", "",
         (("support", "They send a PDF from their own disk.", "They send the link of the library.", "", ""),),
         (("mail", "Where the stories are now", -165, "marketer", True),
          ("", "Finding a story by gap", -158, "support", True)), is_over=True),
)  # fmt: skip
# kind, words, place of its change or none, by, days ago, hours until the answer (none: not answered), answer, settled
SAID: Final = (
    (NoteKind.HURTS, "I have two customers in the middle of a renewal. If I name them now, somebody calls them.", 0,
     "rep", 1, None, "", False),
    (NoteKind.QUESTION, "Does a name count that another colleague named first?", 0, "manager", 6, 7,
     "Yes, half of it: who was first keeps sixty percent. The page of the nomination shows the shares.", True),
    (NoteKind.HELPS, "The map spared me a week: I saw at once that it is out of scope, and who can help.", 1, "rep",
     12, 3, "Thank you. We tell the others in the monthly mail.", True),
    (NoteKind.HURTS, "The form asks for the deal before I have one.", 1, "support", 15, 22,
     "True. From Thursday on it is optional. Sorry that it took so long.", False),
    (NoteKind.IDEA, "A button in the CRM that opens the form with the account filled in.", None, "rep", 20, 11,
     "We ask for it in the next release of the CRM; you hear of it by mail.", False),
    (NoteKind.HURTS, "Three colleagues called the same customer in one week.", None, "support", 7, None, "", False),
    (NoteKind.QUESTION, "Who tells the customer when a call is moved?", None, "manager", 33, 5,
     "We do, with a new invitation. You get a copy.", True),
)  # fmt: skip


def build(maker: Maker, company: Company) -> None:
    """Make the changes, and what was said."""
    mine = maker.apart("readiness")
    users = {user.email: user for user in User.objects.select_related("person")}
    by_name = {name: users[address(name)] for name in ("sales-head", "marketer", "manager", "support", "rep")}
    changes = bulk(mine, [_change(mine, by_name, plan) for plan in PLANS])
    for change, plan in zip(changes, PLANS, strict=True):
        bulk(mine, [_audience(change, turn) for turn in plan.turns])
        steps = bulk(mine, [_step(mine, change, by_name, step) for step in plan.steps])
        _tell_of_change(mine, change, steps)
    _feedback(mine, changes, by_name)


def _change(maker: Maker, users: dict[str, User], plan: Plan) -> Change:
    starts = maker.today + dt.timedelta(days=plan.starts)
    over = maker.moment(starts + dt.timedelta(days=90)) if plan.is_over else None
    return Change(
        name=plan.name, kind=plan.kind, why=plan.why, starts_on=starts, owner=users[plan.owner],
        state=ChangeState.DONE if plan.is_over else ChangeState.OPEN, closed_at=over,
        support_channel=plan.channel, support_by=users["marketer"] if plan.channel else None,
        support_until=starts + dt.timedelta(days=60) if plan.channel else None,
        created_at=maker.moment(min(maker.today, starts) - dt.timedelta(days=30)),
    )  # fmt: skip


def _audience(change: Change, turn: Turn) -> Audience:
    whom, current, desired, measure, metric = turn
    in_words = " " in whom
    names = {"nomination_to_active": "Nomination to active", "fill_rate": "Fill rate"}
    return Audience(
        change=change, role="" if in_words else whom, words=whom if in_words else "", current=current,
        desired=desired, measure=measure, metric=metric, metric_name=names.get(metric, ""),
    )  # fmt: skip


def _step(maker: Maker, change: Change, users: dict[str, User], step: Step) -> ChangeStep:
    channel, name, days, owner, is_done = step
    due = maker.today + dt.timedelta(days=days)
    told = timezone.now() if due < maker.today and not is_done else None
    return ChangeStep(
        change=change, kind=StepKind.MESSAGE if channel else StepKind.TRAINING, channel=channel, name=name,
        due_on=due, owner=users[owner], done_on=due if is_done else None, done_by=users[owner] if is_done else None,
        link="" if channel else "https://intranet.demo.example/references/", reminded_at=told,
    )  # fmt: skip


def _feedback(maker: Maker, changes: list[Change], users: dict[str, User]) -> None:
    rows = []
    for kind, words, place, by, days, hours, answer, is_settled in SAID:
        change = None if place is None else changes[place]
        to = change.owner if change else None
        at = maker.moment(maker.today - dt.timedelta(days=days))
        row = FieldNote(sender=users[by], kind=kind, words=words, change=change, goes_to=to, created_at=at)
        if hours is not None:
            works = working_time(calendar_of(to))
            row.reply, row.replied_by = answer, to or users["marketer"]
            row.replied_at = min(works.add(at, dt.timedelta(hours=hours)), timezone.now())
            row.state = NoteState.SETTLED if is_settled else NoteState.REPLIED
            row.settled_at = row.replied_at if is_settled else None
        rows.append(row)
    for row, clock in zip(rows, _clocks(maker, bulk(maker, rows)), strict=True):
        row.clock = clock
    FieldNote.objects.bulk_update(rows, ["clock"])
    for row in rows:
        _tell_of_note(maker, row)


def _tell_of_note(maker: Maker, row: FieldNote) -> None:
    facts = {"kind": row.kind, "sender": row.sender_id, "to": row.goes_to_id, "change": row.change_id}
    by = row.sender.person_id if row.sender else None
    maker.tell("fieldnote.given", row, row.created_at, account_id=None, actor_id=by, **facts)
    if row.replied_at and row.replied_by:
        used = row.clock.used_minutes if row.clock else None
        maker.tell(
            "fieldnote.replied", row, row.replied_at, account_id=None, actor_id=row.replied_by.person_id, minutes=used,
            late=row.clock is not None and row.replied_at > row.clock.due_at, **facts,
        )  # fmt: skip


def _tell_of_change(maker: Maker, change: Change, steps: list[ChangeStep]) -> None:
    by = change.owner.person_id if change.owner else None
    maker.tell("change.opened", change, change.created_at, account_id=None, actor_id=by)
    for step in steps:
        if step.done_on and step.done_by:
            maker.tell(
                "change.step_done", change, maker.moment(step.done_on), account_id=None,
                actor_id=step.done_by.person_id, step=step.pk, late=False,
            )  # fmt: skip


def _clocks(maker: Maker, rows: list[FieldNote]) -> list[SlaClock]:
    clocks = []
    for row in rows:
        calendar = calendar_of(row.goes_to)
        works = working_time(calendar)
        allowed = works.day_length() * policy.now().reply_days
        used = works.between(row.created_at, row.replied_at) // MINUTE if row.replied_at else None
        clocks.append(
            SlaClock(
                kind=services.CLOCK, subject_type="fieldnote", subject_id=row.pk, calendar=calendar,
                minutes=allowed // MINUTE, started_at=row.created_at, due_at=works.add(row.created_at, allowed),
                stopped_at=row.replied_at, used_minutes=used,
            )
        )  # fmt: skip
    return bulk(maker, clocks)


def look_at_hours(maker: Maker) -> None:
    """Know what screening and a conference take, and which months lack hours; as if told: nobody is written to."""
    screened = Nomination.objects.exclude(state__in=demand.NO_WORK).order_by("pk")
    record_all(demand.said_of(row) for row in screened)
    mine = maker.apart("capacity")
    coming = maker.today.replace(day=28) + dt.timedelta(days=45)
    conference = bulk(mine, [Launch(name="Conference of users", product="All products", on=coming, references=36,
                                    hours=Decimal("4.5"))])  # fmt: skip
    record_all(
        demand_of(subject=one, kind="launch", name="Launches", hours=one.total_hours, on=one.on) for one in conference
    )
    months = capacity.months_to_come(maker.today)
    least = capacity_policy.now().alert_percent
    bulk(
        mine,
        [
            CapacityAlert(month=month, percent=share, told=share, raised_at=mine.moment(mine.day_ago(5, 1)))
            for month, share in zip(months, capacity.reach(months).shares, strict=True)
            if share is not None and share >= least
        ],
    )
