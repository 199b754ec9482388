"""Where a person can go from every page."""

import pytest

from refprogram.dashboards.navigation import navigation_for, shell, tabs_for
from refprogram.people.enums import Role
from tests.cast import ROLES

pytestmark = pytest.mark.django_db


def places(user, path="/"):
    return [item for section in navigation_for(user, path) for item in section.items]


def here(items):
    return [str(item.text) for item in items if item.current]


@pytest.mark.parametrize("role", ROLES)
def test_every_place_that_a_role_is_shown_opens_for_it(role, cast, clients, settings):
    settings.DEMO = settings.DEBUG = False
    user = cast[role]
    urls = {item.href for item in (*places(user), *tabs_for(user, "/"))}
    answers = {url: clients[role].get(url).status_code for url in urls}
    assert answers == dict.fromkeys(urls, 200)
    assert "/" in urls


@pytest.mark.parametrize("role", ROLES)
def test_no_place_is_shown_twice_and_a_thumb_has_room(role, cast):
    urls = [item.url for item in places(cast[role])]
    assert len(urls) == len(set(urls))
    assert len(tabs_for(cast[role], "/")) <= 5


def test_the_longest_address_is_where_i_am(rep):
    assert here(places(rep, "/")) == ["My desk"]
    assert here(places(rep, "/nominations/")) == ["My nominations"]
    assert here(places(rep, "/nominations/abc/edit/")) == ["My nominations"]
    assert here(places(rep, "/nominations/new/")) == ["Nominate"]
    assert here(places(rep, "/settings/")) == []
    assert here(tabs_for(rep, "/requests/abc/")) == ["Requests"]


def test_who_decides_comes_to_what_waits_for_them(finance, rep):
    hrefs = {str(item.text): item.href for item in places(finance, "/approvals/")}

    assert hrefs["Approvals"] == "/approvals/?waits=yes&view=waiting"
    assert here(places(finance, "/approvals/")) == ["Approvals"]
    assert "/approvals/" in {item.href for item in places(rep)}


def test_demo_and_development_are_named_as_such(rep, settings):
    settings.DEMO, settings.DEBUG = False, False
    assert {"/dev/mail/", "/styleguide/"}.isdisjoint(item.url for item in places(rep))
    settings.DEMO = True
    assert "/dev/mail/" in {item.url for item in places(rep)}
    settings.DEBUG = True
    assert "/styleguide/" in {item.url for item in places(rep)}


def test_who_has_no_role_that_we_know_still_has_a_desk(rep):
    rep.role = "stranger"
    assert here(places(rep)) == here(tabs_for(rep, "/")) == ["My desk"]


def test_the_shell_is_drawn_only_where_it_is_asked_for(rf, rep, django_assert_num_queries):
    request = rf.get("/accounts/")
    request.user = rep
    rep.role = Role.REP
    with django_assert_num_queries(0):
        drawn = shell(request)
        side, words = drawn["shell_nav"](), drawn["shell_words"]()
    assert 'aria-current="page"' in side
    assert "rp-words" in words
