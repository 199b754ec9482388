"""Who reads entries, and what becomes of them when two customers become one."""

import pytest
from django.utils import timezone

from awards.contests.enums import ContestState
from awards.entries import panels, services
from awards.entries.addresses import address_of
from awards.entries.enums import InviteState
from awards.entries.selectors import entry_labels
from awards.models import ContestEntry, EntryInvite
from awards.visibility import may_read, readable_for
from references.merging.services import merge_accounts, undo_merge
from refprogram.kernel.errors import DomainError, IllegalMove
from tests.factories.contests import moved
from tests.factories.entries import EntryFactory, InviteFactory, eligible, handed_in, whole
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db


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
