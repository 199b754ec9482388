"""Who may, in this room: everybody signed in says what they have to say; its addressee and the program answer."""

import rules

from refprogram.governance.feedback.models import FieldNote
from refprogram.people.models import User
from refprogram.people.rules import runs_program


@rules.predicate
def sent(user: User, row: FieldNote | None) -> bool:
    """Whether they said it themselves."""
    return row is not None and row.sender_id == user.pk


@rules.predicate
def is_asked(user: User, row: FieldNote | None) -> bool:
    """Whether it went to them."""
    return row is not None and row.goes_to_id == user.pk


rules.add_perm("governance.give_feedback", rules.is_active)
rules.add_perm("governance.see_feedback", runs_program)
# Nobody answers themselves: the time until the answer is a promise to somebody else.
rules.add_perm("governance.reply_feedback", (runs_program | (rules.is_active & is_asked)) & ~sent)
rules.add_perm("governance.settle_feedback", rules.is_active & sent)
