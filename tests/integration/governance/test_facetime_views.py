"""Face time as people use it: offering, asking, the panel of a customer, what is refused, the same few queries."""

import datetime as dt

import pytest

from references.accounts.enums import FreezeKind
from references.accounts.services import freeze
from refprogram.governance.facetime.enums import SlotState, TalkState
from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.talk_views import TalkList
from refprogram.governance.facetime.views import SlotList
from tests.contracts import FormContract, ListContract
from tests.factories.facetime import FaceTimeSlotFactory, asked, booked, held, past, told_us
from tests.factories.references import AccountFactory, ContactFactory
from tests.integration.governance.matrix_facetime import _offer

pytestmark = pytest.mark.django_db


class TestSlots(ListContract):
    """What is offered."""

    view = SlotList
    reader = "rep"

    @staticmethod
    def make(count, cast):
        FaceTimeSlotFactory.create_batch(count, executive=cast.executive)


class TestTalks(ListContract):
    """What is asked for."""

    view = TalkList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for slot in FaceTimeSlotFactory.create_batch(count):
            asked(cast.rep, slot)


class TestOffer(FormContract):
    """Offering time."""

    url, reader, typed = "/face-time/new/", "executive", "Bring a question"
    broken = {"minutes": "5"}

    @pytest.fixture(autouse=True)
    def _filled(self, cast):
        self.good = {**_offer(cast), "note": "Bring a question"}

    @staticmethod
    def count():
        return FaceTimeSlot.objects.count()


class TestBook(FormContract):
    """Asking for an hour."""

    reader, typed = "rep", "They decide in March."
    broken = {"people": []}

    @pytest.fixture(autouse=True)
    def _filled(self, cast):
        contact = ContactFactory(account=AccountFactory(owner=cast.rep))
        slot = FaceTimeSlotFactory(executive=cast.executive)
        self.url = f"/face-time/book/?for=account:{contact.account.public_id}"
        self.good = {"topic": "roadmap", "slot": slot.public_id, "people": [contact.person.public_id],
                     "reason": "They decide in March."}  # fmt: skip

    @staticmethod
    def count():
        return FaceTimeTalk.objects.count()


def test_pages_cost_the_same_however_many_are_there(budget, clients, cast):
    account = AccountFactory(owner=cast.rep)

    def more(count):
        for slot in FaceTimeSlotFactory.create_batch(count):
            held(cast.rep, slot, ContactFactory(account=account).person, account_id=account.pk)

    visit = clients["marketer"].get
    budget.flat("governance:face-time-hours", make=more, visit=lambda: visit("/face-time/hours/"))
    panel = f"/accounts/{account.public_id}/face-time/"
    budget.flat("references:account-face-time", make=more, visit=lambda: visit(panel))
    talk = FaceTimeTalk.objects.first()
    for name, row in (("governance:face-time-talk", talk), ("governance:face-time-slot", talk.slot)):
        visit(row.get_absolute_url())
        with budget(name):
            visit(row.get_absolute_url())


def test_a_slot_that_went_meanwhile_says_which_one_is_next(clients, cast):
    contact = ContactFactory(account=AccountFactory(owner=cast.rep))
    first, second = (FaceTimeSlotFactory(executive=cast.executive, in_days=days) for days in (12, 19))
    url = f"/face-time/book/?for=contact:{contact.public_id}"
    assert str(first.public_id) in clients["rep"].get(url).text
    body = {"for": f"contact:{contact.public_id}", "topic": "roadmap", "reason": "They decide in March."}
    del body["for"]
    asked(cast.support, first)
    page = clients["rep"].post(url, {**body, "slot": first.public_id, "people": [contact.person.public_id]})
    assert page.status_code == 422
    assert second.public_id in page.text
    assert FaceTimeTalk.objects.count() == 1


