"""What a person sees and does on the pages of accounts; the matrix says who may."""

import re

import pytest
from django.utils import timezone

from references.accounts import services
from references.accounts.enums import Membership
from references.accounts.models import Account, Ask
from tests.factories.people import RegionFactory
from tests.factories.references import (
    AccountFactory,
    ContactFactory,
    OpportunityFactory,
    ProductFactory,
    ReferenceFactory,
    reserved,
    speaker,
)

# ---------------------------------------------------------------- lists


def accounts(count, owner=None):
    for _ in range(count):
        contact = speaker(region=RegionFactory(), owner=owner, city="Rotterdam", employees=500)
        contact.account.products.add(ProductFactory(), ProductFactory())
        services.freeze(account=contact.account, kind="legal", actor=None)


def test_the_list_costs_the_same_whatever_its_length(budget, clients, cast):
    rep = cast.rep
    budget.flat(
        "references:accounts", make=lambda n: accounts(n, rep), visit=lambda: clients["marketer"].get("/accounts/")
    )


def test_so_does_its_fragment(budget, clients, cast):
    rep = cast.rep
    budget.flat(
        "references:accounts fragment",
        make=lambda n: accounts(n, rep),
        visit=lambda: clients["marketer"].get("/accounts/", headers={"HX-Request": "true"}),
    )


def test_so_does_the_export(budget, clients):
    budget.flat(
        "references:accounts csv",
        make=accounts,
        visit=lambda: b"".join(clients["marketer"].get("/accounts/?format=csv").streaming_content),
    )


def test_deals_cost_the_same_whatever_their_number(budget, clients, cast):
    rep = cast.rep
    budget.flat(
        "references:opportunities",
        make=lambda n: [
            OpportunityFactory(account=AccountFactory(), product=ProductFactory(), owner=rep) for _ in range(n)
        ],
        visit=lambda: clients["marketer"].get("/opportunities/"),
    )


def test_facts_and_tabs_agree_with_the_rows(clients):
    ReferenceFactory(name="Free Corp")
    reserved(speaker(name="Busy Corp"))
    AccountFactory(name="Prospect Corp")
    page = clients["marketer"].get("/accounts/").text
    assert "3 accounts, 2 of them references, 1 free to be asked today" in page
    free = clients["marketer"].get("/accounts/?availability=available&availability=limited&view=free").text
    assert "Free Corp" in free
    assert "Busy Corp" not in free


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=kestrel", {"Kestrel Freight"}),
        ("industry=Freight", {"Kestrel Freight"}),
        ("size_min=400", {"Kestrel Freight"}),
        ("tier=gold", {"Kestrel Freight"}),
        ("state=identified", {"Oriel Bank"}),
        ("mine=yes", {"Kestrel Freight"}),
        ("mine=no", {"Oriel Bank"}),
        ("availability=not_a_reference", {"Oriel Bank"}),
        ("consent=lapsing", set()),
    ],
)
def test_filters(clients, cast, query, found):
    speaker(name="Kestrel Freight", industry="Freight", employees=500, tier="gold", owner=cast.marketer)
    AccountFactory(name="Oriel Bank", industry="Banking", employees=20)
    page = clients["marketer"].get(f"/accounts/?{query}").text
    assert {name for name in ("Kestrel Freight", "Oriel Bank") if name in page} == found


def test_why_it_is_frozen_is_for_those_who_may_know(clients, cast):
    account = ReferenceFactory(name="Kestrel Freight", owner=cast.rep)
    services.freeze(account=account, kind="legal", reason="They sue us", actor=cast.marketer)
    for role in ("marketer", "rep", "executive"):
        assert "Legal matter" in clients[role].get("/accounts/").text
        assert "Legal matter" in clients[role].get(account.get_absolute_url()).text
    for url in ("/accounts/", account.get_absolute_url(), f"{account.get_absolute_url()}timeline/"):
        page = clients["other_team_rep"].get(url).text
        assert "Frozen" in page or "froze" in page
        assert "Legal matter" not in page
        assert "They sue us" not in page


