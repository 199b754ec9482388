"""Who may do what with coverage, recruiting targets and plans."""

import rules

from references.accounts.rules import OVERVIEW, is_colleague, runs_the_program
from references.coverage.models import PlanStep, TargetPlan
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role

READERS = OVERVIEW | {Role.MANAGER}

reads_coverage = has_role(*sorted(READERS))


@rules.predicate
def drives_plan(user: User, plan: TargetPlan | None) -> bool:
    """Whose plan it is."""
    return plan is not None and user.pk == plan.owner_id


@rules.predicate
def has_step(user: User, step: PlanStep | None) -> bool:
    """Whose step it is, or whose plan."""
    return step is not None and user.pk in {step.who_id, step.plan.owner_id}


rules.add_perm("references.see_coverage", reads_coverage)
rules.add_perm("references.run_coverage", runs_the_program)
rules.add_perm("references.see_recruiting", is_colleague)
rules.add_perm("references.change_plan", runs_the_program | drives_plan)
rules.add_perm("references.finish_step", runs_the_program | has_step)
