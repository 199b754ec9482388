"""Contests against the floor: their pages, and what is computed and divided, on the rows of `contest_rows`."""

import io
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.db import connection, transaction
from scipy import sparse
from scipy.sparse.linalg import spsolve

from awards.assignment import services as division
from awards.assignment.enums import RunKind
from awards.models import Assignment, Ballot, Contest, ContestEntry, Criterion, Judge, Round, TallyRun
from awards.results import services as results
from refprogram.people.models import User
from tests.bench import contest_rows
from tests.bench.contest_rows import NOW, OVER, SMALL
from tests.bench.pages import Case

JUDGE: Final = "judge@demo.example"
ROUNDS: Final = 5
PER_ENTRY: Final = 5
FETCH: Final = """
SELECT p.id, j.id, b.total FROM awards_ballot b JOIN awards_assignment a ON a.id = b.assignment_id
JOIN awards_categoryentry p ON p.id = a.place_id JOIN awards_judge j ON j.id = a.judge_id
JOIN awards_contestentry e ON e.id = p.entry_id
WHERE a.round_id = %s AND b.current AND b.state IN ('submitted', 'locked') AND a.state <> 'recused'
  AND j.state <> 'removed' AND e.state NOT IN ('withdrawn', 'disqualified')"""
FETCH_SCORES: Final = """
SELECT s.ballot_id, s.criterion_id, s.value FROM awards_score s JOIN awards_criterion c ON c.id = s.criterion_id
WHERE c.round_id = %s"""


def cases() -> list[Case]:
    """Return the pages of a contest of ten thousand entries: for who runs it, and for a judge."""
    contest_rows.fill()
    _compute()
    over, now = f"/contests/{OVER}/", f"/contests/{NOW}/"
    round_ = Round.objects.get(contest__slug=NOW)
    judge = Judge.objects.get(contest__slug=NOW, number=1)
    entry = ContestEntry.objects.filter(contest__slug=NOW).order_by("pk")[4]
    order = f"{over}results/field-1/"
    work = Assignment.objects.filter(judge=judge, round=round_, state="submitted").order_by("pk")[0]
    kept = Assignment.objects.filter(judge=judge, round=round_, state="released").order_by("-pk")[0]
    return [
        Case("contest, ranking of 50", order, 4, 8),
        Case("contest, ranking of 250", f"{order}?rows=250", 12, 8),
        Case("contest, method of a ranking", f"{order}method/", 4, 12),
        Case("contest, judging ends", over, 4, 12),
        Case("contest, judging goes on", now, 4, 12),
        Case("contest, entries", f"{now}entries/", 4, 8),
        Case("contest, entries searched", f"{now}entries/?q=nord", 4, 8),
        Case("contest, one entry", entry.get_absolute_url(), 3, 20),
        Case("contest, judging", f"{now}judging/", 4, 8),
        Case("contest, round", round_.get_absolute_url(), 4, 8),
        Case("contest, coverage", f"{round_.get_absolute_url()}coverage/", 4, 8),
        Case("contest, judges", f"{now}judges/", 4, 8),
        Case("contest, a judge", judge.get_absolute_url(), 4, 12),
        Case("contest, ties", f"{now}ties/", 4, 8),
        Case("contest, panels", f"{now}judging/panels/", 4, 8),
        Case("contest, judge's entries", f"/judging/{judge.public_id}/", 4, 8, who=JUDGE),
        Case("contest, scoring page", f"/judging/work/{work.public_id}/", 3, 12, who=JUDGE),
        Case("contest, ballot is kept", f"/judging/work/{kept.public_id}/", 3, 20, post=_kept, who=JUDGE),
        Case("contest, ballot is sent", "", 3, 25, post=_sent, fresh=_waiting(judge, round_).__next__, who=JUDGE),
    ]


def _compute() -> None:
    """Compute what the pages of results show."""
    contest = Contest.objects.get(slug=OVER)
    results.compute_all(contest=contest, by=User.objects.get(email="marketer@demo.example"))


def _kept() -> str:
    return f"act=save&keep=1&{_scores()}"


def _sent() -> str:
    return f"act=send&revision=0&{_scores()}"


_CRITERIA: dict[str, list[str]] = {}


def _scores() -> str:
    """Return a filled in form: the criteria of the round, each with a level, and a comment."""
    if NOW not in _CRITERIA:
        keys = Criterion.objects.filter(round__contest__slug=NOW).order_by("position")
        _CRITERIA[NOW] = list(keys.values_list("public_id", flat=True))
    levels = "&".join(f"c-{key}={2 + n % 3}" for n, key in enumerate(_CRITERIA[NOW]))
    return f"{levels}&comment=Clear+and+proved&tab=bench&seconds=40"


def _waiting(judge: Judge, round_: Round) -> Iterator[str]:
    """Yield pieces of work that wait for this judge; go round when all were used, with the ballots taken back."""
    rows = Assignment.objects.filter(judge=judge, round=round_, state="released").order_by("pk")
    ids = list(rows.values_list("pk", "public_id"))[:-1]  # the last is kept, not sent
    for number in itertools.count():
        pk, public_id = ids[number % len(ids)]
        if number >= len(ids):
            Ballot.objects.filter(assignment=pk).delete()
            Assignment.objects.filter(pk=pk).update(state="released")
        yield f"/judging/work/{public_id}/"


