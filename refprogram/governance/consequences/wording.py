"""Cases and policies in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.governance.consequences import metrics, terms
from refprogram.governance.consequences.enums import Effect, GoalDirection, LeftOut
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Evaluation
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Privilege, Role


def goal_of(case: ConsequenceCase) -> str:
    """Return the goal of a case in words."""
    return _goal(terms.of(case).direction, case.threshold)


def _goal(direction: str, threshold: object) -> str:
    words = _("the goal is %(n)s or more") if direction == GoalDirection.BELOW else _("the goal is %(n)s at most")
    return words % {"n": rp.number(threshold)}


def reason_of(case: ConsequenceCase) -> str:
    """Return why, in one sentence that the person reads wherever it binds."""
    return _("%(policy)s. %(metric)s, %(first)s to %(last)s: %(value)s; %(goal)s.") % {
        "policy": case.policy.name,
        "metric": metrics.label_of(terms.of(case).metric),
        "first": rp.day(case.period_starts_on),
        "last": rp.day(case.period_ends_on),
        "value": rp.number(case.value),
        "goal": goal_of(case),
    }


def measure_of(policy: ConsequencePolicy) -> str:
    """Return what a policy measures and wants."""
    return f"{metrics.label_of(policy.metric)}: {_goal(policy.direction, policy.threshold)}"


def follows_of(policy: ConsequencePolicy) -> str:
    """Return what follows from a policy."""
    if policy.effect == Effect.TASK:
        return _("A task: %(title)s") % {"title": policy.task_title}
    if policy.effect == Effect.DEMERIT:
        words = ngettext("%(n)d demerit of data quality", "%(n)d demerits of data quality", policy.demerits)
        return words % {"n": policy.demerits}
    words = _("For %(days)d days they may not %(what)s")
    return words % {"days": policy.lasts_days, "what": Privilege(policy.privilege).label}


def roles_of(policy: ConsequencePolicy) -> str:
    """Return whose people are compared."""
    return ", ".join(str(Role(role).label) for role in policy.roles if role in Role.values)


def left_out_of(evaluation: Evaluation) -> list[tuple[str, int]]:
    """Return how many were left out, by reason."""
    return [(str(reason.label), evaluation.left_out[reason]) for reason in LeftOut if evaluation.left_out.get(reason)]


def metric_of(case: ConsequenceCase) -> str:
    """Return what was measured."""
    return metrics.label_of(terms.of(case).metric)
