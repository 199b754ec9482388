"""Entries: begun, written, approved, handed in once, screened by enough people, judged, closed, told."""

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.entries import content, panels, services, wording
from awards.entries.addresses import address_of
from awards.entries.enums import EntryState, InviteState, PlaceState
from awards.entries.selectors import entry_labels, said
from awards.entries.services import StaleDraft, Typed
from awards.entries.services.strangers import Wish, address
from awards.models import ContestEntry, EntryConsent, EntryInvite, EntryVersion
from awards.visibility import may_read, readable_for
from nominations.models import Nomination
from references.accounts.enums import AskState
from references.accounts.services import freeze, revoke_consent
from references.merging.services import merge_accounts, undo_merge
from references.models import Account, Ask, Consent, ConsentTerm
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, LinkRefused, NotAllowed
from refprogram.kernel.links import issue
from refprogram.kernel.models import Event
from tests.factories.contests import CategoryFactory, ContestFactory, moved
from tests.factories.entries import METRIC, EntryFactory, InviteFactory, eligible, handed_in, open_contest, whole
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.references import AccountFactory, ContactFactory

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
    assert [name for name, one in kept.items() if one.given] == ["winners_page", "logo"]
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


# ---------------------------------------------------------------- screened


def test_a_refusal_takes_two(marketer):
    row = handed_in()
    second = UserFactory(role="marketer")
    proposed = services.screen(entry=row, decision="ineligible", by=marketer, codes=["rules"])

    with pytest.raises(DomainError, match="You proposed this"):
        services.screen(entry=row, decision="ineligible", by=marketer)
    decided = services.screen(entry=row, decision="ineligible", by=second)

    assert (proposed.state, decided.state) == (E.SCREENING, E.INELIGIBLE)
    assert (decided.screened_by, decided.second_opinion_by) == (marketer, second)


def test_the_second_may_see_it_otherwise(marketer):
    row = handed_in()
    services.screen(entry=row, decision="ineligible", by=marketer, codes=["rules"])

    decided = services.screen(entry=row, decision="eligible", by=UserFactory(role="marketer"))

    assert (decided.state, decided.reason_codes) == (E.ELIGIBLE, [])


def test_a_reason_is_needed_to_send_it_back(marketer):
    with pytest.raises(InvalidInput):
        services.screen(entry=handed_in(), decision="needs_fix", by=marketer)


def test_what_is_sent_back_has_its_own_deadline_and_is_screened_anew(marketer, drain, mailoutbox):
    row = handed_in()
    services.screen(entry=row, decision="needs_fix", by=marketer, codes=["incomplete"])
    drain()
    assert any("Something is missing" in mail.body for mail in mailoutbox)
    within = timezone.now() + dt.timedelta(days=6)

    again = services.submit(entry=whole(ContestEntry.objects.get(pk=row.pk)), by=row.owner, at=within)

    assert (again.state, again.version, again.screened_by) == (E.SUBMITTED, 2, None)
    assert services.screen(entry=again, decision="ineligible", by=marketer, codes=["rules"]).state == E.SCREENING


def test_a_correction_that_never_came_needs_no_second(marketer):
    row = handed_in()
    services.screen(entry=row, decision="needs_fix", by=marketer, codes=["incomplete"])

    with time_machine.travel(timezone.now() + dt.timedelta(days=8), tick=False):
        assert services.screen(entry=row, decision="ineligible", by=marketer).state == E.INELIGIBLE


def test_who_brought_it_does_not_screen_it(rep):
    entry = EntryFactory(nominator=rep)

    with pytest.raises(NotAllowed):
        services.screen(entry=handed_in(entry), decision="eligible", by=rep)


