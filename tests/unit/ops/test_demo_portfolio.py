"""What keeps the demo company's portfolio true has something to show on each of its pages."""

import pytest
from django.core.management import call_command

from refprogram.people.demo import address
from refprogram.people.models import User
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-02T12:00Z", tick=False)


def test_every_page_of_the_portfolio_shows_something():
    call_command("demo", scale=200)
    marketer, rep = (signed_in(User.objects.get(email=address(name))) for name in ("marketer", "rep"))
    merging = marketer.get("/merging/").text
    for words in ("Names are alike", "Take apart", "taken apart again"):
        assert words in merging, words
    for url, words in (
        ("/unmaskings/", "A prospect in the same line"), ("/assignments/", "/assignments/"),
        ("/linked-programs/people/?kind=satisfaction", "Voice of the customer"), ("/outcomes/", "days"),
        ("/corrections/", "Their annual report"),
    ):  # fmt: skip
        page = marketer.get(url)
        assert words in page.text, url
        assert "rp-empty" not in page.text, url
    assert "rp-empty" not in rep.get("/accounts/masked/").text
    assert 'name="word-' in rep.get("/accounts/attest/").text
