"""What customers and prospects see of content behind a link: a release, a draft, a share page."""

import datetime as dt
import html
import re

import pytest

from references.accounts import clock
from references.accounts import services as accounts
from references.consents import services as consents
from references.consents.enums import ReleaseState, Scope
from references.consents.models import ConsentTerm
from references.consents.terms import TermSpec
from references.content import services
from references.content.enums import AssetState, ReviewAnswer
from references.content.models import BoardView
from refprogram.kernel import links
from tests.factories.content import agreed, approved, board, story, with_quote, words
from tests.factories.references import ContactFactory

pytestmark = pytest.mark.django_db


def door(purpose, subject, person=None):
    url = links.issue(purpose=purpose, subject=subject, person_id=person.pk if person else None)
    return f"/s/{url.rstrip('/').rpartition('/')[2]}/"


def text_of(response):
    return response.content.decode()


# ---------------------------------------------------------------- behind the link: a release


def asked(by):
    contact = ContactFactory(person__name="Sara Lind", account__name="Aurora")
    terms = [TermSpec("quote"), TermSpec("name")]
    until = clock.today() + dt.timedelta(days=365)
    return consents.ask_release(contact=contact, template=words(), terms=terms, by=by, until=until)


def test_opening_a_release_ticks_and_does_nothing(clients, marketer):
    release = asked(marketer)
    page = text_of(clients["anonymous"].get(door("release", release, release.contact.person)))
    release.refresh_from_db()
    assert (" checked" in page, "Words in quotation marks" in page) == (False, True)
    assert release.state == ReleaseState.ASKED


def test_a_customer_agrees_to_one_thing_and_takes_it_back(clients, marketer):
    release = asked(marketer)
    url = door("release", release, release.contact.person)
    place = next(n for n, term in enumerate(release.terms) if term["scope"] == "quote")
    clients["anonymous"].post(url, {"answer": "yes", "ticked": str(place)})
    term = ConsentTerm.objects.get(contact=release.contact)
    assert "Thank you" in text_of(clients["anonymous"].get(url))
    clients["anonymous"].post(url, {"answer": "back", "term": term.public_id})
    term.refresh_from_db()
    assert term.revoked_at is not None


def test_nothing_ticked_comes_back_with_a_sentence(clients, marketer):
    release = asked(marketer)
    answer = clients["anonymous"].post(door("release", release, release.contact.person), {"answer": "yes"})
    assert (answer.status_code, "Tick what you agree to" in text_of(answer)) == (422, True)


@pytest.mark.parametrize("body", [{"answer": "yes", "ticked": "99"}, {"answer": "sing"}, {"ticked": "'; --"}, {}])
def test_nonsense_agrees_to_nothing(body, clients, marketer):
    release = asked(marketer)
    clients["anonymous"].post(door("release", release, release.contact.person), body)
    assert not ConsentTerm.objects.filter(contact=release.contact).exists()


def test_anybody_can_check_a_consent_and_learns_no_persons_name(clients):
    contact = ContactFactory(person__name="Sara Lind", person__email="sara@x.example", account__name="Aurora")
    consent = agreed(contact, "quote", "company")
    url = door("consent_verify", consent)
    page = text_of(clients["anonymous"].get(url))
    assert ("Yes: Aurora agreed" in page, "Sara" in page, "sara@" in page) == (True, False, False)
    assert "Address to check it" in text_of(clients["legal"].get(contact.get_absolute_url()))
    accounts.revoke_consent(consent=consent, actor=None)
    gone = text_of(clients["anonymous"].get(url))
    assert ("No: nothing of" in gone, "Aurora" in gone) == (True, False)


def test_a_company_that_did_not_agree_to_its_name_stays_masked_in_front_of_strangers(clients, rep):
    contact = ContactFactory(account__name="Aurora", account__industry="Shipping")
    consent = agreed(contact, "quote", "story")
    checked = text_of(clients["anonymous"].get(door("consent_verify", consent)))
    asset = approved(None, contact, consent=False, title="A quick start", scopes=["story"])
    page = board(rep, asset)
    read = text_of(clients["anonymous"].get(f"/s/{services.token_of(page)}/"))
    assert ("Aurora" in checked, "Aurora" in read, "A quick start" in read) == (False, False, True)


def test_a_story_asks_for_the_release_of_just_what_is_missing(clients, marketer):
    asset = approved(marketer, consent=False)
    contact = asset.needs.first().contact
    page = text_of(clients["marketer"].get(asset.get_absolute_url()))
    link = html.unescape(re.search(rf"/contacts/{contact.public_id}/release/\?[^\"]+", page)[0])
    form = clients["marketer"].get(link)
    assert set(form.context["form"].initial["scopes"]) == set(asset.needs.values_list("scope", flat=True))
    agreed(contact)
    assert f"/contacts/{contact.public_id}/release/" not in text_of(clients["marketer"].get(asset.get_absolute_url()))


