"""What the edits of entries and invitations are called; what a draft says is in no history of ours."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.entries import selectors
from awards.entries.models import ContestEntry, EntryInvite
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _does_not_screen(user: Any, entry: Any) -> bool:
    return not user.has_perm("awards.screen_entries", entry.contest)


_SCREENING = (
    *("reason", "reason_codes", "screened_by", "second_opinion_by", "disqualify_asked_by", "redacted_at"),
    *("duplicate_of", "extension_reason", "extended_by"),
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
                "duplicate_of": _("Says the same as"),
                "entered_before": _("Entered before"),
            },
            hidden=dict.fromkeys(_SCREENING, _does_not_screen),
        ),
    ),
)
INVITE = EditNoun(
    title=_("Invitation"),
    path="/invites",
    visible=selectors.invites_visible_to,
    parts=(Part(EntryInvite, words={"proposed_by": _("Proposed by"), "note": _("What they achieved")}),),
)