def test_a_disqualification_takes_two_and_may_be_refused(marketer):
    row = eligible()
    asked = services.disqualify(entry=row, by=marketer, reason="Copied")
    assert asked.state == E.ELIGIBLE
    with pytest.raises(DomainError):
        services.disqualify(entry=row, by=marketer, reason="Copied")

    assert services.keep_in(entry=row, by=UserFactory(role="marketer")).disqualify_asked_by is None
    services.disqualify(entry=row, by=marketer, reason="Copied")
    gone = services.disqualify(entry=row, by=UserFactory(role="marketer"), reason="")

    assert gone.state == E.DISQUALIFIED


def test_a_duplicate_names_the_one_that_stays(marketer):
    first = handed_in()
    second = handed_in(EntryFactory(contest=first.contest, contact=first.contact, account=first.account))

    row = services.mark_duplicate(entry=second, of=first, by=marketer)

    assert (row.state, row.duplicate_of) == (E.DUPLICATE, first)


def test_an_ineligible_one_gets_a_second_look_with_a_reason(marketer):
    row = handed_in()
    services.screen(entry=row, decision="ineligible", by=marketer, codes=["rules"])
    services.screen(entry=row, decision="ineligible", by=UserFactory(role="marketer"))

    with pytest.raises(InvalidInput):
        services.look_again(entry=row, by=marketer, reason="")
    assert services.look_again(entry=row, by=marketer, reason="New facts").state == E.SCREENING


# ---------------------------------------------------------------- names that blind judges must not read


def test_names_are_found_where_judges_read_and_masked():
    account = AccountFactory(name="Nordwind Logistik GmbH")
    entry = EntryFactory(contact=ContactFactory(account=account))
    row = handed_in(entry, summary="Nordwind saved a quarter.", values={
        "challenge": "Late.", "solution": "Planned.", "team": "Nordwind’s own people",
    })  # fmt: skip
    told, specs = said(row)
    names = content.telling_names(row)

    found = content.names_left(told, specs, names)
    blind = content.for_blind_judges(told, specs, names)

    assert found == ["nordwind"]
    assert "Nordwind" not in str(blind)
    assert "team" not in blind["answers"]


# ---------------------------------------------------------------- judged, closed


def test_eligible_entries_are_locked_and_their_places_stand_in_the_round():
    row = eligible()
    contest = moved(row.contest, ContestState.SCREENING)

    assert services.lock_for_judging(contest, by=contest.owner) == 1

    row.refresh_from_db()
    assert row.state == E.LOCKED
    assert [place.state for place in row.places.all()] == [PlaceState.IN_ROUND]


def test_nothing_is_locked_while_something_waits_for_a_screener():
    row = handed_in()

    with pytest.raises(DomainError, match="not screened yet"):
        services.lock_for_judging(row.contest, by=row.contest.owner)


def test_closing_tells_of_each_entry_once():
    row = eligible()
    services.lock_for_judging(row.contest, by=row.contest.owner)

    assert services.close_all(row.contest, by=row.contest.owner) == 1
    assert services.close_all(row.contest, by=row.contest.owner) == 0

    event = Event.objects.get(topic="entry.closed")
    assert (event.payload["eligible"], event.payload["award"], event.account_id) == (True, "", row.account_id)


def test_a_closed_entry_becomes_a_nomination(drain, rep):
    row = eligible(EntryFactory(nominator=rep))
    services.lock_for_judging(row.contest, by=row.contest.owner)
    services.close_all(row.contest, by=row.contest.owner)

    drain()

    assert Nomination.objects.get(account=row.account).nominator == rep


def test_credits_name_who_brought_it(rep):
    row = handed_in(EntryFactory(nominator=rep))

    payload = Event.objects.get(topic="entry.submitted").payload
    assert payload["credits"] == [[rep.person_id, rep.team_id, rep.team.region_id, 100]]
    assert payload["category"] == list(row.places.values_list("category", flat=True))


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


# ---------------------------------------------------------------- invitations


def token_of(invite):
    url = issue(purpose="entry_invite", subject=invite, person_id=invite.contact.person_id)
    return url.rstrip("/").rpartition("/")[2]


def invited(**fields):
    row = InviteFactory(**fields)
    return services.invite(invite=row, by=row.contest.owner)


