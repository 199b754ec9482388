"""Funds: asked for, granted, promised, spent, refunded; the book says what the sums say, and nothing is overdrawn."""

import contextlib
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict, Via
from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets import proofs, services
from refprogram.governance.budgets.enums import CommitmentState, CostKind, FundState
from refprogram.governance.budgets.models import Commitment, Fund, FundEntry
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.services import Planned
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from tests.factories.budgets import BudgetLineFactory, fund_of, promised
from tests.factories.people import UserFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db
C = CommitmentState


def asked_fund(marketer, **fields):
    facts = {"name": "Stories", "owner": marketer, "quarter": Quarter.now(), "requested": Decimal(1000), "by": marketer}
    return services.ask_for_fund(**{**facts, "purpose": "Four stories", **fields})


def decided(subject_type, row, by, verdict=Verdict.APPROVE):
    approval = Approval.objects.get(subject_type=subject_type, subject_id=row.pk)
    return approvals.decide(approval=approval, by=by, verdict=verdict, comment="Fine", via=Via.PAGE)


def test_a_fund_is_open_with_what_was_asked_for_once_finance_agrees(marketer, finance, drain, mailoutbox):
    fund = asked_fund(marketer, lines=[Planned(CostKind.VIDEO, Decimal(600))])
    drain()

    decided("fund", fund, finance)
    drain()

    fund.refresh_from_db()
    assert (fund.state, fund.allocated, fund.available) == (FundState.OPEN, 1000, 1000)
    assert [(line.name, line.planned) for line in fund.lines.all()] == [("Video", 600)]
    assert Notice.objects.filter(person=marketer.person, kind="fund_decided").count() == 1
    assert any("is open with $1,000" in mail.subject for mail in mailoutbox)


def test_a_fund_that_is_not_granted_holds_nothing(marketer, finance, drain):
    fund = asked_fund(marketer)

    decided("fund", fund, finance, Verdict.REJECT)
    drain()

    fund.refresh_from_db()
    assert (fund.state, fund.allocated) == (FundState.REJECTED, 0)


def test_a_wish_that_is_taken_back_closes_the_fund(marketer, finance, drain):
    fund = asked_fund(marketer)

    approvals.withdraw(approval=Approval.objects.get(subject_id=fund.pk), by=marketer, reason="Not needed")
    drain()

    fund.refresh_from_db()
    assert fund.state == FundState.REJECTED


def test_more_money_is_asked_for_and_added(marketer, finance, drain):
    fund = fund_of(100, owner=marketer)
    waiting = promised(300, fund=fund)
    services.ask_for_more(fund=fund, amount=Decimal(250), reason="A second story", by=marketer)

    decided("fund", fund, finance)
    drain()

    fund.refresh_from_db()
    waiting.refresh_from_db()
    assert (fund.allocated, fund.committed, waiting.state) == (350, 300, C.COMMITTED)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"requested": Decimal("0.001")}, "requested"),
        ({"requested": Decimal(-1)}, "requested"),
        ({"quarter": Quarter.now().before}, "quarter"),
        ({"lines": [Planned(CostKind.VIDEO, Decimal(1001))]}, "requested"),
    ],
)
def test_an_unsound_wish_is_refused(marketer, wrong, field):
    with pytest.raises(InvalidInput) as refusal:
        asked_fund(marketer, **wrong)
    assert field in refusal.value.errors


def test_nobody_gives_money_to_a_fund_of_their_own(finance):
    fund = fund_of(100, owner=finance)

    with pytest.raises(NotAllowed):
        services.allocate(fund=fund, amount=Decimal(5), key="k", by=finance)


def test_only_what_is_free_is_taken_back(finance):
    fund = fund_of(100)
    promised(70, fund=fund)

    with pytest.raises(InvalidInput, match=r"Only \$30 is still free"):
        services.allocate(fund=fund, amount=Decimal(-31), key="a", by=finance)
    services.allocate(fund=fund, amount=Decimal(-30), key="b", by=finance)
    fund.refresh_from_db()
    assert (fund.allocated, fund.available) == (70, 0)


