"""Who may do what with colleagues, teams and tokens."""

from typing import Any

import rules

from refprogram.people.enums import Privilege, Role
from refprogram.people.models import User
from refprogram.people.selectors import restriction_of


def has_role(*roles: Role) -> Any:
    """Return the predicate "has one of these roles"; every room composes its own from it."""
    name = f"has_role:{'|'.join(roles)}"

    @rules.predicate(name=name)
    def check(user: User) -> bool:
        return user.is_active and getattr(user, "role", "") in roles

    return check


def unrestricted(privilege: Privilege) -> Any:
    """Return the predicate "nothing keeps them from this privilege now", for rooms that grant it by role."""

    @rules.predicate(name=f"unrestricted:{privilege}")
    def check(user: User) -> bool:
        return restriction_of(user, privilege) is None

    return check


runs_program = has_role(Role.MARKETER, Role.ADMIN)
administers = has_role(Role.ADMIN)
leads_sales = has_role(Role.MANAGER, Role.SALES_HEAD)


@rules.predicate
def is_self(user: User, other: User | None) -> bool:
    """Whether it is about the reader's own row."""
    return other is not None and user.pk == other.pk


rules.add_perm("people.see_people", runs_program)
rules.add_perm("people.invite", runs_program)
rules.add_perm("people.edit_users", administers)
rules.add_perm("people.restrict", runs_program)
rules.add_perm("people.erase", has_role(Role.ADMIN, Role.LEGAL))
rules.add_perm("people.set_cover", runs_program | is_self)
rules.add_perm("people.see_teams", runs_program | leads_sales)
rules.add_perm("people.edit_teams", administers)
rules.add_perm("people.see_calendars", ~has_role(Role.JUDGE))
rules.add_perm("people.edit_calendars", runs_program)
rules.add_perm("people.see_work", ~has_role(Role.JUDGE))
rules.add_perm("people.take_work", runs_program)

# The kernel knows no roles; who may do what of its own is said here.
rules.add_perm("kernel.view_stream", runs_program)
rules.add_perm("kernel.view_jobs", runs_program)
rules.add_perm("kernel.view_retention", has_role(Role.MARKETER, Role.ADMIN, Role.LEGAL))
rules.add_perm("kernel.share_view", runs_program)
rules.add_perm("kernel.edit_custom_fields", runs_program)
rules.add_perm("kernel.edit_program_settings", runs_program)
