"""Who may do what with accounts: named sentences, composed."""

import rules
from django.db.models import Q

from references.accounts.models import Account, Opportunity
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role

PROGRAM_PEOPLE = frozenset({Role.MARKETER, Role.ADMIN})
OVERVIEW = PROGRAM_PEOPLE | {Role.SALES_HEAD, Role.EXECUTIVE, Role.LEGAL, Role.FINANCE}

runs_the_program = has_role(*sorted(PROGRAM_PEOPLE))
has_overview = has_role(*sorted(OVERVIEW))
is_colleague = has_role(*(role for role in Role if role != Role.JUDGE))
is_support = has_role(Role.SUPPORT)
has_own_accounts = has_role(Role.REP, Role.SUPPORT, Role.MANAGER)


@rules.predicate
def owns(user: User, account: Account | None) -> bool:
    """The account's owner in sales, or the colleague who cares for its success."""
    return account is not None and user.pk in {account.owner_id, account.csm_id}


@rules.predicate
def owns_some(user: User) -> bool:
    """Whoever answers for at least one account."""
    return Account.objects.filter(Q(owner=user.pk) | Q(csm=user.pk)).exists()


@rules.predicate
def manages_owner(user: User, account: Account | None) -> bool:
    """The manager of the owner's team."""
    if account is None or account.owner is None or account.owner.team is None:
        return False
    return account.owner.team.manager_id == user.pk


@rules.predicate
def owns_deal(user: User, deal: Opportunity | None) -> bool:
    """The colleague whose deal it is."""
    return deal is not None and user.pk == deal.owner_id


rules.add_perm("references.see_accounts", is_colleague)
rules.add_perm("references.add_account", runs_the_program)
rules.add_perm("references.change_account", runs_the_program)
rules.add_perm("references.change_contacts", runs_the_program | owns)
rules.add_perm("references.invite_contact", runs_the_program)
rules.add_perm("references.record_consent", runs_the_program | owns)
rules.add_perm("references.send_evidence", runs_the_program | owns_some)
rules.add_perm("references.see_evidence", has_overview | owns)
rules.add_perm("references.freeze_account", runs_the_program | owns | is_support)
rules.add_perm("references.freeze_accounts", runs_the_program)
rules.add_perm("references.see_freeze", has_overview | owns)
rules.add_perm("references.see_scores", has_overview | is_support | has_role(Role.MANAGER) | owns)
rules.add_perm("references.pause_account", runs_the_program | owns)
rules.add_perm("references.confirm_account", runs_the_program | owns | manages_owner)
rules.add_perm("references.move_membership", runs_the_program | owns | has_role(Role.LEGAL))
rules.add_perm("references.move_memberships", runs_the_program)
rules.add_perm("references.ask_still_true", runs_the_program)
rules.add_perm("references.see_opportunities", is_colleague)
rules.add_perm("references.change_opportunities", runs_the_program)
rules.add_perm("references.change_added_of_deal", runs_the_program | owns_deal)
rules.add_perm("references.has_own_accounts", has_own_accounts)
rules.add_perm("references.attest", runs_the_program | has_own_accounts)
