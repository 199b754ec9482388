"""What the edits of rounds and judges are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.judging.selectors import running as selectors
from awards.models import Conflict, Criterion, Judge, Round
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _rounds(user: Any) -> Any:
    return selectors.visible_rounds(user)


def _judges(user: Any) -> Any:
    return selectors.visible_judges(user)


def _criteria(round_: Round) -> Any:
    return Criterion.objects.filter(round=round_).values_list("pk", flat=True)


def _ties(judge: Judge) -> Any:
    return Conflict.objects.filter(judge=judge).values_list("pk", flat=True)


ROUND = EditNoun(
    title=_("Round"),
    path="/rounds",
    visible=_rounds,
    parts=(
        Part(
            Round,
            words={
                "name": _("Name"),
                "number": _("Number"),
                "mode": _("How it judges"),
                "opens_at": _("Begins"),
                "closes_at": _("Ends"),
                "hard_close_at": _("Takes nothing after"),
                "blindness": _("Who entered"),
                "peers": _("Judges see of each other"),
                "per_entry": _("Judges for each entry"),
                "min_ballots": _("Ballots for an adjusted score"),
                "min_customers": _("Customers among them"),
                "min_independent": _("Independent ones among them"),
                "anchors": _("Calibration entries"),
                "adjust": _("Correct for harsh and generous judges"),
                "advance_top": _("So many go on"),
                "advance_score": _("At least this score"),
                "comment_extremes": _("Extreme levels need a word why"),
                "seed": _("Seed"),
                "released_at": _("Begun"),
                "closed_at": _("Closed"),
            },
            silent=("contest",),
        ),
        Part(
            Criterion,
            rows=_criteria,
            named_by="name",
            words={
                "name": _("What is scored"),
                "description": _("Question"),
                "category": _("Only in"),
                "weight": _("Weight"),
                "lo": _("Lowest level"),
                "hi": _("Highest level"),
                "levels": _("What each level means"),
                "required": _("Every ballot scores it"),
                "allow_na": _("“Does not apply” is allowed"),
                "tie_rank": _("Breaks ties as number"),
                "position": _("Place in the list"),
            },
            silent=("round",),
        ),
    ),
)
JUDGE = EditNoun(
    title=_("Judge"),
    path="/judges",
    visible=_judges,
    parts=(
        Part(
            Judge,
            words={
                "kind": _("As"),
                "state": _("State"),
                "bio": _("Who they are"),
                "organisation": _("Works at"),
                "load_cap": _("Takes"),
                "expertise": _("Knows"),
                "public": _("Named on the public site"),
                "invited_by": _("Asked by"),
                "suggests": _("Suggests"),
                "nda_version": _("Version of the statement"),
                "ties": _("Companies they are tied to"),
                "reason": _("Reason"),
                "number": _("Number"),
            },
            silent=("contest", "person", "reminded_at"),
        ),
        Part(
            Conflict,
            rows=_ties,
            named_by="entry",
            words={
                "kind": _("Tie"),
                "source": _("Who says so"),
                "status": _("Whether it binds"),
                "pinned": _("Set by hand"),
                "reason": _("Reason"),
            },
            silent=("judge", "entry"),
        ),
    ),
)
