"""Two that are one: what goes over, what old ids lead to, what stands against it, and two again."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from references.accounts import services as accounts
from references.accounts.enums import Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Account, Ask, Consent, Contact, Opportunity
from references.customer_page.addresses import address_of
from references.exchange import added as exchange_added
from references.exchange import services as exchange
from references.exchange.specs import guess_columns
from references.goodwill import services as goodwill
from references.merging import added, fields, moving, proofs, selectors, services
from references.merging.models import Merge
from refprogram.governance.fulfilment import services as gifts
from refprogram.kernel import sheets
from refprogram.kernel.custom_fields import services as custom_fields
from refprogram.kernel.custom_fields import values
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from tests.factories.gifts import approved_gift, delivered_gift
from tests.factories.merging import fresh, pair
from tests.factories.nominations import NominationFactory
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory, reserved, speaker

pytestmark = pytest.mark.django_db


def test_what_is_under_way_goes_over(marketer) -> None:
    kept, _other = pair()
    contact = speaker(name="Kestrel Ltd")
    ask, deal = reserved(contact), OpportunityFactory(account=contact.account)
    merged = contact.account
    merge = services.merge_accounts(kept=kept, merged=merged, take=["city"], actor=marketer)
    assert (fresh(contact).account_id, fresh(ask).account_id, fresh(deal).account_id) == (kept.pk, kept.pk, kept.pk)
    assert (fresh(kept).state, kept.open_asks, fresh(merged).open_asks) == (Membership.ACTIVE, 1, 0)
    assert merged.merged_into_id == kept.pk
    assert merge.moved["references.Ask.account"] == [ask.pk, *merge.moved["references.Ask.account"][1:]]
    assert [proof.rows for proof in proofs.proofs()] == [[], [], []]


def test_chosen_facts_are_taken_and_others_stay(marketer) -> None:
    kept, merged = pair()
    services.merge_accounts(kept=kept, merged=merged, take=["city", "nonsense"], actor=marketer)
    assert (fresh(kept).city, kept.name) == ("Ghent", "Kestrel Freight")


def test_a_rule_of_gifts_is_taken_whole_or_not_at_all(marketer) -> None:
    kept, merged = pair()
    Account.objects.filter(pk=merged.pk).update(gift_policy="ceiling", gift_ceiling=75, gift_note="Handbook")
    merged.refresh_from_db()
    gifts = next(side for side in fields.sides(kept, merged) if side.name == "gift_policy")
    services.merge_accounts(kept=kept, merged=merged, take=["gift_policy"], actor=marketer)
    assert (gifts.theirs, gifts.take) == ("Gifts up to a value · 75 · Handbook", False)
    assert (fresh(kept).gift_policy, kept.gift_ceiling, kept.gift_note) == ("ceiling", 75, "Handbook")


def test_the_same_person_in_both_becomes_one(marketer) -> None:
    kept, merged = pair()
    here = ContactFactory(account=kept)
    there = speaker(ContactFactory(account=merged, person=here.person))
    services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert fresh(there).merged_into_id == here.pk
    assert Consent.objects.get().contact_id == here.pk
    assert (fresh(here).state, here.willing) == (Membership.ACTIVE, ["call", "quote"])
    reserved(here)


def test_added_fields_go_over_where_ours_is_empty_or_where_theirs_is_chosen(marketer) -> None:
    for key, kind in (("plants", "number"), ("since", "date"), ("grade", "text"), ("public", "yes_no")):
        custom_fields.add_field(noun="account", key=key, label=key.title(), type=kind)
    kept, merged = pair()
    said = {"plants": 3, "since": dt.date(2020, 1, 31), "grade": "B", "public": False}
    values.save_values(noun="account", object_id=merged.pk, values=said)
    values.save_values(noun="account", object_id=kept.pk, values={"plants": 4, "grade": "A"})
    assert [(side.name, side.ours, side.theirs) for side in added.sides(kept, merged)] == [
        ("custom.plants", "4", "3"), ("custom.grade", "A", "B")]  # fmt: skip
    merge = services.merge_accounts(kept=kept, merged=merged, take=["custom.grade"], actor=marketer)
    of_kept = lambda: values.values_of_one("account", kept.pk)  # noqa: E731
    assert of_kept() == {"plants": 4, "since": dt.date(2020, 1, 31), "grade": "B", "public": False}
    values.save_values(noun="account", object_id=kept.pk, values={"public": True})  # somebody changed it since
    services.undo_merge(merge=merge, actor=marketer)
    assert of_kept() == {"plants": 4, "grade": "A", "public": True}
    assert values.values_of_one("account", merged.pk) == said


def test_an_import_after_the_merge_updates_the_one_that_stayed(marketer) -> None:
    kept, merged = pair()
    Account.objects.filter(pk=merged.pk).update(external_ref="CRM-7", name="Falcon Haulage", match_key="falcon haulage")
    custom_fields.add_field(noun="account", key="plants", label="Plants", type="number")
    services.merge_accounts(kept=kept, merged=fresh(merged), actor=marketer)
    bring("accounts", b"CRM id,account,industry,plants\nCRM-7,Kestrel Freight,Haulage,12\n")
    bring("opportunities", b"opportunity_id,account,deal_stage\nD1,Falcon Haulage,Won\n")  # the name of the merged one
    assert Account.objects.count() == 2
    assert (fresh(kept).industry, fresh(merged).industry) == ("Haulage", "Logistics")
    assert values.values_of_one("account", kept.pk) == {"plants": 12}
    assert Opportunity.objects.get().account_id == kept.pk


def test_a_file_that_holds_both_says_what_the_one_that_stayed_says(marketer) -> None:
    kept, merged = pair()
    Account.objects.filter(pk=kept.pk).update(external_ref="CRM-1")
    Account.objects.filter(pk=merged.pk).update(external_ref="CRM-7")
    services.merge_accounts(kept=fresh(kept), merged=fresh(merged), actor=marketer)
    for file in (
        b"CRM-1,Kestrel Freight,Rail\nCRM-7,Kestrel Old,Road\n",
        b"CRM-7,Kestrel Old,Road\nCRM-1,Kestrel Freight,Rail\n",
    ):
        bring("accounts", b"CRM id,account,industry\n" + file)
        assert (fresh(kept).industry, kept.name, kept.external_ref) == ("Rail", "Kestrel Freight", "CRM-1")
    assert Account.objects.count() == 2


def bring(kind, content):
    spec, sheet = exchange_added.spec_of(kind), sheets.read(content)
    columns = guess_columns(spec, sheet.header)
    exchange.write(spec, exchange.check(spec, sheet, columns), columns, keep_good=False, source=None)


def test_nominations_follow(marketer, drain) -> None:
    kept, merged = pair()
    alone = NominationFactory(account=merged)
    merge = services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    drain()
    assert fresh(alone).account_id == kept.pk
    services.undo_merge(merge=merge, actor=marketer)
    drain()
    assert (fresh(alone).account_id, alone.state) == (merged.pk, "screening")


def test_two_open_nominations_become_the_one_that_is_further(marketer, drain) -> None:
    """Here the owner is still asked, there the customer is invited: the later nomination is further, and stays."""
    kept, merged = pair(owner=UserFactory(role="rep"))
    Account.objects.filter(pk=merged.pk).update(owner=None)
    slow, quick = NominationFactory(account=kept), NominationFactory(account=fresh(merged))
    merge = services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    drain()
    assert (fresh(slow).state, slow.merged_into_id, slow.account_id) == ("merged", quick.pk, kept.pk)
    assert (fresh(quick).state, quick.account_id) == ("screening", kept.pk)
    assert sorted(quick.credits.values_list("user", flat=True)) == sorted([slow.nominator_id, quick.nominator_id])
    services.undo_merge(merge=merge, actor=marketer)
    drain()
    assert (fresh(slow).state, slow.merged_into_id, slow.reason) == ("submitted", None, "")
    assert (fresh(quick).state, quick.account_id) == ("screening", merged.pk)
    assert list(quick.credits.values_list("user", "percent")) == [(quick.nominator_id, 100)]
    assert Notice.objects.filter(person=slow.nominator.person, text__contains="stands by itself again").count() == 1


def test_old_ids_lead_to_the_one_that_stayed(marketer, clients, api) -> None:
    kept, merged = pair()
    Account.objects.filter(pk=merged.pk).update(external_ref="CRM-7")
    services.merge_accounts(kept=kept, merged=fresh(merged), actor=marketer)
    for key in (merged.public_id, "CRM-7"):
        assert api["marketer"].get(f"/api/v1/accounts/{key}").json()["id"] == kept.public_id
    answer = clients["marketer"].get(merged.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, kept.get_absolute_url())
    assert clients["support"].get(merged.get_absolute_url()).status_code == 404
    assert merged.name not in clients["marketer"].get("/accounts/").content.decode()


def test_the_timeline_reads_both(marketer) -> None:
    kept, merged = pair()
    accounts.freeze(account=merged, kind="legal", actor=marketer)
    services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    from_both = {event.account_id for event in Event.objects.filter(topic__in=["account.frozen", "account.merged"])}
    assert from_both == {kept.pk, merged.pk}


def test_a_customers_link_follows_the_merge(marketer, client) -> None:
    kept, merged = pair()
    here = ContactFactory(account=kept)
    there = speaker(ContactFactory(account=merged, person=here.person))
    address = address_of(there)
    services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert "I agree." in client.get("/s/" + address.split("/s/")[1]).content.decode()


def test_two_again(marketer) -> None:
    kept, merged = pair()
    contact = speaker(ContactFactory(account=merged))
    twin = ContactFactory(account=kept)
    there = speaker(ContactFactory(account=merged, person=twin.person))
    ask = reserved(contact)
    merge = services.merge_accounts(kept=kept, merged=merged, take=["city"], actor=marketer)
    services.undo_merge(merge=merge, actor=marketer)
    assert fresh(merged).merged_into_id is None
    assert (fresh(contact).account_id, fresh(ask).account_id) == (merged.pk, merged.pk)
    assert (fresh(there).merged_into_id, there.state, there.left_company_at) == (None, Membership.ACTIVE, None)
    assert Consent.objects.filter(contact=there).count() == 1
    assert (fresh(kept).city, kept.state, fresh(twin).state) == ("", Membership.IDENTIFIED, Membership.IDENTIFIED)
    assert (fresh(merged).open_asks, kept.open_asks) == (1, 0)
    with pytest.raises(DomainError, match="undone already"):
        services.undo_merge(merge=merge, actor=marketer)


def test_undoing_keeps_what_somebody_changed_since(marketer) -> None:
    kept, merged = pair()
    merge = services.merge_accounts(kept=kept, merged=merged, take=["city"], actor=marketer)
    accounts.edit_account(account=kept, city="Bruges", actor=marketer)
    services.undo_merge(merge=merge, actor=marketer)
    assert fresh(kept).city == "Bruges"


def test_too_late_and_out_of_order_are_refused(marketer) -> None:
    kept, merged = pair()
    first = services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    services.merge_accounts(kept=kept, merged=AccountFactory(), actor=marketer)
    with pytest.raises(DomainError, match="Undo that first"):
        services.undo_merge(merge=first, actor=marketer)
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)), pytest.raises(DomainError, match="too long ago"):
        services.undo_merge(merge=Merge.objects.latest("pk"), actor=marketer)


def test_a_chain_leads_to_the_last(marketer) -> None:
    kept, merged = pair()
    last = AccountFactory()
    services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    services.merge_accounts(kept=last, merged=kept, actor=marketer)
    assert fresh(merged).merged_into_id == last.pk
    with pytest.raises(DomainError, match="merged already"):
        services.merge_accounts(kept=last, merged=merged, actor=marketer)


def test_oneself_is_no_other(marketer) -> None:
    kept, _merged = pair()
    with pytest.raises(InvalidInput, match="same account"):
        services.merge_accounts(kept=kept, merged=kept, actor=marketer)


def test_two_people_of_one_account(marketer) -> None:
    account = AccountFactory()
    one, other = ContactFactory(account=account), speaker(ContactFactory(account=account))
    ask = reserved(other)
    merge = services.merge_contacts(kept=one, merged=other, actor=marketer)
    assert (fresh(one).state, fresh(ask).contact_id) == (Membership.ACTIVE, one.pk)
    services.undo_merge(merge=merge, actor=marketer)
    assert (fresh(one).state, fresh(ask).contact_id, fresh(other).state) == (M_IDENTIFIED, other.pk, Membership.ACTIVE)


M_IDENTIFIED = Membership.IDENTIFIED


def test_likely_twins_by_name_and_by_mail_house() -> None:
    one, other = pair()
    third = AccountFactory(name="Quite different")
    for account, name in ((one, "a"), (third, "b")):
        ContactFactory(account=account, person__email=f"{name}@kestrel.example")
    for name in ("Alder Bank", "Zephyr Mining"):
        ContactFactory(account=AccountFactory(name=name), person__email=f"{name[:3]}@gmail.com")
    found = {frozenset({pair.one.pk, pair.other.pk}) for pair in selectors.likely_twins()}
    assert frozenset({one.pk, other.pk}) in found
    assert frozenset({one.pk, third.pk}) in found
    assert {frozenset({one.pk, other.pk}), frozenset({one.pk, third.pk})} >= found


def test_everything_that_points_to_an_account_moves_or_stays_on_purpose() -> None:
    keys = {moving.key_of(*place) for place in (*moving.places("account"), *moving.places("contact"))}
    assert not keys & moving.STAYS
    assert {"references.Ask.account", "references.Ask.contact", "references.Candidate.account",
            "references.Opportunity.account", "references.Consent.contact", "references.Freeze.account",
            "references.Account.parent", "governance.Fulfilment.account_id"} <= keys  # fmt: skip


def test_nobody_asks_at_the_merged_one(marketer) -> None:
    kept, merged = pair()
    contact = speaker(ContactFactory(account=merged))
    services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    with pytest.raises(AskRefused, match="merged into another"):
        accounts.invite_to_program(
            account=merged, contact=ContactFactory(account=merged), activities=["call"], source=contact, actor=marketer
        )
    assert Ask.objects.filter(account=merged).count() == 0
    assert Contact.objects.filter(account=kept).count() == 1


def test_what_goes_over_is_said_in_words(marketer) -> None:
    _one, other = pair()
    goodwill.record_give(account=other, kind="thanks", actor=None)
    assert [(str(name), n) for name, n in moving.counts("account", other.pk)] == [("lines of give and take", 1)]


def mails_of(person, mailoutbox):
    return [mail for mail in mailoutbox if any(person.email in to for to in mail.to)]


def test_letters_about_gifts_reach_who_they_are_now(marketer, drain, mailoutbox, client) -> None:
    """What is given to one of two is the one's to receive: asked at their address, answered by an old link too."""
    other = ContactFactory(person__email="old@customer.example")
    kept = ContactFactory(account=other.account, person__email="now@customer.example")
    elsewhere = ContactFactory(account=other.account)
    ContactFactory(person=elsewhere.person)  # at another customer too: theirs stays theirs
    theirs, mine = (approved_gift(receiver=contact.person) for contact in (elsewhere, other))
    asked_before = delivered_gift(receiver=other.person)
    drain()
    (asked,) = mails_of(other.person, mailoutbox)
    link = "/s/" + asked.body.split("/s/")[1].split()[0]

    merge = services.merge_contacts(kept=kept, merged=other, actor=marketer)
    later = services.merge_contacts(kept=kept, merged=elsewhere, actor=marketer)
    gifts.order(fulfilment=mine, by=marketer)
    gifts.deliver(fulfilment=mine, by=marketer, note="Handed over")
    drain()

    assert (fresh(mine).receiver, fresh(asked_before).receiver) == (kept.person, kept.person)
    assert fresh(theirs).receiver == elsewhere.person
    assert [len(mails_of(contact.person, mailoutbox)) for contact in (other, kept)] == [1, 1]
    client.post(link, {"answer": "received"})
    assert (fresh(asked_before).state, Event.objects.get(topic="gift.acknowledged").actor_id) == (
        "acknowledged", kept.person_id,
    )  # fmt: skip

    for one in (later, merge):
        services.undo_merge(merge=one, actor=marketer)
    assert (fresh(mine).receiver, fresh(theirs).receiver) == (other.person, elsewhere.person)
