"""The ledger: words in versions, releases by link, terms by hand with their document, revocation, renewal notices."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import InternalError, NotSupportedError, ProgrammingError

from references.accounts import clock
from references.accounts import services as accounts
from references.accounts.errors import AskRefused
from references.accounts.models import Consent
from references.consents import services
from references.consents.enums import ReleaseState, UseAudience
from references.consents.models import ConsentTemplate, ConsentTerm, Release
from references.consents.terms import TermSpec
from references.consents.wording import hash_of, shown
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import SignedLink
from refprogram.notices.models import Notice
from tests.factories.content import agreed, words
from tests.factories.references import AccountFactory, ContactFactory, speaker

pytestmark = pytest.mark.django_db
QUOTE = TermSpec("quote", "website", UseAudience.PUBLIC)
NAME = TermSpec("name", "website", UseAudience.PUBLIC)


def in_days(days):
    return clock.today() + dt.timedelta(days=days)


def asked(contact, by, *specs):
    return services.ask_release(contact=contact, template=words(), terms=specs, until=in_days(365), by=by)


def token_of(mailoutbox):
    body = mailoutbox[-1].body
    return body.split("/s/")[1].split("/")[0]


def test_the_next_version_takes_the_place_of_the_one_before(marketer):
    first = words()
    second = services.write_template(name=first.name, text="New words", scopes=["quote"], months=12, by=marketer)
    first.refresh_from_db()
    assert (second.version, second.retired_at) == (2, None)
    assert first.retired_at is not None


def test_words_that_are_the_same_are_no_new_version(marketer):
    first = words()
    with pytest.raises(InvalidInput, match="Nothing is different from version 1"):
        services.write_template(name=first.name, text=first.text, scopes=first.scopes, months=first.months, by=marketer)


def test_the_database_refuses_to_change_words():
    with pytest.raises((InternalError, NotSupportedError, ProgrammingError)), transaction.atomic():
        ConsentTemplate.objects.filter(pk=words().pk).update(text="Other words")


def test_words_are_filled_in_for_their_reader_and_hashed_without_names():
    contact = ContactFactory(person__name="Sara Lind", account__name="Aurora")
    text = shown("{person} of {company}, until {until}", contact=contact, until=dt.date(2027, 3, 1))
    assert text == "Sara Lind of Aurora, until 1 March 2027"
    assert hash_of(words()) == hashlib.sha256(words().text.encode()).hexdigest()


def test_a_customer_agrees_to_what_they_tick_and_to_nothing_else(marketer, drain, mailoutbox):
    contact = ContactFactory()
    release = asked(contact, marketer, QUOTE, NAME)
    drain()
    assert "- Words in quotation marks: Website, everybody, all countries" in mailoutbox[-1].body
    services.answer_release(token=token_of(mailoutbox), ticked={release.terms.index(QUOTE.as_dict())})
    term = ConsentTerm.objects.get()
    consent = term.consent
    assert (term.scope, term.channel, term.expires_on) == ("quote", "website", in_days(365))
    assert (consent.template_id, consent.activities, consent.source) == (words().pk, [], "signed link")
    assert "Words in quotation marks: Website, everybody, all countries" in consent.wording
    assert "Person" not in consent.wording.partition("What I ticked")[2]


def test_ticking_nothing_is_no_agreement(marketer, drain, mailoutbox):
    asked(ContactFactory(), marketer, QUOTE)
    drain()
    with pytest.raises(InvalidInput, match="Tick what you agree to"):
        services.answer_release(token=token_of(mailoutbox), ticked=set())
    assert Release.objects.get().state == ReleaseState.ASKED


def test_answering_twice_does_nothing_twice(marketer, drain, mailoutbox):
    asked(ContactFactory(), marketer, QUOTE)
    drain()
    token = token_of(mailoutbox)
    services.answer_release(token=token, ticked={0})
    services.answer_release(token=token, ticked={0})
    assert (ConsentTerm.objects.count(), Consent.objects.count()) == (1, 1)


def test_a_no_is_kept_and_who_asked_hears(marketer, drain, mailoutbox):
    asked(ContactFactory(person__name="Sara Lind"), marketer, QUOTE)
    drain()
    services.decline_release(token=token_of(mailoutbox), note="Not now")
    drain()
    assert Release.objects.get().state == ReleaseState.DECLINED
    assert Notice.objects.filter(person=marketer.person, text__startswith="Sara Lind").exists()


def test_a_second_question_withdraws_the_first(marketer):
    contact = ContactFactory()
    first = asked(contact, marketer, QUOTE)
    asked(contact, marketer, NAME)
    first.refresh_from_db()
    assert first.state == ReleaseState.WITHDRAWN


def test_nobody_asks_whom_the_program_leaves_alone(marketer):
    contact = ContactFactory()
    accounts.freeze(account=contact.account, kind="legal", actor=marketer)
    with pytest.raises(AskRefused, match="frozen"):
        asked(contact, marketer, QUOTE)


def test_words_cover_what_is_asked_for(marketer):
    template = services.write_template(name="Logo only", text="The logo.", scopes=["logo"], months=12, by=marketer)
    with pytest.raises(InvalidInput, match="do not cover: quote"):
        services.ask_release(contact=ContactFactory(), template=template, terms=[QUOTE], until=in_days(9), by=marketer)


def test_by_hand_a_document_is_needed(marketer):
    with pytest.raises(InvalidInput, match="letter, mail or contract"):
        services.record_terms(
            contact=ContactFactory(), terms=[QUOTE], until=in_days(9), actor=marketer, template=words()
        )


def test_terms_on_an_act_that_is_on_record_need_no_other_document(marketer):
    contact = speaker()
    consent = contact.consents.get()
    services.record_terms(contact=contact, terms=[QUOTE, QUOTE], until=in_days(9), actor=marketer, consent=consent)
    assert consent.terms.count() == 1


def test_terms_alone_make_nobody_a_reference():
    contact = ContactFactory()
    agreed(contact)
    contact.refresh_from_db()
    assert contact.state == "identified"


def test_whoever_has_terms_left_but_no_consent_to_acts_takes_part_no_longer(marketer):
    contact = speaker()
    agreed(contact)
    accounts.revoke_consent(consent=contact.consents.get(activities__len__gt=0), actor=marketer)
    contact.refresh_from_db()
    assert contact.state == "retired"


def test_taking_a_consent_back_ends_its_terms_in_the_same_transaction():
    consent = agreed(ContactFactory())
    accounts.revoke_consent(consent=consent, actor=None)
    assert not consent.terms.filter(revoked_at__isnull=True).exists()


def test_one_term_is_taken_back_and_the_others_stay(marketer):
    consent = agreed(ContactFactory(), "quote", "name")
    services.revoke_terms(terms=[consent.terms.get(scope="quote")], actor=marketer)
    consent.refresh_from_db()
    assert list(consent.terms.filter(revoked_at__isnull=True).values_list("scope", flat=True)) == ["name"]
    assert consent.revoked_at is None


def test_with_its_last_term_the_act_is_over(marketer):
    consent = agreed(ContactFactory(), "quote")
    services.revoke_terms(terms=list(consent.terms.all()), actor=marketer)
    consent.refresh_from_db()
    assert consent.revoked_at is not None


@pytest.mark.parametrize(("days", "told"), [(61, 0), (60, 1), (59, 1), (45, 0), (30, 1), (7, 1), (1, 0)])
def test_the_owner_is_told_60_30_and_7_days_before(days, told, rep):
    contact = ContactFactory(account=AccountFactory(owner=rep))
    agreed(contact, until=in_days(days))
    assert services.tell_of_ends() == told
    assert services.tell_of_ends() == 0


def test_a_notice_is_not_lost_when_the_clock_stood_still_for_two_days(rep):
    agreed(ContactFactory(account=AccountFactory(owner=rep)), until=in_days(60))
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2), tick=False):
        assert services.tell_of_ends() == 1


def test_the_address_to_check_keeps_its_token_out_of_the_database():
    consent = agreed(ContactFactory(), "quote")
    address = services.verify_address(consent=consent)
    token = address.rstrip("/").rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_signedlink WHERE token_hash = %s", [token])
        assert cursor.fetchone() == (0,)
    assert SignedLink.objects.filter(purpose="consent_verify", subject_id=consent.pk).exists()
