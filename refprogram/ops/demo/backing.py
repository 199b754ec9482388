"""The demo's sponsors: who backs what, a year of promises with one missed and one handed over, and a gap."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from refprogram.governance.sponsors.enums import Backs, Cause, PledgeKind, PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

K, S = PledgeKind, PledgeState
REPEAT: Final = "Three sentences about references in the monthly all-hands"
MONTHLY: Final = 4  # weeks
MISSED_AT: Final = 7  # of the year's all-hands, the oldest first
LATE_AT: Final = 4
FRIDAY: Final = 4


@dataclass(frozen=True)
class Promised:
    """One promise: whose, what, how many days from today, and how many days after that it was done (None: open)."""

    who: str
    kind: PledgeKind
    words: str
    channel: str
    audience: str
    days: int
    done: int | None = None
    proof: str = ""
    state: PledgeState = S.PROMISED
    because: str = ""


PROMISES: Final = (
    Promised("executive", K.ANNOUNCE, "Say in public that the company wants references, and why", "Kick-off",
             "Everybody in sales", -320, 0, "Two minutes, 180 people, eleven nominations in the week after."),
    Promised("executive", K.UNBLOCK, "Have the reference clause put into the standard contract", "Mail to legal",
             "Legal", -200, -12, "It is in since the summer."),
    Promised("executive", K.ATTEND, "Open the customers’ day and thank the winners by name", "Customers’ day",
             "Winners and guests", -96, 0, "Seven winners, and a photograph with each."),
    Promised("executive", K.ATTEND, "Lunch with the three who nominated most", "Canteen", "Best nominators", 3),
    Promised("executive", K.UNBLOCK, "Agree with the data office that outcomes may be shown", "Meeting",
             "Data office", 24),
    Promised("sales-head", K.ANNOUNCE, "Write to all teams that nominations are part of the job", "Mail",
             "All of sales", -250, 0, "Sent; the managers passed it on."),
    Promised("sales-head", K.REPEAT, "Name the best nominator of the month in the pipeline call", "Pipeline call",
             "Managers", -61, 2, "A few days late, because of the trade fair."),
    Promised("sales-head", K.ATTEND, "Judge the internal contest", "Contest", "Entrants", -40,
             state=S.RELEASED, because="The contest was moved to spring; it was not for Victor to keep it."),
    Promised("sales-head", K.UNBLOCK, "Give each team one hour a month for references", "Managers’ round",
             "Managers", 11),
)  # fmt: skip


def build(maker: Maker, company: Company) -> None:
    """Make sponsors and what they promised."""
    own = maker.apart("sponsors")
    users = {user.email: user for user in User.objects.select_related("person")}
    executive, head = users[address("executive")], users[address("sales-head")]
    whole = _sponsor(own, executive, 330, deputy=head)
    americas = _sponsor(own, head, 260, backs=Backs.REGION, region=company.regions["Americas"])
    before, after = company.managers[-1], company.managers[0]
    _sponsor(
        own, before, 300, backs=Backs.REGION, region=company.regions["EMEA"],
        ended_on=own.today - dt.timedelta(days=9), ended_for=Cause.ROLE,
    )  # fmt: skip
    emea = _sponsor(own, after, 9, backs=Backs.REGION, region=company.regions["EMEA"])
    of = {"executive": whole, "sales-head": americas}
    _sponsor(
        own, company.managers[-2], 320, backs=Backs.REGION, region=company.regions["APAC"],
        ended_on=own.today - dt.timedelta(days=75), ended_for=Cause.TERM,
    )  # fmt: skip
    for row in bulk(own, [_pledge(own, company, of[one.who], one) for one in PROMISES]):
        _tell(own, company, row)
    _all_hands(own, company, whole)
    _handed_over(own, company, emea, before)


def _sponsor(maker: Maker, user: User, days: int, **more: Any) -> Sponsorship:
    day = maker.today - dt.timedelta(days=days)
    row = Sponsorship(user=user, starts_on=day, created_at=maker.moment(day), **more)
    (made,) = bulk(maker, [row])
    maker.tell(
        "sponsorship.begun", made, maker.moment(day), account_id=None, actor_id=None, sponsor=user.person_id
    )  # fmt: skip
    return row


def _pledge(maker: Maker, company: Company, sponsorship: Sponsorship, one: Promised) -> SponsorPledge:
    due = _working(maker.today + dt.timedelta(days=one.days))
    done = _working(due + dt.timedelta(days=one.done)) if one.done is not None else None
    state = S.DONE if done else one.state
    return SponsorPledge(
        sponsorship=sponsorship, kind=one.kind, words=one.words, channel=one.channel, audience=one.audience,
        due_on=due, state=state, done_on=done, proof=one.proof, because=one.because, noted_by=company.marketer,
        created_at=maker.moment(min(due - dt.timedelta(days=30), maker.today - dt.timedelta(days=6))),
        settled_at=maker.moment(done or due) if state in (S.DONE, S.RELEASED) else None,
    )  # fmt: skip


def _tell(maker: Maker, company: Company, row: SponsorPledge) -> None:
    """Tell that it was promised, and what became of it."""
    sponsor, program = row.holder.person_id, company.marketer.person_id
    said: dict[str, Any] = {"account_id": None, "sponsor": sponsor, "kind": row.kind}
    day = row.due_on.isoformat()
    maker.tell("pledge.promised", row, row.created_at, actor_id=program, due_on=day, **said)
    at = row.settled_at or row.created_at
    if row.state == S.DONE:
        maker.tell("pledge.done", row, at, actor_id=sponsor, on_time=row.on_time, **said)
    elif row.state == S.MISSED:
        maker.tell("pledge.missed", row, at, actor_id=None, due_on=day, **said)
    elif row.state == S.RELEASED:
        maker.tell("pledge.released", row, at, actor_id=program, **said)


def _working(day: dt.date) -> dt.date:
    """Return the day, or the Monday after a weekend."""
    return day + dt.timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)


def _all_hands(maker: Maker, company: Company, whole: Sponsorship) -> None:
    """Make a year of the same three sentences, every four weeks: one late, one missed, the next one open."""
    next_one = _working(maker.today + dt.timedelta(days=5))
    rows = []
    for place, back in enumerate(reversed(range(12))):
        due = next_one - dt.timedelta(weeks=MONTHLY * back)
        done = due + dt.timedelta(days=3 if place == LATE_AT else 0)
        open_now, missed = back == 0, place == MISSED_AT
        rows.append(
            SponsorPledge(
                sponsorship=whole,
                kind=K.REPEAT,
                words=REPEAT,
                channel="All-hands",
                audience="Everybody",
                due_on=due,
                every_weeks=MONTHLY,
                noted_by=company.marketer,
                state=S.PROMISED if open_now else S.MISSED if missed else S.DONE,
                done_on=None if open_now or missed else done,
                created_at=maker.moment(due - dt.timedelta(weeks=MONTHLY)),
                settled_at=None if open_now else maker.moment(done),
            )
        )
    made = bulk(maker, rows)
    for row in made:
        _tell(maker, company, row)
    for before, after in pairwise(made):
        after.follows = before
    SponsorPledge.objects.bulk_update(made, ["follows"])


def _handed_over(maker: Maker, company: Company, emea: Sponsorship, before: User) -> None:
    """Make a promise that was made before its sponsor's time: it waits for their yes."""
    day = maker.today - dt.timedelta(days=9)
    (row,) = bulk(
        maker,
        [
            SponsorPledge(
                sponsorship=emea,
                kind=K.ATTEND,
                words="Open the spring event in Amsterdam with a customer",
                channel="Spring event",
                audience="Customers and prospects",
                state=S.HANDED,
                due_on=maker.today + dt.timedelta(days=60),
                noted_by=company.marketer,
                created_at=maker.moment(day),
            )
        ],
    )
    maker.tell(
        "pledge.handed_over", row, maker.moment(day), account_id=None, actor_id=company.marketer.person_id,
        sponsor=emea.user.person_id, before=before.person_id, alone=False,
    )  # fmt: skip
