"""Entries: begun, written, approved, handed in once, entered again; what was agreed to."""

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.entries import content, services, wording
from awards.entries.enums import EntryState
from awards.entries.services import StaleDraft, Typed
from awards.models import ContestEntry, EntryConsent, EntryVersion
from references.accounts.services import revoke_consent
from references.models import Consent, ConsentTerm
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.form_builder import services as forms
from refprogram.kernel.models import Event
from tests.factories.contests import CategoryFactory, ContestFactory
from tests.factories.entries import ANSWERS, METRIC, EntryFactory, eligible, handed_in, open_contest, whole
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
E = EntryState


def topics(entry):
    return list(Event.objects.filter(subject_type="contestentry", subject_id=entry.pk).values_list("topic", flat=True))


# ---------------------------------------------------------------- begun


def test_beginning_twice_is_one_draft():
    entry = EntryFactory()

    again = services.begin(contest=entry.contest, owner=entry.owner, account=entry.account, contact=entry.contact)

    assert again == entry
    assert topics(entry) == ["entry.begun"]


def test_a_code_betrays_no_order():
    contest = open_contest()

    codes = [EntryFactory(contest=contest).code for _n in range(4)]

    assert len(set(codes)) == 4
    assert all(len(code) == 6 and code.isalnum() for code in codes)


def test_nothing_is_begun_before_the_contest_opens():
    contest = ContestFactory()

    with pytest.raises(DomainError):
        EntryFactory(contest=contest)


def test_a_customers_contest_takes_no_team(rep):
    with pytest.raises(InvalidInput):
        services.begin(contest=open_contest(), owner=rep.person, team=rep.team)


def test_our_own_team_enters_an_internal_contest_without_consent(rep, drain, mailoutbox):
    contest = open_contest(audience="internal")
    entry = services.begin(contest=contest, owner=rep.person, team=rep.team)

    row = handed_in(entry, consents={"logo": True})

    assert row.state == E.SUBMITTED
    assert not EntryConsent.objects.filter(entry=row).exists()
    drain()
    assert Event.objects.get(topic="entry.submitted").payload["internal"] is True


# ---------------------------------------------------------------- written


def test_a_second_tab_overwrites_nothing():
    entry = whole(EntryFactory())

    with pytest.raises(StaleDraft):
        services.save(entry=entry, by=entry.owner, typed=Typed(title="Other"), revision=0, tab="other")

    entry.refresh_from_db()
    assert entry.title == "Routes by night"


def test_the_tab_that_saved_last_goes_on():
    entry = whole(EntryFactory())

    row = services.save(entry=entry, by=entry.owner, typed=Typed(title="Newer"), revision=0, tab="t")

    assert (row.title, row.revision) == ("Newer", 2)


def test_files_that_came_while_somebody_typed_stay_and_none_is_named_by_typing():
    entry = whole(EntryFactory())
    forms.keep_file(answer=entry.answer, key="proof", file_id="report")
    services.keep_proof(entry=entry, by=entry.owner, metric=METRIC["id"], file_id="invoice")
    seen_before = Typed(values={**ANSWERS, "proof": "forged"}, metrics=[{**METRIC, "evidence": "forged"}])

    services.save(entry=entry, by=entry.owner, typed=seen_before, revision=entry.revision, tab="t")

    entry.answer.refresh_from_db()
    assert entry.answer.values["proof"] == "report"
    assert entry.answer.values["_metrics"][0]["evidence"] == "invoice"
    unnamed = [{**METRIC, "id": ""}, {**METRIC, "id": "other", "what": "Late deliveries"}, {**METRIC, "id": ""}]
    entry.refresh_from_db()
    services.save(entry=entry, by=entry.owner, typed=Typed(metrics=unnamed), revision=entry.revision, tab="t")
    entry.answer.refresh_from_db()
    assert [row["evidence"] for row in entry.answer.values["_metrics"]] == ["invoice", "", ""]


def test_a_half_written_result_is_kept_as_typed():
    entry = whole(EntryFactory(), metrics=[{"id": "a", "what": "Cost", "before": "about ten"}])

    entry.refresh_from_db()

    assert content.written(entry)["metrics"][0]["before"] == "about ten"
    assert set(services.problems(entry)) == {"metrics.a.factor", "metrics.a.before", "metrics.a.after"}