def test_the_oldest_waits_first_even_if_a_younger_one_would_fit():
    fund = fund_of(100)
    first = promised(80, fund=fund)
    large, small = promised(50, fund=fund), promised(10, fund=fund)
    assert (large.state, small.state) == (C.WAITING, C.WAITING)

    services.release(commitment=first, by=None, reason="Not needed")

    large.refresh_from_db()
    small.refresh_from_db()
    assert (large.state, small.state) == (C.COMMITTED, C.COMMITTED)
    assert list(Event.objects.filter(topic="budget.funded").order_by("id").values_list("subject_id", flat=True)) == [
        large.pk,
        small.pk,
    ]


def test_what_cost_less_sets_the_rest_free_for_who_waits():
    fund = fund_of(100)
    line = BudgetLineFactory(fund=fund)
    first, second = promised(100, fund=fund, line=line), promised(20, fund=fund)

    services.spend(commitment=first, amount=Decimal(75), key="s", by=None)

    for row in (fund, line, first, second):
        row.refresh_from_db()
    assert (first.state, first.spent, second.state) == (C.SPENT, 75, C.COMMITTED)
    assert (fund.spent, fund.committed, fund.available) == (75, 20, 5)
    assert (line.spent, line.committed) == (75, 0)


def test_what_cost_more_comes_out_of_what_is_free_or_is_refused():
    fund = fund_of(100)
    first, second = promised(60, fund=fund), promised(30, fund=fund)

    services.spend(commitment=first, amount=Decimal(70), key="s", by=None)
    fund.refresh_from_db()
    assert (fund.spent, fund.committed, fund.available) == (70, 30, 0)

    with pytest.raises(InvalidInput, match=r"\$0.01 above the promise, and only \$0 is still free"):
        services.spend(commitment=second, amount=Decimal("30.01"), key="t", by=None)


def test_twice_is_once():
    fund = fund_of(100)
    row = promised(60, fund=fund)
    services.spend(commitment=row, amount=Decimal(60), key="s", by=None)
    services.spend(commitment=row, amount=Decimal(60), key="s", by=None)
    services.refund(commitment=row, amount=Decimal(10), key="r", by=None)
    services.refund(commitment=row, amount=Decimal(10), key="r", by=None)

    again = services.commit(key=row.key, fund=fund, amount=Decimal(60), subject=fund, label="Again", url="", by=None)

    fund.refresh_from_db()
    assert again == row
    assert (fund.spent, fund.available, FundEntry.objects.filter(fund=fund).count()) == (50, 50, 4)


def test_a_refund_is_at_most_what_was_spent():
    row = promised(60)
    with pytest.raises(InvalidInput):
        services.refund(commitment=row, amount=Decimal(1), key="r", by=None)
    services.spend(commitment=row, amount=Decimal(60), key="s", by=None)
    with pytest.raises(InvalidInput, match=r"At most \$60"):
        services.refund(commitment=row, amount=Decimal("60.01"), key="r", by=None)


def test_a_frozen_fund_lets_everything_wait_and_pays_what_was_promised(finance):
    fund = fund_of(100)
    before = promised(40, fund=fund)
    services.freeze_fund(fund=fund, by=finance)
    later = promised(10, fund=fund)
    services.spend(commitment=before, amount=Decimal(40), key="s", by=None)
    assert Commitment.objects.get(pk=later.pk).state == C.WAITING

    services.thaw_fund(fund=fund, by=finance)

    assert Commitment.objects.get(pk=later.pk).state == C.COMMITTED


