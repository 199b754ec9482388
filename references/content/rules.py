"""Who may do what with stories, share pages and the usage register."""

import rules

from references.accounts.rules import has_overview, is_colleague, runs_the_program
from references.content.models import Asset, Board
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.rules import has_role

is_legal = has_role(Role.LEGAL)
shares_with_prospects = has_role(
    Role.REP, Role.SUPPORT, Role.MANAGER, Role.SALES_HEAD, Role.MARKETER, Role.EXECUTIVE, Role.ADMIN
)


@rules.predicate
def looks_after(user: User, asset: Asset | None) -> bool:
    """The colleague who looks after an asset, or after its customer."""
    return asset is not None and user.pk in {asset.owner_id, asset.account.owner_id, asset.account.csm_id}


@rules.predicate
def made_board(user: User, board: Board | None) -> bool:
    """Who made a share page."""
    return board is not None and board.made_by_id == user.pk


rules.add_perm("references.see_content", is_colleague)
rules.add_perm("references.see_making", has_overview | looks_after)
rules.add_perm("references.make_content", runs_the_program)
rules.add_perm("references.check_claims", runs_the_program | is_legal)
rules.add_perm("references.see_library", is_colleague)
rules.add_perm("references.edit_synonyms", runs_the_program)
rules.add_perm("references.share_content", shares_with_prospects)
rules.add_perm("references.change_board", made_board | runs_the_program)
rules.add_perm("references.see_placements", is_colleague)
rules.add_perm("references.place_content", runs_the_program)
rules.add_perm("references.take_down", runs_the_program | is_legal)