def test_a_stranger_writes_nothing():
    entry = EntryFactory()

    with pytest.raises(NotAllowed):
        services.save(entry=entry, by=PersonFactory(), typed=Typed(title="Mine"), revision=0)


def test_an_editor_writes_and_does_not_hand_in(rep):
    entry = EntryFactory()
    services.add_helper(entry=entry, by=entry.owner, name="", email=rep.person.email, part="editor")

    row = services.save(entry=entry, by=rep.person, typed=Typed(title="Ours"), revision=0)

    assert row.title == "Ours"
    with pytest.raises(NotAllowed):
        services.submit(entry=whole(row), by=rep.person, at=timezone.now())


# ---------------------------------------------------------------- approved


def approved_by(entry, person):
    return services.approve(entry=entry, by=person, read=content.hash_of(content.written(entry)))


def test_it_is_not_handed_in_before_the_customer_approved_these_words():
    entry = whole(EntryFactory())
    boss = services.add_helper(entry=entry, by=entry.owner, name="Bo", email="bo@customer.example", part="approver")
    services.request_approval(entry=entry, by=entry.owner)

    with pytest.raises(DomainError, match="Bo has to approve"):
        services.submit(entry=entry, by=entry.owner, at=timezone.now())
    approved_by(ContestEntry.objects.get(pk=entry.pk), boss.person)

    assert services.submit(entry=entry, by=entry.owner, at=timezone.now()).state == E.SUBMITTED


def test_a_changed_word_takes_the_approval_back():
    entry = whole(EntryFactory())
    boss = services.add_helper(entry=entry, by=entry.owner, name="Bo", email="bo@customer.example", part="approver")
    approved_by(entry, boss.person)

    changed = whole(ContestEntry.objects.get(pk=entry.pk), title="Other words")

    with pytest.raises(DomainError, match="Bo has to approve"):
        services.submit(entry=changed, by=entry.owner, at=timezone.now())


def test_nobody_approves_what_they_have_not_read():
    entry = whole(EntryFactory())
    boss = services.add_helper(entry=entry, by=entry.owner, name="Bo", email="bo@customer.example", part="approver")

    with pytest.raises(StaleDraft):
        services.approve(entry=entry, by=boss.person, read="0" * 64)


def test_what_is_sent_back_is_a_draft_again_and_the_owner_reads_why(drain, mailoutbox):
    entry = whole(EntryFactory())
    boss = services.add_helper(entry=entry, by=entry.owner, name="Bo", email="bo@customer.example", part="approver")
    services.request_approval(entry=entry, by=entry.owner)

    row = services.send_back(entry=entry, by=boss.person, note="No figures of the plant, please.")

    drain()
    assert row.state == E.DRAFT
    assert any("No figures of the plant" in mail.body for mail in mailoutbox)


# ---------------------------------------------------------------- handed in


def test_handing_in_writes_a_version_a_hash_and_a_receipt(drain, mailoutbox):
    row = handed_in(consents={"winners_page": True})

    version = EntryVersion.objects.get(entry=row)
    assert content.hash_of(version.content) == version.hash
    drain()
    receipt = next(mail for mail in mailoutbox if mail.subject.startswith("Receipt"))
    assert row.code in receipt.body
    assert version.hash in receipt.body


def test_handing_in_twice_is_once():
    row = handed_in()

    again = services.submit(entry=row, by=row.owner, at=timezone.now())

    assert (again.version, EntryVersion.objects.filter(entry=row).count()) == (1, 1)


def test_what_is_missing_is_said_all_at_once():
    entry = EntryFactory()

    with pytest.raises(InvalidInput) as refused:
        services.submit(entry=entry, by=entry.owner, at=timezone.now())

    assert set(refused.value.errors) == {
        "title", "summary", "categories", "metrics", "answers.challenge", "answers.solution",
    }  # fmt: skip


def test_a_version_never_changes():
    row = handed_in()

    with pytest.raises(DatabaseError), transaction.atomic():
        EntryVersion.objects.filter(entry=row).update(hash="x")


def test_a_request_that_began_in_the_grace_is_taken_although_the_contest_closed_meanwhile():
    entry = whole(EntryFactory())
    last = entry.contest.last_moment
    with time_machine.travel(last + dt.timedelta(seconds=5), tick=False):
        contests.by_the_clock(timezone.now())

        row = services.submit(entry=entry, by=entry.owner, at=last)

    assert (row.state, row.contest.state) == (E.SUBMITTED, ContestState.CLOSED)
    assert Event.objects.get(topic="entry.submitted").payload["late"] is True


