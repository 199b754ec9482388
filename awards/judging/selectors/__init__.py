"""Reading judging. What judges see: `work`; what who runs a contest sees: `running`; what results read: `counted`."""

from awards.judging.selectors.counted import BallotRow, ballots_of, blocked_pairs
from awards.judging.selectors.labels import (
    assignment_labels,
    ballot_labels,
    conflict_labels,
    criterion_labels,
    judge_labels,
    round_labels,
)

__all__ = [
    "BallotRow",
    "assignment_labels",
    "ballot_labels",
    "ballots_of",
    "blocked_pairs",
    "conflict_labels",
    "criterion_labels",
    "judge_labels",
    "round_labels",
]
