"""Gifts of the demo company: one in each state, under the rules of the receivers' employers."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from references.accounts.enums import Membership
from references.accounts.models import Account, Contact
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState
from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets.enums import CommitmentState, EntryKind
from refprogram.governance.budgets.models import Commitment, Fund
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.services import book
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.ops.demo.approving import Ask, ask
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

S = FulfilmentState
# What whose house allows, and where that is written.
RULES = {
    "Public sector": (GiftPolicy.NONE, None, "Code for public servants, § 71"),
    "Healthcare": (GiftPolicy.CHARITY_ONLY, None, "Integrity rules of the hospital group"),
    "Banking": (GiftPolicy.CEILING, Decimal(50), "Code of conduct, chapter 4"),
    "Insurance": (GiftPolicy.CEILING, Decimal(75), "Compliance handbook"),
}
# (state, what, value, who asked, days ago); the first ones need somebody today.
WISHES = (
    (S.IN_APPROVAL, "Weekend for two at the lake", 420, "rep", 1),
    (S.IN_APPROVAL, "Signed first edition", 60, "support", 2),
    (S.READY, "Hamper from their region", 48, "rep", 3),
    (S.READY, "Book on lake sailing, signed", 42, "marketer", 4),
    (S.SCHEDULED, "Flowers on the day of their jubilee", 45, "support", 6),
    (S.ORDERED, "Fountain pen with their initials", 49, "marketer", 8),
    (S.DELIVERED, "Framed page of their story", 40, "rep", 10),
    (S.ACKNOWLEDGED, "Tickets to the open-air opera", 46, "marketer", 21),
    (S.ACKNOWLEDGED, "Box of tea from Uji", 35, "support", 28),
    (S.REFUSED, "Bottle of port", 38, "rep", 17),
    (S.WAITING_MONEY, "Evening at the planetarium", 47, "rep", 5),
    (S.SUBSTITUTED, "Bottle of champagne", 45, "marketer", 9),
    (S.RETURNED, "Cut-glass vase", 44, "support", 19),
    (S.REFUNDED, "Leather notebook", 41, "marketer", 33),
    (S.REJECTED, "Tablet computer", 640, "rep", 24),
    (S.CANCELLED, "Cinema vouchers", 30, "support", 31),
)
# How many of order, delivery and answer lie behind a gift whose money was set aside.
BEHIND = {
    S.READY: 0, S.SCHEDULED: 0, S.ORDERED: 1, S.DELIVERED: 2, S.REFUSED: 2, S.RETURNED: 2, S.REFUNDED: 2,
    S.ACKNOWLEDGED: 3,
}  # fmt: skip
REASONS = {S.REFUSED: "They thank us, and may not accept alcohol.", S.CANCELLED: "They moved to another company.",
           S.REJECTED: "Too large for a thank-you; a handwritten letter does more.",
           S.SUBSTITUTED: "They do not drink alcohol.", S.RETURNED: "It arrived broken.",
           S.REFUNDED: "It came twice; the shop took one back."}  # fmt: skip


@dataclass
class Giver:
    """Makes gifts out of this quarter's fund, with their approval and their money."""

    maker: Maker
    fund: Fund

    def make(
        self, wish: tuple[FulfilmentState, str, int, str, int], contact: Contact, replaces: Fulfilment | None = None
    ) -> Fulfilment:
        """Make one gift, as far as its state says."""
        state, item, value, asker, days = wish
        account = contact.account
        charity = account.gift_policy == GiftPolicy.CHARITY_ONLY
        row = Fulfilment(
            key=f"demo:{item}", kind=GiftKind.CHARITY if charity else GiftKind.APPRECIATION,
            item="Donation to the hospice" if charity else item, value=Decimal(value),
            cause="City hospice" if charity else "", receiver=contact.person, account_id=account.pk,
            policy=account.gift_policy, ceiling=account.gift_ceiling, policy_note=account.gift_note,
            subject_type="contact", subject_id=contact.pk, label="the reference calls of this quarter",
            url=contact.get_absolute_url(), requested_by=User.objects.get(email=address(asker)), fund=self.fund,
            line=self.fund.lines.get(name="Thanks"), state=state, replaces=replaces,
            reason=REASONS.get(state, ""),
        )  # fmt: skip
        if state == S.WAITING_MONEY:
            row.fund = row.line = None
        self.carry(row, asker=asker, days=days, reason="They took three calls for us this quarter.")
        return row

    def carry(
        self, row: Fulfilment, *, asker: str, days: int, reason: str, kind: ApprovalKind = ApprovalKind.CUSTOMER_BENEFIT
    ) -> None:
        """Bring a gift as far as its state says: approved, paid, ordered, handed over, answered."""
        at = timezone.now() - dt.timedelta(days=days, hours=2)
        row.created_at = at
        _date(row, at)
        bulk(self.maker, [row])
        if not row.needed_nobody:
            self._approve(row, asker, days, reason, kind)
        if row.state in BEHIND:
            self._pay(row)
        row.save()
        self._tell(row, at)

    def _approve(self, row: Fulfilment, asker: str, days: int, reason: str, kind: ApprovalKind) -> None:
        verdicts = {S.IN_APPROVAL: ApprovalState.PENDING, S.REJECTED: ApprovalState.REJECTED}
        verdict = verdicts.get(S(row.state), ApprovalState.APPROVED)
        label, words = f"{row.item} for {row.receiver.name}", row.reason if row.state == S.REJECTED else ""
        wanted = Ask(
            kind, label, asker, 24 * days, verdict, int(row.value), reason=reason,
            steps=verdict == ApprovalState.APPROVED, words=words, subject=row,
        )  # fmt: skip
        ask(self.maker, wanted)
        row.approval = Approval.objects.get(subject_type="fulfilment", subject_id=row.pk)

    def _pay(self, row: Fulfilment) -> None:
        """Set the money aside; what was handed over is paid."""
        paid, came_back = BEHIND[S(row.state)] >= 2, row.state == S.REFUNDED
        promise = Commitment(
            key=f"fulfilment:{row.pk}:0", fund=self.fund, line=row.line, amount=row.value,
            state=CommitmentState.SPENT if paid else CommitmentState.COMMITTED,
            spent=row.value if paid and not came_back else 0,
            subject_type="fulfilment", subject_id=row.pk, label=row.item, url=row.get_absolute_url(),
            asked_by=row.requested_by, queued_at=row.created_at, created_at=row.created_at,
        )  # fmt: skip
        bulk(self.maker, [promise])
        facts: dict[str, Any] = {"fund": self.fund, "line": row.line, "commitment": promise}
        facts |= {"by": row.requested_by, "memo": row.item}
        book.enter(kind=EntryKind.COMMIT, amount=row.value, key=f"commit:{promise.pk}", **facts)
        if paid:
            book.enter(kind=EntryKind.SPEND, amount=row.value, key=f"fulfilment:{row.pk}", **facts)
            row.cost = row.value
        if came_back:
            row.refunded = row.value
            book.enter(kind=EntryKind.REFUND, amount=row.value, key=f"fulfilment:{row.pk}:back", **facts)
        row.commitment = promise

    def _tell(self, row: Fulfilment, at: dt.datetime) -> None:
        facts = {
            "receiver": row.receiver_id, "requester": row.requested_by_id, "kind": row.kind, "amount": str(row.value),
            "source_type": row.subject_type, "source_id": row.subject_id,
        }  # fmt: skip
        told = (
            ("gift.requested", at, row.requested_by.person_id),
            ("gift.ordered", row.ordered_at, row.requested_by.person_id),
            ("gift.delivered", row.delivered_at, row.requested_by.person_id),
            ("gift.acknowledged", row.acknowledged_at, row.receiver_id),
        )
        for topic, when, actor in told:
            if when is not None:
                self.maker.tell(topic, row, when, account_id=row.account_id, actor_id=actor, **facts)


