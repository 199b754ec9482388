"""What the edits of nominations are called, and which of them only screeners read."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from nominations import selectors
from nominations.models import Nomination
from references.accounts import selectors as accounts
from references.accounts import shown
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _activities(slugs: Iterable[str]) -> str:
    return shown.activity_names(slugs, {kind.slug: kind.name for kind in accounts.activity_types()})


def _is_no_screener(user: Any, _nomination: Any) -> bool:
    return not user.has_perm("nominations.screen")


NOMINATION = EditNoun(
    title=_("Nomination"),
    path="/nominations",
    visible=selectors.visible_to,
    custom="nomination",
    parts=(
        Part(
            Nomination,
            words={
                "contact": _("Who would speak"),
                "activities": _("What for"),
                "why": _("Why"),
                "owner_asked": _("Owner asked"),
                "owner_answer": _("The owner says"),
                "owner_note": _("The owner’s words"),
                "score_relationship": _("Score: relationship"),
                "score_results": _("Score: results"),
                "score_fit": _("Score: fit"),
                "decided_by": _("Decided by"),
                "revisit_on": _("Comes back on"),
            },
            hidden=dict.fromkeys(("score_relationship", "score_results", "score_fit"), _is_no_screener),
            say={"activities": _activities},
        ),
    ),
)
