"""Nobody decides for themselves, in whatever guise."""

import pytest

from refprogram.governance.approvals import services
from refprogram.governance.approvals.enums import ApprovalState, ApproverKind, TurnState, Verdict
from refprogram.governance.approvals.services import StepPlan
from refprogram.kernel.errors import NotAllowed
from refprogram.people.enums import Role
from tests.factories.approvals import approve, asked, away, chain_of, turn_of
from tests.factories.people import (
    UserFactory,
)
from tests.mailbox import subjects_to

pytestmark = pytest.mark.django_db
S, T, V = ApprovalState, TurnState, Verdict


def test_nobody_approves_what_they_asked_for(finance, executive):
    approval = asked(finance)
    turn = turn_of(approval)
    assert (turn.role, turn.why) == (
        "executive",
        "Fina Finance asked for it, so it goes on to Executive sponsor",
    )
    with pytest.raises(NotAllowed, match="asked for it"):
        approve(approval, finance)
    assert approve(approval, executive).state == S.APPROVED


def test_nor_as_the_stand_in_of_the_approver(rep, finance, executive):
    away(finance, stand_in=rep)
    approval = asked(rep)
    assert turn_of(approval).role == "executive"
    with pytest.raises(NotAllowed):
        approve(approval, rep)


def test_nor_through_somebody_who_stands_in_for_them(rep, finance, executive, legal):
    away(finance, stand_in=legal)
    approval = asked(finance)
    with pytest.raises(NotAllowed):
        approve(approval, legal)
    assert approve(approval, executive).state == S.APPROVED


def test_nor_what_benefits_them(rep, finance, executive):
    approval = asked(rep, beneficiary=finance.person)
    assert turn_of(approval).role == "executive"
    with pytest.raises(NotAllowed, match="it benefits Fina Finance"):
        approve(approval, finance)


def test_nor_their_own_teams_prize(rep, cast, executive):
    cast.manager  # noqa: B018 - leads the team
    chain_of(StepPlan(1, ApproverKind.MANAGER, escalate_role="executive"))
    approval = asked(rep, team=cast.north)
    assert turn_of(approval).role == "executive"
    for one in (cast.manager, cast.support):
        with pytest.raises(NotAllowed):
            approve(approval, one)
    assert approve(approval, executive).state == S.APPROVED


def test_leaving_the_team_or_joining_it_changes_nothing(rep, cast, finance, executive):
    finance.team = cast.north
    finance.save()
    approval = asked(rep, team=cast.north)
    finance.team = None
    finance.save()
    with pytest.raises(NotAllowed, match="was in the team"):
        approve(approval, finance)
    executive.team = cast.north
    executive.save()
    with pytest.raises(NotAllowed, match="is in the team"):
        approve(approval, executive)


def test_nobody_left_is_told_to_administrators_and_stays_pending(finance, admin, drain, mailoutbox):
    approval = asked(finance)
    turn = turn_of(approval)
    assert (approval.state, turn.approver, turn.role) == (S.PENDING, None, "")
    assert turn.why == "Fina Finance asked for it; nobody has the role “Executive sponsor”"
    drain()
    assert subjects_to(admin, mailoutbox) == [f"Nobody can decide: {approval.label}"]
    services.follow_up()
    drain()
    assert len(subjects_to(admin, mailoutbox)) == 1
    boss = UserFactory(role=Role.EXECUTIVE)
    services.follow_up()
    assert approve(approval, boss).state == S.APPROVED