def _date(row: Fulfilment, at: dt.datetime) -> None:
    """Give a gift the dates that its state asks for."""
    behind = BEHIND.get(S(row.state), 0)
    if row.state == S.SCHEDULED:
        row.scheduled_on = timezone.localdate() + dt.timedelta(days=2)
    if behind >= 1:
        row.ordered_at, row.order_reference = at + dt.timedelta(days=1), f"B-{row.value:.0f}71"
    if behind >= 2:
        row.delivered_at, row.proof_note = at + dt.timedelta(days=4), "Signed for at the reception"
    if behind >= 3:
        row.acknowledged_at = at + dt.timedelta(days=5)


def build(maker: Maker) -> None:
    """Say what every customer's house allows, and give what the wishes say to people who speak for us."""
    for industry, (policy, ceiling, note) in RULES.items():
        Account.objects.filter(industry=industry).update(gift_policy=policy, gift_ceiling=ceiling, gift_note=note)
    free = Contact.objects.filter(left_company_at__isnull=True, account__state=Membership.ACTIVE)
    free = free.exclude(account__gift_policy=GiftPolicy.NONE).exclude(person__email="")
    contacts = list(free.select_related("account", "person").order_by("pk")[:60])
    fund = Fund.objects.get(name="Customer stories", starts_on=Quarter.of(maker.today).starts_on)
    giver = Giver(maker, fund)
    for wish in sorted(WISHES, key=lambda one: -one[4]):
        contact = next((c for c in contacts if _allowed(c.account, wish[2])), None)
        if contact is not None:
            contacts.remove(contact)
            made = giver.make(wish, contact)
            if made.state == S.SUBSTITUTED:
                giver.make((S.ORDERED, "Basket of fruit", 44, wish[3], wish[4] - 2), contact, replaces=made)


def _allowed(account: Account, value: int) -> bool:
    """Whether a gift of this value may be asked for there at all."""
    return account.gift_policy != GiftPolicy.CEILING or value <= (account.gift_ceiling or 0)
