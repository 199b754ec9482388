"""Chains: those that come with the program, publishing, trying on what was asked."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from refprogram.governance.approvals import selectors, services
from refprogram.governance.approvals.enums import ApprovalKind, ApproverKind
from refprogram.governance.approvals.models import Chain
from refprogram.governance.approvals.services import StepPlan
from refprogram.kernel.errors import DomainError
from refprogram.people.enums import Role
from tests.factories.approvals import asked, euros, role_step
from tests.factories.people import (
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- the chains that come with the program


@pytest.mark.parametrize(
    ("kind", "amount", "roles"),
    [
        ("field_incentive", None, ["sales_head"]),
        ("customer_benefit", 249, ["marketer"]),
        ("customer_benefit", 250, ["executive"]),
        ("customer_benefit", None, ["executive"]),
        ("executive_time", None, ["executive"]),
        ("spending", 999, ["owner"]),
        ("spending", 1000, ["executive"]),
        ("money", 5, ["finance"]),
        ("legal", None, ["legal"]),
        ("process", None, ["owner", "admin"]),
        ("it_change", None, ["owner", "admin"]),
        ("exception", None, ["sales_head"]),
    ],
)
def test_the_first_chains(kind, amount, roles, cast):
    for role in ("marketer", "executive", "finance", "legal", "admin", "sales_head"):
        cast[role]
    turns = selectors.dry_run(
        kind=ApprovalKind(kind),
        amount=None if amount is None else euros(amount),
        requester=cast.rep,
        owner=cast.support,
    )
    assert [turn.role or "owner" for turn in turns if not turn.skipped] == roles
    assert [turn for turn in turns if turn.stuck] == []


def test_a_skipped_step_says_for_which_amounts_it_is(cast):
    cast.executive  # noqa: B018 - comes in
    turns = selectors.dry_run(kind=ApprovalKind.SPENDING, amount=euros(5000), requester=cast.rep, owner=cast.support)
    assert [turn.why for turn in turns if turn.skipped] == ["Only for amounts below $1,000"]


# ---------------------------------------------------------------- publishing


def draft_of(*steps, admin, kind="money"):
    chain = Chain.objects.get(kind=kind)
    services.save_draft(chain=chain, steps=steps, passes=False, actor=admin)
    return chain


def test_a_chain_is_not_published_while_a_step_finds_nobody(admin):
    chain = draft_of(role_step(Role.LEGAL), admin=admin)
    with pytest.raises(DomainError, match="Step 1 finds nobody: Nobody has the role “Legal”"):
        services.publish(chain=chain, actor=admin)
    UserFactory(role=Role.LEGAL)
    assert services.publish(chain=chain, actor=admin).number == 2


def test_a_chain_is_tried_on_what_was_asked_last_month(rep, finance, legal, admin):
    with time_machine.travel(timezone.now() - dt.timedelta(days=31)):
        asked(legal, label="Too long ago")
    asked(rep, label="Goes well")
    chain = draft_of(role_step(Role.LEGAL), admin=admin)
    assert selectors.rehearse(selectors.draft_of(Chain.objects.get(pk=chain.pk))).sound
    asked(legal, label="By legal itself")
    found = selectors.rehearse(selectors.draft_of(Chain.objects.get(pk=chain.pk)))
    assert [one.case.label for one in found.tried] == ["By legal itself", "Goes well"]
    assert [one.case.label for one in found.stuck] == ["By legal itself"]
    with pytest.raises(DomainError, match="Levi Legal asked for it"):
        services.publish(chain=chain, actor=admin)
    draft_of(role_step(Role.LEGAL, escalate_role="finance"), admin=admin)
    services.publish(chain=chain, actor=admin)


def test_trying_a_chain_costs_the_same_whatever_was_asked(rep, legal, admin, django_assert_num_queries):
    chain = draft_of(role_step(Role.LEGAL), StepPlan(2, ApproverKind.MANAGER, escalate_role="legal"), admin=admin)
    draft = selectors.draft_of(Chain.objects.get(pk=chain.pk))
    for count in (1, 12):
        for _ in range(count):
            asked(UserFactory(team=TeamFactory(manager=UserFactory(role=Role.MANAGER))))
        with django_assert_num_queries(9):  # steps; those in force; approvals, three roles, leave, cover
            assert selectors.rehearse(draft).sound
