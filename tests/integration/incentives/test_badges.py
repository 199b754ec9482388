"""The pages of badges and their API."""

import pytest

from incentives.badges.views import BadgeList
from tests.contracts import FormContract, ListContract
from tests.factories.incentives_badges import Badge, BadgeFactory, worn

pytestmark = pytest.mark.django_db


class TestBadges(ListContract):
    view = BadgeList
    reader = "rep"

    @staticmethod
    def make(count, cast):
        for badge in BadgeFactory.create_batch(count):
            worn(badge)


class TestAddBadge(FormContract):
    url, reader = "/badges/new/", "marketer"
    good = {"name": "Fresh", "words": "For a good deed.", "picture": "star", "tone": "ok", "often": "once"}
    typed, broken = "For a good deed.", {"name": "Gap closer"}

    @staticmethod
    def count():
        return Badge.objects.count()


def test_a_badge_and_the_api_are_flat(budget, clients, api, rep):
    badge = BadgeFactory(often="always")
    page = badge.get_absolute_url()
    many = lambda n: [worn(badge, actor=rep) for _ in range(n)]  # noqa: E731
    budget.flat("incentives:badge", make=many, visit=lambda: clients["marketer"].get(page))
    budget.flat("api:list_badge_grants", make=many, visit=lambda: api["marketer"].get("/api/v1/badge-grants"))
    budget.flat("api:list_badges", make=BadgeFactory.create_batch, visit=lambda: api["rep"].get("/api/v1/badges"))


def test_a_badge_is_given_and_its_words_are_never_markup(clients, cast):
    badge = BadgeFactory(name="Kind soul")
    form = {"to": cast.rep.public_id, "words": "<b>You</b> helped"}

    page = clients["manager"].post(f"{badge.get_absolute_url()}give/", form, follow=True)

    assert "Rhea Rep" in page.text
    assert "<b>You</b>" not in page.text
    assert "Take back" in page.text
    assert "Take back" not in clients["support"].get(badge.get_absolute_url()).text
