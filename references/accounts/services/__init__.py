"""What can be done with accounts, their people and their goodwill: the verbs of this room."""

from references.accounts.services.asks import (
    book_ask,
    decline_ask,
    demand_may_write,
    measure_ask,
    move_ask,
    release_ask,
    reserve_ask,
    spend_ask,
)
from references.accounts.services.attesting import Attest, Attested, attest
from references.accounts.services.checks import (
    ask_many_still_true,
    ask_still_true,
    confirm_still_true,
    deny_still_true,
)
from references.accounts.services.consents import record_consent, revoke_consent, write_consent
from references.accounts.services.freezes import freeze, freeze_many, lift_freeze, pause, resume
from references.accounts.services.leaving import (
    ACCOUNT_BY_HAND,
    BY_HAND,
    bar_account,
    bar_many,
    look_again,
    note_step,
    retire_account,
    retire_many,
)
from references.accounts.services.membership import (
    accept_invitation,
    contact_left,
    decline_invitation,
    invite_to_program,
    withdraw_invitation,
)
from references.accounts.services.records import (
    add_contact,
    edit_account,
    edit_contact,
    edit_opportunity,
    open_account,
    open_opportunity,
)

__all__ = [
    "ACCOUNT_BY_HAND",
    "BY_HAND",
    "Attest",
    "Attested",
    "accept_invitation",
    "add_contact",
    "ask_many_still_true",
    "ask_still_true",
    "attest",
    "bar_account",
    "bar_many",
    "book_ask",
    "confirm_still_true",
    "contact_left",
    "decline_ask",
    "decline_invitation",
    "demand_may_write",
    "deny_still_true",
    "edit_account",
    "edit_contact",
    "edit_opportunity",
    "freeze",
    "freeze_many",
    "invite_to_program",
    "lift_freeze",
    "look_again",
    "measure_ask",
    "move_ask",
    "note_step",
    "open_account",
    "open_opportunity",
    "pause",
    "record_consent",
    "release_ask",
    "reserve_ask",
    "resume",
    "retire_account",
    "retire_many",
    "revoke_consent",
    "spend_ask",
    "withdraw_invitation",
    "write_consent",
]