def test_bulk_freeze_and_bulk_check(clients, cast):
    first, second = ReferenceFactory(), ReferenceFactory()
    answer = clients["marketer"].post("/accounts/", {"action": "freeze", "ids": [first.public_id]}, follow=True)
    assert "1 account frozen." in answer.text
    answer = clients["marketer"].post("/accounts/", {"action": "still_true", "all_matching": "1"}, follow=True)
    assert "2 owners are asked." in answer.text
    assert Account.objects.get(pk=second.pk).state == Membership.REVIEW_DUE


def test_type_ahead_answers_as_tom_select_wants_it(clients):
    account = AccountFactory(name="Kestrel Freight", city="Rotterdam")
    assert clients["rep"].get("/accounts/options/?q=kestrl").json() == [
        {"id": account.public_id, "text": "Kestrel Freight", "sub": "Logistics · Rotterdam"}
    ]


# ---------------------------------------------------------------- one account


def test_an_account_costs_the_same_whatever_it_holds(budget, clients, cast):
    contact = speaker(owner=cast.rep, csm=cast.support, region=RegionFactory())
    account = contact.account
    reserved(contact, actor=cast.rep)

    def more(count):
        for _ in range(count):
            speaker(ContactFactory(account=account))
            OpportunityFactory(account=account, owner=cast.rep, product=ProductFactory())
            account.products.add(ProductFactory())

    budget.flat("references:account", make=more, visit=lambda: clients["marketer"].get(account.get_absolute_url()))


def test_a_timeline_costs_the_same_whatever_its_length(budget, clients):
    account = ReferenceFactory()

    def more(count):
        for _ in range(count):
            services.confirm_still_true(account=account, actor=None)

    url = f"{account.get_absolute_url()}timeline/"
    budget.flat("references:account-timeline", make=more, visit=lambda: clients["marketer"].get(url))


def test_asks_cost_the_same_whatever_their_number(budget, clients):
    account = ReferenceFactory()

    def more(count):
        for _ in range(count):
            reserved_ask = Ask(
                account=account, contact=account.contacts.get(), activity_id=1, source_type="candidate", source_id=1,
                state="spent", ended_at=timezone.now(),
            )  # fmt: skip
            reserved_ask.save()

    url = f"{account.get_absolute_url()}asks/"
    budget.flat("references:account-asks", make=more, visit=lambda: clients["marketer"].get(url))


def test_the_timeline_goes_on(clients):
    account = ReferenceFactory()
    for _ in range(40):
        services.confirm_still_true(account=account, actor=None)
    url = f"{account.get_absolute_url()}timeline/"
    first = clients["marketer"].get(url).text
    more = re.search(r'href="([^"]+\?before=\d+)"', first)
    assert more is not None
    rest = clients["marketer"].get(more[1]).text
    assert first.count("still a happy customer") == 30
    assert "added" not in first
    assert "agreed to take part" in rest


def test_freeze_in_two_taps_and_lift(clients, cast):
    account = ReferenceFactory()
    clients["support"].post(f"{account.get_absolute_url()}freeze/", {"kind": "escalation"})
    account.refresh_from_db()
    assert account.frozen
    page = clients["support"].get(account.get_absolute_url()).text
    assert "Lift the freeze" in page
    clients["support"].post(f"/freezes/{account.freezes.get().public_id}/lift/")
    account.refresh_from_db()
    assert not account.frozen


def test_freezing_says_what_stays_planned(clients):
    contact = speaker()
    reserved(contact)
    answer = clients["marketer"].post(f"{contact.account.get_absolute_url()}freeze/", {"kind": "legal"}, follow=True)
    assert "Dates that are agreed stay" in answer.text


def test_a_twin_is_asked_about(clients):
    AccountFactory(name="Kestrel Freight")
    refused = clients["marketer"].post("/accounts/add/", {"name": "KESTREL FREIGHT B.V."})
    assert refused.status_code == 422
    assert "is here already" in refused.text
    assert 'type="checkbox" name="twin_ok"' in refused.text
    clients["marketer"].post("/accounts/add/", {"name": "KESTREL FREIGHT B.V.", "twin_ok": "on"})
    assert Account.objects.count() == 2


