"""Two people at once, with real threads on the real database: one decides, the other is told who did."""

import pytest

from refprogram.governance.approvals import services
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState, Verdict
from refprogram.governance.approvals.models import Approval, Chain, Decision
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from tests.factories.approvals import asked, role_step
from tests.factories.people import TeamFactory, UserFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_of_a_role_decide_at_once():
    people = UserFactory.create_batch(4, role=Role.FINANCE)
    approval = asked()
    outcomes = at_once(
        *(lambda one=one: services.decide(approval=approval, by=one, verdict=Verdict.APPROVE) for one in people)
    )
    assert [row.state for row in outcomes if isinstance(row, Approval)] == [ApprovalState.APPROVED]
    first = Decision.objects.get().by.name
    told = [refusal.message for refusal in outcomes if isinstance(refusal, DomainError)]
    assert told == [f"{first} has approved it already. Nothing more is needed from you."] * 3
    assert Event.objects.filter(topic="approval.decided").count() == 1


def test_a_double_click_at_once_is_one_decision():
    one = UserFactory(role=Role.FINANCE)
    approval = asked()
    turn = approval.turns.get()
    outcomes = at_once(
        *[lambda: services.decide(approval=approval, by=one, verdict=Verdict.APPROVE, turn=turn) for _ in range(3)]
    )
    assert [row.state for row in outcomes] == [ApprovalState.APPROVED] * 3
    assert Decision.objects.count() == 1


def test_the_same_thing_asked_twice_at_once_is_one():
    who, subject = UserFactory(), TeamFactory()
    UserFactory(role=Role.FINANCE)
    ask = {"kind": ApprovalKind.MONEY, "subject": subject, "label": "Film", "url": "/", "requester": who}
    outcomes = at_once(*[lambda: services.request(**ask) for _ in range(3)])
    assert len({row.pk for row in outcomes}) == 1
    assert Approval.objects.get().turns.count() == 1


def test_asking_while_the_chain_is_published_keeps_one_whole_version():
    admin, who = UserFactory(role=Role.ADMIN), UserFactory()
    UserFactory(role=Role.LEGAL)
    UserFactory(role=Role.FINANCE)
    chain = Chain.objects.get(kind=ApprovalKind.MONEY)
    steps = [role_step(Role.LEGAL), role_step(Role.FINANCE, 2)]
    services.save_draft(chain=chain, steps=steps, passes=False, actor=admin)
    at_once(lambda: asked(who), lambda: services.publish(chain=chain, actor=admin), lambda: asked(who))
    for row in Approval.objects.all():
        assert row.turns.count() == row.version.steps.count()
