"""Prizes: who gets which, what a house's rule leaves of it, and the winner's word."""

from decimal import Decimal

import pytest
from django.utils import timezone

from awards.contests.enums import ContestState, PrizeKind
from awards.models import PrizeGrant
from awards.prizes import desk, kinds, proofs, services, standing
from awards.prizes.enums import Answer, GrantState
from awards.prizes.offers import offer
from awards.prizes.services import Choice
from awards.prizes.services.granting import matches
from awards.results.enums import AwardKind
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from tests.factories.contests import WonFactory
from tests.factories.gifts import decide, gift_fund
from tests.factories.prizes import SAID, offered, won
from tests.factories.results import JudgedPlaceFactory

G, F, K = GrantState, FulfilmentState, PrizeKind
CHARITY, NONE, CEILING = GiftPolicy.CHARITY_ONLY, GiftPolicy.NONE, GiftPolicy.CEILING


def sound():
    """Whether everything that must be true of prizes is."""
    return [(proof.name, proof.rows) for proof in proofs.proofs() if not proof.holds] == []


# ---------------------------------------------------------------- pure


@pytest.mark.parametrize(
    ("kind", "value", "rule", "take", "charity"),
    [
        (K.DINNER, 500, GiftRule(), True, 500),
        (K.DINNER, 500, GiftRule(CHARITY), False, 500),
        (K.DINNER, 500, GiftRule(NONE), False, None),
        (K.DINNER, 500, GiftRule(CEILING, Decimal(50)), False, 50),
        (K.DINNER, 50, GiftRule(CEILING, Decimal(50)), True, 50),
        (K.DONATION, 500, GiftRule(CHARITY), True, None),
        (K.DONATION, 500, GiftRule(CEILING, Decimal(50)), False, 50),
        (K.DONATION, 500, GiftRule(NONE), False, None),
        (K.BUZZ, 6000, GiftRule(NONE, note="Civil service act"), True, None),
        (K.GUEST, 0, GiftRule(NONE), True, None),
        (K.DISCOUNT, 500, GiftRule(), True, None),
    ],
)
def test_what_an_employers_rule_leaves_of_a_prize(kind, value, rule, take, charity):
    found = offer(kind=kind, value=Decimal(value), rule=rule)
    assert (found.take, found.charity) == (take, charity)
    assert found.nothing == (not take and charity is None)
    assert bool(found.words) == (not take)
    if not take and rule.policy == CEILING:
        assert "$50" in found.words
    if kind == K.BUZZ:
        assert "Civil service act" in found.rule.note


def test_every_kind_of_prize_says_what_it_needs():
    assert set(kinds.NEEDS) == set(K.values)
    for kind in K.values:
        needed = {ask.name for ask in kinds.of(kind).asks if ask.required}
        assert needed <= set(SAID[kind]), kind


# ---------------------------------------------------------------- granting


@pytest.mark.django_db
def test_each_place_gets_its_prizes_and_the_contest_goes_on_once():
    award = won(
        {"category": "Other", "item": "Only of the other category"}, {"place": 2, "item": "For the second"},
        {"people_choice": True, "item": "Of the people", "kind": K.BUZZ},
    )  # fmt: skip
    contest, category = award.contest, award.place.category
    other = contest.categories.get(name="Other")
    second, joint = (
        WonFactory(place=JudgedPlaceFactory(category=category, entry__contest=contest), kind=kind, rank=rank)
        for kind, rank in ((AwardKind.PLACED, 2), (AwardKind.JOINT, 1))
    )
    people = WonFactory(place=JudgedPlaceFactory(category=other, entry__contest=contest), people_choice=True)
    WonFactory(place=JudgedPlaceFactory(category=other, entry__contest=contest), kind=AwardKind.COMMENDED, rank=1)
    services.grant_prizes(contest=contest)
    given = sorted(PrizeGrant.objects.values_list("award", "item"))
    assert given == sorted(
        [(award.pk, "A prize: dinner"), (joint.pk, "A prize: dinner"), (second.pk, "For the second"),
         (people.pk, "Of the people")]
    )  # fmt: skip
    contest.refresh_from_db()
    assert contest.state == ContestState.FULFILMENT
    assert services.grant_prizes(contest=contest) == []
    assert not matches(contest.prizes.get(people_choice=True), award)
    assert sound()
    PrizeGrant.objects.filter(award=second).update(award=people)
    assert not sound()


@pytest.mark.django_db
def test_announcing_grants_and_writes_one_mail_to_each_winner(drain, mailoutbox):
    award = won({"item": "Two tickets", "kind": K.TICKETS, "value": 0})
    emit("contest.published", subject=award.contest, actor_id=None, payload={})
    drain()
    assert PrizeGrant.objects.filter(state=G.OFFERED).count() == 2
    theirs = [mail for mail in mailoutbox if award.place.entry.owner.email in mail.to[0]]
    (mail,) = [mail for mail in theirs if mail.subject.startswith("Your prizes")]
    assert "A prize: dinner" in mail.body
    assert "Two tickets" in mail.body
    assert not drain()


