"""What makes a route senseless although each of its steps finds somebody: it goes in a circle, or begins at the end."""

import itertools
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import ApprovalKind, ApproverKind
from refprogram.governance.approvals.models import ChainStep
from refprogram.governance.approvals.seats import by_kind
from refprogram.governance.approvals.words import step_words


def what_is_wrong(kind: str, steps: Sequence[ChainStep]) -> str:
    """Return why a route cannot be put in force, in a sentence; empty where nothing is wrong with it."""
    if not steps:
        return _("A chain needs at least one step.")
    for step in steps:
        if _asked(step) in set(_further(step)):
            words = {"n": step.position, "who": step_words(step)}
            return _("Step %(n)d goes on to whom it asks (%(who)s), in a circle. Name somebody else.") % words
    for earlier, later in itertools.combinations(sorted(steps, key=lambda step: step.position), 2):
        if earlier.position < later.position and _meet(earlier, later) and _in_a_circle(earlier, later):
            words = {"later": later.position, "earlier": earlier.position, "who": step_words(later)}
            return (
                _("Step %(later)d comes back to step %(earlier)d (%(who)s), in a circle. Leave one of them out.")
                % words
            )
    return _owner_not_first(steps) if kind == ApprovalKind.REFERENCE_ASK else ""


def _owner_not_first(steps: Iterable[ChainStep]) -> str:
    owners = [step for step in steps if step.approver == ApproverKind.OWNER]
    if not owners:
        return ""
    first = owners[0].position
    if len(owners) == 1 and all(step.position > first for step in steps if step is not owners[0]):
        return ""
    return _("The account’s owner is asked before everybody else: give that step the first place, alone.")


def _in_a_circle(earlier: ChainStep, later: ChainStep) -> bool:
    """Whether the later step asks the same again, or both go on to each other."""
    same = _asked(earlier) == _asked(later)
    return same or (_asked(later) in set(_further(earlier)) and _asked(earlier) in set(_further(later)))


def _asked(step: ChainStep) -> tuple[str, str]:
    return step.approver, step.role or str(step.user_id or "")


def _further(step: ChainStep) -> Iterable[tuple[str, str]]:
    if step.escalate_role:
        yield ApproverKind.ROLE.value, step.escalate_role
    if step.escalate_user_id:
        yield ApproverKind.PERSON.value, str(step.escalate_user_id)


def _meet(one: ChainStep, other: ChainStep) -> bool:
    """Whether one matter can call for both steps."""
    theirs = by_kind(other.only_for)
    apart = any(not set(named) & set(theirs[kind]) for kind, named in by_kind(one.only_for).items() if kind in theirs)
    lowest = max(one.amount_from or Decimal(0), other.amount_from or Decimal(0))
    ends = [step.amount_below for step in (one, other) if step.amount_below is not None]
    return not apart and all(lowest < end for end in ends)
