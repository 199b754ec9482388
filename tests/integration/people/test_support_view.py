"""`/admin/`: support staff see every room, read-only; nobody else comes in."""

import pytest
from django.contrib import admin

from refprogram.people.admin import SupportView

pytestmark = pytest.mark.django_db
ROOMS = ("people", "notices", "references", "nominations", "incentives", "dashboards", "kernel")


@pytest.fixture
def support(cast, clients):
    """Return the client of somebody who may enter the support view."""
    cast.admin.is_staff = True
    cast.admin.save(update_fields=["is_staff"])
    return clients["admin"]


def ours():
    return [model for model in admin.site._registry if model._meta.app_label in ROOMS]


def test_every_room_can_be_looked_at(support):
    page = support.get("/admin/").text
    assert {model._meta.app_label for model in ours()} == set(ROOMS)
    assert [model for model in ours() if f"/admin/{model._meta.app_label}/{model._meta.model_name}/" not in page] == []


def test_every_list_opens_and_offers_nothing_to_change(support):
    for model in ours():
        url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert (url, support.get(url).status_code) == (url, 200)
        assert (url, support.get(f"{url}add/").status_code) == (url, 403)
        assert isinstance(admin.site._registry[model], SupportView)


@pytest.mark.parametrize("role", ["marketer", "rep", "executive"])
def test_others_stay_outside(role, clients):
    assert clients[role].get("/admin/people/user/").status_code == 302
