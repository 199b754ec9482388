"""Inviting, joining, changing, leaving, standing in, restricting; tokens and teams."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from refprogram.kernel.errors import DomainError, InvalidInput, LinkRefused, NotAllowed
from refprogram.kernel.models import Event
from refprogram.people import selectors, services, tokens
from refprogram.people.enums import Privilege, Role, Scope, UserState
from refprogram.people.models import ApiToken, Delegation, Person, User
from tests.factories.people import PersonFactory, TeamFactory, UserFactory


def topics():
    return list(Event.objects.order_by("pk").values_list("topic", flat=True))


def link_in(mail):
    return re.search(r"http\S+/s/(\S+)/", mail.body)[1]


# ---------------------------------------------------------------- coming in


def test_invite_and_join(cast, drain, mailoutbox, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC), tick=False)
    user = services.invite_user(actor=cast.marketer, email="Nadia@House.example", name="Nadia New", team=cast.north)
    drain()
    assert (user.state, user.email, user.role) == (UserState.INVITED, "nadia@house.example", Role.REP)
    assert [mail.to for mail in mailoutbox] == [["Nadia New <nadia@house.example>"]]
    assert "Mona Marlow invites you" in mailoutbox[0].subject

    joined = services.join(token=link_in(mailoutbox[0]), password="a long enough phrase")
    assert joined == user
    assert joined.check_password("a long enough phrase")
    assert joined.emailaddress_set.get().verified
    assert topics() == ["user.invited", "user.joined"]


def test_an_invitation_is_used_once_and_the_last_one_counts(cast, drain, mailoutbox, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC), tick=False)
    user = services.invite_user(actor=cast.admin, email="nadia@house.example", name="Nadia New")
    drain()
    services.invite_user(actor=cast.admin, user=user)
    drain()
    first, second = (link_in(mail) for mail in mailoutbox)
    with pytest.raises(LinkRefused):
        services.join(token=first, password="a long enough phrase")
    services.join(token=second, password="a long enough phrase")
    with pytest.raises(LinkRefused):
        services.join(token=second, password="another long phrase")


def test_a_weak_password_leaves_the_link_open(cast, drain, mailoutbox, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC), tick=False)
    services.invite_user(actor=cast.admin, email="nadia@house.example", name="Nadia New")
    drain()
    with pytest.raises(InvalidInput) as refused:
        services.join(token=link_in(mailoutbox[0]), password="password")
    assert "password" in refused.value.errors
    services.join(token=link_in(mailoutbox[0]), password="a long enough phrase")


def test_an_agent_of_the_crm_is_inactive_and_gets_no_mail(db):
    team = TeamFactory()
    agent = services.ensure_agent(external_ref="Darcel Schlecht", name="Darcel Schlecht", team=team)
    again = services.ensure_agent(external_ref="Darcel Schlecht", name="Darcel Schlecht", team=TeamFactory())
    assert agent == again
    assert (agent.state, agent.has_mailbox, agent.address, agent.person.email) == (UserState.INACTIVE, False, "", "")
    assert again.team != team


def test_agents_of_one_name_are_two(db):
    for ref in ("a-1", "a-2"):
        services.ensure_agent(external_ref=ref, name="Ann Lee", team=None)
    assert User.objects.count() == 2


def test_inviting_an_agent_needs_an_address(cast):
    agent = services.ensure_agent(external_ref="x", name="Darcel Schlecht", team=cast.north)
    with pytest.raises(InvalidInput):
        services.invite_user(actor=cast.admin, user=agent)
    invited = services.invite_user(actor=cast.admin, user=agent, email="darcel@house.example")
    assert (invited.state, invited.person.email) == (UserState.INVITED, "darcel@house.example")
    assert invited.external_ref == "x"


def test_an_address_is_taken_once(cast):
    with pytest.raises(InvalidInput) as refused:
        services.invite_user(actor=cast.admin, email=cast.rep.email.upper(), name="Twin")
    assert "email" in refused.value.errors


def test_an_address_of_a_contact_is_not_an_agents(cast):
    PersonFactory(email="marieke@customer.example")
    agent = services.ensure_agent(external_ref="x", name="Darcel Schlecht", team=None)
    with pytest.raises(InvalidInput):
        services.invite_user(actor=cast.admin, user=agent, email="Marieke@customer.example")


def test_a_person_who_is_known_becomes_the_user(cast):
    contact = PersonFactory(name="Marieke Jansen", email="marieke@customer.example")
    user = services.invite_user(actor=cast.admin, email="marieke@customer.example", name="M. Jansen", role=Role.JUDGE)
    assert user.person == contact
    assert Person.objects.filter(email="marieke@customer.example").count() == 1


def test_only_an_administrator_makes_one(cast):
    with pytest.raises(NotAllowed):
        services.invite_user(actor=cast.marketer, email="n@house.example", name="N N", role=Role.ADMIN)
    agent = UserFactory(role=Role.ADMIN, is_active=False)
    with pytest.raises(NotAllowed):
        services.invite_user(actor=cast.marketer, user=agent, role=Role.REP)


def test_who_was_here_is_not_invited(cast):
    gone = UserFactory(is_active=False, last_login=timezone.now())
    with pytest.raises(DomainError):
        services.invite_user(actor=cast.admin, user=gone, email="mine@evil.example")
    assert services.reactivate_user(user=gone, actor=cast.admin).is_active


# ---------------------------------------------------------------- changing and leaving


def test_leaving(cast):
    services.deactivate_user(user=cast.rep, actor=cast.admin)
    assert not User.objects.get(pk=cast.rep.pk).is_active
    assert topics() == ["user.deactivated"]
    with pytest.raises(DomainError):
        services.deactivate_user(user=cast.rep, actor=cast.admin)


def test_nobody_ends_their_own_access(admin):
    with pytest.raises(DomainError):
        services.deactivate_user(user=admin, actor=admin)


def test_the_last_administrator_stays_one(admin):
    with pytest.raises(DomainError):
        services.change_role(user=admin, role=Role.REP, actor=admin)
    UserFactory(role=Role.ADMIN)
    assert services.change_role(user=admin, role=Role.REP, actor=admin).role == Role.REP


def test_who_leads_a_team_hands_it_over_first(cast):
    cast.north  # noqa: B018 - is led
    with pytest.raises(DomainError, match="North"):
        services.change_role(user=cast.manager, role=Role.REP, actor=cast.admin)


def test_teams(cast):
    team = services.create_team(name=" East ", region=None, manager=cast.manager, actor=cast.admin)
    assert team.name == "East"
    for fields in ({"name": "east"}, {"name": ""}, {"name": "West", "manager": cast.rep}):
        with pytest.raises(InvalidInput):
            services.create_team(**{"region": None, "manager": None, "actor": cast.admin, **fields})


# ---------------------------------------------------------------- cover


def cover(cast, first, last, **who):
    who = {"principal": cast.rep, "delegate": cast.support, "actor": cast.rep, **who}
    return services.set_delegation(starts_on=dt.date(2026, 11, first), ends_on=dt.date(2026, 11, last), **who)


@pytest.fixture
def second_of_november(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC), tick=False)


def test_cover_is_refused_where_it_makes_no_sense(cast, second_of_november):
    cover(cast, 5, 10)
    refused = {
        "overlap": lambda: cover(cast, 10, 12),
        "backwards": lambda: cover(cast, 20, 19),
        "over": lambda: cover(cast, 1, 1),
        "oneself": lambda: cover(cast, 20, 21, delegate=cast.rep),
        "gone": lambda: cover(cast, 20, 21, delegate=UserFactory(is_active=False)),
    }
    for attempt in refused.values():
        with pytest.raises(InvalidInput):
            attempt()
    assert Delegation.objects.count() == 1


def test_calling_off_keeps_the_days_that_were(cast, second_of_november, time_machine):
    running, later = cover(cast, 2, 6), cover(cast, 9, 10)
    time_machine.move_to(dt.datetime(2026, 11, 4, 9, 0, tzinfo=dt.UTC), tick=False)
    services.end_delegation(delegation=running, actor=cast.rep)
    services.end_delegation(delegation=later, actor=cast.rep)
    assert Delegation.objects.get().ends_on == dt.date(2026, 11, 3)
    assert selectors.who_answers_for(cast.rep) == cast.rep


# ---------------------------------------------------------------- restrictions


def test_impose_and_lift(cast):
    args = {"user": cast.rep, "privilege": Privilege.REQUEST_REFERENCES, "actor": cast.marketer}
    restriction = services.impose(reason="Three unused", **args)
    with pytest.raises(DomainError):
        services.impose(reason="Again", **args)
    services.lift(restriction=restriction, actor=cast.marketer)
    assert selectors.restriction_of(cast.rep, Privilege.REQUEST_REFERENCES) is None
    with pytest.raises(DomainError):
        services.lift(restriction=restriction, actor=cast.marketer)
    assert topics() == ["restriction.imposed", "restriction.lifted"]


def test_a_reason_is_needed(cast):
    with pytest.raises(InvalidInput):
        services.impose(user=cast.rep, privilege=Privilege.SELF_SERVE, reason=" ", actor=cast.marketer)


# ---------------------------------------------------------------- tokens


def test_a_token_is_shown_once_and_kept_as_a_hash(rep):
    token, secret = services.issue_token(user=rep, name="Nightly export", scope=Scope.WRITE)
    assert tokens.find(secret) == token
    assert secret not in str(ApiToken.objects.values().get())
    services.revoke_token(token=token, actor=rep)
    services.revoke_token(token=token, actor=rep)
    assert tokens.find(secret) is None
    assert topics() == ["token.issued", "token.revoked"]


def test_no_token_for_who_has_no_access(db):
    with pytest.raises(DomainError):
        services.issue_token(user=UserFactory(is_active=False), name="x")
