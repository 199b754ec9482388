"""Gifts: under the employer's rule, approved, paid, delivered with proof, answered; and all that goes otherwise."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets import proofs as budget_proofs
from refprogram.governance.budgets import services as funds
from refprogram.governance.budgets.enums import CommitmentState
from refprogram.governance.fulfilment import proofs, services
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.governance.fulfilment.privacy import erase_person, export_person
from refprogram.governance.fulfilment.services.receiving import Answer
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.notices.models import Notice
from tests.factories.budgets import promised
from tests.factories.gifts import approved_gift, asked_gift, decide, delivered_gift, gift_fund
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
S = FulfilmentState


def sound():
    """Whether all proofs of gifts and budgets hold."""
    return [proof.name for proof in (*proofs.proofs(), *budget_proofs.proofs()) if not proof.holds] == []


@pytest.mark.parametrize(
    ("rule", "kind", "value", "field", "words"),
    [
        (GiftRule(GiftPolicy.NONE, note="Civil service act"), "appreciation", 5, "kind", "no gifts at all .Civil"),
        (GiftRule(GiftPolicy.NONE), "charity", 5, "kind", "Thank them in words"),
        (GiftRule(GiftPolicy.CHARITY_ONLY), "appreciation", 5, "kind", "only a gift to charity"),
        (GiftRule(GiftPolicy.CEILING, Decimal(50)), "appreciation", "50.01", "value", r"up to \$50"),
    ],
)
def test_what_the_employer_forbids_is_refused_by_name(rule, kind, value, field, words):
    with pytest.raises(InvalidInput, match=words) as refusal:
        asked_gift(value, rule=rule, kind=GiftKind(kind), cause="Lifeboats")
    assert list(refusal.value.errors) == [field]
    assert not Fulfilment.objects.exists()


@pytest.mark.parametrize(
    ("rule", "kind", "value"),
    [
        (GiftRule(GiftPolicy.CEILING, Decimal(50)), "appreciation", 50),
        (GiftRule(GiftPolicy.CHARITY_ONLY), "charity", 500),
        (GiftRule(), "appreciation", 10_000),
    ],
)
def test_what_the_employer_allows_goes_to_approval(rule, kind, value):
    row = asked_gift(value, rule=rule, kind=GiftKind(kind), cause="Lifeboats")
    assert (row.state, row.policy, row.approval.amount) == (S.IN_APPROVAL, rule.policy, value)


def test_the_database_holds_the_rule_too():
    row = asked_gift(50, rule=GiftRule(GiftPolicy.CEILING, Decimal(50)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Fulfilment.objects.filter(pk=row.pk).update(value=51)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fulfilment.objects.filter(pk=row.pk).update(state=S.DELIVERED)


def test_from_the_wish_to_the_thanks(rep, marketer, executive, drain, mailoutbox):
    fund = gift_fund(1000)
    row = asked_gift(300, fund=fund, requested_by=rep)
    drain()

    decide(row, Verdict.APPROVE, by=executive)
    drain()
    fund.refresh_from_db()
    assert (row.state, fund.committed, row.line.name) == (S.READY, 300, "Gifts")

    services.order(fulfilment=row, by=marketer, reference=" A  1 ")
    services.deliver(fulfilment=row, by=marketer, note="Signed for", cost=Decimal(280))
    mailoutbox.clear()
    drain()

    fund.refresh_from_db()
    assert (fund.spent, fund.committed, fund.available) == (280, 0, 720)
    (mail,) = [mail for mail in mailoutbox if row.receiver.email in mail.to[0]]
    assert mail.subject == "Has it arrived?"
    token = mail.body.split("/s/")[1].split("/")[0]
    done = services.answer_by_link(token=token, answer=Answer.RECEIVED)
    drain()

    assert (done.state, done.order_reference) == (S.ACKNOWLEDGED, "A 1")
    assert Notice.objects.filter(person=rep.person, kind="gift_news").count() == 2
    assert sound()


def test_the_same_key_asks_once(rep):
    first = asked_gift(key="once", requested_by=rep)
    assert asked_gift(key="once", requested_by=rep) == first
    assert Approval.objects.filter(subject_type="fulfilment").count() == 1


def test_a_rejected_gift_costs_nothing():
    fund = gift_fund()
    row = asked_gift(fund=fund)

    decide(row, Verdict.REJECT)

    fund.refresh_from_db()
    assert (row.state, row.reason, fund.committed) == (S.REJECTED, "Seen", 0)


def test_without_money_it_waits_and_has_it_by_the_next_release(drain):
    fund = gift_fund(100)
    other = promised(50, fund=fund)
    row = approved_gift(80, fund=fund)
    assert row.state == S.WAITING_MONEY

    funds.release(commitment=other, by=None, reason="Not needed")
    drain()

    row.refresh_from_db()
    assert (row.state, row.commitment.state) == (S.READY, CommitmentState.COMMITTED)


def test_without_a_fund_the_roomiest_one_that_plans_for_gifts_pays():
    gift_fund(100)
    roomy = gift_fund(500)

    row = asked_gift(50)
    decide(row, Verdict.APPROVE)

    assert (row.fund, row.state) == (roomy, S.READY)


def test_where_no_fund_is_open_somebody_chooses_one_later(marketer):
    row = asked_gift(50)
    decide(row, Verdict.APPROVE)
    assert (row.state, row.commitment) == (S.WAITING_MONEY, None)

    services.choose_fund(fulfilment=row, fund=gift_fund(60), by=marketer)

    row.refresh_from_db()
    assert row.state == S.READY


def test_a_fund_that_closes_lets_the_gift_look_for_another(finance, drain):
    fund = gift_fund(10)
    row = approved_gift(50, fund=fund)

    funds.close_fund(fund=fund, by=finance)
    drain()

    row.refresh_from_db()
    assert (row.state, row.commitment, row.fund) == (S.WAITING_MONEY, None, None)


def test_calling_off_sets_the_money_free_and_takes_back_the_approval(rep, drain):
    fund = gift_fund(100)
    asked = asked_gift(60, fund=fund, requested_by=rep)
    services.cancel(fulfilment=asked, by=rep, reason="Not needed")
    ready = approved_gift(60, fund=fund, requested_by=rep)
    services.cancel(fulfilment=ready, by=rep, reason="Not needed")
    drain()

    fund.refresh_from_db()
    asked.approval.refresh_from_db()
    assert (fund.available, asked.approval.state) == (100, "withdrawn")
    assert sound()


def test_nothing_is_delivered_without_proof(marketer):
    row = approved_gift()
    services.order(fulfilment=row, by=marketer)
    with pytest.raises(InvalidInput, match="Add a file, or say how"):
        services.deliver(fulfilment=row, by=marketer, note=" ")


def test_what_cost_more_than_is_there_is_refused_beside_the_field(marketer):
    row = approved_gift(100, fund=gift_fund(110))
    services.order(fulfilment=row, by=marketer)
    with pytest.raises(InvalidInput) as refusal:
        services.deliver(fulfilment=row, by=marketer, note="x", cost=Decimal(111))
    assert list(refusal.value.errors) == ["cost"]


def test_who_does_not_look_after_gifts_orders_none(rep):
    with pytest.raises(NotAllowed):
        services.order(fulfilment=approved_gift(requested_by=rep), by=rep)


def link_of(row):
    return links.issue(purpose="gift_receipt", subject=row, person_id=row.receiver_id).rstrip("/").rpartition("/")[2]


def test_not_arrived_is_on_order_again_and_paid_once(marketer, drain):
    row = delivered_gift(100)
    services.answer_by_link(token=link_of(row), answer=Answer.MISSING, words="Nothing here")
    drain()
    row.refresh_from_db()
    assert (row.state, row.reason) == (S.ORDERED, "Nothing here")
    assert Notice.objects.filter(kind="gift_trouble").exists()

    services.deliver(fulfilment=row, by=marketer, note="Second parcel")

    row.refresh_from_db()
    assert (row.state, row.fund.spent) == (S.DELIVERED, 100)
    assert sound()


def test_a_no_by_link_is_kept_and_the_money_comes_back(marketer, finance):
    row = delivered_gift(100)
    token = link_of(row)
    services.answer_by_link(token=token, answer=Answer.REFUSED, words="Our rules")
    services.answer_by_link(token=token, answer=Answer.REFUSED, words="Again")
    with pytest.raises(IllegalMove):
        services.answer_by_link(token=token, answer=Answer.RECEIVED)

    services.take_back(fulfilment=row, by=marketer, reason="Sent back")
    services.refund(fulfilment=row, by=finance)

    row.refresh_from_db()
    assert (row.state, row.fund.available, row.commitment.spent) == (S.REFUNDED, 1000, 0)
    assert sound()


def test_charity_instead_asks_for_a_gift_of_the_same_value():
    row = delivered_gift(100)
    token = link_of(row)
    with pytest.raises(InvalidInput, match="which cause"):
        services.answer_by_link(token=token, answer=Answer.CHARITY)

    services.answer_by_link(token=token, answer=Answer.CHARITY, words="Lifeboats")

    row.refresh_from_db()
    instead = row.replaced_by
    assert (row.state, instead.kind, instead.cause, instead.value) == (S.SUBSTITUTED, "charity", "Lifeboats", 100)
    assert instead.state == S.IN_APPROVAL


def test_something_else_instead_keeps_the_rule_and_frees_the_money(marketer):
    fund = gift_fund(100)
    row = approved_gift(80, fund=fund, rule=GiftRule(GiftPolicy.CEILING, Decimal(90)))
    facts = {"kind": GiftKind.APPRECIATION, "item": "Tea", "reason": "Sold out"}
    with pytest.raises(InvalidInput, match=r"up to \$90"):
        services.substitute(fulfilment=row, by=marketer, value=Decimal(91), **facts)

    other = services.substitute(fulfilment=row, by=marketer, value=Decimal(20), **facts)

    fund.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, other.replaces, fund.available) == (S.SUBSTITUTED, row, 100)


def test_nothing_comes_back_where_nothing_was_spent(marketer):
    row = approved_gift()
    services.refuse(fulfilment=row, by=marketer, reason="They asked us not to")
    with pytest.raises(DomainError, match="No money was spent"):
        services.refund(fulfilment=row, by=marketer)
    assert sound()


def test_what_a_colleague_wins_is_for_the_tax_office(finance):
    colleague = UserFactory()
    prize = asked_gift(kind=GiftKind.PRIZE, receiver=colleague.person)
    assert prize.taxable
    assert not asked_gift().taxable

    services.mark_taxable(fulfilment=prize, taxable=False, by=finance)
    assert not Fulfilment.objects.get(pk=prize.pk).taxable


def test_erasing_a_receiver_leaves_the_books_and_no_words(marketer):
    row = delivered_gift(100)
    assert export_person(row.receiver_id)["gifts_received"][0]["item"] == "A book"

    erase_person(row.receiver_id)

    row.refresh_from_db()
    assert (row.label, row.reason, row.cause, row.fund.spent) == ("", "", "", 100)
    assert row.receiver.name not in row.approval.label
    assert sound()


# ---------------------------------------------------------------- what is ordered is owed


def ordered_gift(fund, marketer, value=60):
    row = approved_gift(value, fund=fund)
    services.order(fulfilment=row, by=marketer)
    return row


def test_what_is_ordered_is_not_called_off_like_a_wish(marketer):
    row = ordered_gift(gift_fund(100), marketer)
    with pytest.raises(IllegalMove):
        services.cancel(fulfilment=row, by=marketer, reason="Not needed")
    with pytest.raises(IllegalMove):
        services.cancel_order(fulfilment=approved_gift(), by=marketer, reason="Not needed", taken_back=True)


def test_an_order_that_the_supplier_takes_back_sets_its_money_free(marketer):
    fund = gift_fund(100)
    row = services.cancel_order(
        fulfilment=ordered_gift(fund, marketer), by=marketer, reason="Sold out", taken_back=True
    )
    fund.refresh_from_db()
    assert (row.state, row.cost, row.reason) == (S.ORDER_CANCELLED, None, "Sold out")
    assert (fund.available, fund.committed, fund.spent) == (100, 0, 0)
    assert sound()


@pytest.mark.parametrize(("cost", "paid", "free"), [(None, 60, 40), (Decimal(15), 15, 85)])
def test_an_order_that_the_supplier_keeps_is_paid(marketer, finance, cost, paid, free):
    fund = gift_fund(100)
    row = services.cancel_order(
        fulfilment=ordered_gift(fund, marketer), by=marketer, reason="Too late", taken_back=False, cost=cost
    )
    fund.refresh_from_db()
    assert (row.state, row.cost) == (S.ORDER_CANCELLED, paid)
    assert (fund.available, fund.committed, fund.spent) == (free, 0, paid)

    services.refund(fulfilment=row, by=finance)  # out of goodwill, after all
    fund.refresh_from_db()
    assert fund.available == 100
    assert sound()


def test_refused_or_replaced_on_its_way_it_is_paid_until_the_money_comes_back(marketer, finance):
    fund = gift_fund(200)
    refused, replaced = ordered_gift(fund, marketer), ordered_gift(fund, marketer)
    services.refuse(fulfilment=refused, by=marketer, reason="They may not")
    services.substitute(
        fulfilment=replaced, by=marketer, kind=GiftKind.APPRECIATION, item="Tea", value=Decimal(5), reason="Sold out"
    )
    fund.refresh_from_db()
    refused.refresh_from_db()
    assert (refused.cost, fund.spent, fund.available) == (60, 120, 80)
    services.take_back(fulfilment=refused, by=marketer, reason="Parcel returned")
    services.refund(fulfilment=refused, by=finance)
    fund.refresh_from_db()
    assert (fund.spent, fund.available) == (60, 140)
    assert sound()


def test_a_refund_is_shown_beside_what_was_paid(marketer, finance):
    row = delivered_gift(100)
    services.take_back(fulfilment=row, by=marketer, reason="Broken")
    services.refund(fulfilment=row, by=finance, amount=Decimal(60))
    row.refresh_from_db()
    assert (row.cost, row.refunded, row.fund.spent) == (100, 60, 40)


def test_a_delivered_gift_is_not_ordered_again_by_us(marketer):
    with pytest.raises(IllegalMove):
        services.order(fulfilment=delivered_gift(), by=marketer)


def test_another_fund_is_chosen_only_while_money_is_missing(marketer):
    with pytest.raises(IllegalMove):
        services.choose_fund(fulfilment=approved_gift(), fund=gift_fund(), by=marketer)