def test_a_fund_closes_when_nothing_is_promised_and_lets_go_of_who_waits(finance):
    fund = fund_of(100)
    held, waiting = promised(100, fund=fund), promised(5, fund=fund)
    with pytest.raises(DomainError, match=r"\$100 is still promised"):
        services.close_fund(fund=fund, by=finance)
    services.spend(commitment=held, amount=Decimal(100), key="s", by=None)

    services.close_fund(fund=fund, by=finance)

    fund.refresh_from_db()
    assert fund.state == FundState.CLOSED
    assert Commitment.objects.get(pk=waiting.pk).state == C.RELEASED
    with pytest.raises(DomainError, match="is not open"):
        promised(1, fund=fund)
    with pytest.raises(DomainError, match="is closed"):
        services.freeze_fund(fund=fund, by=finance)


def test_owner_and_finance_hear_once_at_each_mark(marketer, finance, drain, mailoutbox):
    fund = fund_of(1000, owner=marketer)
    row = promised(699, fund=fund)
    drain()
    assert not Event.objects.filter(topic="budget.alert").exists()

    promised("1", fund=fund)
    services.release(commitment=row, by=None, reason="")
    promised(700, fund=fund)
    promised(200, fund=fund)
    promised(99, fund=fund)
    drain()

    told = Event.objects.filter(topic="budget.alert").order_by("id").values_list("payload__percent", flat=True)
    assert list(told) == [70, 90, 100]
    assert Notice.objects.filter(kind="budget_alert", person=finance.person).count() == 3
    assert Notice.objects.filter(kind="budget_alert", person=marketer.person).count() == 3
    assert len(mailoutbox) == 6


def test_new_money_arms_the_marks_again(finance):
    fund = fund_of(100)
    promised(95, fund=fund)
    services.allocate(fund=fund, amount=Decimal(900), key="k", by=finance)
    promised(700, fund=fund)

    told = Event.objects.filter(topic="budget.alert").order_by("id").values_list("payload__percent", flat=True)
    assert list(told) == [90, 70]


def test_spending_is_asked_for_approved_and_promised(marketer, finance, drain):
    fund = fund_of(500, owner=marketer)
    asker = UserFactory(role="sales_head")
    row = services.ask_to_spend(
        key="k", fund=fund, amount=Decimal(200), label="Train to  Lyon", reason="A story", by=asker
    )
    assert (row.state, row.label) == (C.ASKED, "Train to Lyon")

    decided("commitment", row, marketer)
    drain()

    row.refresh_from_db()
    fund.refresh_from_db()
    assert (row.state, fund.committed) == (C.COMMITTED, 200)


def test_spending_that_is_not_approved_costs_nothing(marketer, drain):
    fund = fund_of(500, owner=marketer)
    row = services.ask_to_spend(
        key="k", fund=fund, amount=Decimal(200), label="Train", reason="", by=UserFactory(role="sales_head")
    )
    decided("commitment", row, marketer, Verdict.REJECT)
    drain()

    row.refresh_from_db()
    fund.refresh_from_db()
    assert (row.state, fund.committed) == (C.RELEASED, 0)


def test_the_database_refuses_what_must_not_be():
    fund = fund_of(100)
    promised(60, fund=fund)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fund.objects.filter(pk=fund.pk).update(committed=Decimal("100.01"))
    with pytest.raises(DatabaseError), transaction.atomic():
        FundEntry.objects.filter(fund=fund).update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        FundEntry.objects.filter(fund=fund).delete()


def test_the_proofs_find_what_was_changed_behind_the_book():
    fund = fund_of(100)
    row = promised(60, fund=fund)
    assert all(proof.holds for proof in proofs.proofs())

    Fund.objects.filter(pk=fund.pk).update(committed=50)
    Commitment.objects.filter(pk=row.pk).update(amount=50)

    broken = {proof.name for proof in proofs.proofs() if not proof.holds}
    assert broken == {"funds = their books", "commitments = their books"}


# ---------------------------------------------------------------- whatever the order

