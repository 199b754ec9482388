"""Approvals and chains: made by their services; a chain for tests is published in place of the one that is there."""

import itertools
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from refprogram.governance.approvals import services
from refprogram.governance.approvals.enums import ApprovalKind, ApproverKind, Verdict
from refprogram.governance.approvals.models import Approval, Chain, ChainVersion, Turn
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
    """Put these steps in force as the chain of a kind, also where they find nobody: people leave after publishing."""
    admin = by or UserFactory(role=Role.ADMIN, name="Chain Writer")
    draft = services.save_draft(chain=Chain.objects.get(kind=kind), steps=steps, passes=passes, actor=admin)
    draft.published_at, draft.published_by = timezone.now(), admin
    with transaction.atomic():  # as by the service: a change of its own, after which the steps are frozen
        draft.save(update_fields=["published_at", "published_by"])
    return draft


def stuck(requester: User | None = None, **fields: Any) -> Approval:
    """Ask for something that nobody can decide: the one who is named has left."""
    chain_of(StepPlan(1, ApproverKind.PERSON, user=UserFactory(is_active=False, name="Gone Long")))
    return asked(requester, **fields)


def away(user: User, stand_in: User | None = None) -> Leave:
    """Let somebody be away for a week from today."""
    leave = LeaveFactory(user=user)
    if stand_in is not None:
        DelegationFactory(principal=user, delegate=stand_in)
    return leave


def euros(amount: int | str) -> Decimal:
    """An amount."""
    return Decimal(amount)


def turn_of(approval: Approval, position: int = 1) -> Turn:
    """Whose turn it is at a place of the road."""
    return Turn.objects.get(approval=approval, position=position)


def approve(approval: Approval, by: User, **options: Any) -> Approval:
    """Let somebody say yes."""
    return services.decide(approval=approval, by=by, verdict=Verdict.APPROVE, **options)
