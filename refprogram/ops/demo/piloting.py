"""The demo's pilots: a rule that six reps try, a feature rolled out to all, thanks to customers: sales is asked."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from incentives.models import Rule, RuleSpan
from incentives.rulebook.enums import RuleState
from refprogram.governance.pilots.enums import Answer, PilotKind, PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotCriterion, PilotMember, PilotNote
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

FEW: Final = 6
EARLY: Final = {
    "shape": 1, "topic": "request.submitted", "who": "requester", "gives": {"amount": 5},
    "caps": [{"span": "month", "most": 20}],
}  # fmt: skip
THANKS: Final = {
    "shape": 1, "topic": "survey.answered", "who": "contact", "gives": {"amount": 25},
    "caps": [{"span": "quarter", "most": 50}],
}  # fmt: skip
SEEN: Final = (
    "Two of us asked for a reference a week earlier than usual: the points made us think of it at the first call.",
    "On the phone I did not see that it had given anything. A word after sending would do.",
    "It felt odd to get points for asking. I would rather get them when the call was held.",
)


def build(maker: Maker, company: Company) -> None:
    """Make the three."""
    mine = maker.apart("pilots")
    head = User.objects.select_related("person").get(email=address("sales-head"))
    _running(mine, company, head)
    _rolled_out(mine, company, head)
    _asked(mine, company, head)


def _pilot(maker: Maker, company: Company, people: Sequence[User], days: tuple[int, int], **facts: Any) -> Pilot:
    """Make a pilot from so many days ago until so many from now, with its people."""
    first, last = (maker.today + dt.timedelta(days=away) for away in days)
    row = Pilot(
        owner=company.marketer, made_by=company.marketer, starts_on=first, ends_on=last,
        created_at=maker.moment(first - dt.timedelta(days=12)), **facts,
    )  # fmt: skip
    bulk(maker, [row])
    PilotMember.objects.bulk_create([PilotMember(pilot=row, user=one) for one in people])
    return row


def _consult(maker: Maker, row: Pilot, of: User, ago: int, **answer: Any) -> PilotConsult:
    return PilotConsult(
        pilot=row, version=row.version, asked=of, asked_by=row.owner,
        question="May we do this with your customers, or does it come at a bad time?",
        created_at=maker.moment(maker.today - dt.timedelta(days=ago)), **answer,
    )  # fmt: skip


def _running(maker: Maker, company: Company, head: User) -> None:
    people, day = company.reps[:FEW], maker.today - dt.timedelta(days=9)
    began = maker.moment(day)
    rule = Rule(
        name="Reference asked for early", definition=EARLY, state=RuleState.LIVE, live_since=began,
        created_by=company.marketer, approved_by=head,
    )  # fmt: skip
    bulk(maker, [rule])
    RuleSpan.objects.create(
        rule=rule, version=1, definition=EARLY, topics=rule.says.topics, since=began, approved_by=head,
        only=sorted(one.person_id for one in people),
    )  # fmt: skip
    row = _pilot(
        maker, company, people, (-9, 12), name="Points for asking early", kind=PilotKind.RULE, thing=rule.public_id,
        label=rule.name, state=PilotState.RUNNING, begun_at=began,
        hypothesis="Reps who get a few points for asking ask a week earlier, and we find a speaker more often.",
    )  # fmt: skip
    met = {"seen": "Six days earlier on average", "met": True, "judged_by": company.marketer}
    bulk(
        maker,
        [
            PilotCriterion(pilot=row, text="They ask earlier than the others", how="From asking to the day needed",
                           target="5 days earlier", **met),
            PilotCriterion(pilot=row, text="No more requests without a deal", how="Requests without an opportunity",
                           target="as before, or fewer"),
        ],
    )  # fmt: skip
    bulk(
        maker,
        [
            PilotNote(pilot=row, by=one, text=text, created_at=maker.moment(day + dt.timedelta(days=place * 3 + 1)))
            for place, (one, text) in enumerate(zip(people, SEEN, strict=False))
        ],
    )
    maker.tell("pilot.begun", row, began, account_id=None, actor_id=company.marketer.person_id,
               people=[one.person_id for one in people], count=len(people))  # fmt: skip


def _rolled_out(maker: Maker, company: Company, head: User) -> None:
    decided = maker.moment(maker.today - dt.timedelta(days=58))
    row = _pilot(
        maker, company, company.supporters[:4], (-90, -62), name="Who knows what, first with support",
        kind=PilotKind.FEATURE, thing="directory", label="Who knows what", state=PilotState.ROLLED_OUT,
        hypothesis="Whoever can look up an engineer asks the reference managers less often.",
        begun_at=maker.moment(maker.today - dt.timedelta(days=90)), ended_at=decided, decided_at=decided,
        decided_by=head, because="Four people found somebody by themselves eleven times. Nobody was asked twice.",
    )  # fmt: skip
    bulk(
        maker,
        [PilotCriterion(pilot=row, text="They find somebody by themselves", how="Counted by hand", target="10 times",
                        seen="11 times in four weeks", met=True, judged_by=company.marketer)],
    )  # fmt: skip
    maker.tell("pilot.rolled_out", row, decided, account_id=None, actor_id=head.person_id, people=[])


def _asked(maker: Maker, company: Company, head: User) -> None:
    rule = Rule(name="A customer answers a survey", definition=THANKS, state=RuleState.DRAFT,
                created_by=company.marketer)  # fmt: skip
    bulk(maker, [rule])
    row = _pilot(
        maker, company, company.reps[2:5], (7, 35), name="Thanks to customers who answer", kind=PilotKind.RULE,
        thing=rule.public_id, label=rule.name, touches_customers=True, state=PilotState.CONSULTING,
        hypothesis="Customers who are thanked answer the next survey, too.",
    )  # fmt: skip
    bulk(maker, [PilotCriterion(pilot=row, text="More of them answer the next survey", how="Share of answers",
                                target="60 %")])  # fmt: skip
    bulk(
        maker,
        [
            _consult(maker, row, head, 3, answer=Answer.YES_IF, answered_at=maker.moment(maker.today),
                     condition="No account with an open renewal", words="Good idea, bad month for renewals."),
            _consult(maker, row, company.managers[0], 2),
        ],
    )  # fmt: skip
