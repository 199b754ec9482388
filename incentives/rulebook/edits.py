"""What the edits of rules are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from incentives.rulebook import selectors
from incentives.rulebook.definition import faults_of, read
from incentives.rulebook.models import Rule
from incentives.rulebook.sentences import sentence
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _in_words(kept: Any) -> str:
    return str(kept) if faults_of(kept) else sentence(read(kept))


RULE = EditNoun(
    title=_("Rule"),
    path="/rules",
    visible=selectors.rules_visible_to,
    parts=(
        Part(
            Rule,
            words={
                "definition": _("What it says"),
                "live_since": _("Live since"),
                "stopped_at": _("Stopped"),
                "changed_by": _("Last changed by"),
                "approved_by": _("Approved by"),
                "created_by": _("Written by"),
            },
            say={"definition": _in_words},
        ),
    ),
)