def test_buttons_are_drawn_for_those_who_may(clients, cast):
    account = ReferenceFactory(owner=cast.other_team_rep)
    page = clients["rep"].get(account.get_absolute_url()).text
    assert "Edit facts" not in page
    assert f"{account.get_absolute_url()}freeze/" not in page
    assert "Edit facts" in clients["marketer"].get(account.get_absolute_url()).text


def test_a_contact_shows_every_consent_in_its_words(clients):
    contact = speaker()
    services.record_consent(contact=contact, activities=["video"], wording="On camera, yes.", actor=None)
    page = clients["marketer"].get(contact.get_absolute_url()).text
    assert "On camera, yes." in page
    assert "I agree." in page


# ---------------------------------------------------------------- behind signed links


def test_invited_by_mail_and_enrolled_by_link(clients, cast, drain, mailoutbox):
    contact = ContactFactory(account__name="Kestrel Freight")
    clients["marketer"].post(f"{contact.get_absolute_url()}invite/", {"activities": ["call"]})
    drain()
    mail = mailoutbox[0]
    assert contact.person.email in mail.to[0]
    assert "Mona Marlow asks you for all of us" in mail.body
    path = re.search(r"/s/[\w-]+/", mail.body)[0]
    page = clients["anonymous"].get(path)
    assert "I would be glad to be asked for" in page.text
    assert "Proposed by Mona Marlow; you choose." in page.text
    assert " checked" not in page.text  # consent is the customer's own act
    nothing = clients["anonymous"].post(path, {"answer": "yes"})
    assert nothing.status_code == 422
    assert 'id="nothing-chosen"' in nothing.text
    clients["anonymous"].post(path, {"answer": "yes", "activities": ["call", "quote"]})
    assert "What you agreed to" in clients["anonymous"].get(path).text
    contact.refresh_from_db()
    assert contact.state == Membership.ACTIVE
    drain()
    assert [mail.subject for mail in mailoutbox[1:]] == ["Thank you for taking part"]
    again = clients["anonymous"].post(path, {"answer": "no"})
    assert "What you agreed to" in again.text


@pytest.mark.parametrize(("answer", "said"), [("no", "We will not ask you again"), ("not_now", "that is fine")])
def test_a_kind_no(clients, drain, mailoutbox, answer, said):
    contact = ContactFactory()
    services.invite_to_program(
        account=contact.account, contact=contact, activities=["call"], source=contact, actor=None
    )
    drain()
    path = re.search(r"/s/[\w-]+/", mailoutbox[0].body)[0]
    clients["anonymous"].post(path, {"answer": answer, "reason": "Too busy"})
    assert said in clients["anonymous"].get(path).text
    assert Ask.objects.get(contact=contact).note == "Too busy"


def test_the_owner_vouches_by_mail(clients, cast, drain, mailoutbox):
    account = ReferenceFactory(owner=cast.rep, name="Kestrel Freight")
    services.ask_still_true(account=account)
    drain()
    assert cast.rep.email in mailoutbox[0].to[0]
    assert mailoutbox[0].subject == "Is Kestrel Freight still a happy customer?"
    path = re.search(r"/s/[\w-]+/", mailoutbox[0].body)[0]
    assert "Yes, still true" in clients["anonymous"].get(path).text
    clients["anonymous"].post(path, {"answer": "yes"})
    account.refresh_from_db()
    assert account.state == Membership.ACTIVE
    assert "that is noted" in clients["anonymous"].get(path).text


def test_an_owner_who_cannot_sign_in_is_passed_over(cast, drain, mailoutbox):
    cast.rep.is_active = False
    cast.rep.save()
    cast.manager  # noqa: B018 - leads the team
    account = ReferenceFactory(owner=cast.rep)
    services.ask_still_true(account=account)
    drain()
    assert cast.manager.email in mailoutbox[0].to[0]


def test_no_is_a_freeze(clients, cast, drain, mailoutbox):
    account = ReferenceFactory(owner=cast.rep)
    services.ask_still_true(account=account)
    drain()
    path = re.search(r"/s/[\w-]+/", mailoutbox[0].body)[0]
    clients["anonymous"].post(path, {"answer": "no", "reason": "Angry about prices"})
    account.refresh_from_db()
    assert account.frozen
    assert account.freezes.get().reason == "Angry about prices"
    assert "until the freeze is lifted" in clients["anonymous"].get(path).text
