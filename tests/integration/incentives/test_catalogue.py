"""The catalogue as people use it: shop, wish, queue, objection; a customer's page; draws; what is owed."""

import pytest
from django.urls import reverse

from incentives.catalogue import choosing, letters, services
from incentives.catalogue.enums import RedemptionState
from incentives.catalogue.models import Item, Redemption
from incentives.catalogue.running_views import ItemList, Queue
from incentives.draws.models import Draw
from incentives.draws.services import TicketsIn, add_tickets
from incentives.ledger import services as ledger
from references.accounts.enums import Membership
from references.content.enums import AssetState
from references.content.services.pipeline import missing_for
from references.customer_page import addresses
from references.models import Account
from refprogram.governance.approvals import services as approvals
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import GiftPolicy
from tests.contracts import FormContract, ListContract
from tests.factories.content import story as drafted
from tests.factories.gifts import gift_fund
from tests.factories.incentives import booked
from tests.factories.incentives_catalogue import SAID, ItemFactory, asked, chosen, handed_over, opened_draw, ready
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ConsentFactory, ContactFactory
from tests.integration.incentives.matrix_catalogue import next_week

pytestmark = pytest.mark.django_db
R = RedemptionState


class TestQueue(ListContract):
    """What is to do."""

    view = Queue
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _ in range(count):
            asked(cast.rep)


class TestItems(ListContract):
    """The shelf."""

    view = ItemList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        ItemFactory.create_batch(count)


class TestNewItem(FormContract):
    """Put something on the shelf."""

    url, reader = "/rewards/items/new/", "marketer"
    good = {
        "name": "Coffee",
        "kind": "voucher",
        "points": "50",
        "cost": "10",
        "audience": "colleagues",
        "road": "reward",
    }
    typed, broken = "Coffee", {"points": "0"}

    @staticmethod
    def count():
        return Item.objects.count()


def test_pages_are_flat(budget, clients, api, cast):
    rep = clients["rep"]
    budget.flat("incentives:catalogue", make=ItemFactory.create_batch, visit=lambda: rep.get("/rewards/catalogue/"))
    booked(10_000, person=cast.rep.person)

    def wish(n):
        for _ in range(n):
            asked(cast.rep)

    budget.flat("incentives:redemptions", make=wish, visit=lambda: rep.get("/rewards/redemptions/"))
    account = AccountFactory(owner=cast.rep)

    def choose(n):
        for _ in range(n):
            chosen(ContactFactory(account=account))

    url = reverse("incentives:account-rewards", args=[account.public_id])
    budget.flat("incentives:account-rewards", make=choose, visit=lambda: rep.get(url))
    budget.flat("api:list_redemptions", make=wish, visit=lambda: api["rep"].get("/api/v1/redemptions"))
    budget.flat(
        "api:list_reward_items", make=ItemFactory.create_batch, visit=lambda: api["rep"].get("/api/v1/reward-items")
    )

    def hold(n):
        for _ in range(n):
            draw = opened_draw(name=f"Draw {Draw.objects.count()}")
            add_tickets([TicketsIn(f"{draw.pk}", cast.rep.person_id, draw.pk, draw.created_at)])

    budget.flat("incentives:draws", make=hold, visit=lambda: rep.get("/draws/"))
    budget.flat("api:list_draws", make=hold, visit=lambda: api["rep"].get("/api/v1/draws"))


def test_single_pages(budget, clients, cast):
    row, draw, contact = handed_over(cast.rep), opened_draw(), ContactFactory()
    chosen(contact)
    for name, role, url in (
        ("incentives:redemption", "rep", row.get_absolute_url()),
        ("incentives:item", "rep", row.item.get_absolute_url()),
        ("incentives:contact-rewards", "marketer", reverse("incentives:contact-rewards", args=[contact.public_id])),
        ("incentives:liability", "finance", "/rewards/liability/"),
        ("incentives:draw", "rep", draw.get_absolute_url()),
    ):
        clients[role].get(url)
        with budget(name):
            clients[role].get(url)


