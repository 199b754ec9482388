"""Who may do what with rules and the ledger."""

from typing import Any

import rules

from refprogram.people.enums import Role


def has_role(*roles: Role) -> Any:
    """Return the predicate "has one of these roles"."""

    @rules.predicate
    def is_one_of(user: Any) -> bool:
        return getattr(user, "role", None) in roles

    return is_one_of


# What somebody earned is that person's own; standings of points are for every colleague.
rules.add_perm("incentives.view_rewards", has_role(*(role for role in Role if role != Role.JUDGE)))
rules.add_perm("incentives.view_rules", has_role(Role.MARKETER, Role.SALES_HEAD, Role.FINANCE, Role.ADMIN))
rules.add_perm("incentives.view_ledger", has_role(Role.MARKETER, Role.SALES_HEAD, Role.FINANCE, Role.ADMIN))
rules.add_perm("incentives.write_rules", has_role(Role.MARKETER, Role.SALES_HEAD, Role.ADMIN))


@rules.predicate
def is_author(user: Any, rule: Any) -> bool:
    """Who wrote the rule as it reads now, or first."""
    return rule is not None and user.pk in {rule.created_by_id, rule.changed_by_id}


# E2: field incentives are approved by the head of sales.
rules.add_perm("incentives.switch_rules", has_role(Role.SALES_HEAD, Role.ADMIN))
# Without asking: not for what one wrote oneself.
rules.add_perm("incentives.start_rule", has_role(Role.SALES_HEAD, Role.ADMIN) & ~is_author)
rules.add_perm("incentives.reverse", has_role(Role.MARKETER, Role.FINANCE, Role.ADMIN))
