"""Who may, in this room: everybody can see where the charter has something; who runs the program decides about it."""

import rules

from refprogram.governance.plotting.models import PlottedRequest
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role, runs_program


@rules.predicate
def takes_over(user: User, row: PlottedRequest | None) -> bool:
    """Whether it was passed on to them."""
    return row is not None and row.redirect_to_id == user.pk


rules.add_perm("governance.plot", ~has_role(Role.JUDGE) & rules.is_active)
rules.add_perm(
    "governance.see_plotted",
    has_role(Role.MARKETER, Role.ADMIN, Role.EXECUTIVE, Role.SALES_HEAD, Role.MANAGER),
)
rules.add_perm("governance.decide_plotted", runs_program)
rules.add_perm("governance.settle_plotted", runs_program | takes_over)