@pytest.mark.django_db
def test_what_stands_in_the_way_is_said_and_looked_at_again(drain, mailoutbox):
    grant = offered(policy=NONE)
    assert (grant.state, "no gifts at all" in grant.blocked) == (G.HELD, True)
    drain()
    assert [mail.subject for mail in mailoutbox] == ["A prize: dinner cannot be offered yet"]
    account = grant.award.place.entry.account
    assert [item.tone for item in desk.desk_items(grant.award.contest.owner)] == ["stop"]
    with pytest.raises(DomainError):
        services.answer_offer(
            grant=grant, choice=Choice(Answer.TAKE, SAID[K.DINNER]), person=grant.award.place.entry.owner
        )
    account.gift_policy, account.gift_note = CHARITY, "House rule 7"
    account.save()
    services.go_on(timezone.now())
    grant.refresh_from_db()
    assert (grant.state, grant.blocked) == (G.OFFERED, "")
    account.gift_policy = NONE  # tightened while the winner reads
    account.save()
    with pytest.raises(DomainError, match="no gifts"):
        services.answer_offer(grant=grant, choice=Choice(Answer.CHARITY, cause="Lifeboats"), person=account.owner.person
                              if account.owner else grant.award.place.entry.owner)  # fmt: skip


# ---------------------------------------------------------------- choosing


@pytest.mark.django_db
@pytest.mark.parametrize("kind", K.values)
def test_each_kind_is_taken_with_what_it_needs_and_becomes_a_gift(kind):
    grant = offered(kind=kind)
    owner = grant.award.place.entry.owner
    if any(ask.required for ask in kinds.of(kind).asks):
        with pytest.raises(InvalidInput) as refused:
            services.answer_offer(grant=grant, choice=Choice(Answer.TAKE), person=owner)
        assert set(refused.value.errors) == {ask.name for ask in kinds.of(kind).asks if ask.required}
    row = services.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[kind]), person=owner)
    again = services.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[kind]), person=owner)
    gift = row.fulfilment
    assert again.fulfilment_id == gift.pk
    assert (gift.state, gift.item, gift.value, gift.receiver) == (F.IN_APPROVAL, grant.item, grant.value, owner)
    assert gift.kind == (GiftKind.CHARITY if kind == K.DONATION else GiftKind.PRIZE)
    assert gift.taxable == (kind in (K.VACATION, K.ELECTRONICS, K.CAR))
    assert gift.account_id == grant.award.place.entry.account_id
    assert standing.lacks_arrangement(row) == bool(kinds.of(kind).settles)
    assert sound()


@pytest.mark.django_db
def test_charity_only_houses_give_it_away_and_the_rule_is_kept_as_it_was():
    grant = offered(policy=CEILING, ceiling=120)
    owner, account = grant.award.place.entry.owner, grant.award.place.entry.account
    with pytest.raises(DomainError, match=r"\$120"):
        services.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[K.DINNER]), person=owner)
    with pytest.raises(InvalidInput):
        services.answer_offer(grant=grant, choice=Choice(Answer.CHARITY, cause=" "), person=owner)
    row = services.answer_offer(grant=grant, choice=Choice(Answer.CHARITY, cause="Lifeboats"), person=owner)
    account.gift_policy, account.gift_ceiling = GiftPolicy.ALLOWED, None
    account.save()
    gift = row.fulfilment
    gift.refresh_from_db()
    assert (gift.kind, gift.value, gift.cause) == (GiftKind.CHARITY, 120, "Lifeboats")
    assert (gift.policy, gift.ceiling) == (CEILING, 120)
    assert row.item.startswith("Donation in place of")
    assert not standing.lacks_arrangement(row)
    assert sound()
    PrizeGrant.objects.update(value=1)
    assert not sound()


@pytest.mark.django_db
def test_no_is_an_answer_and_something_else_may_be_offered(drain, mailoutbox):
    gift_fund(2000)
    grant = offered()
    owner, boss = grant.award.place.entry.owner, grant.award.contest.owner
    row = services.answer_offer(grant=grant, choice=Choice(Answer.REFUSE, words="House rule"), person=owner)
    services.answer_offer(grant=grant, choice=Choice(Answer.REFUSE), person=owner)
    drain()
    assert (row.state, row.reason, row.fulfilment) == (G.REFUSED, "House rule", None)
    (mail,) = [mail for mail in mailoutbox if "rather not" in mail.subject]
    assert boss.person.email in mail.to[0]
    with pytest.raises(DomainError):
        services.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[K.DINNER]), person=owner)
    services.offer_else(grant=grant, kind=K.DONATION, item="A donation", value=Decimal(150), by=boss)
    drain()
    row = services.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[K.DONATION]), person=owner)
    decide(row.fulfilment, Verdict.REJECT)
    with pytest.raises(DomainError):
        services.put_away(contest=grant.award.contest, by=boss)
    services.offer_else(grant=grant, kind=K.BUZZ, item="A film", value=Decimal(0), by=boss)
    row = services.answer_offer(grant=grant, choice=Choice(Answer.TAKE, SAID[K.BUZZ]), person=owner)
    keys = [f"prize:{row.public_id}:{nth}" for nth in (0, 1)]
    assert list(row.fulfilment.__class__.objects.order_by("pk").values_list("key", flat=True)) == keys
    assert sound()
