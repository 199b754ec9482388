"""Who may, in this room."""

import rules

from refprogram.governance.budgets.models import Fund
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role

handles_money = has_role(Role.FINANCE, Role.ADMIN)
has_funds = has_role(Role.MARKETER, Role.MANAGER, Role.SALES_HEAD, Role.EXECUTIVE, Role.FINANCE, Role.ADMIN)


@rules.predicate
def owns_fund(user: User, fund: Fund | None) -> bool:
    """Whether the fund is the reader's own."""
    return fund is not None and fund.owner_id == user.pk


# Managers see the funds they own; the others who read budgets see all of them.
reads_all_funds = has_role(Role.MARKETER, Role.SALES_HEAD, Role.EXECUTIVE, Role.FINANCE, Role.ADMIN)
rules.add_perm("governance.view_budgets", has_funds)
rules.add_perm("governance.view_all_budgets", reads_all_funds)
rules.add_perm("governance.view_fund", reads_all_funds | (has_funds & owns_fund))
rules.add_perm("governance.ask_for_fund", has_funds)
# Four eyes: nobody gives money to a fund of their own.
rules.add_perm("governance.allocate", handles_money & ~owns_fund)
rules.add_perm("governance.steer_fund", handles_money | owns_fund)
# Everybody who sees a fund may ask for money out of it: its chain of approval decides.
rules.add_perm("governance.ask_for_money", has_funds)
