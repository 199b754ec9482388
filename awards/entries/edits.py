"""What the edits of entries and invitations are called; what a draft says is in no history of ours."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards import visibility
from awards.entries import selectors
from awards.entries.models import ContestEntry, EntryInvite
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _does_not_screen(user: Any, entry: Any) -> bool:
    return not user.has_perm("awards.screen_entries", entry.contest)


def _does_not_read(user: Any, entry: Any) -> bool:
    """What was hidden is quoted from the entry: it is read by who reads the entry, and screens."""
    return _does_not_screen(user, entry) or not visibility.may_read(user, entry)


_SCREENING = (
    *("reason", "reason_codes", "screened_by", "second_opinion_by", "disqualify_asked_by", "redacted_at"),
    *("duplicate_of", "extension_reason", "extended_by", "says_it_is"),
)

ENTRY = EditNoun(
    title=_("Entry"),
    path="/entries",
    visible=selectors.visible_to,
    parts=(
        Part(
            ContestEntry,
            words={
                "contact": _("Who enters"),
                "says_it_is": _("May be the customer"),
                "owner": _("Written by"),
                "nominator": _("Brought by"),
                "extended_until": _("More time until"),
                "extension_reason": _("Why more time"),
                "fix_until": _("To be corrected until"),
                "reason": _("Why"),
                "reason_codes": _("Reasons"),
                "screened_by": _("Screened by"),
                "second_opinion_by": _("Second look by"),
                "disqualify_asked_by": _("Disqualification asked for by"),
                "redacted_at": _("Looked through for names"),
                "hidden_words": _("Hidden from blind judges"),
                "hidden_files": _("Attachments hidden from blind judges"),
                "duplicate_of": _("Says the same as"),
                "entered_before": _("Entered before"),
            },
            hidden={
                **dict.fromkeys(_SCREENING, _does_not_screen),
                **dict.fromkeys(("hidden_words", "hidden_files"), _does_not_read),
            },
        ),
    ),
)
INVITE = EditNoun(
    title=_("Invitation"),
    path="/invites",
    visible=selectors.invites_visible_to,
    parts=(Part(EntryInvite, words={"proposed_by": _("Proposed by"), "note": _("What they achieved")}),),
)
