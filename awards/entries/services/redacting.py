"""What blind judges must not learn: passages and attachments that a screener hides, and the note that all is done."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.entries import redacting, selectors
from awards.entries.enums import EntryState
from awards.entries.models import ContestEntry
from awards.entries.services.locks import demand_no_part, lock_entry, tell_stream, wrong
from refprogram.kernel.errors import IllegalMove
from refprogram.people.models import User

# From the moment it is handed in until judging is over: a name that was missed is hidden at once.
HIDES: Final = (EntryState.SUBMITTED, EntryState.SCREENING, EntryState.ELIGIBLE, EntryState.LOCKED)


@transaction.atomic
def mark_redacted(*, entry: ContestEntry, by: User, done: bool = True) -> ContestEntry:
    """Note that somebody read it and blind judges learn no name from it; or that it is not so after all."""
    row = _held(entry, by)
    row.redacted_at = timezone.now() if done else None
    row.save(update_fields=["redacted_at"])
    tell_stream("entry.redacted", row, by, done=done)
    return row


@transaction.atomic
def hide(*, entry: ContestEntry, by: User, words: str = "", file: str = "") -> ContestEntry:
    """Hide a passage, wherever it stands, or an attachment from blind judges; twice is once."""
    row = _held(entry, by)
    said, _specs = selectors.said(row)
    if file:
        if file not in said["files"]:
            raise wrong(_("This entry has no such attachment."), "file")
        if file in row.hidden_files:
            return row
        row.hidden_files = [*row.hidden_files, file]
    else:
        passage = _passage(row, words)
        if passage in row.hidden_words:
            return row
        if not redacting.stands_in(said, passage):
            raise wrong(_("These words do not stand in the entry. Copy them exactly."), "words")
        row.hidden_words = [*row.hidden_words, passage]
    row.save(update_fields=["hidden_words", "hidden_files"])
    tell_stream("entry.hidden", row, by)
    return row


def _passage(row: ContestEntry, words: str) -> str:
    passage = " ".join(words.replace("\x00", "").split())
    if len(passage) < redacting.SHORTEST:
        raise wrong(_("Choose the words that judges must not read."), "words")
    if len(passage) > redacting.LONGEST:
        raise wrong(_("At most %(n)d letters at a time.") % {"n": redacting.LONGEST}, "words")
    if len(row.hidden_words) >= redacting.MOST:
        raise wrong(_("So much is hidden that the entry should go back to its author."), "words")
    return passage


@transaction.atomic
def show_again(*, entry: ContestEntry, by: User, words: str = "", file: str = "") -> ContestEntry:
    """Let blind judges read a passage or attachment after all; whoever said that it is done has to look again."""
    row = _held(entry, by)
    if words not in row.hidden_words and file not in row.hidden_files:
        return row
    row.hidden_words = [one for one in row.hidden_words if one != words]
    row.hidden_files = [one for one in row.hidden_files if one != file]
    row.redacted_at = None
    row.save(update_fields=["hidden_words", "hidden_files", "redacted_at"])
    tell_stream("entry.shown_again", row, by)
    return row


def _held(entry: ContestEntry, by: User) -> ContestEntry:
    row = lock_entry(entry.pk)
    if row.state not in HIDES or row.anchor:
        raise IllegalMove(_("entry"), row.get_state_display())
    demand_no_part(row, by)
    return row