STEP = st.tuples(
    st.sampled_from(["commit", "spend", "release", "refund", "add", "take", "freeze", "thaw"]),
    st.integers(0, 5),
    st.decimals("0.01", "90", places=2),
)


class TestWhateverTheOrder(TestCase):
    """Committed and spent never pass what was granted, and the book says what the sums say."""

    @settings(max_examples=60, deadline=None)
    @given(steps=st.lists(STEP, min_size=1, max_size=25))
    def test_never_overdrawn_and_kept_is_booked(self, steps):
        finance = UserFactory(role="finance")
        fund = fund_of(100)
        line = BudgetLineFactory(fund=fund)
        rows = []
        for number, (verb, which, amount) in enumerate(steps):
            with contextlib.suppress(DomainError):
                self._do(verb, rows, fund, line, which, amount, f"step:{number}", finance)
            fund.refresh_from_db()
            assert fund.committed + fund.spent <= fund.allocated
            assert all(proof.holds for proof in proofs.proofs())

    @staticmethod
    def _do(verb, rows, fund, line, which, amount, key, finance):
        row = rows[which % len(rows)] if rows else None
        if verb == "commit":
            about = {"subject": fund, "label": "x", "url": "", "by": None, "line": line if which % 2 else None}
            rows.append(services.commit(key=key, fund=fund, amount=amount, **about))
        elif verb in {"add", "take"}:
            signed = amount if verb == "add" else -amount
            services.allocate(fund=fund, amount=signed, key=key, by=finance)
        elif verb in {"freeze", "thaw"}:
            (services.freeze_fund if verb == "freeze" else services.thaw_fund)(fund=fund, by=finance)
        elif row is not None and verb == "release":
            services.release(commitment=row, by=None, reason="")
        elif row is not None:
            (services.spend if verb == "spend" else services.refund)(commitment=row, amount=amount, key=key, by=None)


# ---------------------------------------------------------------- at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("relief", ["release", "allocate"])
def test_two_for_the_last_euro_at_once_one_waits_and_has_it_later(relief):
    fund, finance = fund_of(1), UserFactory(role="finance")

    first, second = at_once(*[lambda: promised(1, fund=fund)] * 2)

    assert sorted([first.state, second.state]) == [C.COMMITTED, C.WAITING]
    held, waiting = sorted([first, second], key=lambda row: row.state)
    if relief == "release":
        services.release(commitment=held, by=None, reason="Not needed")
    else:
        services.allocate(fund=fund, amount=Decimal(1), key="k", by=finance)
    waiting.refresh_from_db()
    assert waiting.state == C.COMMITTED
    assert Event.objects.filter(topic="budget.funded", subject_id=waiting.pk).count() == 1
    assert all(proof.holds for proof in proofs.proofs())


@pytest.mark.django_db(transaction=True)
def test_two_approvals_for_the_last_euro_at_once():
    owner = UserFactory(role="marketer")
    fund = fund_of(1, owner=owner)
    rows = [
        services.ask_to_spend(
            key=f"k{n}", fund=fund, amount=Decimal(1), label="x", reason="", by=UserFactory(role="sales_head")
        )
        for n in range(2)
    ]
    asked = [Approval.objects.get(subject_type="commitment", subject_id=row.pk) for row in rows]
    for approval in asked:
        approvals.decide(approval=approval, by=owner, verdict=Verdict.APPROVE, comment="", via=Via.PAGE)

    at_once(*[lambda one=one: services.decide_on_spending(approval=one, granted=True, by=owner) for one in asked])

    assert sorted(Commitment.objects.values_list("state", flat=True)) == [C.COMMITTED, C.WAITING]


@pytest.mark.django_db(transaction=True)
def test_the_same_bill_twice_at_once():
    row = promised(60)

    at_once(*[lambda: services.spend(commitment=row, amount=Decimal(60), key="bill", by=None)] * 2)

    assert Fund.objects.get().spent == 60
    assert FundEntry.objects.filter(key="bill").count() == 1
