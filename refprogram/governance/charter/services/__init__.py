"""The verbs of the charter."""

from refprogram.governance.charter.services.acknowledging import acknowledge
from refprogram.governance.charter.services.parts import add_part, change_part, mark_done, remove_part
from refprogram.governance.charter.services.sharing import address_of, make_link, opened, withdraw_link
from refprogram.governance.charter.services.versions import (
    TEXTS,
    approve_asked,
    ask_approval,
    begin_draft,
    comment,
    consult,
    decline_asked,
    publish,
    return_to_draft,
    write,
)

__all__ = [
    "TEXTS",
    "acknowledge",
    "add_part",
    "address_of",
    "approve_asked",
    "ask_approval",
    "begin_draft",
    "change_part",
    "comment",
    "consult",
    "decline_asked",
    "make_link",
    "mark_done",
    "opened",
    "publish",
    "remove_part",
    "return_to_draft",
    "withdraw_link",
    "write",
]
