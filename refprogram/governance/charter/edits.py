"""What the edits of a version of the charter are called: its words, and its parts as they came, changed and went."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter.models import CharterQuestion, CharterVersion, PlanStep, RoadMark, ScopeLine
from refprogram.governance.charter.models import Part as VersionPart
from refprogram.governance.charter.selectors import visible_to
from refprogram.kernel.edit_history.nouns import EditNoun, Part, copies_of
from refprogram.people.models import User


def _drafts(user: User) -> QuerySet[CharterVersion]:
    """Who may read a version may not read how it came about: that is for who runs or backs the program."""
    rows = visible_to(user)
    return rows if user.has_perm("governance.see_charter_drafts") else rows.none()


def _rows_of(model: type[VersionPart]) -> Callable[[CharterVersion], Any]:
    """Return what finds the keys of a version's parts, those that were taken out among them."""

    def keys(version: CharterVersion) -> Any:
        rows: Any = model._default_manager
        there = rows.filter(version=version.pk).values_list("pk")
        return copies_of(model)._default_manager.filter(version=version.pk).values_list("pgh_obj_id").union(there)

    return lambda version: [key for (key,) in keys(version)]


CHARTER = EditNoun(
    title=_("Charter"),
    path="/charters",
    visible=_drafts,
    parts=(
        Part(
            CharterVersion,
            words={
                "mission": _("Mission"),
                "short_strategy": _("Short strategy"),
                "long_strategy": _("Long strategy"),
                "starts_on": _("The plan begins in"),
                "consult_until": _("Opinions until"),
            },
        ),
        Part(
            ScopeLine,
            rows=_rows_of(ScopeLine),
            named_by="name",
            words={
                "inside": _("Is it ours?"),
                "name": _("Kind of work"),
                "kind": _("Kind in the register of work"),
                "words": _("Words by which a request of it is known"),
                "hours": _("Working hours for one"),
                "because": _("Why, or under which condition"),
                "redirect_to": _("Who can help instead"),
            },
            silent=("version",),
        ),
        Part(
            RoadMark,
            rows=_rows_of(RoadMark),
            named_by="name",
            words={
                "horizon": _("Of which strategy"),
                "kind": _("What it is"),
                "name": _("Mark of the road"),
                "month": _("To be reached in"),
                "reached_on": _("Reached"),
            },
            silent=("version",),
        ),
        Part(
            PlanStep,
            rows=_rows_of(PlanStep),
            named_by="name",
            words={
                "month": _("Month"),
                "name": _("Step of the plan"),
                "owner": _("Who sees to it"),
                "done_on": _("Done"),
            },
            silent=("version",),
        ),
        Part(
            CharterQuestion,
            rows=_rows_of(CharterQuestion),
            named_by="text",
            words={
                "text": _("Question"),
                "right": _("Right answer"),
                "wrong": _("Wrong answers"),
                "sentence": _("What the charter says about it"),
            },
            silent=("version",),
        ),
    ),
)