def rescoring() -> dict[str, Any]:
    """Return what it takes to compute all results of the big contest anew, and what the least of it would take.

    Seconds of processors: of this process and of its Postgres backend, the quietest of the rounds; others who work on
    the machine cost waiting, but hardly these. `x_floor_totals` is against a floor that reads the totals alone: the
    results, and what is frozen with them, also need each criterion's score.
    """
    contest = Contest.objects.get(slug=OVER)
    round_ = contest.rounds.get()
    by = User.objects.get(email="marketer@demo.example")
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: results.compute_all(contest=contest, by=by),
        "floor": lambda: _floor(round_, FETCH_SCORES),
        "totals": lambda: _floor(round_),
    }
    took = {name: [_anew(round_, act) for _round in range(ROUNDS)] for name, act in ways.items()}
    ours, floor, totals = (min(rounds, key=lambda one: one["cpu_seconds"]) for rounds in took.values())
    return {
        "entries": contest.entries.count(),
        "ballots": Ballot.objects.filter(assignment__round=round_).count(),
        **ours,
        "floor_cpu_seconds": floor["cpu_seconds"],
        "x_floor": round(ours["cpu_seconds"] / floor["cpu_seconds"], 1),
        "x_floor_totals": round(ours["cpu_seconds"] / totals["cpu_seconds"], 1),
        "goal": 2,
    }


def _anew(round_: Round, act: Callable[[], object]) -> dict[str, float]:
    """Do it as if nothing had been computed, with all that Postgres checks at the end, and take it back."""
    with transaction.atomic():
        TallyRun.objects.filter(round=round_).update(state="superseded")
        with connection.cursor() as cursor:  # the ballots are kept, as the first time
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE awards_ballotset SET digest = md5(digest) WHERE round_id = %s", [round_.pk])
            cursor.execute("DELETE FROM awards_tallyrow")
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        took = _timed(lambda: (act(), _checked()))
        transaction.set_rollback(True)
    return took


def _checked() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _floor(round_: Round, *more: str) -> None:
    """Fetch, solve the sparse normal equations of entries and judges, write a line for each entry: nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(FETCH, [round_.pk])
        given = cursor.fetchall()
        for sql in more:
            cursor.execute(sql, [round_.pk])
            cursor.fetchall()
        entries, row = np.unique([one[0] for one in given], return_inverse=True)
        judges, column = np.unique([one[1] for one in given], return_inverse=True)
        score = np.array([float(one[2]) for one in given])
        seen = sparse.csr_array((np.ones(len(score)), (row, column)), shape=(len(entries), len(judges)))
        per_entry, per_judge = seen.sum(axis=1), seen.sum(axis=0)
        whole = sparse.block_array([[sparse.diags_array(per_entry), seen], [seen.T, sparse.diags_array(per_judge + 1)]])
        right = np.concatenate([np.bincount(row, score), np.bincount(column, score)])
        found = spsolve(whole.tocsc(), right)[: len(entries)]
        _write_back(cursor, round_, entries, found, np.bincount(row, score) / per_entry)


def _write_back(cursor: Any, round_: Round, entries: Any, scores: Any, means: Any) -> None:
    """Copy a line for each entry into the table of lines, under a tally of before."""
    tally = TallyRun.objects.filter(round=round_).values_list("pk", flat=True)[0]
    lines = zip(entries.tolist(), (-scores).argsort().argsort().tolist(), scores.tolist(), means.tolist(), strict=True)
    text = "".join(f"{tally}\t{place}\t{rank}\tf\t{score}\t{mean}\t1\tf\t\n" for place, rank, score, mean in lines)
    columns = "tally_id, place_id, rank, joint, score, raw, ballots, photo, by"
    cursor.copy_expert(f"COPY awards_tallyrow ({columns}) FROM STDIN", io.StringIO(text))


def a_thousand() -> dict[str, Any]:
    """Return what a contest of a thousand entries and 120 judges takes: dividing the work, and all its results."""
    contest = Contest.objects.get(slug=SMALL)
    by = User.objects.get(email="marketer@demo.example")
    with transaction.atomic():
        tally = _timed(lambda: results.compute_all(contest=contest, by=by))
        transaction.set_rollback(True)
    with transaction.atomic():
        Assignment.objects.filter(round__contest=contest).delete()
        Round.objects.filter(contest=contest).update(closed_at=None, per_entry=PER_ENTRY)
        run = division.start(round_=contest.rounds.get(), kind=RunKind.FRESH, by=by)
        took = _timed(lambda: division.run_job(run.job, lambda *_said: None))
        pairs = run.assignments.count()
        transaction.set_rollback(True)
    return {"division": {**took, "pairs": pairs, "goal_seconds": 10}, "tally": {**tally, "goal_seconds": 2}}


def _timed(act: Callable[[], object]) -> dict[str, float]:
    """Return the seconds of the clock, and those of processors: of this process and of its Postgres backend."""
    began, cpu, backend = time.perf_counter(), time.process_time(), _backend_seconds()
    act()
    seconds, own = time.perf_counter() - began, time.process_time() - cpu
    return {"seconds": round(seconds, 2), "cpu_seconds": round(own + _backend_seconds() - backend, 3)}


def _backend_seconds() -> float:
    """Return how long the Postgres process of our connection has been running on a processor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
