"""Who may what with quotas: the head of sales owns them, everybody reads their own share."""

import rules

from nominations.quotas.models import QuotaShare
from references.accounts.rules import is_colleague
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role

plans_quotas = has_role(Role.SALES_HEAD, Role.ADMIN)


@rules.predicate
def is_own_share(user: User, share: QuotaShare | None) -> bool:
    """Whose share it is."""
    return share is not None and share.user_id == user.pk


rules.add_perm("nominations.see_quotas", is_colleague)
rules.add_perm("nominations.plan_quotas", plans_quotas)
rules.add_perm("nominations.waive_quota", plans_quotas & ~is_own_share)
rules.add_perm("nominations.appeal_quota", is_own_share)
