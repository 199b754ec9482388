"""How entries come: invited, by a stranger’s mail; and what reminds of them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from awards.entries import services
from awards.entries.enums import EntryState, InviteState
from awards.entries.services import Typed
from awards.entries.services.strangers import Wish, address
from awards.models import Contest, EntryInvite
from references.accounts.enums import AskState
from references.accounts.services import freeze
from references.models import Account, Ask
from refprogram.kernel.errors import DomainError, InvalidInput, LinkRefused
from refprogram.kernel.links import issue
from tests.factories.entries import EntryFactory, InviteFactory, handed_in, open_contest
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db


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


def test_a_draft_that_lies_is_reminded_of_once_until_somebody_writes_on_it(rep):
    contest, far = open_contest(), timezone.now() + dt.timedelta(days=120)
    Contest.objects.filter(pk=contest.pk).update(closes_at=far, announce_at=far + dt.timedelta(days=60))
    contest.refresh_from_db()
    entry = EntryFactory(contest=contest, contact=ContactFactory(account=AccountFactory(owner=rep)))
    told, begun = [], timezone.now()
    for days in (13, 15, 20, 40):
        with time_machine.travel(begun + dt.timedelta(days=days), tick=False):
            told.append(services.remind_drafts())
            if days == 20:
                services.save(entry=entry, by=entry.owner, typed=Typed(title="On"), revision=0)

    assert told == [0, 2, 0, 2]


def test_what_was_handed_in_is_not_reminded_of():
    entry = handed_in()

    with time_machine.travel(entry.contest.closes_at - dt.timedelta(days=1), tick=False):
        assert services.remind_drafts() == 0


# ---------------------------------------------------------------- the name of a customer we know


def stranger(contest, company, email="nora@new.example"):
    said_ = address(contest, Wish("Nora New", email, company)).rstrip("/").rpartition("/")[2]
    return services.begin_by_mail(contest=contest, said=said_)


def test_who_types_the_name_of_a_customer_stands_apart_until_a_person_says_who_they_are(drain):
    known = ContactFactory(account__name="Harbour Freight B.V.", person__email="ana@harbour.example").account
    contest = open_contest()

    entry = stranger(contest, "Harbour Freight")

    assert stranger(contest, "HARBOUR FREIGHT") == entry  # twice is once
    assert entry.account != known
    assert entry.says_it_is == known
    assert known.contacts.count() == 1
    entry = handed_in(entry, consents={"logo": True, "winners_page": True})
    with pytest.raises(DomainError, match="Say first whether this is Harbour"):
        services.screen(entry=entry, decision="eligible", by=contest.owner)
    assert not known.contacts.filter(consents__isnull=False).exists()  # a stranger agrees to nothing in their name
    again = stranger(contest, "Harbour Freight")
    assert (again.account, again.says_it_is) == (entry.account, known)

    services.say_it_is_them(entry=entry, by=contest.owner)
    services.say_it_is_them(entry=entry, by=contest.owner)  # twice is once
    drain()

    entry.refresh_from_db()
    assert (entry.account, entry.says_it_is) == (known, None)
    assert set(known.contacts.values_list("person__email", flat=True)) == {"ana@harbour.example", "nora@new.example"}
    assert services.screen(entry=entry, decision="eligible", by=contest.owner).state == EntryState.ELIGIBLE
    again.refresh_from_db()
    assert (again.account, services.claimed(again)) == (known, None)
    third = stranger(open_contest(), "Harbour Freight")  # now we know the mailbox
    assert (third.account, third.says_it_is) == (known, None)


def test_another_company_of_the_same_name_keeps_its_own_record():
    known = ContactFactory(account__name="Harbour Freight B.V.").account
    entry = handed_in(stranger(open_contest(), "Harbour Freight"))

    services.say_it_is_another(entry=entry, by=entry.contest.owner)

    entry.refresh_from_db()
    assert entry.account != known
    assert entry.account.merged_into is None
    assert services.screen(entry=entry, decision="eligible", by=entry.contest.owner).state == EntryState.ELIGIBLE


def test_whoever_writes_from_a_mailbox_that_we_know_there_enters_for_the_customer():
    ana = ContactFactory(account__name="Harbour Freight B.V.", person__email="ana@harbour.example")

    entry = stranger(open_contest(), "Harbour Freight", "Ana@harbour.example")

    assert (entry.account, entry.contact, entry.says_it_is) == (ana.account, ana, None)
