"""Who sees which request; what stands on whose desk; what references did for sales."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from references.accounts.enums import Stage
from references.accounts.models import Opportunity
from references.requests import selectors, services
from references.requests.enums import Side
from references.requests.models import ReferenceRequest
from tests.cast import PARTS
from tests.factories.references import AccountFactory, OpportunityFactory
from tests.factories.requests import accepted, closed, delivered, in_review, invited, owned_speaker, request_of

pytestmark = pytest.mark.django_db


def titles(user):
    return [item.title for item in selectors.desk_items(user)]


# ---------------------------------------------------------------- who sees which


def test_the_rule_for_one_is_the_rule_for_all(cast):
    """`rules` (one row) and `visible_to` (a queryset) are two spellings of one sentence."""
    users = [cast[part] for part in PARTS]
    request_of(cast.rep)
    in_review(request_of(cast.other_team_rep), owned_speaker(cast.rep))
    request_of(cast.other_team_rep)
    rows = list(ReferenceRequest.objects.all())
    for user in users:
        seen = set(selectors.visible_to(user))
        assert {row for row in rows if user.has_perm("references.see_request", row)} == seen


def test_a_stand_in_sees_what_they_answer_for(cast):
    candidate = in_review(contact=owned_speaker(cast.rep))
    assert list(selectors.visible_to(candidate.approver)) == [candidate.request]


def test_deals_to_ask_for_are_own_open_ones(cast):
    mine = OpportunityFactory(owner=cast.rep, account=AccountFactory(name="Kan-code"), closes_on=timezone.localdate())
    OpportunityFactory(owner=cast.rep, stage=Stage.WON)
    theirs = OpportunityFactory(owner=cast.other_team_rep)
    assert list(selectors.deals_for(cast.rep)) == [mine]
    assert list(selectors.deals_for(cast.manager)) == [mine]
    assert set(selectors.deals_for(cast.marketer)) == {mine, theirs}
    assert list(selectors.pick_deals(cast.marketer, "kan")) == [mine]


# ---------------------------------------------------------------- desks


def test_each_desk_shows_what_needs_its_person(cast):
    new = request_of(cast.rep, purpose="New")
    review = in_review(request_of(cast.rep, purpose="Review"), owned_speaker(cast.other_team_rep))
    agreed = accepted(request=request_of(cast.rep, purpose="Agreed"))
    held = delivered(request=request_of(cast.rep, purpose="Held"))
    asked = services.ask_back(request=request_of(cast.rep, purpose="Asked"), question="Which?", actor=cast.marketer)
    assert titles(cast.marketer) == [new.title]
    assert titles(cast.other_team_rep) == [f"May we ask {review.contact.person.name} of {review.account.name}?"]
    assert titles(cast.rep) == [
        f"A question about: {asked.title}",
        f"{agreed.contact.person.name} of {agreed.account.name} said yes",
        f"How was it with {held.contact.person.name}?",
    ]
    assert titles(cast.judge) == titles(cast.executive) == []


def test_what_is_due_first_stands_first_and_says_what_is_due(cast):
    """Three new requests: a customer's yes due tomorrow, two days ago, yesterday."""
    now = timezone.now()
    for purpose, days in (("Ahead", 1), ("Longest", -2), ("Late", -1)):
        row = request_of(cast.rep, purpose=purpose, needed_by=dt.date(2099, 12, 17))
        ReferenceRequest.objects.filter(pk=row.pk).update(due_at=now + dt.timedelta(days=days))
    items = sorted(selectors.desk_items(cast.marketer), key=lambda item: (item.urgency, item.since))
    assert [item.detail.split("; ")[1] for item in items] == [
        "a customer’s yes was due 2 days ago.",
        "a customer’s yes was due yesterday.",
        "a customer’s yes is due tomorrow.",
    ]


def test_a_declined_candidate_brings_the_request_back_to_the_desk(cast):
    candidate = invited(request=request_of(cast.rep))
    assert titles(cast.marketer) == []
    services.customer_decline(candidate=candidate)
    assert titles(cast.marketer) == [f"Next customer for: {candidate.request.title}"]


def test_feedback_given_leaves_the_desk(cast):
    candidate = delivered(request=request_of(cast.rep))
    services.give_feedback(candidate=candidate, side=Side.REQUESTER, rating=5, actor=cast.rep)
    assert titles(cast.rep) == []


def test_a_desk_costs_two_queries(cast):
    user = cast.rep
    for _number in range(3):
        accepted(request=request_of(user))
        in_review(contact=owned_speaker(user))
    with CaptureQueriesContext(connection) as queries:
        assert len(selectors.desk_items(user)) == 6
    assert len(queries) == 2


# ---------------------------------------------------------------- influence


def deal(stage, amount, closes_on, *, held):
    """A deal for which a reference was held (or only asked for), and which closed afterwards as said."""
    row = OpportunityFactory(amount=amount)
    reference = request_of(opportunity=row, purpose="Deal")
    if held:
        delivered(request=reference)
    Opportunity.objects.filter(pk=row.pk).update(stage=stage, closes_on=closes_on)
    return row


def test_influence_by_hand(marketer):
    """Open 100 and 50, won 30 on its day; lost, won before, won without a day, asked but not held: nothing."""
    today = timezone.localdate()
    counted = [
        deal(Stage.PROPOSAL, 100, None, held=True),
        deal(Stage.ENGAGING, 50, today - dt.timedelta(days=9), held=True),
        deal(Stage.WON, 30, today, held=True),
    ]
    deal(Stage.WON, 1000, today - dt.timedelta(days=1), held=True)
    deal(Stage.WON, 2000, None, held=True)
    deal(Stage.LOST, 4000, today, held=True)
    deal(Stage.PROPOSAL, 8000, None, held=False)
    found = selectors.influence(marketer)
    assert set(selectors.influenced_opportunities(marketer)) == set(counted)
    assert (found.open_deals, found.pipeline, found.won_deals, found.revenue) == (2, Decimal(150), 1, Decimal(30))


def test_two_references_for_one_deal_count_it_once(marketer):
    row = OpportunityFactory(amount=100)
    for _number in range(2):
        delivered(request=request_of(opportunity=row))
    assert selectors.influence(marketer).pipeline == Decimal(100)


def test_counts_of_requests_by_hand(marketer):
    """Three answered after 2, 4 and 9 days, one not filled, one open: median 4 days, fill rate 3 of 4."""
    now = timezone.now()
    for days in (2, 4, 9):
        candidate = closed()
        ReferenceRequest.objects.filter(pk=candidate.request_id).update(
            submitted_at=now - dt.timedelta(days=20), confirmed_at=now - dt.timedelta(days=20 - days)
        )
    services.mark_unfilled(request=in_review().request, reason="Nobody free", actor=marketer)
    request_of()
    counts = selectors.request_counts(marketer)
    assert (counts.open, counts.answered, counts.unfilled, counts.median_days, counts.fill_rate) == (1, 3, 1, 4, 0.75)


def test_every_figure_has_a_definition():
    assert set(selectors.DEFINITIONS) >= {
        "influenced_pipeline",
        "influenced_revenue",
        "open",
        "answered",
        "median_days",
    }
