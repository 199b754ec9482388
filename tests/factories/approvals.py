"""Approvals and chains: made by their services; a chain for tests is published in place of the one that is there."""

import itertools
from decimal import Decimal
from typing import Any

from refprogram.governance.approvals import services
from refprogram.governance.approvals.enums import ApprovalKind, ApproverKind
from refprogram.governance.approvals.models import Approval, Chain, ChainVersion
from refprogram.governance.approvals.services import StepPlan
from refprogram.people.enums import Role
from refprogram.people.models import Leave, User
from tests.factories.people import DelegationFactory, LeaveFactory, TeamFactory, UserFactory

_numbers = itertools.count(1)


def asked(requester: User | None = None, *, kind: ApprovalKind = ApprovalKind.MONEY, **fields: Any) -> Approval:
    """Ask for something about a subject of its own."""
    who = requester or UserFactory()
    number = next(_numbers)
    known = {"subject": TeamFactory(), "label": f"Matter {number}", "url": "/", "reason": "It is due.", **fields}
    return services.request(kind=kind, requester=who, **known)


def role_step(role: Role, position: int = 1, **fields: Any) -> StepPlan:
    """A step that asks anyone of a role."""
    return StepPlan(position, ApproverKind.ROLE, role=role.value, **fields)


def chain_of(
    *steps: StepPlan, kind: ApprovalKind = ApprovalKind.MONEY, passes: bool = False, by: User | None = None
) -> ChainVersion:
    """Publish these steps as the chain of a kind."""
    admin = by or UserFactory(role=Role.ADMIN, name="Chain Writer")
    chain = Chain.objects.get(kind=kind)
    services.save_draft(chain=chain, steps=steps, passes=passes, actor=admin)
    return services.publish(chain=chain, actor=admin)


def away(user: User, stand_in: User | None = None) -> Leave:
    """Let somebody be away for a week from today."""
    leave = LeaveFactory(user=user)
    if stand_in is not None:
        DelegationFactory(principal=user, delegate=stand_in)
    return leave


def euros(amount: int | str) -> Decimal:
    """An amount."""
    return Decimal(amount)
