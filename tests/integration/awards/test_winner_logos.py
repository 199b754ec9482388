"""A winner's logo in the gallery: only where the entrant and the gate of references both let it be shown."""

import pytest
from django.urls import reverse

from awards.entries import services as entries
from awards.entries.wording import BY_NAME
from awards.models import EntryConsent
from refprogram.kernel.files import services as files
from tests import hostile
from tests.factories.content import agreed, with_logo
from tests.factories.contests import ContestFactory, WonFactory, opened, over_and_published
from tests.factories.entries import EntryFactory, handed_in

pytestmark = pytest.mark.django_db


def test_a_logo_is_shown_where_the_entrant_and_the_gate_agree_and_goes_at_once(clients, marketer):
    contest = opened(ContestFactory(owner=marketer))
    entry = handed_in(EntryFactory(contest=contest), consents={"winners_page": True})
    award = WonFactory(place=entry.places.get())
    over_and_published(contest)
    picture = files.store(
        upload=hostile.upload("logo.png", hostile.picture("PNG")), purpose="asset_file", user=marketer
    )
    asset, browser = with_logo(entry.contact, picture), clients["anonymous"]
    address = reverse("awards:winner-logo", args=[contest.slug, award.public_id])
    pages = [
        reverse("awards:gallery"), reverse("awards:winners", args=[contest.slug]),
        reverse("awards:winner", args=[contest.slug, award.public_id]),
    ]  # fmt: skip

    def seen():
        on_pages = {address in browser.get(page).content.decode() for page in pages}
        assert len(on_pages) == 1
        return on_pages.pop(), browser.get(address).status_code

    assert seen() == (False, 404)  # the picture is there, and nobody agreed to it
    agreed(entry.contact, "logo", "story", "company", "metrics")
    assert seen() == (False, 404)  # our website may show it, but not because of the contest
    entries.begin_use(entry=entry, use=BY_NAME["logo"], by=entry.owner)
    assert seen() == (True, 200)
    assert browser.get(address)["Content-Type"] == "image/png"

    asset.state = "retired"
    asset.save(update_fields=["state"])
    assert seen() == (False, 404)
    asset.state = "approved"
    asset.save(update_fields=["state"])
    use = EntryConsent.objects.get(entry=entry, use="logo")
    entries.end_use(entry=entry, use=use, by=entry.owner)
    assert seen() == (False, 404)
