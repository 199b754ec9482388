"""The pipeline with its guards, places and take-downs, share pages, the library, costs."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from references.accounts import clock
from references.accounts import services as accounts
from references.accounts.enums import Membership
from references.accounts.models import Contact
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.services import revoke_terms
from references.content import proofs, selectors, services
from references.content.enums import AssetKind, AssetState, PlacementState, ReviewAnswer
from references.content.errors import ConsentMissing, NotReady
from references.content.models import Asset, BoardView, Placement
from references.content.selectors import Wanted
from refprogram.governance.approvals.models import Approval
from refprogram.governance.approvals.services import decide
from refprogram.governance.consequences.enums import TaskState
from refprogram.governance.consequences.models import Task
from refprogram.kernel.errors import DomainError, IllegalMove, LinkRefused, NotAllowed
from tests.factories.content import BODY, agreed, approved, board, story, with_quote
from tests.factories.people import RegionFactory
from tests.factories.profiles import outcome_of
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory

pytestmark = pytest.mark.django_db
S = AssetState


def token_of(mailoutbox):
    return mailoutbox[-1].body.split("/s/")[1].split("/")[0]


def with_customer(marketer, contact=None, **facts):
    """A story that its customer is reading."""
    contact = contact or ContactFactory()
    agreed(contact)
    asset = story(marketer, contact, **facts)
    asset = services.advance(asset=asset, to=S.INTERNAL_REVIEW, by=marketer)
    services.ask_customer(asset=asset, contact=contact, by=marketer)
    return asset


def placed(asset, by, **facts):
    place = {"channel": Channel.WEBSITE, "audience": UseAudience.PUBLIC, "territory": "", "place": "https://x.example/"}
    return services.place(asset=asset, by=by, **{**place, **facts})


def state_of(row):
    return type(row).objects.values_list("state", flat=True).get(pk=row.pk)


# ---------------------------------------------------------------- the pipeline


def test_a_draft_from_another_room_is_made_once(marketer):
    contact, source = ContactFactory(), OpportunityFactory()
    facts = {"account": contact.account, "contact": contact, "source": source, "title": "T", "actor": marketer}
    first = services.draft_story(**facts, body=BODY)
    again = services.draft_story(**facts, body=BODY)
    assert (first.pk, first.state, first.versions.count()) == (again.pk, S.DRAFT, 1)
    assert set(first.needs.values_list("scope", flat=True)) == {"company", "story"}


def test_the_customer_says_yes_by_link_and_it_can_be_approved(marketer, drain, mailoutbox):
    asset = with_customer(marketer)
    drain()
    services.answer_review(token=token_of(mailoutbox), said_=services.Said(ReviewAnswer.YES))
    services.advance(asset=asset, to=S.APPROVED, by=marketer)
    assert state_of(asset) == S.APPROVED


def test_the_customers_own_words_are_the_next_version(marketer, drain, mailoutbox):
    asset = with_customer(marketer)
    drain()
    said = services.Said(ReviewAnswer.EDITED, body="They closed the books in four days.")
    services.answer_review(token=token_of(mailoutbox), said_=said)
    newest = asset.versions.first()
    assert (newest.number, newest.by_customer, newest.written_by) == (2, True, None)
    assert list(services.missing_for(Asset.objects.get(pk=asset.pk), S.APPROVED)) == []


def test_a_no_takes_it_back_to_a_draft_and_the_words_are_kept(marketer, drain, mailoutbox):
    asset = with_customer(marketer)
    drain()
    services.answer_review(
        token=token_of(mailoutbox), said_=services.Said(ReviewAnswer.NO, words="The figure is wrong")
    )
    assert (state_of(asset), asset.reviews.get().words) == (S.DRAFT, "The figure is wrong")


def test_the_first_answer_stands(marketer, drain, mailoutbox):
    asset = with_customer(marketer)
    drain()
    token = token_of(mailoutbox)
    services.answer_review(token=token, said_=services.Said(ReviewAnswer.YES))
    services.answer_review(token=token, said_=services.Said(ReviewAnswer.NO, words="changed my mind"))
    assert asset.reviews.get().answer == ReviewAnswer.YES


def test_a_link_to_a_draft_that_is_being_changed_says_so(marketer, drain, mailoutbox):
    asset = with_customer(marketer)
    drain()
    services.advance(asset=asset, to=S.DRAFT, by=marketer)
    with pytest.raises(LinkRefused, match="being changed once more"):
        services.answer_review(token=token_of(mailoutbox), said_=services.Said(ReviewAnswer.YES))


def test_words_the_customer_did_not_see_are_not_approved(marketer, drain, mailoutbox):
    asset = with_customer(marketer)
    drain()
    services.answer_review(token=token_of(mailoutbox), said_=services.Said(ReviewAnswer.YES))
    services.advance(asset=asset, to=S.DRAFT, by=marketer)
    services.save_version(asset=asset, body="Something else", actor=marketer)
    asset = services.advance(asset=asset, to=S.INTERNAL_REVIEW, by=marketer)
    assert "The customer has not seen these words." in list(services.missing_for(asset, S.APPROVED))
    with pytest.raises(IllegalMove):
        services.advance(asset=asset, to=S.APPROVED, by=marketer)


def test_a_claim_needs_a_verified_outcome_or_somebody_elses_eyes(marketer, admin, drain, mailoutbox):
    asset = with_customer(marketer)
    drain()
    services.answer_review(token=token_of(mailoutbox), said_=services.Said(ReviewAnswer.YES))
    claim = services.add_claim(asset=asset, text="30 % faster", by=marketer, evidence="Report, page 4")
    with pytest.raises(NotReady, match="Not proved: “30 % faster”"):
        services.advance(asset=asset, to=S.APPROVED, by=marketer)
    with pytest.raises(NotAllowed, match="somebody else"):
        services.check_claim(claim=claim, by=marketer)
    services.check_claim(claim=claim, by=admin)
    services.advance(asset=asset, to=S.APPROVED, by=marketer)
    assert state_of(asset) == S.APPROVED


@pytest.mark.parametrize(("verified", "proved"), [(None, False), (timezone.now(), True)])
def test_an_outcome_proves_once_it_is_verified(verified, proved, marketer):
    asset = story(marketer)
    outcome = outcome_of(marketer, account=asset.account)
    outcome.verified_at = verified
    claim = services.add_claim(asset=asset, text="Three days", by=marketer, outcome=outcome)
    assert services.is_proved(claim) is proved


def test_without_consent_it_is_not_approved(marketer, drain, mailoutbox):
    contact = ContactFactory(person__name="Sara Lind")
    asset = with_customer(marketer, contact)
    drain()
    services.answer_review(token=token_of(mailoutbox), said_=services.Said(ReviewAnswer.YES))
    services.add_need(asset=asset, contact=ContactFactory(account=contact.account), scope=Scope.PHOTO, actor=marketer)
    with pytest.raises(NotReady, match="photo"):
        services.advance(asset=asset, to=S.APPROVED, by=marketer)


def test_a_case_study_goes_by_legal_and_a_quote_does_not(marketer, legal, drain, mailoutbox):
    asset = with_customer(marketer, kind=AssetKind.CASE_STUDY)
    drain()
    services.answer_review(token=token_of(mailoutbox), said_=services.Said(ReviewAnswer.YES))
    with pytest.raises(NotReady, match="Legal has not approved"):
        services.advance(asset=asset, to=S.APPROVED, by=marketer)
    services.ask_legal(asset=asset, by=marketer)
    decide(approval=Approval.objects.get(kind="legal"), by=legal, verdict="approve", comment="", via="page")
    drain()
    assert state_of(asset) == S.APPROVED


# ---------------------------------------------------------------- places


def test_placing_publishes_and_taking_down_the_last_one_does_not_leave_it_published(marketer):
    asset = approved(marketer)
    placement = placed(asset, marketer)
    assert state_of(asset) == S.PUBLISHED
    services.call_down(placement=placement, by=marketer, reason="New logo")
    services.note_down(placement=placement, by=marketer, proof="404")
    assert (state_of(asset), state_of(placement)) == (S.APPROVED, PlacementState.DOWN)
    assert Task.objects.values_list("state", "note").get() == (TaskState.DONE, "404")


def test_a_place_without_consent_is_refused_with_whose_is_missing(marketer):
    contact = ContactFactory(person__name="Sara Lind")
    agreed(contact, channel=Channel.SHARE)
    with pytest.raises(ConsentMissing, match="Sara Lind, story: agreed to it elsewhere: Share page"):
        placed(approved(marketer, contact, consent=False), marketer)


def test_postgres_refuses_it_a_second_time_whatever_the_program_believes(marketer):
    asset = approved(marketer, consent=False)
    row = Placement(asset=asset, channel="website", audience=4, place="x", placed_by=marketer, placed_on=clock.today())
    with pytest.raises(IntegrityError, match="no consent in force"), transaction.atomic():
        row.save()


def test_revocation_unpublishes_in_its_own_transaction_with_a_task_and_a_day(marketer):
    contact = ContactFactory()
    consent = agreed(contact)
    placement = placed(approved(marketer, contact, consent=False), marketer)
    accounts.revoke_consent(consent=consent, actor=contact.person)
    placement.refresh_from_db()
    task = Task.objects.get(assignee=marketer)
    assert (placement.state, placement.due_on) == (PlacementState.TAKEDOWN, clock.today() + dt.timedelta(days=5))
    assert (task.due_on, task.url) == (placement.due_on, f"/content/placements/{placement.public_id}/down/")


def test_who_must_not_be_contacted_any_more_is_taken_down_too(marketer):
    contact = ContactFactory()
    agreed(contact)
    placement = placed(approved(marketer, contact, consent=False), marketer)
    Contact.objects.filter(pk=contact.pk).update(state=Membership.DO_NOT_CONTACT)
    services.take_down_for(contact=contact, actor=marketer)
    assert state_of(placement) == PlacementState.TAKEDOWN


def test_one_term_taken_back_takes_down_only_what_needs_it(marketer):
    contact = ContactFactory()
    consent = agreed(contact)
    asset = approved(marketer, contact, consent=False)
    services_part = with_quote(asset, contact)
    assert services_part.needs.count() == 2
    placement = placed(asset, marketer)
    revoke_terms(terms=[consent.terms.get(scope="logo")], actor=marketer)
    assert state_of(placement) == PlacementState.LIVE
    revoke_terms(terms=[consent.terms.get(scope="quote")], actor=marketer)
    assert state_of(placement) == PlacementState.TAKEDOWN


def test_expiry_hides_at_reading_and_the_clock_unpublishes(marketer):
    contact = ContactFactory()
    agreed(contact, until=clock.today())
    asset = approved(marketer, contact, consent=False)
    placement = placed(asset, marketer)
    page = board(marketer, asset)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=1), tick=False):
        assert selectors.sections_of(page) == []
        assert services.take_down_lapsed() == 1
        assert services.take_down_lapsed() == 0
    assert (state_of(placement), Placement.objects.get().reason) == (PlacementState.TAKEDOWN, "Consent has ended")


def test_verify_names_what_stands_without_consent(marketer):
    contact = ContactFactory()
    consent = agreed(contact)
    placement = placed(approved(marketer, contact, consent=False), marketer)
    consent.terms.update(expires_on=clock.today() - dt.timedelta(days=2))
    found = {proof.name: proof.rows for proof in proofs.proofs()}
    assert placement.public_id in str(found["nothing stands anywhere without consent in force"])


def test_what_was_called_down_stands_again_once_consent_is_back(marketer):
    contact = ContactFactory()
    consent = agreed(contact)
    placement = placed(approved(marketer, contact, consent=False), marketer)
    accounts.revoke_consent(consent=consent, actor=None)
    with pytest.raises(ConsentMissing):
        services.put_back(placement=placement, by=marketer)
    agreed(contact)
    services.put_back(placement=placement, by=marketer)
    assert state_of(placement) == PlacementState.LIVE
    assert Task.objects.get().state == TaskState.CANCELLED


def test_what_was_published_a_year_ago_is_looked_at_again(marketer):
    asset = approved(marketer)
    placed(asset, marketer)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=364), tick=False):
        assert services.call_for_refresh() == 0
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=365), tick=False):
        assert services.call_for_refresh() == 1
    assert state_of(asset) == S.REFRESH_DUE


# ---------------------------------------------------------------- share pages


def test_a_share_page_shows_allowed_parts_and_tells_its_maker_what_is_withheld(rep):
    contact = ContactFactory(person__name="Sara Lind")
    agreed(contact, Scope.COMPANY, Scope.STORY)
    asset = approved(None, contact, consent=False)
    with_quote(asset, contact)
    page = board(rep, asset)
    [section] = selectors.sections_of(page)
    [withheld] = selectors.withheld_from(page)
    assert (section.parts, section.body) == ([], "")
    assert (withheld.part.kind, "Sara Lind, words in quotation marks" in withheld.reason) == ("quote", True)
    agreed(contact, Scope.QUOTE, Scope.NAME)
    [section] = selectors.sections_of(page)
    assert ([view.part.text for view in section.parts], section.body) == (["It just works."], BODY)


def test_what_may_not_be_shared_is_not_put_on_a_page(rep):
    contact = ContactFactory()
    agreed(contact, audience=UseAudience.INTERNAL)
    with pytest.raises(ConsentMissing, match="fewer readers"):
        board(rep, approved(None, contact, consent=False))


def test_consent_for_one_region_counts_where_the_deal_is(rep):
    contact = ContactFactory()
    agreed(contact, territory="EMEA")
    asset = approved(None, contact, consent=False)
    with pytest.raises(ConsentMissing, match="EMEA only"):
        board(rep, asset)
    deal = OpportunityFactory(account=AccountFactory(region=RegionFactory(name="EMEA")))
    assert board(rep, asset, opportunity=deal).items.count() == 1


def test_looks_are_counted_by_tab_and_section_without_knowing_who(rep):
    asset = approved()
    page = board(rep, asset)
    item = page.items.get()
    looks = [services.count_look(board=page, tab="a"), services.count_look(board=page, tab="a")]
    looks += [services.count_look(board=page, tab="a", item_id=item.pk), services.count_look(board=page, tab="b")]
    page.refresh_from_db()
    asset.refresh_from_db()
    assert looks == [True, False, True, True]
    assert (page.views, page.items.get().views, asset.views, asset.shares) == (2, 1, 1, 1)
    assert not BoardView.objects.filter(visitor__in=["a", "b"]).exists()


def test_a_closed_page_counts_nothing_and_its_address_is_dead(rep):
    page = board(rep, approved())
    services.close_board(board=page, by=rep)
    assert services.count_look(board=page, tab="a") is False
    with pytest.raises(DomainError, match="has ended"):
        services.add_to_board(board=page, assets=[approved()], by=rep)


def test_a_page_keeps_at_least_one_story(rep):
    page = board(rep, approved())
    with pytest.raises(DomainError, match="last one"):
        services.remove_from_board(item=page.items.get(), by=rep)


def test_content_yield_counts_won_deals_that_looked(rep):
    asset = approved()
    won, lost = OpportunityFactory(stage="won"), OpportunityFactory(stage="lost")
    unseen = OpportunityFactory(stage="won")
    for deal, looked in ((won, True), (lost, True), (unseen, False)):
        page = board(rep, asset, opportunity=deal)
        if looked:
            services.count_look(board=page, tab="t", item_id=page.items.get().pk)
    brought = selectors.yield_of(asset)
    assert (brought.shared, brought.seen, brought.won) == (3, 2, 1)
    assert brought.share == pytest.approx(1 / 3)


# ---------------------------------------------------------------- the library


def found(user, words="", **facets):
    return [asset.title for asset in selectors.library(user, Wanted(words, facets)).assets]


def test_the_library_holds_only_what_may_be_shown(rep):
    approved(title="Shown")
    story(title="A draft")
    approved(title="No consent", consent=False)
    assert found(rep) == ["Shown"]


def test_words_are_found_anywhere_and_a_slip_is_forgiven(rep):
    approved(title="Kubernetes in four weeks", contact=ContactFactory(account=AccountFactory(name="Aurora")))
    approved(title="Invoices without paper")
    assert found(rep, "kuber aurora") == ["Kubernetes in four weeks"]
    assert found(rep, "invoces") == ["Invoices without paper"]
    assert selectors.library(rep, Wanted("invoces")).nearly is True


def test_synonyms_are_found_too_and_may_be_several_words(rep):
    approved(title="Kubernetes in four weeks")
    services.save_synonyms(words="k8s, Kubernetes, container platform")
    assert found(rep, "k8s") == ["Kubernetes in four weeks"]


def test_facets_count_under_the_other_facets_and_advise_when_nothing_is_left(rep):
    approved(title="Quote A", contact=ContactFactory(account=AccountFactory(industry="Banking")))
    approved(title="Video B", kind=AssetKind.VIDEO, contact=ContactFactory(account=AccountFactory(industry="Energy")))
    both = selectors.library(rep, Wanted("", {"kind": ["video"], "industry": ["Banking"]}))
    assert (both.assets, both.advice) == ([], [("kind", "1"), ("industry", "1")])
    kinds = {
        one.value: one.count for one in selectors.library(rep, Wanted("", {"industry": ["Energy"]})).facets["kind"]
    }
    assert kinds == {"video": 1}


def test_hostile_words_break_nothing(rep):
    approved()
    words = ("' OR 1=1 --", "a & | ! :*", "%_\\", "𝕏" * 90)
    assert [found(rep, one) for one in words] == [[], ["A quick start"], [], []]
