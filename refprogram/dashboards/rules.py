"""Who may look at the program's figures, who keeps and mails them, and who sets what they should reach."""

import rules

from awards.contests.enums import Part
from awards.models import ContestMember
from references.accounts.rules import has_overview, is_colleague, is_support, runs_the_program
from refprogram.governance.pilots.rules import open_to
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role


@rules.predicate
def chairs_some(user: User) -> bool:
    """Whoever chairs the jury of a contest."""
    return ContestMember.objects.filter(user=user.pk, part=Part.CHAIR).exists()


rules.add_perm("dashboards.view", has_overview | has_role(Role.MANAGER))
# Targets and metrics are the whole program's: beside a manager's part of the rows they would mislead.
rules.add_perm("dashboards.see_targets", has_overview)
rules.add_perm("dashboards.see_metrics", has_overview)
rules.add_perm("dashboards.set_targets", runs_the_program)
rules.add_perm("dashboards.keep_figures", runs_the_program | has_role(Role.EXECUTIVE))
rules.add_perm("dashboards.see_sales", has_role(Role.MANAGER, Role.SALES_HEAD, Role.EXECUTIVE) | runs_the_program)
rules.add_perm("dashboards.see_support", is_support & open_to("support_board"))
rules.add_perm("dashboards.see_jury", runs_the_program | chairs_some)
rules.add_perm("dashboards.plan_mails", is_colleague)
rules.add_perm("dashboards.plan_mails_for_others", runs_the_program)
