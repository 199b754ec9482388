"""What can be done in judging: rounds and criteria, the panel, ties, work given and taken, ballots, corrections."""

from awards.judging.services.assigning import (
    assign_by_hand,
    decline_work,
    free_entry,
    give,
    give_anchors,
    open_assignment,
    recuse,
    take_from,
)
from awards.judging.services.ballots import Given, Word, save_ballot, submit_ballot
from awards.judging.services.conflicts import (
    clear_conflict,
    confirm_conflict,
    declare_conflict,
    detect_conflicts,
    set_conflict,
)
from awards.judging.services.correcting import ask_void, keep_ballot, reopen_ballot, void_ballot
from awards.judging.services.doors import (
    by_link,
    door_address,
    enter,
    invitation_address,
    mail_door,
    mail_doors_to,
    withdraw_links,
    withdraw_links_by_hand,
)
from awards.judging.services.ordering_entries import rank_entries
from awards.judging.services.pairs import compare, finish_pairs, undo_comparison
from awards.judging.services.panel import (
    accept,
    change_judge,
    decline,
    expire,
    invite_judge,
    onboard,
    person_for,
    remove_judge,
    withdraw_judge,
)
from awards.judging.services.rounds import (
    add_criterion,
    add_round,
    change_criterion,
    change_round,
    first_round,
    remove_criterion,
)
from awards.judging.services.running import begin_judging, close_by_the_clock, close_round


__all__ = [
    "Given",
    "Word",
    "accept",
    "add_criterion",
    "add_round",
    "ask_void",
    "assign_by_hand",
    "begin_judging",
    "by_link",
    "change_criterion",
    "change_judge",
    "change_round",
    "clear_conflict",
    "close_by_the_clock",
    "close_round",
    "compare",
    "confirm_conflict",
    "declare_conflict",
    "decline",
    "decline_work",
    "detect_conflicts",
    "door_address",
    "enter",
    "expire",
    "finish_pairs",
    "free_entry",
    "first_round",
    "give",
    "give_anchors",
    "invitation_address",
    "invite_judge",
    "keep_ballot",
    "mail_door",
    "mail_doors_to",
    "onboard",
    "open_assignment",
    "person_for",
    "rank_entries",
    "recuse",
    "remove_criterion",
    "remove_judge",
    "reopen_ballot",
    "save_ballot",
    "set_conflict",
    "submit_ballot",
    "take_from",
    "undo_comparison",
    "void_ballot",
    "withdraw_judge",
    "withdraw_links",
    "withdraw_links_by_hand",
]
