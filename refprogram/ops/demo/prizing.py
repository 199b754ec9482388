"""Prizes of last year's contest: one in each state, from the offer to the thank-you. Nobody is written to."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from awards.contests.enums import ContestState, PrizeKind
from awards.models import Award, Contest, PrizeGrant
from awards.prizes.enums import GrantState
from awards.prizes.offers import gift_kind
from awards.prizes.services.granting import missing_in, why_held
from awards.prizes.services.rows import PEOPLE, rule_of
from refprogram.governance.budgets.enums import CostKind
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.ops.demo import contesting
from refprogram.ops.demo.budgeting import Ledger, Plan
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.giving import Giver
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.enums import Role
from refprogram.people.models import User

G, F = GrantState, FulfilmentState
FUND: Final = Plan(
    "Contests", "marketer", "Prizes of our contests.", 52_000, ((CostKind.INCENTIVE, "Thanks", 52_000),), ()
)
# What becomes of the prizes, in the order of the page: (state, of the gift, days since the answer).
WAYS: Final = (
    (G.TAKEN, F.ACKNOWLEDGED, 150), (G.TAKEN, F.DELIVERED, 20), (G.TAKEN, F.READY, 12), (G.TAKEN, F.ORDERED, 40),
    (G.OFFERED, None, 0), (G.TAKEN, F.IN_APPROVAL, 3), (G.TAKEN, F.SCHEDULED, 9),
)  # fmt: skip
CAUSES: Final = ("City hospice", "Lifeboats of the north coast", "School library, Almada")
SAID: Final[dict[str, dict[str, str]]] = {
    PrizeKind.CONFERENCE: {"traveller": "Two of the team; names follow", "leaving": "The nearest airport"},
    PrizeKind.DINNER: {"guests": "Our two planners", "wished": "Thursdays in January", "diet": "One without meat"},
}
NOTE: Final = "A table for five; we come by train."


@dataclass
class _Prizes:
    """Writes granted prizes and their gifts."""

    maker: Maker
    giver: Giver
    host: User

    def make(self, row: PrizeGrant, way: tuple[GrantState, FulfilmentState | None, int], number: int) -> None:
        """Bring one prize as far as its way says; where nothing may be offered, it is held."""
        state, gift, days = way
        offered = row.award.contest.announce_at + dt.timedelta(minutes=1)
        held = why_held(row)[:300]
        if held:
            row.state, row.blocked = G.HELD, held
            self._keep(row, [("prize.held", offered, None)])
            return
        row.state, row.offered_at = state, offered
        if gift is None:
            row.offered_at = timezone.now() - dt.timedelta(days=6)
            self._keep(row, [("prize.offered", row.offered_at, None)])
            return
        self._choose(row, days, number)
        self._arrange(row)
        bulk(self.maker, [row])
        row.fulfilment = self._gift(row, gift, days)
        row.state = G.TAKEN
        row.save()
        owner = row.award.place.entry.owner_id
        self._tell(row, [("prize.offered", offered, None), ("prize.taken", row.answered_at or offered, owner)])

    def _choose(self, row: PrizeGrant, days: int, number: int) -> None:
        """What the winner said: a cause, names, days; where the house allows no more, a donation."""
        row.state = G.OFFERED  # until its gift is there
        row.answered_at = timezone.now() - dt.timedelta(days=days, hours=3)
        rule = rule_of(row)
        _field, refusal = rule.refusal(gift_kind(row.kind), row.value)
        if row.kind == PrizeKind.DONATION or refusal:
            row.cause = CAUSES[number % len(CAUSES)]
            if rule.ceiling is not None:
                row.value = min(row.value, rule.ceiling)
            if row.kind != PrizeKind.DONATION:
                row.item = f"Donation in place of: {row.item}"
        else:
            row.details = SAID.get(row.kind, {})

    def _arrange(self, row: PrizeGrant) -> None:
        if row.kind == PrizeKind.DINNER and not row.cause:
            row.host, row.where, row.note = self.host, "Lisbon", NOTE

    def _gift(self, row: PrizeGrant, state: FulfilmentState, days: int) -> Fulfilment:
        entry, rule = row.award.place.entry, rule_of(row)
        gift = Fulfilment(
            key=f"prize:{row.public_id}:0", kind=GiftKind.CHARITY if row.cause else gift_kind(row.kind), item=row.item,
            value=row.value, cause=row.cause, receiver=entry.owner, account_id=entry.account_id, policy=rule.policy,
            ceiling=rule.ceiling, policy_note=rule.note, subject_type="prizegrant", subject_id=row.pk,
            label=f"{row.award.place.category.name} at the {row.award.contest.name}", url=row.get_absolute_url(),
            requested_by=row.award.contest.owner, fund=self.giver.fund, line=self.giver.fund.lines.get(), state=state,
        )  # fmt: skip
        self.giver.carry(gift, asker="marketer", days=days, reason="A prize that was announced before the contest.")
        return gift

    def _keep(self, row: PrizeGrant, told: list[tuple[str, dt.datetime, int | None]]) -> None:
        bulk(self.maker, [row])
        self._tell(row, told)

    def _tell(self, row: PrizeGrant, told: list[tuple[str, dt.datetime, int | None]]) -> None:
        facts: dict[str, Any] = {"contest": row.award.contest_id, "award": row.award_id}
        for topic, at, actor in told:
            self.maker.tell(topic, row, at, account_id=row.award.place.entry.account_id, actor_id=actor, **facts)


def build(maker: Maker, company: Company) -> None:
    """Give the winners of last year's contest their prizes, out of a fund of their own."""
    mine = maker.apart("prizes")
    contest = contesting.found().past
    ledger = Ledger(mine, FUND, Quarter.of(mine.today))
    ledger.fill(is_now=True)
    prizes = _Prizes(mine, Giver(mine, ledger.fund), User.objects.get(role=Role.EXECUTIVE))
    awards = Award.objects.filter(contest=contest).select_related(*(f.removeprefix("award__") for f in PEOPLE[:6]))
    known = {award.pk: award for award in awards}
    for number, row in enumerate(missing_in(contest)):
        row.award = known[row.award_id]
        prizes.make(row, WAYS[number % len(WAYS)], number)
    _go_on(mine, contest, company)
    mine.flush()


def _go_on(maker: Maker, contest: Contest, company: Company) -> None:
    """The contest has prizes on their way."""
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.FULFILMENT)
    payload = {"from": ContestState.PUBLISHED.value, "to": ContestState.FULFILMENT.value, "reason": ""}
    at = contest.announce_at + dt.timedelta(minutes=1)
    maker.tell("contest.moved", contest, at, account_id=None, actor_id=company.marketer.person_id, **payload)
