"""What can be done with entries: begun, written, approved, handed in, screened, judged, closed."""

from awards.entries.services.agreeing import begin_use, decline_use, end_use, follow_revoked, follow_terms
from awards.entries.services.beginning import add_anchor, begin, re_enter
from awards.entries.services.handing_in import problems, submit, take_back
from awards.entries.services.identifying import claimed, say_it_is_another, say_it_is_them
from awards.entries.services.inviting import accept, decline, invite, lapse, propose, refuse
from awards.entries.services.judged import award_of, close_all, lock_for_judging, unredacted
from awards.entries.services.redacting import hide, mark_redacted, show_again
from awards.entries.services.reminding import ask_about_vote, lapse_invites, remind_drafts, remind_invites
from awards.entries.services.screening import (
    disqualify,
    extend,
    keep_in,
    look_again,
    mark_duplicate,
    screen,
    waits_for_second,
    withdraw,
)
from awards.entries.services.strangers import ask_for_link, begin_by_mail
from awards.entries.services.writing import (
    Typed,
    add_helper,
    approvals_missing,
    approve,
    keep_proof,
    remove_helper,
    request_approval,
    save,
    send_back,
    write_on,
)
from refprogram.kernel.form_builder.services import StaleDraft

__all__ = [
    "StaleDraft",
    "Typed",
    "accept",
    "add_anchor",
    "add_helper",
    "approvals_missing",
    "approve",
    "ask_about_vote",
    "ask_for_link",
    "award_of",
    "begin",
    "begin_by_mail",
    "begin_use",
    "claimed",
    "close_all",
    "decline",
    "decline_use",
    "disqualify",
    "end_use",
    "extend",
    "follow_revoked",
    "follow_terms",
    "hide",
    "invite",
    "keep_in",
    "keep_proof",
    "lapse",
    "lapse_invites",
    "lock_for_judging",
    "look_again",
    "mark_duplicate",
    "mark_redacted",
    "problems",
    "propose",
    "re_enter",
    "refuse",
    "remind_drafts",
    "remind_invites",
    "remove_helper",
    "request_approval",
    "save",
    "say_it_is_another",
    "say_it_is_them",
    "screen",
    "send_back",
    "show_again",
    "submit",
    "take_back",
    "unredacted",
    "waits_for_second",
    "withdraw",
    "write_on",
]
