"""What answers a need before a customer's hour is asked for, and how that is counted."""

import pytest
from django.urls import reverse

from references.accounts.enums import Stage
from references.content.enums import AssetKind
from references.requests import policy, services
from references.requests.enums import CandidateState, RequestState, Wanting
from references.requests.selectors import ladder, request_counts
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from refprogram.people.enums import Role
from tests.factories.content import approved
from tests.factories.people import UserFactory
from tests.factories.references import ContactFactory, OpportunityFactory, ProductFactory, ReferenceFactory, speaker
from tests.factories.requests import closed, in_review, request_of

pytestmark = pytest.mark.django_db


def story(industry="Retail", kind=AssetKind.CASE_STUDY, products=(), **facts):
    contact = ContactFactory(account__industry=industry)
    contact.account.products.add(*products)
    return approved(contact=contact, kind=kind, **facts)


def titles(rungs):
    return [one.asset.title for one in rungs]


def test_stories_that_break_no_must_have_come_closest_first():
    product = ProductFactory(name="Field")
    near = story("Retail", title="Near", products=(product,))
    story("Retail", title="Far")
    story("Mining", title="Elsewhere", products=(product,))
    request = request_of(must_industry="Retail", nice={"product": product.pk})
    found = ladder(request, request.requester)
    assert (found.assets[0].asset, found.assets[0].fits) == (near, 2)
    assert titles(found.assets) == ["Near", "Far"]


def test_recorded_answers_are_a_rung_of_their_own_and_the_group_call_is_the_last():
    story("Retail", title="Told")
    story("Retail", AssetKind.QA, title="Asked before")
    request_of(must_industry="Retail")
    request = request_of(must_industry="Retail")
    found = ladder(request, UserFactory(role=Role.MARKETER))
    assert (titles(found.assets), titles(found.answers)) == (["Told"], ["Asked before"])
    assert (found.together.slug, found.waiting) == ("group-call", 1)
    assert ladder(request_of(must_industry="Mining"), request.requester).together is None  # nobody else wants the same
    assert ladder(request_of(slug="quote", must_industry="Retail"), request.requester).together is None


def test_nothing_is_offered_that_may_not_be_shown():
    approved(contact=ContactFactory(account__industry="Retail"), consent=False, title="Without consent")
    request = request_of(must_industry="Retail")
    assert titles(ladder(request, request.requester).assets) == []


def test_the_prospects_own_story_answers_nothing():
    asset = story("Retail")
    deal = OpportunityFactory(account=asset.account)
    request = request_of(opportunity=deal)
    assert titles(ladder(request, request.requester).assets) == []


def test_this_answers_it_closes_with_a_share_page_and_lets_everybody_go():
    asset, candidate = story(), in_review()
    request = services.answer_by_content(request=candidate.request, assets=[asset], actor=candidate.request.requester)
    candidate.refresh_from_db()
    assert (request.state, candidate.state) == (RequestState.BY_CONTENT, CandidateState.RELEASED)
    assert [item.asset for item in request.board.items.all()] == [asset]
    assert Event.objects.get(topic="request.by_content").payload["assets"] == 1


def test_without_a_story_nothing_is_closed():
    request = request_of()
    with pytest.raises(InvalidInput, match="Choose at least one story"):
        services.answer_by_content(request=request, assets=[], actor=request.requester)
    request.refresh_from_db()
    assert (request.state, request.board) == (RequestState.SUBMITTED, None)


def test_deflection_fill_rate_and_shadow_rate(program):
    """Two held, two by content, one not filled: 2 of 4 answered needed nobody; 4 of 5 were answered."""
    asset = story()
    for _n in range(2):
        closed(contact=speaker())
        services.answer_by_content(request=request_of(), assets=[asset], actor=program)
    services.mark_unfilled(request=in_review().request, reason="Nobody", actor=program)
    services.refuse(request=request_of(), reason="Off", actor=program)
    counts = request_counts(program)
    assert (counts.answered, counts.by_content, counts.unfilled, counts.refused) == (2, 2, 1, 1)
    assert (counts.deflection, counts.fill_rate, counts.shadow_rate) == (0.5, 0.8, 0.0)


@pytest.fixture
def program():
    return UserFactory(role=Role.MARKETER)


# ---------------------------------------------------------------- the policy, up front


def set_figures(program, **values):
    change(room=room_of(policy.Figures), values=values, user=program)


def test_a_customers_hour_is_kept_for_deals_that_are_far_enough(program):
    early = OpportunityFactory(stage=Stage.PROSPECTING, account=ReferenceFactory())
    set_figures(program, live_from_stage=Stage.PROPOSAL.value)
    with pytest.raises(InvalidInput, match="from the stage “Proposal” on"):
        request_of(opportunity=early)
    assert request_of(opportunity=early, slug="quote").state == RequestState.SUBMITTED  # takes no hour
    assert request_of().state == RequestState.SUBMITTED  # for no deal: the program judges
    late = OpportunityFactory(stage=Stage.PROPOSAL, account=ReferenceFactory())
    assert request_of(opportunity=late).state == RequestState.SUBMITTED
    answered = services.submit_answered(
        assets=[story()],
        requester=UserFactory(),
        activity=request_of().activity,
        opportunity=early,
        needed_by=request_of().needed_by,
    )
    assert answered.state == RequestState.BY_CONTENT  # a story is just what is wanted instead


def test_and_for_deals_that_are_large_enough(program):
    set_figures(program, live_from_amount="20000")
    with pytest.raises(InvalidInput, match="for deals of"):
        request_of(opportunity=OpportunityFactory(amount=19_999, account=ReferenceFactory()))
    assert request_of(opportunity=OpportunityFactory(amount=20_000, account=ReferenceFactory()))


# ---------------------------------------------------------------- the form


def typed(**more):
    request = request_of()
    return {
        "purpose": "Northwind", "activity": "call", "needed_by": request.needed_by.isoformat(), "wanting": "product",
        "must_industry": "", "submit_key": "key", **more,
    }  # fmt: skip


def test_the_need_says_who_wants_it_and_what_would_be_nice(clients, cast):
    ReferenceFactory(industry="Retail")
    response = clients["rep"].post(
        reverse("references:request-new"),
        typed(nice_industry="Retail", nice_language="Dutch", competitor="Acme", must_persona="Head of IT"),
    )
    assert response.status_code == 302
    row = cast.rep.reference_requests.get()
    assert (row.wanting, row.nice, row.competitor, row.must_persona) == (
        Wanting.PRODUCT,
        {"industry": "Retail", "language": "Dutch"},
        "Acme",
        "Head of IT",
    )
    shown = clients["rep"].get(reverse("references:request-edit", args=[row.public_id])).text
    assert 'value="Dutch"' in shown


def test_a_story_answers_while_it_is_still_asked(clients, cast):
    asset = story("Retail", title="Told before")
    page = clients["rep"].get(reverse("references:request-instead"), {"activity": "call", "must_industry": "Retail"})
    assert "Told before" in page.text
    clients["rep"].post(reverse("references:request-new"), typed(must_industry="Retail", story=asset.public_id))
    row = cast.rep.reference_requests.get()
    assert (row.state, row.board.made_by) == (RequestState.BY_CONTENT, cast.rep)


def test_a_deal_is_for_sales_alone(clients, cast):
    deal = OpportunityFactory(account=ReferenceFactory(), owner=cast.rep)
    response = clients["rep"].post(reverse("references:request-new"), typed(opportunity=deal.public_id))
    assert (response.status_code, "A deal is for sales" in response.text) == (422, True)