def test_a_customer_is_asked_once_by_the_door_of_all_asks(drain, mailoutbox):
    row = invited()

    drain()

    assert row.state == InviteState.INVITED
    assert Ask.objects.get(contact=row.contact).state == AskState.HELD
    assert "Would you enter" in mailoutbox[-1].subject


def test_a_frozen_customer_is_not_written_to_and_stays_proposed(marketer, drain, mailoutbox):
    row = InviteFactory()
    freeze(account=row.account, kind="legal", reason="Lawsuit", actor=marketer)

    again = services.invite(invite=row, by=marketer)

    drain()
    assert again.state == InviteState.PROPOSED
    assert "frozen" in again.reason
    assert not [mail for mail in mailoutbox if "Would you enter" in mail.subject]


def test_yes_begins_the_entry_with_the_colleagues_words():
    row = invited()

    entry = services.accept(token=token_of(row))
    again = services.accept(token=token_of(row))

    assert again == entry
    assert (entry.summary, entry.nominator, entry.owner) == (row.note, row.proposed_by, row.contact.person)
    assert Ask.objects.get(contact=row.contact).state == AskState.SPENT


def test_no_is_no_and_frees_the_customer():
    row = invited()

    services.decline(token=token_of(row), reason="Too busy")
    services.decline(token=token_of(row))

    row = EntryInvite.objects.get(pk=row.pk)
    assert (row.state, row.reason) == (InviteState.DECLINED, "Too busy")
    assert Ask.objects.get(contact=row.contact).state == AskState.DECLINED


def test_it_is_repeated_after_three_and_ten_days_and_lapses_after_thirty(drain, mailoutbox):
    row = invited()
    start = timezone.now()
    counts = []
    for day in (2, 3, 3, 10, 20):
        with time_machine.travel(start + dt.timedelta(days=day, minutes=1), tick=False):
            counts.append(services.remind_invites())
    assert counts == [0, 1, 0, 1, 0]

    with time_machine.travel(start + dt.timedelta(days=31), tick=False):
        assert services.lapse_invites() == 1

    assert EntryInvite.objects.get(pk=row.pk).state == InviteState.LAPSED
    assert Ask.objects.get(contact=row.contact).state == AskState.RELEASED


def test_handing_in_fulfils_the_invitation():
    row = invited()

    handed_in(services.accept(token=token_of(row)))

    assert EntryInvite.objects.get(pk=row.pk).state == InviteState.CONVERTED


def test_a_customer_is_proposed_once():
    row = InviteFactory()

    with pytest.raises(InvalidInput, match="proposed this customer already"):
        InviteFactory(contest=row.contest, contact=row.contact, account=row.account)


# ---------------------------------------------------------------- without an invitation


def test_a_stranger_begins_by_the_mailed_link_and_only_then_is_the_company_noted(drain, mailoutbox):
    contest = open_contest()
    wish = Wish("Nora New", "nora@new.example", "New Company Ltd")
    services.ask_for_link(contest=contest, wish=wish, asked_from="10.0.0.1")
    drain()
    assert not Account.objects.filter(name="New Company Ltd").exists()
    assert "/awards/" in mailoutbox[-1].body

    said_ = address(contest, wish).rstrip("/").rpartition("/")[2]
    entry = services.begin_by_mail(contest=contest, said=said_)
    again = services.begin_by_mail(contest=contest, said=said_)

    assert again == entry
    assert (entry.account.name, entry.owner.email) == ("New Company Ltd", "nora@new.example")


def test_an_altered_link_begins_nothing():
    with pytest.raises(LinkRefused):
        services.begin_by_mail(contest=open_contest(), said="abc:def:ghi")


def test_one_address_is_not_flooded():
    contest = open_contest()
    wish = Wish("Nora New", "nora@new.example", "New Company Ltd")
    for _n in range(5):
        services.ask_for_link(contest=contest, wish=wish, asked_from="10.0.0.1")

    with pytest.raises(DomainError):
        services.ask_for_link(contest=contest, wish=wish, asked_from="10.0.0.2")


