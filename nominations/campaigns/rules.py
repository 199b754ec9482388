"""Who may do what with campaigns."""

import rules

from nominations.campaigns.models import Campaign, KickoffItem
from references.accounts.rules import has_overview, runs_the_program
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role


@rules.predicate
def is_sponsor(user: User, campaign: Campaign | None) -> bool:
    """The sponsor, in whose name the campaign asks."""
    return campaign is not None and campaign.sponsor_id == user.pk


@rules.predicate
def has_the_task(user: User, item: KickoffItem | None) -> bool:
    """Who is to settle a line of the checklist."""
    return item is not None and item.who_id == user.pk


rules.add_perm("nominations.run_campaigns", runs_the_program)
rules.add_perm("nominations.see_campaigns", has_overview | has_role(Role.MANAGER))
rules.add_perm("nominations.word_message", runs_the_program | is_sponsor)
rules.add_perm("nominations.settle_kickoff", runs_the_program | has_the_task)
