"""What a person sees and does on the pages of this room; the matrix says who may."""

import re
from typing import ClassVar

import pytest
from django.test import Client

from refprogram.people import selectors, services
from refprogram.people.enums import Privilege, UserState
from refprogram.people.models import ApiToken, User
from refprogram.people.views.people import PeopleList
from refprogram.people.views.teams import TeamList
from tests.contracts import FormContract, ListContract
from tests.factories.people import DelegationFactory, RestrictionFactory, TeamFactory, UserFactory

# ---------------------------------------------------------------- lists


class TestPeople(ListContract):
    view = PeopleList

    @staticmethod
    def make(count, cast):
        for _ in range(count):
            UserFactory(team=TeamFactory())


class TestTeams(ListContract):
    view = TeamList

    @staticmethod
    def make(count, cast):
        TeamFactory.create_batch(count)


class TestInvite(FormContract):
    url = "/people/invite/"
    good: ClassVar = {"email": "nadia@house.example", "name": "Nadia New", "role": "rep"}
    typed = "Nadia New"
    broken: ClassVar = {"email": "no address"}

    @staticmethod
    def count():
        return User.objects.count()


def test_a_team_costs_the_same_whatever_its_size(budget, clients, cast):
    url = cast.north.get_absolute_url()
    budget.flat(
        "people:team",
        make=lambda count: UserFactory.create_batch(count, team=cast.north),
        visit=lambda: clients["admin"].get(url),
    )


def test_the_list_finds_and_filters(clients, cast):
    cast.rep  # noqa: B018 - comes in
    UserFactory(name="Darcel Schlecht", is_active=False, team=cast.south)
    for query in ("q=darcel", "standing=inactive", f"team={cast.south.public_id}&q=schlecht"):
        page = clients["marketer"].get(f"/people/?{query}").text
        assert "Darcel Schlecht" in page
        assert "Rhea Rep" not in page


def test_a_placeholder_address_is_never_shown(clients, cast):
    agent = services.ensure_agent(external_ref="x", name="Darcel Schlecht", team=None)
    for url in ("/people/", agent.get_absolute_url()):
        assert "agents.invalid" not in clients["admin"].get(url).text


def test_invitations_are_sent_again(clients, cast, drain, mailoutbox):
    waiting = UserFactory()
    UserFactory(is_active=False)
    answer = clients["marketer"].post("/people/", {"action": "remind", "ids": [waiting.public_id]}, follow=True)
    assert "invitation" in answer.text
    assert drain() >= 1
    assert User.objects.get(pk=waiting.pk).invited_at is not None


# ---------------------------------------------------------------- one colleague


def test_one_colleague_costs_the_same_whatever_happened(budget, clients, cast):
    def happen(count):
        for _ in range(count):
            restriction = services.impose(
                user=cast.rep, privilege=Privilege.SELF_SERVE, reason="Late", actor=cast.marketer
            )
            services.lift(restriction=restriction, actor=cast.marketer)

    budget.flat("people:person", make=happen, visit=lambda: clients["marketer"].get(cast.rep.get_absolute_url()))


def test_the_page_says_who_answers_and_what_binds(clients, cast):
    DelegationFactory(principal=cast.rep, delegate=cast.support)
    RestrictionFactory(user=cast.rep, reason="Three unused references")
    page = clients["manager"].get(cast.rep.get_absolute_url()).text
    assert "goes to Sami Support" in page
    assert "Three unused references" in page
    assert "Give back" not in page


def test_earlier_events_come_by_and_by(clients, cast):
    for _ in range(20):
        restriction = services.impose(user=cast.rep, privilege=Privilege.SELF_SERVE, reason="Late", actor=cast.admin)
        services.lift(restriction=restriction, actor=cast.admin)
    client = clients["admin"]
    page = client.get(cast.rep.get_absolute_url()).text
    more = re.search(r'hx-get="(\?before=\d+)"', page)[1]
    rest = client.get(cast.rep.get_absolute_url() + more, headers={"HX-Request": "true"}).text
    assert (page.count("rp-dot"), rest.count("rp-dot")) == (30, 10)
    assert "<html" not in rest