def test_a_second_after_the_grace_is_too_late_and_the_draft_is_kept():
    entry = whole(EntryFactory())
    after = entry.contest.last_moment + dt.timedelta(seconds=1)

    with pytest.raises(DomainError, match="deadline is over"):
        services.submit(entry=entry, by=entry.owner, at=after)

    entry.refresh_from_db()
    assert (entry.state, entry.title) == (E.DRAFT, "Routes by night")


def test_an_extension_is_this_entrants_alone():
    entry, other = (whole(EntryFactory(contest=contest)) for contest in [open_contest()] * 2)
    after = entry.contest.closes_at + dt.timedelta(days=1)
    services.extend(entry=entry, until=after + dt.timedelta(days=2), reason="Ill", by=entry.contest.owner)
    with time_machine.travel(after, tick=False):
        contests.by_the_clock(timezone.now())

        assert services.submit(entry=entry, by=entry.owner, at=after).state == E.SUBMITTED
        with pytest.raises(DomainError):
            services.submit(entry=other, by=other.owner, at=after)


def test_a_category_with_an_earlier_deadline_is_refused_by_name():
    entry = EntryFactory()
    early = CategoryFactory(contest=entry.contest, name="Early bird", closes_at=timezone.now() + dt.timedelta(days=1))
    draft = whole(entry, categories=[early.slug, *entry.contest.categories.values_list("slug", flat=True)])

    with pytest.raises(InvalidInput, match="Early bird"):
        services.submit(entry=draft, by=draft.owner, at=timezone.now() + dt.timedelta(days=2))


def test_it_is_taken_back_until_the_deadline_and_what_was_handed_in_stays():
    row = handed_in()

    back = services.take_back(entry=row, by=row.owner, at=timezone.now())

    assert (back.state, EntryVersion.objects.filter(entry=row).count()) == (E.DRAFT, 1)
    with pytest.raises(DomainError):
        services.take_back(entry=handed_in(), by=row.owner, at=timezone.now())


# ---------------------------------------------------------------- consents


def test_each_use_is_recorded_in_its_words_and_through_references():
    row = handed_in(consents={"winners_page": True, "logo": True})

    kept = {one.use: one for one in EntryConsent.objects.filter(entry=row)}
    assert {name for name, one in kept.items() if one.given} == {"winners_page", "logo"}
    assert kept["logo"].wording == wording.sentence(wording.BY_NAME["logo"], row.contest)
    consent = Consent.objects.get(contact=row.contact)
    assert kept["logo"].wording in consent.wording
    assert set(ConsentTerm.objects.filter(consent=consent).values_list("scope", flat=True)) == {"company", "logo"}


def test_what_is_taken_back_in_references_ends_here_too():
    row = handed_in(consents={"logo": True})

    revoke_consent(consent=Consent.objects.get(contact=row.contact), actor=row.owner)

    assert EntryConsent.objects.get(entry=row, use="logo").revoked_at is not None


def test_agreeing_to_nothing_is_kept_too():
    row = handed_in()

    assert not EntryConsent.objects.filter(entry=row, given=True).exists()
    assert EntryConsent.objects.filter(entry=row).count() == len(wording.USES)
    assert not Consent.objects.filter(contact=row.contact).exists()


def test_withdrawing_ends_every_consent():
    row = handed_in(consents={"logo": True})

    services.withdraw(entry=row, by=row.owner)

    assert Consent.objects.get(contact=row.contact).revoked_at is not None
    assert not EntryConsent.objects.filter(entry=row, revoked_at__isnull=True).exists()


# ---------------------------------------------------------------- entered again


def test_last_years_words_begin_this_years_draft():
    old = eligible()
    services.lock_for_judging(old.contest, by=old.contest.owner)
    services.close_all(old.contest, by=old.contest.owner)
    new_contest = open_contest(series=old.contest.series, year=old.contest.year + 1)

    new = services.re_enter(entry=old, contest=new_contest, by=old.owner)
    again = services.re_enter(entry=old, contest=new_contest, by=old.owner)

    assert (new.entered_before, new.title, again.pk) == (old, old.title, new.pk)
    told = content.written(new)
    assert told["answers"]["challenge"] == "Deliveries were late."
    assert told["metrics"][0]["before"] == METRIC["before"]
