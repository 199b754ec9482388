"""Who may, in this room."""

import rules

from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role

handles = has_role(Role.MARKETER, Role.ADMIN)


@rules.predicate
def asked_for_it(user: User, row: Fulfilment | None) -> bool:
    """Whether it is the reader's own wish."""
    return row is not None and row.requested_by_id == user.pk


rules.add_perm("governance.view_fulfilments", has_role(*(role for role in Role if role != Role.JUDGE)))
rules.add_perm(
    "governance.view_all_fulfilments",
    has_role(Role.MARKETER, Role.SALES_HEAD, Role.EXECUTIVE, Role.FINANCE, Role.LEGAL, Role.ADMIN),
)
rules.add_perm(
    "governance.give",
    has_role(Role.MARKETER, Role.REP, Role.SUPPORT, Role.MANAGER, Role.SALES_HEAD, Role.EXECUTIVE, Role.ADMIN),
)
rules.add_perm("governance.handle_gifts", handles)
# Money that comes back, and what the tax office wants to know, are finance's business too.
rules.add_perm("governance.account_for_gifts", handles | has_role(Role.FINANCE))
# To call it off before it is ordered, and to pass on what the receiver says: whoever asked for it may as well.
rules.add_perm("governance.speak_for_gift", handles | asked_for_it)
