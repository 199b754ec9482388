"""Whether it lives, what it measures, and what a person reads when something went wrong."""

import re

import pytest
from django.urls import path

from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- health, metrics


def test_alive_and_ready(client):
    assert client.get("/health/live/").json() == {"status": "alive"}
    assert client.get("/health/ready/").json() == {"database": "ok", "cache": "ok"}


def test_not_ready_without_its_cache(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "cache": "down"})


@pytest.mark.parametrize(
    ("token", "sent", "status"),
    [
        ("", "", 401),
        ("", "Bearer ", 401),
        ("secret", "", 401),
        ("secret", "Bearer wrong", 401),
        ("secret", "Bearer sécret", 401),
        ("secret", "Bearer secret", 200),
    ],
)
def test_metrics_are_for_who_has_the_token(token, sent, status, settings, client):
    settings.METRICS_TOKEN = token
    answer = client.get("/metrics", headers={"Authorization": sent})
    assert answer.status_code == status
    assert ("python_info" in answer.text) is (status == 200)


def test_the_styleguide_is_a_developers(clients, settings):
    settings.DEBUG = True
    assert clients["rep"].get("/styleguide/").status_code == 200
    assert clients["rep"].get("/styleguide/?sample=accounts&q=zzzz").json() == []
    assert clients["anonymous"].get("/styleguide/").url == "/auth/login/?next=/styleguide/"


# ---------------------------------------------------------------- what went wrong


def broken(_request):
    message = "a secret of the house"
    raise RuntimeError(message)


urlpatterns = [path("broken/", broken)]
handler500 = "refprogram.dashboards.errors.broken"


def test_a_page_that_breaks_gives_a_number_to_name(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.text
    assert "secret of the house" not in answer.text


def test_what_is_not_there_and_what_is_not_mine_look_alike(clients, cast):
    hidden = AccountFactory(name="Kestrel Freight", owner=cast.other_team_rep)
    theirs, nothing = (clients["rep"].get(url) for url in (hidden.get_absolute_url(), "/accounts/000000000000/"))
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    bare = [re.sub(r'[0-9a-f]{12}|"X-CSRFToken": "\w+"', "", answer.text) for answer in (theirs, nothing)]
    assert bare[0] == bare[1]
    assert theirs["X-Request-ID"] in theirs.text


def test_what_is_denied_says_so(clients):
    answer = clients["rep"].get("/dashboards/")
    assert answer.status_code == 403
    assert answer["X-Request-ID"] in answer.text
