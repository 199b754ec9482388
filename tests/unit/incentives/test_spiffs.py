"""SPIFFs and the escalator: written, approved, counted, proved, settled."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from incentives.models import Accrual, Escalator, Spiff, SpiffEntry
from incentives.pay import services
from incentives.pay.enums import DisputeState, EntryState, EscalatorState, Metric, SpiffAudience, SpiffState
from incentives.pay.escalating import Tier
from incentives.pay.placing import Gain
from incentives.pay.selectors import earnings, escalators, spiffs
from incentives.pay.services import Plan
from incentives.recognition.services import choose
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets.enums import FundState
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from tests.factories.gifts import gift_fund
from tests.factories.incentives_pay import (
    EscalatorFactory,
    PayPeriodFactory,
    SpiffEntryFactory,
    SpiffFactory,
    accrued,
)
from tests.factories.references import ContactFactory

pytestmark = pytest.mark.django_db

D = Decimal
NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)
IN_NOVEMBER = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)
IN_DECEMBER = dt.datetime(2026, 12, 3, 10, tzinfo=dt.UTC)
PLAN = Plan(
    name="Contacts of November",
    metric=Metric.CONTACTS,
    audience=SpiffAudience.FIELD,
    starts_on=NOVEMBER,
    ends_on=dt.date(2026, 11, 30),
    prizes=[D("300.00"), D("100.00")],
    proof="A list of them",
)


def adds_contacts(user, times, at=IN_NOVEMBER):
    for _n in range(times):
        emit("contact.added", subject=ContactFactory(), actor_id=user.person_id, occurred_at=at)


def states(spiff):
    rows = SpiffEntry.objects.filter(spiff=spiff).select_related("person")
    return {row.person.name: (row.state, row.place, row.prize) for row in rows}


def test_most_contacts_with_proof_and_somebody_who_moves_up(rep, support, other_team_rep, marketer, sales_head, drain):
    with time_machine.travel(IN_NOVEMBER, tick=False):
        spiff = services.draft_spiff(plan=PLAN, actor=marketer)
        services.start_spiff(spiff=spiff, actor=marketer)
        approval = Approval.objects.get()
        assert (approval.amount, approval.kind) == (D("400.00"), "field_incentive")
        drain()
        approvals.decide(approval=approval, by=sales_head, verdict=Verdict.APPROVE)
        drain()
        spiff.refresh_from_db()
        assert (spiff.state, spiff.approved_by) == (SpiffState.LIVE, sales_head)
        adds_contacts(rep, 3)
        adds_contacts(rep, 2, at=dt.datetime(2026, 10, 31, 22, tzinfo=dt.UTC))  # before it began
        adds_contacts(support, 2)
        adds_contacts(other_team_rep, 1)
        adds_contacts(marketer, 9)  # not for the marketer
        assert [(p.person_id, p.place, p.prize) for p in spiffs.standing_of(spiff)] == [
            (rep.person_id, 1, D("300.00")),
            (support.person_id, 2, D("100.00")),
            (other_team_rep.person_id, 3, D("0.00")),
        ]
        choose(user=rep, in_ranks=False, in_feed=True)
        everybody = [rep.person_id, support.person_id]
        assert {
            user.role: [spiffs.names_of(everybody, user)[key] for key in everybody] for user in (support, rep, marketer)
        } == {
            "support": ["A colleague", "Sami Support"],
            "rep": ["Rhea Rep", "Sami Support"],
            "marketer": ["Rhea Rep", "Sami Support"],
        }
        (chance,) = spiffs.chances_of(other_team_rep)
        assert (chance.figure, chance.place, chance.gain) == (
            1,
            3,
            Gain(1, D("50.00")),
        )  # with 2 they share the second place
        assert services.follow_spiffs() == 0
    with time_machine.travel(IN_DECEMBER, tick=False):
        assert (services.follow_spiffs(), services.follow_spiffs()) == (1, 0)
        assert {state for state, _place, _prize in states(spiff).values()} == {EntryState.ASKED, EntryState.IN}
        first = SpiffEntry.objects.get(person=rep.person)
        with pytest.raises(InvalidInput):
            services.show_proof(entry=first, words=" ", actor=rep)
        with pytest.raises(NotAllowed):
            services.show_proof(entry=first, words="Mine", actor=support)
        services.show_proof(entry=first, words="See the list", actor=rep)
        with pytest.raises(InvalidInput):
            services.judge_proof(entry=first, accept=False, actor=marketer)
        services.judge_proof(entry=first, accept=False, reason="Two of them twice", actor=marketer)
        # The others move up: first and second place now, and the third is asked in turn.
        assert states(spiff) == {
            "Rhea Rep": (EntryState.REFUSED, None, D("0.00")),
            "Sami Support": (EntryState.ASKED, 1, D("300.00")),
            "Olga Outsider": (EntryState.ASKED, 2, D("100.00")),
        }
        second = SpiffEntry.objects.get(person=support.person)
        services.show_proof(entry=second, words="Here", actor=support)
        services.judge_proof(entry=second, accept=True, actor=marketer)
        assert not Accrual.objects.exists()  # one is still asked
    with time_machine.travel(IN_DECEMBER + dt.timedelta(days=11), tick=False):
        assert (services.follow_spiffs(), services.follow_spiffs()) == (1, 0)
    booked = Accrual.objects.values_list("person", "amount", "kind", "escalates", "memo")
    assert list(booked) == [(support.person_id, D("300.00"), "spiff", False, "Contacts of November")]
    spiff.refresh_from_db()
    assert (spiff.state, states(spiff)["Olga Outsider"][0]) == (SpiffState.SETTLED, EntryState.LAPSED)


def test_the_best_dashboard_by_vote(rep, support, marketer, executive, judge):
    spiff = SpiffFactory(metric=Metric.DASHBOARD, votes_until=dt.date(2026, 12, 2), prizes=["250.00"])
    address = {"address": "https://crm.example/d/1"}
    with time_machine.travel(IN_NOVEMBER, tick=False):
        mine = services.hand_in(spiff=spiff, title="Renewals at a glance", actor=rep, **address)
        assert services.hand_in(spiff=spiff, title="Renewals", actor=rep, **address) == mine
        other = services.hand_in(spiff=spiff, title="Calls", actor=support, **address)
        for who, chosen in ((marketer, mine), (executive, other), (support, mine)):
            services.vote(spiff=spiff, entry=chosen, actor=who)
        services.vote(spiff=spiff, entry=mine, actor=executive)  # moved
        for who, entry in ((rep, mine), (judge, mine)):
            with pytest.raises(NotAllowed):
                services.vote(spiff=spiff, entry=entry, actor=who)
        with pytest.raises(NotAllowed):
            services.hand_in(spiff=spiff, title="Not mine to", actor=marketer, **address)
        assert spiffs.chances_of(rep) == []  # nobody sees figures before the end
    with time_machine.travel(IN_DECEMBER, tick=False):
        for act in (
            lambda: services.vote(spiff=spiff, entry=other, actor=marketer),
            lambda: services.hand_in(spiff=spiff, title="Late", actor=rep, **address),
        ):
            with pytest.raises(DomainError):
                act()
        services.follow_spiffs()
    assert states(spiff) == {
        "Rhea Rep": (EntryState.ASKED, 1, D("250.00")),
        "Sami Support": (EntryState.IN, None, D("0.00")),
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"proof": ""}, "proof"),
        ({"ends_on": dt.date(2026, 10, 31)}, "ends_on"),
        ({"ends_on": dt.date(2027, 3, 1)}, "ends_on"),
        ({"prizes": []}, "prizes"),
        ({"prizes": [D("1.00"), D("2.00")]}, "prizes"),
        ({"prizes": [D("-1.00")]}, "prizes"),
        ({"least": 0}, "least"),
        ({"metric": Metric.DASHBOARD}, "votes_until"),
        ({"votes_until": dt.date(2026, 12, 1)}, "votes_until"),
    ],
)
def test_a_spiff_that_makes_no_sense_is_refused(marketer, change, field):
    with pytest.raises(InvalidInput) as refused:
        services.draft_spiff(plan=Plan(**{**PLAN.__dict__, **change}), actor=marketer)
    assert refused.value.errors.keys() == {field}
    assert not Spiff.objects.exists()


def test_nobody_starts_what_they_wrote_and_what_is_called_off_pays_nothing(sales_head, rep):
    with time_machine.travel(IN_NOVEMBER, tick=False):
        own = services.draft_spiff(plan=PLAN, actor=sales_head)
        assert services.start_spiff(spiff=own, actor=sales_head).state == SpiffState.DRAFT
        assert Approval.objects.get().requester == sales_head
        with pytest.raises(NotAllowed):
            services.cancel_spiff(spiff=own, reason="No", actor=rep)
        assert services.cancel_spiff(spiff=own, reason="No money", actor=sales_head).state == SpiffState.CANCELLED
        SpiffEntryFactory(spiff=own, person=rep.person)
    with time_machine.travel(IN_DECEMBER, tick=False):
        assert services.follow_spiffs() == 0


def test_prizes_are_set_aside_in_a_fund_and_booked_when_they_are_won(rep, marketer, sales_head, drain):
    """400 of 500 are promised; another SPIFF finds too little; 300 are won and spent, the rest is free again."""
    with time_machine.travel(IN_NOVEMBER, tick=False) as clock:
        fund = gift_fund(500)
        spiff = services.draft_spiff(plan=Plan(**{**PLAN.__dict__, "fund": fund}), actor=marketer)
        twin = services.draft_spiff(plan=Plan(**{**PLAN.__dict__, "name": "Twin", "fund": fund}), actor=marketer)
        services.start_spiff(spiff=twin, actor=marketer)  # asked for while there was enough
        services.start_spiff(spiff=spiff, actor=sales_head)
        assert held(fund) == (D("400.00"), D("0.00"), D("100.00"))
        third = services.draft_spiff(plan=Plan(**{**PLAN.__dict__, "name": "Third", "fund": fund}), actor=marketer)
        for who in (marketer, sales_head):
            with pytest.raises(DomainError, match=r"only \$100 free, and the prizes come to \$400"):
                services.start_spiff(spiff=third, actor=who)
        drain()
        clock.shift(60)
        approvals.decide(approval=Approval.objects.get(state="pending"), by=sales_head, verdict=Verdict.APPROVE)
        drain()
        twin.refresh_from_db()
        assert twin.state == SpiffState.DRAFT
        assert marketer.person.notices.filter(text__contains="did not begin: ").count() == 1
        adds_contacts(rep, 3)
    with time_machine.travel(IN_DECEMBER, tick=False):
        services.follow_spiffs()
        entry = services.show_proof(entry=SpiffEntry.objects.get(), words="Here", actor=rep)
        services.judge_proof(entry=entry, accept=True, actor=marketer)
        assert held(fund) == (D("0.00"), D("300.00"), D("200.00"))
        small = Plan(**{**PLAN.__dict__, "name": "Small", "fund": fund, "prizes": [D("200.00")],
                        "ends_on": dt.date(2026, 12, 31)})  # fmt: skip
        last = services.draft_spiff(plan=small, actor=marketer)
        services.start_spiff(spiff=last, actor=sales_head)
        assert held(fund) == (D("200.00"), D("300.00"), D("0.00"))
        services.cancel_spiff(spiff=last, reason="Too late in the year", actor=marketer)
        assert held(fund) == (D("0.00"), D("300.00"), D("200.00"))


def test_a_prize_that_is_corrected_moves_its_fund_both_ways(rep, sales_head, marketer, finance):
    with time_machine.travel(IN_NOVEMBER, tick=False):
        fund = gift_fund(500)
        spiff = services.draft_spiff(plan=Plan(**{**PLAN.__dict__, "fund": fund}), actor=marketer)
        services.start_spiff(spiff=spiff, actor=sales_head)
        adds_contacts(rep, 3)
    with time_machine.travel(IN_DECEMBER, tick=False):
        services.follow_spiffs()
        entry = services.show_proof(entry=SpiffEntry.objects.get(), words="Here", actor=rep)
        services.judge_proof(entry=entry, accept=True, actor=marketer)

        def asked():
            latest = Accrual.objects.order_by("pk").last()
            return services.raise_dispute(actor=rep, words="It was more", accrual=latest)

        def answered(dispute, amount):
            corrected = {"verdict": DisputeState.CORRECTED, "words": "Looked again", "actor": finance}
            services.answer_dispute(dispute=dispute, amount=D(amount), **corrected)
            return held(fund)

        assert held(fund) == (D("0.00"), D("300.00"), D("200.00"))
        assert answered(asked(), "380.00") == (D("0.00"), D("380.00"), D("120.00"))
        again = asked()
        with pytest.raises(InvalidInput, match=r"has not the \$121 more") as refused:
            answered(again, "501.00")
        assert (refused.value.errors.keys(), held(fund)[1]) == ({"amount"}, D("380.00"))
        assert answered(again, "250.00") == (D("0.00"), D("250.00"), D("250.00"))  # more than the 80 that came last
        fund.state = FundState.CLOSED
        fund.save()
        assert answered(asked(), "260.00")[1] == D("250.00")  # its book is done
        assert answered(asked(), "0.00")[1] == D("0.00")
    assert sum(Accrual.objects.values_list("amount", flat=True)) == 0


def held(fund):
    fund.refresh_from_db()
    return fund.committed, fund.spent, fund.available


def test_what_is_changed_after_the_yes_and_before_it_is_carried_out_stays_off(marketer, sales_head, drain):
    """The yes was for the words that were read: a change in between takes it away, and a new one is asked for."""
    tiers, most = [Tier(80, D("1.10"))], D("500.00")
    with time_machine.travel(IN_NOVEMBER, tick=False) as clock:
        spiff = services.draft_spiff(plan=PLAN, actor=marketer)
        version = services.draft_escalator(tiers=tiers, most_a_month=most, starts_on=DECEMBER, actor=marketer)
        for ask in (
            lambda: services.start_spiff(spiff=spiff, actor=marketer),
            lambda: services.start_escalator(escalator=version, actor=marketer),
        ):
            clock.shift(60)
            ask()
        for approval in Approval.objects.order_by("pk"):
            approvals.decide(approval=approval, by=sales_head, verdict=Verdict.APPROVE)
        clock.shift(60)
        dearer = Plan(**{**PLAN.__dict__, "prizes": [D("3000.00")]})
        services.change_spiff(spiff=spiff, plan=dearer, actor=marketer)
        services.change_escalator(
            escalator=version, tiers=[Tier(1, D("2.00"))], most_a_month=most, starts_on=DECEMBER, actor=marketer
        )
        drain()
        spiff.refresh_from_db()
        version.refresh_from_db()
        assert (spiff.state, version.state) == (SpiffState.DRAFT, EscalatorState.DRAFT)
        assert escalators.in_force(DECEMBER) is None
        services.start_spiff(spiff=spiff, actor=marketer)
        drain()
        again = Approval.objects.get(state="pending")
        assert again.amount == D("3000.00")
        approvals.decide(approval=again, by=sales_head, verdict=Verdict.APPROVE)
        drain()
        spiff.refresh_from_db()
    assert spiff.state == SpiffState.LIVE


def test_the_escalator_is_approved_by_another_and_holds_from_its_month(marketer, sales_head, admin, drain):
    tiers, most = [Tier(80, D("1.10")), Tier(95, D("1.25"))], D("500.00")
    with time_machine.travel(IN_DECEMBER, tick=False):
        PayPeriodFactory(state="closing", proposed_by=admin)
        with pytest.raises(InvalidInput) as refused:
            services.draft_escalator(tiers=tiers, most_a_month=most, starts_on=NOVEMBER, actor=marketer)
        assert refused.value.errors.keys() == {"starts_on"}
        with pytest.raises(InvalidInput) as refused:
            services.draft_escalator(tiers=tiers[::-1], most_a_month=D(0), starts_on=DECEMBER, actor=marketer)
        assert refused.value.errors.keys() == {"tiers", "most_a_month"}
        one = services.draft_escalator(tiers=tiers, most_a_month=most, starts_on=DECEMBER, actor=marketer)
        services.start_escalator(escalator=one, actor=marketer)
        assert escalators.in_force(DECEMBER) is None
        services.change_escalator(escalator=one, tiers=tiers[:1], most_a_month=most, starts_on=DECEMBER, actor=marketer)
        assert Approval.objects.get().state == "withdrawn"
        services.start_escalator(escalator=one, actor=marketer)
        drain()
        approvals.decide(approval=Approval.objects.get(state="pending"), by=sales_head, verdict=Verdict.APPROVE)
        drain()
        holds = escalators.in_force(DECEMBER)
        assert (holds, holds.approved_by, holds.tiers) == (one, sales_head, [["80", "1.10"]])
        assert escalators.in_force(NOVEMBER) is None
        with pytest.raises(DomainError):
            services.change_escalator(escalator=one, tiers=tiers, most_a_month=most, starts_on=DECEMBER, actor=marketer)
        two = services.draft_escalator(tiers=tiers, most_a_month=most, starts_on=dt.date(2027, 1, 1), actor=marketer)
        services.start_escalator(escalator=two, actor=sales_head)
        assert [escalators.in_force(month) for month in (DECEMBER, dt.date(2027, 1, 1))] == [one, two]
        services.stop_escalator(escalator=two, actor=sales_head)
        assert [escalators.in_force(month) for month in (DECEMBER, dt.date(2027, 1, 1))] == [one, None]
    assert list(Escalator.objects.values_list("number", "state")) == [
        (1, EscalatorState.LIVE),
        (2, EscalatorState.STOPPED),
    ]


def test_the_estimate_of_a_month_by_hand(rep, drain):
    EscalatorFactory()
    with time_machine.travel(IN_NOVEMBER, tick=False):
        accrued(rep.person, "400.00")
        accrued(rep.person, "30.00", kind="spiff", memo="Templates")
        found = earnings.estimate(rep, NOVEMBER)
        # Nothing is known against their data: 100, so 400 counts 1.25 times; the prize counts once.
        assert (found.accrued, found.base, found.score, found.added, found.total) == (
            *(D("430.00"), D("400.00"), 100, D("100.00"), D("530.00")),
        )
        assert (found.step, found.waits, found.is_closed) == (None, [], False)
        assert [(line.name, line.may_ask) for line in found.lines] == [("Templates", True), ("by a rule", True)]
        empty = earnings.estimate(rep, DECEMBER)
        assert (empty.total, empty.lines) == (D("0.00"), [])