# ---------------------------------------------------------------- reminders


def test_drafts_are_reminded_of_at_each_step_once_with_who_looks_after_them(drain, mailoutbox, rep):
    account = AccountFactory(owner=rep)
    entry = EntryFactory(contact=ContactFactory(account=account))
    told = []
    for days in (31, 30, 29, 14, 7, 2, 1):
        moment = entry.contest.closes_at - dt.timedelta(days=days) + dt.timedelta(minutes=1)
        with time_machine.travel(moment, tick=False):
            told.append(services.remind_drafts())

    assert told == [0, 2, 0, 2, 2, 2, 2]


def test_what_was_handed_in_is_not_reminded_of():
    entry = handed_in()

    with time_machine.travel(entry.contest.closes_at - dt.timedelta(days=1), tick=False):
        assert services.remind_drafts() == 0


# ---------------------------------------------------------------- who reads it


def test_a_draft_is_nobodys_but_its_authors(marketer, rep):
    entry = whole(EntryFactory(contact=ContactFactory(account=AccountFactory(owner=rep))))

    assert not may_read(marketer, entry)
    assert not may_read(rep, entry)
    assert not readable_for(marketer).filter(pk=entry.pk).exists()
    row = services.submit(entry=entry, by=entry.owner, at=timezone.now())
    assert may_read(marketer, row)
    assert not may_read(rep, row)


def test_a_draft_that_was_withdrawn_is_read_by_nobody(marketer):
    draft = whole(EntryFactory())
    row = services.withdraw(entry=draft, by=draft.owner)

    assert not may_read(marketer, row)


def test_no_winner_withdraws_after_the_decision():
    row = eligible()
    services.lock_for_judging(row.contest, by=row.contest.owner)
    moved(row.contest, ContestState.DECIDED)

    with pytest.raises(DomainError, match="decided"):
        services.withdraw(entry=row, by=row.owner)


def test_nothing_happens_to_a_withdrawn_entry(marketer):
    row = handed_in()
    services.withdraw(entry=row, by=row.owner)

    with pytest.raises(IllegalMove):
        services.screen(entry=row, decision="eligible", by=marketer)


def test_a_code_beside_a_name_tells_no_other_colleague_whose_it_is(marketer, rep, cast):
    row = handed_in(EntryFactory(contact=ContactFactory(account=AccountFactory(owner=rep))))

    told = {user.role: entry_labels([row.pk], user)[row.pk].text for user in (marketer, rep, cast.finance)}

    assert told == {"marketer": row.code, "rep": row.code, "finance": "An entry"}


# ---------------------------------------------------------------- two customers become one


def test_entries_and_invitations_follow_a_merge_and_come_back(marketer, drain):
    entry = EntryFactory()
    kept = ContactFactory(account=AccountFactory())
    invite = InviteFactory(contest=entry.contest, account=kept.account, contact=kept)
    other = InviteFactory(contest=entry.contest, account=entry.account, contact=entry.contact)
    services.invite(invite=other, by=marketer)
    merge = merge_accounts(kept=kept.account, merged=entry.account, actor=marketer)
    drain()

    entry.refresh_from_db()
    assert entry.account == kept.account
    assert EntryInvite.objects.get(pk=other.pk).account == kept.account
    assert EntryInvite.objects.get(pk=invite.pk).state == InviteState.LAPSED

    undo_merge(merge=merge, actor=marketer)
    drain()
    assert ContestEntry.objects.get(pk=entry.pk).account_id == merge.merged_id


def test_a_customers_own_page_leads_to_their_entries():
    entry = handed_in()
    address_of(entry, entry.owner)

    panel = panels.entries(entry.contact)

    assert [line["url"] for line in panel.context["lines"]] == [address_of(entry, entry.owner)]
    assert panels.entries(ContactFactory()) is None