# ---------------------------------------------------------------- behind the link: a draft


def reading(marketer):
    contact = ContactFactory()
    agreed(contact)
    asset = services.advance(asset=story(marketer, contact), to=AssetState.INTERNAL_REVIEW, by=marketer)
    return services.ask_customer(asset=asset, contact=contact, by=marketer)


def test_a_customer_changes_a_draft_and_their_words_are_shown_as_a_version(clients, marketer):
    review = reading(marketer)
    url = door("draft_review", review, review.contact.person)
    clients["anonymous"].post(url, {"answer": "edited", "passage-0": "They closed the books in four days."})
    review.refresh_from_db()
    page = text_of(clients["marketer"].get(f"{review.asset.get_absolute_url()}versions/2/"))
    assert review.answer == ReviewAnswer.EDITED
    assert re.search(r"<ins>.*four", page)


def test_a_draft_answered_is_shown_as_answered(clients, marketer):
    review = reading(marketer)
    url = door("draft_review", review, review.contact.person)
    clients["anonymous"].post(url, {"answer": "yes"})
    assert "Thank you for reading it" in text_of(clients["anonymous"].get(url))


def test_a_no_without_a_word_comes_back(clients, marketer):
    review = reading(marketer)
    answer = clients["anonymous"].post(door("draft_review", review, review.contact.person), {"answer": "no"})
    assert (answer.status_code, "what is wrong" in text_of(answer)) == (422, True)


def test_an_answer_that_is_none_is_no_answer(clients, marketer):
    review = reading(marketer)
    url = door("draft_review", review, review.contact.person)
    for sent in ({}, {"answer": "perhaps", "words": "It is wrong"}, {"answer": "edited", "body": "Of an old page"}):
        assert clients["anonymous"].post(url, sent).status_code == 422
    review.refresh_from_db()
    assert (review.answered_at, review.asset.state) == (None, AssetState.CUSTOMER_REVIEW)


def test_what_a_customer_types_is_text_on_our_pages(clients, marketer):
    review = reading(marketer)
    url = door("draft_review", review, review.contact.person)
    words = "<script>alert(1)</script> [x](javascript:alert(1))"
    clients["anonymous"].post(url, {"answer": "edited", "passage-0": words})
    page = text_of(clients["marketer"].get(review.asset.get_absolute_url()))
    assert ("<script>alert" in page, 'href="javascript' in page) == (False, False)


# ---------------------------------------------------------------- behind the link: a share page


def shared(rep, *scopes):
    contact = ContactFactory(person__name="Sara Lind", account__name="Aurora")
    consent = agreed(contact, *scopes)
    asset = approved(None, contact, consent=False, title="A quick start at Aurora")
    with_quote(asset, contact)
    return board(rep, asset), consent


def test_a_prospect_reads_allowed_parts_only_and_hears_of_nothing_withheld(clients, rep):
    page, _consent = shared(rep, Scope.COMPANY, Scope.STORY)
    read = text_of(clients["anonymous"].get(f"/s/{services.token_of(page)}/"))
    maker = text_of(clients["rep"].get(page.get_absolute_url()))
    assert ("A quick start at Aurora" in read, "It just works" in read, "Hidden" in read) == (True, False, False)
    assert ("It just works" in maker, "never agreed to it" in maker) == (True, True)


def test_revocation_hides_a_story_at_the_next_reading(clients, rep):
    page, consent = shared(rep)
    url = f"/s/{services.token_of(page)}/"
    assert "It just works" in text_of(clients["anonymous"].get(url))
    accounts.revoke_consent(consent=consent, actor=None)
    assert "Aurora" not in text_of(clients["anonymous"].get(url))


def test_opening_counts_nothing_and_the_script_counts_once(clients, rep):
    page, _consent = shared(rep)
    url = f"/s/{services.token_of(page)}/"
    clients["anonymous"].get(url)
    assert not BoardView.objects.exists()
    for _twice in range(2):
        clients["anonymous"].post(url, {"tab": "a-tab"})
    clients["anonymous"].post(url, {"tab": "a-tab", "item": "999999"})
    page.refresh_from_db()
    assert (page.views, BoardView.objects.count()) == (1, 1)


def test_a_closed_page_is_gone(clients, rep):
    page, _consent = shared(rep)
    services.close_board(board=page, by=rep)
    assert clients["anonymous"].get(f"/s/{services.token_of(page)}/").status_code == 410


def test_a_preview_is_not_counted_and_loads_no_script(clients, rep):
    page, _consent = shared(rep)
    read = text_of(clients["rep"].get(f"{page.get_absolute_url()}preview/"))
    assert ("looks.js" in read, "This look is not counted" in read) == (False, True)
