"""Points for things: what hinders it, where the points lie at each step, and that every failure gives them back."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from incentives.catalogue import desk, eligible, keeping_times, opinions, privacy, proofs, services
from incentives.catalogue.enums import RedemptionState
from incentives.catalogue.models import Item
from incentives.models import Redemption, Wallet
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict, Via
from refprogram.governance.budgets.models import Fund
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.governance.fulfilment.services.receiving import Answer
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.notices.models import Notice
from tests.factories.gifts import gift_fund
from tests.factories.incentives import booked
from tests.factories.incentives_catalogue import SAID, ItemFactory, asked, chosen, handed_over, ready
from tests.factories.people import RegionFactory, UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.racing import results

pytestmark = pytest.mark.django_db
R, F = RedemptionState, FulfilmentState


@pytest.fixture(autouse=True)
def _led(cast):
    cast.manager  # noqa: B018 - the team of the rep is led by somebody


def points(row):
    """What the wallet of a redemption holds: to spend, reserved, spent."""
    wallet = Wallet.objects.get(pk=row.wallet_id)
    return wallet.available, wallet.reserved, wallet.redeemed


def broken():
    return [(proof.name, proof.rows) for proof in proofs.proofs() if not proof.holds]


def decide(row, by, verdict=Verdict.APPROVE):
    approval = approvals.decide(approval=row.gift.approval, by=by, verdict=verdict, comment="Seen", via=Via.PAGE)
    gifts.decide_on_gift(approval=approval, by=by)
    services.follow_gifts(gift_ids=[row.gift_id])
    return Redemption.objects.get(pk=row.pk)


# ---------------------------------------------------------------- the whole way


def test_a_reward_from_the_wish_to_the_verdict(cast, drain, mailoutbox):
    fund = gift_fund(1000)
    row = asked(cast.rep, points=500, stock=2)
    assert (row.state, points(row), row.item.taken) == (R.ASKED, (200, 300, 0), 1)
    assert row.gift.approval.turns.get(state="open").approver == cast.manager

    row = decide(row, cast.manager)
    drain()
    assert (row.gift.state, points(row)) == (F.READY, (200, 300, 0))

    row = services.order(redemption=row, by=cast.marketer, reference="A-17")
    assert (row.state, points(row)) == (R.ORDERED, (200, 0, 300))
    row = services.deliver(redemption=row, by=cast.marketer, note="By mail", cost=Decimal(45))
    drain()
    fund.refresh_from_db()
    assert (row.state, fund.spent, fund.committed) == (R.DELIVERED, 45, 0)
    assert "Has it arrived?" in [mail.subject for mail in mailoutbox]

    row = services.confirm(redemption=row, person=cast.rep.person, worth=4, words="Good coffee")
    drain()
    row.refresh_from_db()
    assert (row.state, row.worth, row.gift.state, row.gift.taxable) == (R.CONFIRMED, 4, F.ACKNOWLEDGED, True)
    assert row.item.left == 1
    assert broken() == []


def test_what_is_not_approved_or_called_off_gives_points_money_and_stock_back(cast, drain, mailoutbox):
    item = ItemFactory(stock=1)
    row = decide(asked(cast.rep, item=item), cast.manager, Verdict.REJECT)
    drain()
    assert (row.state, row.reason, points(row), Item.objects.get().left) == (R.REJECTED, "Seen", (300, 0, 0), 1)
    assert "Not approved: " + item.name in [mail.subject for mail in mailoutbox]

    again = services.ask_for(item=item, buyer=services.buyer_of_user(cast.rep), by=cast.rep, said=SAID)
    again = services.cancel(redemption=again, by=cast.rep)
    drain()
    again.gift.approval.refresh_from_db()
    assert (again.state, again.gift.approval.state, points(again)) == (R.CANCELLED, "withdrawn", (300, 0, 0))
    with pytest.raises(DomainError, match="ordered already, or settled"):
        services.cancel(redemption=again, by=cast.rep)
    assert broken() == []


def test_an_order_that_fails_is_tried_three_times_then_all_is_given_back(cast, drain):
    row = services.order(redemption=ready(cast.rep, item=ItemFactory(stock=5, is_auto=True)), by=cast.marketer)
    for tried in range(1, 4):
        row = services.fail(redemption=row, reason="Out of stock", by=cast.marketer)
        assert (row.state, row.failures, points(row)) == (R.FAILED, tried, (0, 0, 300))
        row = services.retry(redemption=row, by=cast.marketer)

    row = services.fail(redemption=row, reason="The shop is closed", by=cast.marketer)
    drain()

    fund = Fund.objects.get()
    assert (row.state, row.failures, points(row), Item.objects.get().left) == (R.REFUNDED, 4, (300, 0, 0), 5)
    assert (fund.committed, fund.spent) == (0, 0)
    assert Notice.objects.filter(person=cast.rep.person, text__startswith="Points given back").exists()
    with pytest.raises(IllegalMove):
        services.give_back(redemption=row, reason="Again", by=cast.marketer)
    assert broken() == []


def test_what_happens_to_its_gift_elsewhere_is_followed_in_any_order(cast, drain):
    row = services.order(redemption=ready(cast.rep), by=cast.marketer)
    gifts.deliver(fulfilment=row.gift, by=cast.marketer, note="Handed over")
    gifts.answer_as_receiver(fulfilment=row.gift, answer=Answer.MISSING)
    drain()
    row.refresh_from_db()
    assert (row.state, points(row)) == (R.ORDERED, (0, 0, 300))

    gifts.deliver(fulfilment=row.gift, by=cast.marketer, note="Now it is there")
    gifts.answer_as_receiver(fulfilment=row.gift, answer=Answer.CHARITY, words="Sea rescue")
    drain()
    row.refresh_from_db()
    assert (row.gift.kind, row.cause, row.gift.state) == (GiftKind.CHARITY, "Sea rescue", F.IN_APPROVAL)
    assert (row.state, points(row)) == (R.ORDERED, (0, 0, 300))

    approvals.decide(approval=row.gift.approval, by=cast.manager, verdict=Verdict.REJECT, comment="No", via=Via.PAGE)
    drain()
    row.refresh_from_db()
    assert (row.state, points(row)) == (R.REFUNDED, (300, 0, 0))
    assert broken() == []


# ---------------------------------------------------------------- what hinders it


def test_what_hinders_a_reward_is_said(cast, marketer):
    booked(1000, person=cast.rep.person)
    buyer = services.buyer_of_user(cast.rep)
    elsewhere = ItemFactory()
    elsewhere.regions.set([RegionFactory()])
    cases = {
        ItemFactory(points=1001): "has 1000 points, and 1001",
        ItemFactory(stock=0): "All of these are taken",
        ItemFactory(roles=["manager"]): "offered to other roles",
        ItemFactory(offered=False): "not in your catalogue",
        ItemFactory(for_customers=True): "not in your catalogue",
        elsewhere: "not offered where you are",
    }
    for item, words in cases.items():
        with pytest.raises(DomainError, match=words):
            services.ask_for(item=item, buyer=buyer, by=cast.rep, said=SAID)
    with pytest.raises(InvalidInput) as refused:
        services.ask_for(item=ItemFactory(), buyer=buyer, by=cast.rep)
    assert list(refused.value.errors) == ["address"]

    services.hold_trust(person=cast.rep.person, reason="Two accounts", by=marketer)
    with pytest.raises(DomainError, match="being looked into"):
        services.ask_for(item=ItemFactory(), buyer=buyer, by=cast.rep, said=SAID)
    services.lift_hold(person=cast.rep.person, by=marketer)
    assert services.ask_for(item=ItemFactory(), buyer=buyer, by=cast.rep, said=SAID).state == R.ASKED
    assert broken() == []


def test_small_rewards_of_trusted_colleagues_need_nobodys_yes_while_a_fund_is_open(cast, drain):
    small = ItemFactory(is_auto=True, cost=Decimal(50), points=10)
    with time_machine.travel(timezone.now() - dt.timedelta(days=31)):
        booked(100, person=cast.rep.person)
    booked(100, person=cast.support.person)

    def gift_of(user, item=small):
        return services.ask_for(item=item, buyer=services.buyer_of_user(user), by=user, said=SAID).gift.state

    assert gift_of(cast.rep) == F.IN_APPROVAL  # nobody could pay for it
    gift_fund(120)
    assert gift_of(cast.rep) == F.READY
    assert gift_of(cast.support) == F.IN_APPROVAL  # a newcomer to points
    assert gift_of(cast.rep, ItemFactory(is_auto=True, cost=Decimal(51), points=10)) == F.IN_APPROVAL
    drain()
    assert broken() == []


def test_the_same_wish_sent_twice_is_one(cast):
    item = ItemFactory(stock=3)
    booked(900, person=cast.rep.person)
    given = {"item": item, "buyer": services.buyer_of_user(cast.rep), "by": cast.rep, "said": SAID, "key": "form:1"}

    assert services.ask_for(**given).pk == services.ask_for(**given).pk

    assert (Item.objects.get().taken, points(Redemption.objects.get())) == (1, (600, 300, 0))


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_the_last_points_and_the_last_item_once(cast):
    last = ItemFactory(stock=1, points=10)
    people = [UserFactory(team=cast.north) for _ in range(25)]
    for user in people:
        booked(10, person=user.person)
    free = ItemFactory(points=300)
    booked(300, person=cast.rep.person)

    def want(user, item):
        return lambda: services.ask_for(item=item, buyer=services.buyer_of_user(user), by=user, said=SAID)

    found = results(*(want(user, last) for user in people), *(want(cast.rep, free) for _ in range(25)))

    assert {code: found.count(code) for code in set(found)} == {"done": 2, "refused": 24, "overdrawn": 24}
    assert points(Redemption.objects.get(item=free)) == (0, 300, 0)
    assert Item.objects.get(pk=last.pk).left == 0
    assert broken() == []


# ---------------------------------------------------------------- afterwards


def test_an_objection_is_answered_by_somebody_else_within_days(cast, drain, marketer):
    row = handed_over(cast.rep, by=marketer)
    said = services.dispute(redemption=row, person=cast.rep.person, words="The code does not work")
    drain()
    assert round((said.due_at - said.created_at) / dt.timedelta(days=1)) == 5
    assert Notice.objects.filter(person=marketer.person, text__contains="objects").exists()
    with pytest.raises(DomainError, match="open already"):
        services.dispute(redemption=row, person=cast.rep.person, words="Once more")
    with pytest.raises(NotAllowed):
        services.answer_dispute(redemption=row, corrected=True, answer="Sorry", by=cast.rep)

    row = services.answer_dispute(redemption=row, corrected=True, answer="The shop voided it", by=marketer)
    drain()

    assert (row.state, points(row), Fund.objects.get().spent) == (R.REFUNDED, (300, 0, 0), 50)
    assert broken() == []
    with pytest.raises(DomainError, match="points are back"):
        services.dispute(redemption=row, person=cast.rep.person, words="Again")


def test_what_nobody_missed_counts_as_received_after_two_weeks(cast, marketer):
    row = handed_over(cast.rep, by=marketer)
    now = row.delivered_at + dt.timedelta(days=14)
    assert services.confirm_by_clock(now - dt.timedelta(minutes=1)) == 0
    assert services.confirm_by_clock(now) == 1
    row.refresh_from_db()
    assert (row.state, row.confirmed_by_clock, row.gift.state) == (R.CONFIRMED, True, F.DELIVERED)
    assert services.settle(row).state == R.CONFIRMED

    services.say_missing(redemption=row, person=cast.rep.person)

    row.refresh_from_db()
    assert (row.state, row.confirmed_by_clock, points(row)) == (R.ORDERED, False, (0, 0, 300))
    assert broken() == []


def test_who_runs_the_catalogue_has_on_the_desk_what_waits(cast, marketer):
    ready(cast.rep)
    titles = [item.title for item in desk.desk_items(marketer)]
    assert titles == ["1 reward to order"]
    assert desk.desk_items(cast.rep) == []


def test_what_was_told_for_a_reward_is_emptied_and_handed_out(cast, marketer):
    row = handed_over(cast.rep, by=marketer)
    services.confirm(redemption=row, person=cast.rep.person)
    told = privacy.export_person(cast.rep.person_id)
    assert [one["details"] for one in told["rewards"]] == [SAID]
    policy = keeping_times.POLICIES[0]
    assert list(policy.overdue(timezone.now() + dt.timedelta(days=1))) == [row]

    policy.forget([row])
    privacy.erase_person(cast.rep.person_id)

    row.refresh_from_db()
    assert (row.details, row.points) == ({}, 300)


# ---------------------------------------------------------------- customers


def test_a_customer_chooses_under_the_rule_of_their_house(cast, drain):
    account = AccountFactory(owner=cast.rep, gift_policy=GiftPolicy.CEILING, gift_ceiling=Decimal(100))
    contact = ContactFactory(account=account)
    row = chosen(contact, by=cast.marketer)
    assert (row.account, row.gift.policy, row.gift.ceiling, row.gift.approval.kind) == (
        account, GiftPolicy.CEILING, 100, "customer_benefit",
    )  # fmt: skip

    with pytest.raises(DomainError, match="gifts up to"):
        chosen(contact, by=cast.marketer, cost=Decimal(101))
    account.gift_policy, account.gift_ceiling = GiftPolicy.NONE, None
    account.save()
    with pytest.raises(DomainError, match="no gifts at all"):
        chosen(ContactFactory(account=account), by=cast.marketer)
    item = ItemFactory(for_customers=True, kind="service", is_gift=False)
    services.give_points(to=contact, points=300, reason="For an hour of your time", by=cast.marketer)
    contact.refresh_from_db()
    assert eligible.why_not(item, services.buyer_of_contact(contact), regions=set()) == ""  # a service is no gift
    assert broken() == []


@pytest.mark.parametrize(
    ("topic", "fields", "refused"),
    [
        ("reference.delivered", ["activity", "assumed"], False),
        ("survey.answered", [], False),
        ("survey.answered", ["score"], True),
        ("feedback.given", [], True),
        ("reference.delivered", ["activity", "rating"], True),
    ],
)
def test_no_rule_for_customers_listens_to_an_opinion(topic, fields, refused):
    assert bool(opinions.why_not_for_customers(topic, fields)) == refused


def test_the_best_kept_records_bring_a_voucher_once(cast, drain):
    gift_fund(1000)
    cast.marketer  # noqa: B018 - somebody runs the catalogue
    emit(
        "quality.won", subject=cast.rep.person, payload={"person": cast.rep.person_id, "month": "2026-10", "score": 99}
    )
    drain()
    given = cast.rep.person.fulfilments.get()
    assert (given.item, given.value, given.approval.kind) == ("Voucher for the best-kept records", 50, "reward")


def test_what_is_written_is_written_in_the_language_of_who_reads_it(cast, drain, mailoutbox):
    gift_fund(1000)
    contact = ContactFactory()
    contact.person.language = "de"
    contact.person.save()
    services.give_points(to=contact, points=2000, reason="For a visit", by=cast.marketer)
    item, buyer = ItemFactory(for_customers=True, points=2000), services.buyer_of_contact(contact)
    row = services.ask_for(item=item, buyer=buyer, by=cast.marketer, said=SAID)
    services.give_back(redemption=row, reason="Sold out", by=cast.marketer)

    drain()

    (letter,) = [mail for mail in mailoutbox if mail.subject.startswith("Called off")]
    assert "2.000 points are yours to spend again." in letter.body  # no “2,000”
