"""Prizes on their way: replaced, called off, taken back; what time does, and what is kept of winners."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from awards.contests.enums import ContestState, PrizeKind
from awards.models import PrizeGrant
from awards.prizes import desk, keeping_times, privacy, proofs, services, standing
from awards.prizes.enums import Answer, GrantState
from awards.prizes.services import Choice
from awards.results import services as results
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.governance.fulfilment.services.receiving import Answer as Receipt
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from tests.factories.gifts import decide, gift_fund
from tests.factories.people import TeamFactory, UserFactory
from tests.factories.prizes import SAID, offered, taken, won

G, F, K = GrantState, FulfilmentState, PrizeKind
CHARITY, NONE, CEILING = GiftPolicy.CHARITY_ONLY, GiftPolicy.NONE, GiftPolicy.CEILING


def sound():
    """Whether everything that must be true of prizes is."""
    return [(proof.name, proof.rows) for proof in proofs.proofs() if not proof.holds] == []


# ---------------------------------------------------------------- the way


@pytest.mark.django_db
def test_a_dinner_from_the_offer_to_the_thank_you(drain, mailoutbox, time_machine):
    fund, host = gift_fund(2000), UserFactory(role="executive")
    grant = offered()
    contest, owner = grant.award.contest, grant.award.place.entry.owner
    boss = contest.owner
    assert services.pay_from(contest=contest, fund=fund, by=boss) == 1
    row = services.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[K.DINNER]), person=owner)
    assert desk.desk_items(boss)[0].title == "To arrange: A prize: dinner"
    day = timezone.localdate() + dt.timedelta(days=20)
    with pytest.raises(InvalidInput):
        services.arrange(grant=row, by=boss, host=host, on=day - dt.timedelta(days=30), where="Lisbon")
    services.arrange(grant=row, by=boss, host=host, on=day, where="Lisbon", note="At eight")
    drain()
    told = [mail.to[0] for mail in mailoutbox if "Lisbon" in mail.body]
    assert [any(person.email in to for to in told) for person in (owner, host.person, boss.person)] == [
        True,
        True,
        False,
    ]
    assert desk.desk_items(boss) == []
    decide(row.fulfilment, Verdict.APPROVE)
    drain()  # it was paid for, and has its day
    gift = row.fulfilment
    gift.refresh_from_db()
    assert (gift.state, gift.scheduled_on, gift.fund) == (F.SCHEDULED, day, fund)
    services.arrange(grant=row, by=boss, host=host, on=day + dt.timedelta(days=1), where="Lisbon")
    gift.refresh_from_db()
    assert gift.scheduled_on == day + dt.timedelta(days=1)
    gifts.deliver(fulfilment=gift, by=boss, note="They came", cost=Decimal(180))
    gifts.answer_as_receiver(fulfilment=gift, answer=Receipt.RECEIVED)
    drain()
    row = PrizeGrant.objects.get(pk=row.pk)
    assert (standing.settled(row), row.fulfilment.state) == (True, F.ACKNOWLEDGED)
    fund.refresh_from_db()
    assert fund.spent == 180
    assert services.put_away(contest=contest, by=boss).state == ContestState.ARCHIVED
    assert sound()
    PrizeGrant.objects.update(state=G.OFFERED)
    assert not sound()


@pytest.mark.django_db
def test_a_gift_that_is_replaced_stays_the_same_prize(drain):
    gift_fund(2000)
    grant = taken(owner=UserFactory(role="marketer"))
    decide(grant.fulfilment, Verdict.APPROVE)
    gifts.substitute(
        fulfilment=grant.fulfilment, by=grant.award.contest.owner, kind=GiftKind.CHARITY, item="A donation",
        value=Decimal(190), cause="Lifeboats", reason="The house found a rule",
    )  # fmt: skip
    drain()
    row = PrizeGrant.objects.get(pk=grant.pk)
    assert (row.item, row.value, row.cause, row.fulfilment.state) == ("A donation", 190, "Lifeboats", F.IN_APPROVAL)
    assert sound()


@pytest.mark.django_db
def test_a_prize_is_called_off_until_it_is_ordered(drain, mailoutbox):
    fund = gift_fund(2000)
    grant = taken(owner=UserFactory(role="marketer"))
    boss = grant.award.contest.owner
    with pytest.raises(InvalidInput):
        services.call_off(grant=grant, reason=" ", by=boss)
    decide(grant.fulfilment, Verdict.APPROVE)
    fund.refresh_from_db()
    assert fund.committed == 200
    services.call_off(grant=grant, reason="The host is ill", by=boss)
    drain()
    fund.refresh_from_db()
    row = PrizeGrant.objects.get(pk=grant.pk)
    assert (row.state, row.fulfilment.state, fund.committed) == (G.CANCELLED, F.CANCELLED, 0)
    assert [mail for mail in mailoutbox if mail.subject.startswith("About your prize")]
    assert not [mail for mail in mailoutbox if "ill" in mail.subject]
    ordered = taken(owner=boss)
    decide(ordered.fulfilment, Verdict.APPROVE)
    gifts.order(fulfilment=ordered.fulfilment, by=boss)
    with pytest.raises(DomainError):
        services.call_off(grant=ordered, reason="Too late", by=boss)


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "state"), [("offered", G.CANCELLED), ("approved", G.CANCELLED), ("out", G.RECALLED)])
def test_an_award_that_is_taken_back_takes_its_prize_along(step, state, drain):
    boss = UserFactory(role="marketer")
    gift_fund(2000)
    grant = offered(owner=boss) if step == "offered" else taken(owner=boss)
    if step != "offered":
        decide(grant.fulfilment, Verdict.APPROVE)
    if step == "out":
        gifts.order(fulfilment=grant.fulfilment, by=boss)
    results.revoke(award=grant.award, reason="The figures were made up", by=boss)
    drain()
    grant.refresh_from_db()
    assert grant.state == state
    assert services.grant_prizes(contest=grant.award.contest) == []
    if step == "out":
        assert desk.desk_items(boss)[0].title == "To be brought back: A prize: dinner"
        gifts.cancel_order(fulfilment=grant.fulfilment, by=boss, reason="Award taken back", taken_back=True)
        drain()
        grant.refresh_from_db()
        assert grant.state == G.CANCELLED
    assert sound()


@pytest.mark.django_db
def test_what_cannot_come_back_may_be_left_with_them(drain):
    gift_fund(2000)
    grant = taken(owner=UserFactory(role="marketer"))
    boss = grant.award.contest.owner
    decide(grant.fulfilment, Verdict.APPROVE)
    gifts.deliver(fulfilment=gifts.order(fulfilment=grant.fulfilment, by=boss), by=boss, note="Eaten")
    with pytest.raises(IllegalMove):
        services.let_keep(grant=grant, reason="Eaten", by=boss)
    results.revoke(award=grant.award, reason="The figures were made up", by=boss)
    drain()
    assert services.let_keep(grant=grant, reason="It is eaten", by=boss).state == G.KEPT
    assert services.put_away(contest=grant.award.contest, by=boss).state == ContestState.ARCHIVED


# ---------------------------------------------------------------- time, persons


@pytest.mark.django_db
def test_winners_are_reminded_twice_and_then_it_is_ours(drain, mailoutbox, time_machine):
    grant = offered()
    start = timezone.now()
    drain()
    for days, written in ((9, 0), (10, 1), (11, 1), (20, 2), (31, 2)):
        time_machine.move_to(start + dt.timedelta(days=days, minutes=1), tick=False)
        services.go_on(timezone.now())
        drain()
        assert len([mail for mail in mailoutbox if mail.subject.startswith("Still yours")]) == written
    assert desk.desk_items(grant.award.contest.owner)[0].title == "No answer from the winner: A prize: dinner"


@pytest.mark.django_db
def test_prizes_on_their_way_keep_a_contest_from_being_put_away():
    grant = taken()
    contest = grant.award.contest
    contest.refresh_from_db()
    half_a_year = contest.published_at + dt.timedelta(days=180)
    services.go_on(half_a_year)
    contest.refresh_from_db()
    assert contest.state == ContestState.FULFILMENT
    services.call_off(grant=grant, reason="Nobody came", by=contest.owner)
    services.go_on(half_a_year - dt.timedelta(days=1))
    contest.refresh_from_db()
    assert contest.state == ContestState.FULFILMENT
    services.go_on(half_a_year)
    contest.refresh_from_db()
    assert contest.state == ContestState.ARCHIVED


@pytest.mark.django_db
def test_a_teams_prize_needs_no_rule_and_is_pay():
    captain = UserFactory()
    team = TeamFactory(name="Dock 4")
    award = won(kind=K.TEAM_EVENT, entry__account=None, entry__team=team, entry__owner=captain.person)
    (grant,) = services.grant_prizes(contest=award.contest)
    row = services.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[K.TEAM_EVENT]), person=captain.person)
    gift = row.fulfilment
    assert (gift.policy, gift.account_id, gift.taxable) == (GiftPolicy.ALLOWED, None, True)
    assert gift.approval.kind == "field_incentive"
    assert gift.approval.team == team


@pytest.mark.django_db
def test_what_winners_told_us_is_exported_erased_and_forgotten(time_machine):
    row = taken(kind=K.ELECTRONICS)
    person = row.award.place.entry.owner
    assert privacy.export_person(person.pk)["prizes"][0]["details"] == {"address": "1 Dock Road, Oslo"}
    assert not Event.objects.filter(payload__icontains="Dock").exists()
    assert not Notice.objects.filter(text__contains="Dock").exists()
    (policy,) = keeping_times.POLICIES
    services.call_off(grant=row, reason="Sold out", by=row.award.contest.owner)
    assert not policy.due().exists()
    time_machine.move_to(timezone.now() + dt.timedelta(days=181), tick=False)
    policy.forget(list(policy.due()))
    row.refresh_from_db()
    assert row.details == {}
    privacy.erase_person(person.pk)
    row.refresh_from_db()
    assert (row.reason, row.item) == ("", "A prize: electronics")
