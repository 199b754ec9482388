"""Words and lines of the judging pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.entries import content
from awards.judging.enums import AssignmentState, BallotState, ConflictStatus, JudgeState
from awards.judging.services.ballots import Given
from awards.models import Assignment, Ballot, Criterion, Judge, Score
from refprogram.kernel import tables
from refprogram.kernel.addresses import address

JUDGES = {
    JudgeState.SUGGESTED: tables.Pill(gettext_lazy("Suggested"), ""),
    JudgeState.INVITED: tables.Pill(gettext_lazy("Invited"), "wait"),
    JudgeState.ACCEPTED: tables.Pill(gettext_lazy("Papers missing"), "wait"),
    JudgeState.ONBOARDED: tables.Pill(gettext_lazy("Ready"), "ok"),
    JudgeState.ACTIVE: tables.Pill(gettext_lazy("Judging"), "info"),
    JudgeState.COMPLETED: tables.Pill(gettext_lazy("Finished"), "ok"),
    JudgeState.DECLINED: tables.Pill(gettext_lazy("Declined"), "stop"),
    JudgeState.EXPIRED: tables.Pill(gettext_lazy("No answer"), "rest"),
    JudgeState.WITHDRAWN: tables.Pill(gettext_lazy("Withdrew"), "stop"),
    JudgeState.REMOVED: tables.Pill(gettext_lazy("Removed"), "stop"),
}
WORK = {
    AssignmentState.PROPOSED: tables.Pill(gettext_lazy("Proposed"), ""),
    AssignmentState.RELEASED: tables.Pill(gettext_lazy("To score"), "wait"),
    AssignmentState.OPENED: tables.Pill(gettext_lazy("Opened"), "wait"),
    AssignmentState.IN_PROGRESS: tables.Pill(gettext_lazy("Begun"), "info"),
    AssignmentState.SUBMITTED: tables.Pill(gettext_lazy("Scored"), "ok"),
    AssignmentState.LOCKED: tables.Pill(gettext_lazy("Locked"), "ok"),
    AssignmentState.RECUSED: tables.Pill(gettext_lazy("Recused"), "stop"),
    AssignmentState.DECLINED: tables.Pill(gettext_lazy("Given back"), "rest"),
    AssignmentState.REASSIGNED: tables.Pill(gettext_lazy("Given to another"), "rest"),
    AssignmentState.LAPSED: tables.Pill(gettext_lazy("Not scored"), "stop"),
}
BALLOTS = {
    BallotState.DRAFT: tables.Pill(gettext_lazy("Opened again"), "wait"),
    BallotState.SUBMITTED: tables.Pill(gettext_lazy("Counts"), "ok"),
    BallotState.LOCKED: tables.Pill(gettext_lazy("Counts"), "ok"),
    BallotState.REPLACED: tables.Pill(gettext_lazy("Replaced"), ""),
    BallotState.VOIDED: tables.Pill(gettext_lazy("Does not count"), "stop"),
}
TIES = {
    ConflictStatus.CONFIRMED: tables.Pill(gettext_lazy("Binds"), "stop"),
    ConflictStatus.CLEARED: tables.Pill(gettext_lazy("Cleared"), "ok"),
}


CERTIFIED = (ContestState.DECIDED, *AFTER_PUBLICATION)


@dataclass(frozen=True)
class Line:
    """One criterion on a scoring page. `share` is its part of the score in percent; `levels` are (level, words)."""

    criterion: Criterion
    share: int
    levels: list[tuple[int, str]]
    value: int | None
    na: bool
    comment: str
    error: str

    @property
    def name(self) -> str:
        """The name of its controls."""
        return f"c-{self.criterion.public_id}"

    @property
    def words(self) -> str:
        """What the chosen level means."""
        return next((text for level, text in self.levels if level == self.value), "")

    @property
    def many(self) -> bool:
        """Whether the levels need more than one row on a phone."""
        return len(self.levels) > 6


def lines_of(
    criteria: Iterable[Criterion], given: dict[str, Given], errors: dict[str, str] | None = None
) -> list[Line]:
    """Return the criteria as the page draws them."""
    rows = list(criteria)
    weights = sum(row.weight for row in rows) or 1
    lines = []
    for row in rows:
        said = given.get(row.public_id, Given())
        lines.append(
            Line(
                criterion=row,
                share=round(100 * row.weight / weights),
                levels=[(level, row.levels.get(str(level), "")) for level in range(row.lo, row.hi + 1)],
                value=said.value,
                na=said.na,
                comment=said.comment,
                error=(errors or {}).get(row.public_id, ""),
            )
        )
    return lines


def guide_lines(criteria: Iterable[Criterion]) -> list[Line]:
    """Return the criteria for the guide."""
    return lines_of(criteria, {})


def given_by(scores: Iterable[Score], criteria: Iterable[Criterion]) -> dict[str, Given]:
    """Return what scores say, by the public id of the criterion."""
    keys = {row.pk: row.public_id for row in criteria}
    return {
        keys[one.criterion_id]: Given(int(one.value) if one.value is not None else None, one.na, one.comment)
        for one in scores
        if one.criterion_id in keys
    }


def title_of(row: Assignment, *, blind: bool) -> str:
    """Return how an entry is called in a judge's list: where names are hidden, with every telling name masked."""
    entry = row.place.entry
    if not blind or entry.anchor:
        return entry.title or entry.code
    return str(content.mask_of(entry).over(entry.title)) or entry.code


def tabs_of(judge: Judge, here: str) -> list[dict[str, Any]]:
    """Return the places of the room; how strict they were, once results are certified."""
    places = [
        ("room", _("Entries"), "awards:judging-room"),
        ("compare", _("Compare"), "awards:judging-compare"),
        ("receipt", _("Recorded"), "awards:judging-receipt"),
        ("guide", _("Guide"), "awards:judging-guide"),
        ("papers", _("Ties"), "awards:judging-papers"),
        ("me", _("About me"), "awards:judging-me"),
    ]
    if judge.contest.state in CERTIFIED:
        places.insert(-1, ("leaning", _("How strict"), "awards:judging-leaning"))
    return [
        {"name": name, "url": address(url, judge.public_id), "current": key == here, "count": None}
        for key, name, url in places
    ]


def line_of(judge: Judge) -> str:
    """Return one line on where somebody stands in a contest."""
    return str(JUDGES[JudgeState(judge.state)].word)


def version_of(ballot: Ballot) -> dict[str, Any]:
    """Return one version of a ballot as the page of its work lists it."""
    voided = ballot.state == BallotState.VOIDED
    return {
        "ballot": ballot,
        "pill": BALLOTS[BallotState(ballot.state)],
        "minutes": taken(ballot)[1] if ballot.submitted_at is not None else "",
        "asked_by": ballot.void_asked_by.name if ballot.void_asked_by is not None else "",
        "voided_by": ballot.voided_by.name if voided and ballot.voided_by is not None else "",
    }


def taken(ballot: Ballot | None) -> tuple[Ballot | None, str]:
    """Return a ballot with how long it took, in words."""
    if ballot is None:
        return None, ""
    minutes = max(1, round(ballot.active_seconds / 60))
    return ballot, ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
