"""What can be done with stories and everything else that is made with customers: the verbs of this room.

For rooms above: `draft_story` begins one from what they have (an entry to a contest); it needs consent by
`references.consents.services.record_terms` before anything of it is shown.
"""

from references.content.services.boards import (
    add_to_board,
    address_of,
    close_board,
    count_look,
    make_board,
    remove_from_board,
    token_of,
)
from references.content.services.claims import add_claim, check_claim, is_proved, remove_claim
from references.content.services.costs import book_cost, drop_cost, plan_cost
from references.content.services.drafting import (
    add_need,
    draft_story,
    edit_asset,
    open_asset,
    remove_need,
    remove_part,
    save_part,
    save_version,
)
from references.content.services.pipeline import (
    BY_HAND,
    advance,
    ask_legal,
    call_for_refresh,
    decide_on_asset,
    missing_for,
    needs_legal,
    refreshed,
)
from references.content.services.placing import (
    call_down,
    note_down,
    place,
    put_back,
    take_down_for,
    take_down_lapsed,
    without_consent,
)
from references.content.services.reviewing import Said, answer_review, ask_customer
from references.content.services.words import remove_synonyms, save_synonyms

__all__ = [
    "BY_HAND",
    "Said",
    "add_claim",
    "add_need",
    "add_to_board",
    "address_of",
    "advance",
    "answer_review",
    "ask_customer",
    "ask_legal",
    "book_cost",
    "call_down",
    "call_for_refresh",
    "check_claim",
    "close_board",
    "count_look",
    "decide_on_asset",
    "draft_story",
    "drop_cost",
    "edit_asset",
    "is_proved",
    "make_board",
    "missing_for",
    "needs_legal",
    "note_down",
    "open_asset",
    "place",
    "plan_cost",
    "put_back",
    "refreshed",
    "remove_claim",
    "remove_from_board",
    "remove_need",
    "remove_part",
    "remove_synonyms",
    "save_part",
    "save_synonyms",
    "save_version",
    "take_down_for",
    "take_down_lapsed",
    "token_of",
    "without_consent",
]
