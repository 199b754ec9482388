"""Who may bring data in."""

import rules

from refprogram.people.enums import Role


@rules.predicate
def is_program_person(user: object) -> bool:
    """Marketing staff and administrators."""
    return getattr(user, "role", "") in {Role.MARKETER, Role.ADMIN}


rules.add_perm("references.import", is_program_person)
