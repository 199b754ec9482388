"""Who may do what with rules and the ledger."""

from typing import Any

import rules

from refprogram.governance.pilots.rules import open_to
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
# Who pays is somebody else than who writes what is paid for.
rules.add_perm("incentives.fill_pots", has_role(Role.SALES_HEAD, Role.FINANCE, Role.ADMIN))
rules.add_perm("incentives.reverse", has_role(Role.MARKETER, Role.FINANCE, Role.ADMIN))


rules.add_perm("incentives.watch", has_role(Role.MARKETER, Role.SALES_HEAD, Role.FINANCE, Role.ADMIN))


# --- badges
@rules.predicate
def is_giver(user: Any, grant: Any) -> bool:
    """Who gave the badge."""
    return grant is not None and grant.giver_id == user.pk


rules.add_perm("incentives.run_badges", has_role(Role.MARKETER, Role.SALES_HEAD, Role.ADMIN))
rules.add_perm(
    "incentives.give_badges", has_role(Role.MARKETER, Role.SALES_HEAD, Role.MANAGER, Role.EXECUTIVE, Role.ADMIN)
)
rules.add_perm("incentives.revoke_badge", has_role(Role.MARKETER, Role.SALES_HEAD, Role.ADMIN) | is_giver)

# --- recognition
rules.add_perm("incentives.give_thanks", has_role(*(role for role in Role if role != Role.JUDGE)))
rules.add_perm("incentives.read_feed", has_role(*(role for role in Role if role != Role.JUDGE)) & open_to("feed"))
rules.add_perm("incentives.run_recognition", has_role(Role.MARKETER, Role.SALES_HEAD, Role.ADMIN))
rules.add_perm("incentives.draft_letters", has_role(Role.MARKETER, Role.SALES_HEAD, Role.EXECUTIVE, Role.ADMIN))
rules.add_perm("incentives.run_newsletters", has_role(Role.MARKETER, Role.SALES_HEAD, Role.ADMIN))


# --- catalogue and draws
rules.add_perm("incentives.run_catalogue", has_role(Role.MARKETER, Role.ADMIN))
rules.add_perm("incentives.see_redemptions", has_role(Role.MARKETER, Role.FINANCE, Role.ADMIN))
rules.add_perm("incentives.see_liability", has_role(Role.MARKETER, Role.FINANCE, Role.EXECUTIVE, Role.ADMIN))
rules.add_perm("incentives.thank_customers", has_role(Role.MARKETER, Role.ADMIN))
rules.add_perm("incentives.run_draws", has_role(Role.MARKETER, Role.SALES_HEAD, Role.ADMIN))


# --- pay
# What people earn is theirs: of others it is read by who answers for pay, not by who runs the program.
rules.add_perm("incentives.view_pay", has_role(Role.FINANCE, Role.SALES_HEAD, Role.ADMIN))
rules.add_perm("incentives.close_pay", has_role(Role.FINANCE, Role.SALES_HEAD, Role.ADMIN))
rules.add_perm("incentives.export_pay", has_role(Role.FINANCE, Role.ADMIN))
rules.add_perm("incentives.answer_disputes", has_role(Role.FINANCE, Role.SALES_HEAD, Role.ADMIN))
rules.add_perm("incentives.run_spiffs", has_role(Role.MARKETER, Role.SALES_HEAD, Role.ADMIN))


@rules.predicate
def did_not_write(user: Any, row: Any) -> bool:
    """Somebody else wrote it."""
    return row is not None and row.written_by_id != user.pk


rules.add_perm("incentives.start_pay_plan", has_role(Role.SALES_HEAD, Role.ADMIN) & did_not_write)


# --- data quality
@rules.predicate
def is_own(user: Any, row: Any) -> bool:
    """It is about this colleague."""
    return row is not None and row.user_id == user.pk


@rules.predicate
def leads_them(user: Any, row: Any) -> bool:
    """This colleague leads the team of whom it is about."""
    return (
        row is not None and row.user is not None and row.user.team is not None and (row.user.team.manager_id == user.pk)
    )


OVERSEERS = (Role.MARKETER, Role.SALES_HEAD, Role.ADMIN)
rules.add_perm("incentives.see_quality", has_role(*(role for role in Role if role != Role.JUDGE)))
rules.add_perm("incentives.see_exceptions", has_role(*OVERSEERS, Role.MANAGER))
rules.add_perm("incentives.excuse_fault", (has_role(*OVERSEERS) | leads_them) & ~is_own)


# --- activity
@rules.predicate
def is_own_proof(user: Any, proof: Any) -> bool:
    """It proves what this colleague did."""
    return proof is not None and proof.reward.user_id == user.pk


@rules.predicate
def leads_author(user: Any, proof: Any) -> bool:
    """This colleague leads the team of who did it."""
    team = proof.reward.user.team if proof is not None else None
    return team is not None and team.manager_id == user.pk


rules.add_perm("incentives.judge_proofs", (has_role(*OVERSEERS) | leads_author) & ~is_own_proof)
rules.add_perm("incentives.ask_to_present", has_role(Role.EXECUTIVE, Role.SALES_HEAD) & ~is_own)
rules.add_perm("incentives.run_charity", has_role(Role.MARKETER, Role.ADMIN))
rules.add_perm("incentives.sign_off_charity", has_role(Role.LEGAL))