def test_from_the_shop_to_the_verdict(clients, cast, drain):
    cast.manager  # noqa: B018 - leads the team
    gift_fund(1000)
    item = ItemFactory(name="Coffee card", description="Ten cups", stock=3)
    ItemFactory(name="A drone", points=9000)
    booked(350, person=cast.rep.person)
    page = clients["rep"].get("/rewards/catalogue/").text
    assert "Ten cups" in page
    assert "8,650 more points" in page
    assert "A drone" not in clients["rep"].get("/rewards/catalogue/?affordable=1").text

    refused = clients["rep"].post(item.get_absolute_url(), {"address": ""})
    assert refused.status_code == 422
    page = clients["rep"].post(item.get_absolute_url(), {"address": "desk 4"}, follow=True).text
    assert "Asked for. Your points are set aside." in page
    row = Redemption.objects.get()

    assert "8,950 more points" in clients["rep"].get("/rewards/catalogue/").text
    turn = row.gift.approval
    clients["manager"].post(reverse("governance:approval-decide", args=[turn.public_id]), {"verdict": "approve"})
    drain()
    row.refresh_from_db()
    say = lambda verb, **data: clients["marketer"].post(  # noqa: E731
        reverse("incentives:redemption-verb", args=[row.public_id, verb]), data, follow=True
    )
    assert "Noted as ordered" in say("order", reason="A-17").text
    assert "Noted: the order failed" in say("fail", reason="Out of stock").text
    assert "Ordered again" in say("retry").text
    deliver = reverse("incentives:redemption-deliver", args=[row.public_id])
    assert clients["marketer"].post(deliver, {"note": ""}).status_code == 422
    page = clients["marketer"].post(deliver, {"note": "On the desk", "cost": "49"}, follow=True).text
    assert "Rhea Rep is asked whether it is there" in page

    verb = reverse("incentives:redemption-verb", args=[row.public_id, "confirm"])
    page = clients["rep"].post(verb, {"worth": "5", "words": "Still warm"}, follow=True).text
    assert "5 of 5" in page
    drain()
    row.refresh_from_db()
    assert (row.state, row.worth_words) == (R.CONFIRMED, "Still warm")

    page = clients["rep"].post(
        reverse("incentives:redemption-object", args=[row.public_id]), {"words": "Cold"}, follow=True
    )
    assert "You have an answer in a few days" in page.text
    answer = reverse("incentives:redemption-answer", args=[row.public_id])
    clients["marketer"].post(answer, {"corrected": "yes", "answer": "Sorry"})
    row.refresh_from_db()
    assert row.state == R.REFUNDED
    assert "Sorry" in clients["rep"].get(row.get_absolute_url()).text


def test_a_customer_chooses_by_link_and_from_their_own_page(client, cast, drain, mailoutbox, clients):
    account = AccountFactory(owner=cast.rep, gift_policy=GiftPolicy.CEILING, gift_ceiling=60)
    contact = ContactFactory(account=account)
    ConsentFactory(contact=contact)
    item = ItemFactory(for_customers=True, name="A good dinner")
    ItemFactory(for_customers=True, name="A weekend", cost=500)
    thank = reverse("incentives:thank-contact", args=[contact.public_id])
    given = clients["marketer"].post(thank, {"points": "300", "reason": "For an hour of your time", "invite": "on"})
    assert given.status_code == 302
    drain()
    assert "Something to thank you with" in [mail.subject for mail in mailoutbox]

    own_page = addresses.address_of(contact).removeprefix("http://127.0.0.1:8000").replace("http://testserver", "")
    own_page = own_page[own_page.index("/s/") :]
    page = client.get(own_page).text
    assert "whatever you think or say of us changes nothing here" in page
    wallet = ledger.wallet_of(contact.person)
    opened = client.post(own_page, {"act": "open", "kind": "rewards", "key": wallet.public_id})
    url = opened.url[opened.url.index("/s/") :]
    page = client.get(url).text
    assert "Gifts up to $60 are allowed" in page
    assert "A weekend" not in page

    assert client.post(url, {"act": "take", "key": item.public_id, "once": "x"}).status_code == 422
    said = {"act": "take", "key": item.public_id, "once": "x", **SAID}
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 302
    row = Redemption.objects.get()
    assert (row.contact, row.account, row.gift.requested_by) == (contact, account, cast.rep)

    client.post(url, {"act": "cancel", "key": row.public_id})
    row.refresh_from_db()
    wallet.refresh_from_db()
    assert (row.state, wallet.available) == (R.CANCELLED, 300)
    assert "A good dinner" in clients["rep"].get(reverse("incentives:account-rewards", args=[account.public_id])).text