def test_a_frozen_customer_is_refused_and_why_is_for_who_may_know(clients, cast):
    contact = ContactFactory(account=AccountFactory(owner=cast.other_team_rep, state="active"))
    account = contact.account
    freeze(account=account, kind=FreezeKind.LEGAL, actor=cast.legal, reason="A lawsuit about licences")
    FaceTimeSlotFactory(executive=cast.executive)
    url = f"/face-time/book/?for=account:{account.public_id}"
    knows, hears = clients["marketer"].get(url).text, clients["rep"].get(url).text
    assert "A lawsuit about licences" in knows
    assert "is frozen" in hears
    assert "Whoever looks after them knows why" in hears
    assert "lawsuit" not in hears
    panel = clients["rep"].get(f"/accounts/{account.public_id}/face-time/").text
    assert ("lawsuit" in panel, "Ask for time" in panel) == (False, False)
    slot = FaceTimeSlot.objects.get()
    sent = {"topic": "roadmap", "slot": slot.public_id, "people": [contact.person.public_id], "reason": "They decide."}
    page = clients["rep"].post(url, sent)
    assert (page.status_code, FaceTimeTalk.objects.count()) == (422, 0)


def test_a_pause_is_said_and_may_be_passed_over(clients, cast):
    account = AccountFactory(owner=cast.rep, paused_until=dt.date(2099, 1, 1))
    contact = ContactFactory(account=account)
    slot = FaceTimeSlotFactory(executive=cast.executive)
    url = f"/face-time/book/?for=account:{account.public_id}"
    sent = {
        "topic": "roadmap",
        "slot": slot.public_id,
        "people": [contact.person.public_id],
        "reason": "They asked us.",
    }
    assert "asked for a pause until" in clients["rep"].get(url).text
    assert clients["rep"].post(url, sent).status_code == 422
    assert clients["rep"].post(url, {**sent, "anyway": "on"}).status_code == 302
    talk = FaceTimeTalk.objects.get()
    assert talk.label in clients["rep"].get(talk.get_absolute_url()).text


def test_who_has_no_part_in_a_talk_sees_the_hour_and_not_the_customer(clients, cast):
    talk = asked(cast.rep, FaceTimeSlotFactory(executive=cast.executive), label="Secret Holding")
    page = clients["support"].get(talk.slot.get_absolute_url()).text
    assert "Secret Holding" not in page
    assert "Somebody has it" in page
    assert "Secret Holding" in clients["marketer"].get(talk.slot.get_absolute_url()).text


def test_one_tap_says_that_it_took_place_and_the_circle_is_closed_on_pages(clients, cast):
    talk = past(booked(cast.rep, FaceTimeSlotFactory(executive=cast.executive)))
    page = talk.get_absolute_url()
    clients["rep"].post(f"{page}held/")
    row = told_us(talk)
    assert "Decide what follows" in clients["rep"].get(page).text
    sent = {"verdict": "done", "because": "It is there since last week."}
    answer = clients["rep"].post(f"/face-time/feedback/{row.public_id}/decide/", sent)
    assert answer.url == f"/face-time/feedback/{row.public_id}/answer/"
    assert "It is there since last week." in clients["rep"].get(answer.url).text
    clients["rep"].post(answer.url, {"reply": "It is there: have a look."})
    talk.refresh_from_db()
    assert talk.state == TalkState.CLOSED
    assert "It is there: have a look." in clients["rep"].get(page).text


def test_over_the_api_a_slot_is_taken_once(api, cast):
    slot = FaceTimeSlotFactory(executive=cast.executive)
    body = {"for": f"user:{cast.support.public_id}", "topic": "roadmap", "reason": "A mentor of five teams."}
    post = api["rep"].post
    made = post(f"/api/v1/face-time/{slot.public_id}/book", body, content_type="application/json")
    assert (made.status_code, made.json()["state"], made.json()["slot"]) == (201, "requested", slot.public_id)
    again = api["manager"].post(f"/api/v1/face-time/{slot.public_id}/book", body, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "slot-taken")
    agreed = api["executive"].post(
        f"/api/v1/face-time/talks/{made.json()['id']}/agree", content_type="application/json"
    )
    assert agreed.json()["state"] == "booked"
    slot.refresh_from_db()
    assert slot.state == SlotState.TAKEN


def test_hostile_addresses_are_not_there(clients, cast):
    for address in ("account:", "account:nobody", "spaceship:k3f", "user:" + "x" * 500, "award:nothing"):
        assert clients["marketer"].get("/face-time/book/", {"for": address}).status_code == 404
    assert clients["marketer"].get("/face-time/hours/?quarter=<b>").status_code == 200
    assert clients["marketer"].get("/face-time/book/?slot=%00").status_code == 302
