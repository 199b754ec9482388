"""The demo's stakeholders, who knows what in the company, and what comes that will need references."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from refprogram.governance.capacity.services import demand_of, record_all
from refprogram.governance.stakeholders.enums import Knows
from refprogram.governance.stakeholders.models import (
    DirectoryEntry,
    Launch,
    Pulse,
    Requirement,
    Stakeholder,
    StakeholderContact,
    StakeholderGroup,
)
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

GROUPS: Final = (("Sales leadership", True), ("Executives", True), ("Customer support", False), ("Partners", False))


@dataclass(frozen=True)
class Stake:
    """Somebody of the register: a sign-in or a name outside, what they are, how much they count, what they want."""

    who: str
    part: str
    group: int
    influence: int
    interest: int
    success: str
    every: int
    spoken: int  # days ago
    pulses: tuple[int, ...] = ()
    needs: tuple[tuple[str, int | None], ...] = ()  # what, and how many days ago it was met


STAKES: Final = (
    Stake("executive", "Executive sponsor", 1, 5, 4, "“I can name the number of deals it helped, without asking.”", 30,
          12, (3, 4, 4), (("One page a month with eight numbers", 40), ("Two customers on stage a year", None))),
    Stake("sales-head", "Head of sales", 0, 5, 5, "“No deal waits for a reference.”", 14, 19, (2, 3, 4),
          (("Answer within two working days", 60), ("A reference in each industry we sell to", None))),
    Stake("manager", "Sales manager, North", 0, 4, 4, "“My people know whom they may ask.”", 30, 8, (4, 4),
          (("Who is resting, and until when", 80),)),
    Stake("support", "Head of a support team", 2, 3, 3, "“Nobody calls a customer whose ticket is open.”", 60, 35, (3,),
          (("A freeze in two taps", 120),)),
    Stake("finance", "Finance", 1, 4, 2, "“What is given is approved before it is given.”", 90, 40),
    Stake("legal", "Legal", 1, 3, 2, "“Every quote has its consent, with the words.”", 90, 97, (4,)),
    Stake("Partner council", "Twelve resellers", 3, 2, 4, "“We borrow a reference when we bring the deal.”", 60, 51,
          (), (("A list of who may speak to partners", None),)),
)  # fmt: skip
KNOW: Final = (
    (Knows.SALES, "Hospitals and public tenders; wins against the incumbent", "Best before nine"),
    (Knows.SALES, "Banks, long cycles, references on paper", "By chat"),
    (Knows.ENGINEERING, "Nightly sync, limits of the API, what breaks at scale", "Ask in the engineering channel"),
    (Knows.ENGINEERING, "Audit log and encryption, for security questionnaires", ""),
    (Knows.OPERATIONS, "Contracts: where the reference clause stands", "By mail"),
)
# what, product, days from today, references
COMES: Final = (
    ("Audit log in real time", "Platform", 45, 3),
    ("Connector for hospitals", "Integration", 90, 5),
    ("Pricing by use", "All products", 150, 2),
)


def build(maker: Maker, company: Company) -> None:
    """Make the register and the directory."""
    mine = maker.apart("stakeholders")
    groups = bulk(mine, [StakeholderGroup(name=name, is_key=is_key) for name, is_key in GROUPS])
    users = {user.email: user for user in User.objects.select_related("person")}
    rows = bulk(mine, [_row(mine, company, groups, users, stake) for stake in STAKES])
    for row, stake in zip(rows, STAKES, strict=True):
        _history(mine, company, row, stake)
    _directory(mine, company)


def _row(
    maker: Maker, company: Company, groups: list[StakeholderGroup], users: dict[str, User], stake: Stake
) -> Stakeholder:
    user = users.get(address(stake.who))
    return Stakeholder(
        user=user, name=user.name if user else stake.who, part=stake.part, group=groups[stake.group],
        influence=stake.influence, interest=stake.interest, success=stake.success, keeper=company.marketer,
        every_days=stake.every, contacted_on=maker.today - dt.timedelta(days=stake.spoken),
        created_at=maker.moment(maker.today - dt.timedelta(days=240)),
    )  # fmt: skip


def _history(maker: Maker, company: Company, row: Stakeholder, stake: Stake) -> None:
    bulk(
        maker,
        [
            Requirement(
                stakeholder=row, text=text, due_on=None if met else maker.today + dt.timedelta(days=30),
                met_on=maker.today - dt.timedelta(days=met) if met else None,
            )
            for text, met in stake.needs
        ],
    )  # fmt: skip
    first = dt.timedelta(days=stake.spoken)
    StakeholderContact.objects.bulk_create(
        StakeholderContact(
            stakeholder=row, by=company.marketer, on=maker.today - first - dt.timedelta(days=stake.every * back),
            note="What they need is noted." if back else "",
        )
        for back in range(3)
    )  # fmt: skip
    asked = [maker.today - dt.timedelta(days=20 + 90 * back) for back in reversed(range(len(stake.pulses)))]
    bulk(
        maker,
        [
            Pulse(
                stakeholder=row, asked_by=company.marketer, score=score, created_at=maker.moment(day),
                answered_at=maker.moment(day + dt.timedelta(days=1)),
            )
            for score, day in zip(stake.pulses, asked, strict=True)
        ],
    )  # fmt: skip


def _directory(maker: Maker, company: Company) -> None:
    people = [*company.reps[:2], *company.supporters[:2], company.managers[0]]
    bulk(
        maker,
        [
            DirectoryEntry(user=user, knows=knows, topics=topics, reach=reach)
            for user, (knows, topics, reach) in zip(people, KNOW, strict=True)
        ],
    )
    launches = bulk(
        maker,
        [
            Launch(name=name, product=product, on=maker.today + dt.timedelta(days=days), references=needed)
            for name, product, days, needed in COMES
        ],
    )
    record_all(
        demand_of(subject=one, kind="launch", name="Launches", hours=one.total_hours, on=one.on) for one in launches
    )
