"""What scripts say, in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.html import json_script
from django.utils.translation import gettext

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@lru_cache(maxsize=32)
def scripts_say(language: str | None) -> SafeString:
    """What scripts say, in the reader's language, as a data block (which no content policy forbids)."""
    del language  # only the cache's key: gettext reads the active one
    words = {
        "roomLeft": gettext("{n} characters left"),
        "tooLong": gettext("{n} characters too many"),
        "offline": gettext("You are offline. What you write stays in this browser until you are back."),
        "online": gettext("You are online again."),
        "close": gettext("Close"),
        "undo": gettext("Undo"),
        "undone": gettext("Undone."),
        "again": gettext("Try again"),
        "reload": gettext("Load the page again"),
        "failed": gettext("That did not work, and nothing was changed."),
        "forbidden": gettext("You may not do this. Nothing was changed."),
        "gone": gettext("This is no longer there. Somebody may have moved or removed it."),
        "conflict": gettext("Somebody else was quicker. Load the page again to see how it stands now."),
        "busy": gettext("Too many requests at once. Wait a moment, then try again."),
        "network": gettext("The server could not be reached. What you wrote is still here."),
        "reference": gettext("Reference for support: {id}"),
        "selected": gettext("{n} selected"),
        "draft": gettext("Your draft from {when} is back."),
        "discard": gettext("Discard it"),
        "saved": gettext("Draft kept in this browser"),
        "searching": gettext("Searching"),
        "nothing": gettext("Nothing found"),
        "type": gettext("Type to search"),
        "add": gettext("Add"),
        "sure": gettext("Are you sure?"),
        "cancel": gettext("Cancel"),
        "go": gettext("Go ahead"),
        "working": gettext("Working"),
    }
    return json_script(words, "rp-words")
