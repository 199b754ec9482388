"""The pages of recognition and their API."""

import pytest

from incentives.recognition import services
from incentives.recognition.models import FeedPost, Letter, Thanks
from refprogram.kernel.stream import drain as relay_to
from tests.factories.incentives_badges import BadgeFactory, worn
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def told():
    """Carry badges and thanks to the feed."""
    for name in ("post_badge", "post_thanks", "deliver_letter"):
        relay_to(handler=f"incentives.recognition.handlers.{name}")


def test_pages_are_flat(budget, clients, api, cast):
    badge = BadgeFactory(often="always")

    def make(n):
        for giver in UserFactory.create_batch(n):
            services.give_thanks(to=cast.rep, words="For the call", actor=giver)
            worn(badge, person=cast.rep.person, actor=giver)
            row = services.draft_letter(about=cast.rep, writer=cast.executive, actor=cast.executive)
            services.send_letter(letter=row, actor=cast.executive)
            services.draft_letter(about=cast.rep, writer=cast.executive, actor=cast.marketer)
        told()

    for key, role, address in (
        ("incentives:feed", "marketer", "/feed/"),
        ("incentives:feed-panel", "rep", "/feed/panel/"),
        ("incentives:my-recognition", "rep", "/recognition/"),
        ("incentives:wall", "rep", "/recognition/wall/"),
        ("incentives:letters", "marketer", "/letters/"),
    ):
        budget.flat(key, make=make, visit=lambda role=role, address=address: clients[role].get(address))
    for key, address in (
        ("api:list_feed", "/api/v1/feed"),
        ("api:list_thanks", "/api/v1/thanks"),
        ("api:list_letters", "/api/v1/letters"),
    ):
        budget.flat(key, make=make, visit=lambda address=address: api["marketer"].get(address))


def test_a_colleague_is_thanked_and_stands_in_the_feed(clients, cast):
    form = {"to": cast.support.public_id, "words": "<b>You</b> saved the deal"}

    page = clients["rep"].post("/recognition/thank/", form, follow=True)
    told()
    page = clients["manager"].get("/feed/?kind=thanks")

    assert "Rhea Rep thanks Sami Support" in page.text
    assert "<b>You</b>" not in page.text
    row = Thanks.objects.get()
    clients["rep"].post(f"/thanks/{row.public_id}/take-back/")
    assert clients["rep"].post("/recognition/thank/", {"to": cast.rep.public_id, "words": "Me"}).status_code == 422
    row.refresh_from_db()
    assert row.taken_back_at is not None


def test_a_letter_goes_from_draft_to_reader_over_the_pages(clients, cast):
    form = {"about": cast.rep.public_id, "writer": cast.executive.public_id}
    clients["marketer"].post("/letters/new/", form)
    row = Letter.objects.get()
    page = clients["executive"].get(row.get_absolute_url())
    assert "Send" in page.text
    words = {"subject": "Bravo", "body": "Dear Rhea, bravo.", "revision": 0}
    assert clients["executive"].post(f"/letters/{row.public_id}/edit/", words, follow=True).status_code == 200
    mine = {**words, "body": "Dear Rhea, thank you.", "public": "on"}
    stale = clients["marketer"].post(f"/letters/{row.public_id}/edit/", mine)
    assert stale.status_code == 409
    assert "Kept meanwhile: “Dear Rhea, bravo.”" in stale.text
    assert "Kept meanwhile: “no”" in stale.text
    again = {**mine, "revision": 1, "submit_key": stale.context["submit_key"]}
    assert clients["marketer"].post(f"/letters/{row.public_id}/edit/", again).status_code == 302
    for shown in ("1", "", "²", "9" * 40):  # what the executive read was changed by now
        said = clients["executive"].post(f"/letters/{row.public_id}/send/", {"revision": shown}, follow=True)
        assert "Nothing was sent: read it once more." in said.text
    last = {**words, "revision": 2}
    clients["executive"].post(f"/letters/{row.public_id}/edit/", last)
    assert '<input type="hidden" name="revision" value="3">' in clients["executive"].get(row.get_absolute_url()).text

    clients["executive"].post(f"/letters/{row.public_id}/send/", {"revision": "3"})
    told()

    assert "Dear Rhea, bravo." in clients["rep"].get(row.get_absolute_url()).text
    assert clients["support"].get(row.get_absolute_url()).status_code == 404
    assert not FeedPost.objects.exists()  # it was not to be published


def test_who_keeps_to_themselves_says_so_once(clients, api, cast):
    clients["rep"].post("/recognition/choice/", {"in_feed": "on"})
    answer = api["rep"].get("/api/v1/recognition").json()
    assert (answer["in_ranks"], answer["in_feed"], answer["thanks_left"]) == (False, True, 3)
    assert [level["dimension"] for level in answer["levels"]] == ["volume", "quality", "gaps", "help"]
    changed = api["rep"].patch("/api/v1/recognition", {"in_ranks": True}, content_type="application/json").json()
    assert (changed["in_ranks"], changed["in_feed"]) == (True, True)