def test_ending_access_names_the_heir_and_works_at_once(clients, cast, api):
    session, token = clients["rep"], api["rep"]
    assert session.get("/settings/").status_code == token.get("/api/v1/users/me").status_code == 200
    cast.north  # noqa: B018 - is led
    url = f"{cast.rep.get_absolute_url()}deactivate/"
    assert "goes to Mara Manager" in clients["admin"].get(url).text
    clients["admin"].post(url)
    assert session.get("/settings/").status_code == 302
    assert token.get("/api/v1/users/me").status_code == 401


def test_an_agent_is_invited_from_the_page(clients, cast, drain, mailoutbox):
    agent = services.ensure_agent(external_ref="x", name="Darcel Schlecht", team=cast.north)
    url = f"{agent.get_absolute_url()}invite/"
    answer = clients["marketer"].post(url, {"role": "rep", "team": cast.north.public_id})
    assert answer.status_code == 422
    clients["marketer"].post(url, {"email": "darcel@house.example", "role": "rep", "team": cast.north.public_id})
    assert User.objects.get(pk=agent.pk).state == UserState.INVITED
    assert selectors.who_answers_for(User.objects.get(pk=agent.pk)) == agent


# ---------------------------------------------------------------- coming in by the mail's link


@pytest.fixture
def invitation(cast, drain, mailoutbox, time_machine):
    time_machine.move_to("2026-11-02T09:00Z")
    services.invite_user(actor=cast.marketer, email="nadia@house.example", name="Nadia New")
    drain()
    return re.search(r"http\S+(/s/\S+/)", mailoutbox[0].body)[1]


def test_the_link_lets_in_once(client, invitation):
    assert "Nadia New" in client.get(invitation).text
    assert User.objects.get(email="nadia@house.example").last_login is None
    answer = client.post(invitation, {"password": "short"})
    assert answer.status_code == 422
    assert client.post(invitation, {"password": "a long enough phrase"}).url == "/"
    assert client.get("/settings/").status_code == 200
    assert "in already" in Client().get(invitation).text
    assert "in already" in Client().post(invitation, {"password": "another long phrase"}).text


def test_the_link_of_somebody_who_left_opens_nothing(client, invitation, cast):
    user = User.objects.get(email="nadia@house.example")
    services.deactivate_user(user=user, actor=cast.admin)
    assert client.post(invitation, {"password": "a long enough phrase"}).status_code == 410
    assert not User.objects.get(pk=user.pk).has_usable_password()


# ---------------------------------------------------------------- one's own


def test_the_profile_is_kept(clients, rep):
    sent = {"name": "Rhea Renamed", "title": "Account executive", "phone": ""}
    clients["rep"].post("/settings/", sent)
    person = User.objects.get(pk=rep.pk).person
    assert (person.name, person.title) == ("Rhea Renamed", "Account executive")
    assert clients["rep"].post("/settings/", {**sent, "name": " "}).status_code == 422


def test_a_restriction_is_shown_with_its_reason(clients, rep):
    RestrictionFactory(user=rep, reason="Three unused references")
    assert "Three unused references" in clients["rep"].get("/settings/").text


def test_a_token_is_shown_once_and_works(clients):
    page = clients["rep"].post("/settings/tokens/", {"name": "Nightly", "scope": "read"}).text
    secret = re.search(r'value="(rp_[^"]+)"', page)[1]
    assert secret not in clients["rep"].get("/settings/tokens/").text
    script = Client(headers={"Authorization": f"Bearer {secret}"})
    assert script.get("/api/v1/users/me").json()["name"] == "Rhea Rep"
    clients["rep"].post(f"/settings/tokens/{ApiToken.objects.get().public_id}/revoke/")
    assert script.get("/api/v1/users/me").status_code == 401
