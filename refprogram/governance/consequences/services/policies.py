"""Policies: written, changed while they rest, switched on by their owner's approval, switched off at any time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState
from refprogram.governance.approvals.models import Approval
from refprogram.governance.consequences.enums import Effect
from refprogram.governance.consequences.models import ConsequencePolicy
from refprogram.governance.consequences.selectors import asked_for
from refprogram.governance.consequences.services.rows import allowed, lock_policy, tell_policy
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.models import Region, Team, User

# What may be written; `live` follows from an approval, the switches have a verb of their own.
FIELDS = (
    "name", "metric", "period", "direction", "threshold", "roles", "effect", "privilege", "task_title", "demerits",
    "min_cohort", "new_hire_days", "notice_days", "appeal_days", "lasts_days", "deal_threshold", "owner",
)  # fmt: skip
FEWEST = 2
MOST_DEMERITS = 100


@transaction.atomic
def write(*, by: User, **facts: Any) -> ConsequencePolicy:
    """Write a policy. It rests until its owner has approved it; see FIELDS for its facts."""
    _may_edit(by)
    policy = ConsequencePolicy(**_complete(ConsequencePolicy(), facts))
    policy.save(force_insert=True)
    tell_policy("policy.written", policy, by)
    return policy


@transaction.atomic
def change(*, policy: ConsequencePolicy, by: User, **facts: Any) -> ConsequencePolicy:
    """Change a policy that rests; what was asked for it is withdrawn, for it was asked for another one."""
    _may_edit(by)
    row = lock_policy(policy)
    if row.live:
        raise DomainError(_("Switch it off first: what people are judged by does not change unseen."))
    wanted = _complete(row, facts)
    changed = sorted(name for name in wanted if getattr(row, name) != wanted[name])
    for name in changed:
        setattr(row, name, wanted[name])
    row.save(update_fields=changed)
    if changed:
        approvals.withdraw_for(subject=row, by=by, reason=_("The policy was changed."))
        tell_policy("policy.changed", row, by, fields=changed)
    return row


@transaction.atomic
def ask_to_switch_on(*, policy: ConsequencePolicy, by: User, reason: str = "") -> Approval:
    """Ask the policy's owner to have it switched on."""
    _may_edit(by)
    row = lock_policy(policy)
    if row.live:
        raise DomainError(_("It is switched on already."))
    if (open_one := asked_for(row)) is not None:
        return open_one
    approval = approvals.request(
        kind=ApprovalKind.PROCESS,
        subject=row,
        label=_("Switch on the policy “%(name)s”") % {"name": row.name},
        url=row.get_absolute_url(),
        requester=by,
        reason=reason,
        owner=row.owner,
    )
    tell_policy("policy.asked", row, by)
    if approval.state == ApprovalState.APPROVED:
        decide(approval=approval, by=None)
    return approval


@transaction.atomic
def decide(*, approval: Approval, by: User | None) -> ConsequencePolicy:
    """Carry out what was decided about switching a policy on. Twice is once."""
    row = lock_policy(ConsequencePolicy(pk=approval.subject_id))
    if approval.state == ApprovalState.REJECTED and not row.live:
        tell_policy("policy.refused", row, by)
    if approval.state == ApprovalState.APPROVED and not row.live:
        row.live, row.live_since = True, timezone.localdate()
        row.save(update_fields=["live", "live_since"])
        tell_policy("policy.switched_on", row, by)
    return row


@transaction.atomic
def switch_off(*, policy: ConsequencePolicy, by: User) -> ConsequencePolicy:
    """Name nobody from now on. Cases that are under way go on: each can be waived."""
    _may_edit(by)
    row = lock_policy(policy)
    if not row.live:
        raise DomainError(_("It is switched off already."))
    row.live = False
    row.save(update_fields=["live"])
    tell_policy("policy.switched_off", row, by)
    return row


@transaction.atomic
def set_switches(
    *, policy: ConsequencePolicy, by: User, off_in: Sequence[Region], off_for: Sequence[Team]
) -> ConsequencePolicy:
    """Say in which regions and for which teams it names nobody; cases that are under way go on."""
    _may_edit(by)
    row = lock_policy(policy)
    row.off_in.set(off_in)
    row.off_for.set(off_for)
    tell_policy("policy.switches_changed", row, by)
    return row


def _may_edit(by: User) -> None:
    words = _("Policies are for the program, the head of sales and administrators.")
    allowed(by, "governance.edit_policies", None, words)


def _complete(row: ConsequencePolicy, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as they would be; refuse, field by field, what cannot be."""
    unknown = facts.keys() - set(FIELDS)
    if unknown:
        message = f"a policy has no {sorted(unknown)}"
        raise TypeError(message)
    wanted = {name: facts.get(name, getattr(row, name, None)) for name in FIELDS if name != "owner" or "owner" in facts}
    wanted["name"] = str(wanted["name"]).strip()
    if wanted["effect"] != Effect.RESTRICTION:
        wanted |= {"privilege": "", "deal_threshold": None}
    if wanted["effect"] != Effect.TASK:
        wanted["task_title"] = ""
    wanted["demerits"] = (wanted["demerits"] or 0) if wanted["effect"] == Effect.DEMERIT else 0
    problems = {**_unsaid(row, wanted), **_unfair(wanted)}
    if problems:
        raise InvalidInput(" ".join(problems.values()), errors=problems)
    return wanted


def _unsaid(row: ConsequencePolicy, wanted: Mapping[str, Any]) -> dict[str, str]:
    """What is missing, or said twice."""
    problems = {}
    if not wanted["name"]:
        problems["name"] = _("Give it a name.")
    elif ConsequencePolicy.objects.filter(name__iexact=wanted["name"]).exclude(pk=row.pk).exists():
        problems["name"] = _("There is a policy of this name.")
    if not wanted["roles"]:
        problems["roles"] = _("Choose whose people are compared.")
    if wanted["effect"] == Effect.RESTRICTION and not wanted["privilege"]:
        problems["privilege"] = _("Choose what is taken away.")
    if wanted["effect"] == Effect.TASK and not str(wanted["task_title"]).strip():
        problems["task_title"] = _("Say what the task is.")
    if wanted["effect"] == Effect.DEMERIT and not 1 <= wanted["demerits"] <= MOST_DEMERITS:
        problems["demerits"] = _("1 to %(most)d of the 100 that each month begins with.") % {"most": MOST_DEMERITS}
    return problems


def _unfair(wanted: Mapping[str, Any]) -> dict[str, str]:
    """What nobody should be judged by."""
    problems = {}
    if wanted["min_cohort"] < FEWEST:
        problems["min_cohort"] = _("Nobody is compared with themselves alone: two people or more.")
    if wanted["notice_days"] < wanted["appeal_days"]:
        problems["notice_days"] = _("It must not take effect before the time to appeal is over.")
    if wanted["lasts_days"] < 1:
        problems["lasts_days"] = _("A day or more.")
    return problems
