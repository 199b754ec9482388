"""What must always be true of judging; `manage.py verify` asks."""

from collections.abc import Iterator

from refprogram.kernel.proofs import Proof, by_query

WORK = "place_id, contest_id, category_id, round_number, stands, eligible, judged, held, scored, given, done"


def proofs() -> Iterator[Proof]:
    """Ballots say what counts, and the figures of the pages are those of the rows."""
    yield from _ballots()
    kept, said = (f"SELECT {WORK} FROM awards_placework{which}" for which in ("", "_said"))  # noqa: S608 - ours
    yield by_query(
        "what is kept of the work on each entry is what entries and assignments say",
        f"(SELECT 'kept' AS row, wrong.* FROM ({kept} EXCEPT {said}) wrong)"  # noqa: S608 - ours
        f" UNION ALL (SELECT 'missing' AS row, wrong.* FROM ({said} EXCEPT {kept}) wrong)",
    )


def _ballots() -> Iterator[Proof]:
    """Nobody holds what a tie forbids; what counts was sent and says what it has to; one contest in each row."""
    yield by_query(
        "nobody judges an entry that they have a tie to",
        "SELECT a.public_id AS assignment FROM awards_assignment a JOIN awards_categoryentry p ON p.id = a.place_id"
        " JOIN awards_conflict c ON c.judge_id = a.judge_id AND c.entry_id = p.entry_id AND c.status = 'confirmed'"
        " WHERE a.state IN ('released', 'opened', 'in_progress', 'submitted', 'locked')",
    )
    yield by_query(
        "judge, entry and round of a piece of work belong to one contest",
        "SELECT a.public_id AS assignment FROM awards_assignment a JOIN awards_round r ON r.id = a.round_id"
        " JOIN awards_judge j ON j.id = a.judge_id JOIN awards_categoryentry p ON p.id = a.place_id"
        " JOIN awards_contestentry e ON e.id = p.entry_id"
        " WHERE j.contest_id <> r.contest_id OR e.contest_id <> r.contest_id",
    )
    yield by_query(
        "a score lies on the scale of its criterion",
        "SELECT s.id AS score FROM awards_score s JOIN awards_criterion c ON c.id = s.criterion_id"
        " WHERE s.value IS NOT NULL AND (s.value < c.lo OR s.value > c.hi)",
    )
    yield by_query(
        "the total of a ballot that counts is the weighted mean of its scores",
        "SELECT b.public_id AS ballot FROM awards_ballot b JOIN awards_assignment a ON a.id = b.assignment_id"
        " JOIN awards_round r ON r.id = a.round_id AND r.mode = 'rubric' JOIN LATERAL"
        " (SELECT sum(c.weight * (s.value - c.lo) / (c.hi - c.lo)) / nullif(sum(c.weight), 0) * 100 AS mean"
        " FROM awards_score s JOIN awards_criterion c ON c.id = s.criterion_id"
        " WHERE s.ballot_id = b.id AND s.value IS NOT NULL) t ON TRUE"
        " WHERE b.state IN ('submitted', 'locked') AND (b.total IS NULL) <> (t.mean IS NULL)"
        " OR b.state IN ('submitted', 'locked') AND abs(b.total - t.mean) > 0.000002",
    )
    yield by_query(
        "what is scored has a ballot that counts, except in pairs",
        "SELECT a.public_id AS assignment FROM awards_assignment a JOIN awards_round r ON r.id = a.round_id"
        " WHERE a.state IN ('submitted', 'locked') AND r.mode <> 'pairwise' AND NOT EXISTS"
        " (SELECT 1 FROM awards_ballot b WHERE b.assignment_id = a.id AND b.current"
        " AND b.state IN ('submitted', 'locked'))",
    )
    yield by_query(
        "who sees entries has signed first",
        "SELECT j.public_id AS judge FROM awards_judge j WHERE j.nda_at IS NULL AND EXISTS"
        " (SELECT 1 FROM awards_ballot b JOIN awards_assignment a ON a.id = b.assignment_id WHERE a.judge_id = j.id)",
    )