def test_a_house_chooses_by_one_of_its_people_and_strangers_by_none(client, cast):
    contact = ContactFactory(account=AccountFactory(owner=cast.rep))
    services.give_points(to=contact.account, points=500, reason="For the workshop", by=cast.marketer)
    house = ledger.wallet_of_account(contact.account)
    link = letters.choice_link(contact, house)
    assert contact.account.name in client.get(link[link.index("/s/") :]).text
    assert choosing.buyer_behind(house.pk, ContactFactory().person_id) is None
    stranger = letters.choice_link(ContactFactory(), house)
    assert client.get(stranger[stranger.index("/s/") :]).status_code == 404


def test_what_a_customer_got_has_to_be_disclosed_with_their_stories(cast, marketer):
    """Whoever of the house speaks in the story: a reward that was chosen for it is told to readers."""
    gift_fund(1000)
    contact = ContactFactory(account=AccountFactory(owner=cast.rep))
    story = drafted(contact=ContactFactory(account=contact.account))
    told = "They were given something by us"
    assert not any(told in words for words in missing_for(story, AssetState.APPROVED))

    row = chosen(contact, by=UserFactory(role="marketer"))
    approval = approvals.decide(approval=row.gift.approval, by=marketer, verdict="approve", via="page")
    gifts.decide_on_gift(approval=approval, by=marketer)
    services.order(redemption=row, by=marketer)
    assert any(told in words for words in missing_for(story, AssetState.APPROVED))

    story.disclosure = "The customer got a thank-you of $50 for their time."
    assert not any(told in words for words in missing_for(story, AssetState.APPROVED))


def test_many_are_ordered_at_once_and_the_liability_is_taken_out(clients, cast):
    rows = [ready(cast.rep), ready(UserFactory(team=cast.north))]
    chosen_ones = [row.public_id for row in rows]
    page = clients["marketer"].post("/rewards/queue/", {"action": "order", "ids": chosen_ones}, follow=True).text
    assert "2 rewards are ordered" in page
    lines = clients["finance"].get("/rewards/liability/?format=csv").text.splitlines()
    assert lines[0].startswith("month,given")
    assert lines[1].split(",")[3] == "600"


def test_a_draw_is_opened_and_called_off(clients, cast):
    page = clients["marketer"].post("/draws/new/", next_week(cast), follow=True).text
    assert "Rules can give tickets in it" in page
    draw = Draw.objects.get()
    assert draw.secret not in page
    assert draw.commitment in page
    clients["marketer"].post(reverse("incentives:draw-verb", args=[draw.public_id, "call-off"]), {"reason": "No prize"})
    assert "No prize" in clients["rep"].get(draw.get_absolute_url()).text


def test_a_hold_is_set_and_lifted_on_the_page(clients, cast):
    row = asked(cast.rep)
    verb = lambda name: reverse("incentives:redemption-verb", args=[row.public_id, name])  # noqa: E731
    clients["marketer"].post(verb("hold"), {"reason": "Two accounts"})
    assert "being looked into" in clients["rep"].get("/rewards/catalogue/").text
    assert "Two accounts" not in clients["rep"].get(row.get_absolute_url()).text
    clients["marketer"].post(verb("lift"))
    assert "being looked into" not in clients["rep"].get("/rewards/catalogue/").text


def test_a_house_is_thanked_without_a_word_to_whom_nobody_may_write(clients, mailoutbox, drain):
    """The points are the house's; who wants to hear nothing is not invited to spend them, and nothing half is done."""
    contact = ContactFactory(state=Membership.DO_NOT_CONTACT)
    url = reverse("incentives:thank-contact", args=[contact.public_id]) + "?for=account"
    typed = {"points": "50", "reason": "For the tour of your plant"}

    refused = clients["marketer"].post(url, {**typed, "invite": "on"})

    assert refused.status_code == 422
    assert "must not be contacted" in refused.content.decode()
    assert ledger.wallet_of_account(contact.account).available == 0
    assert clients["marketer"].post(url, typed).status_code == 302
    assert ledger.wallet_of_account(contact.account).available == 50
    Account.objects.filter(pk=contact.account_id).update(state=Membership.DO_NOT_CONTACT)
    assert "wants nothing from us" in clients["marketer"].post(url, typed).content.decode()
    drain()
    assert [mail for mail in mailoutbox if contact.person.email in mail.to[0]] == []
