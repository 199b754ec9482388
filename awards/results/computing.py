"""From the inputs of a tally to its results: pure, to plain JSON, the same again for the same inputs."""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from statistics import fmean
from typing import Any

import numpy as np

from awards.judging.enums import Mode
from awards.results.ballots import Ballots
from awards.results.shared import Shared
from awards.scoring.diagnostics import own_side
from awards.scoring.effects import Design, Fit, Vector, in_turn
from awards.scoring.orders import (
    Breaker,
    Placed,
    borda,
    chairs_vote,
    criterion,
    head_to_head,
    in_order,
    median_ballot,
)
from awards.scoring.pairwise import Duel, bradley_terry, duels_from_scores
from awards.scoring.reliability import intraclass, krippendorff_alpha
from awards.scoring.stability import leaders

Json = dict[str, Any]
VERSION = "2"
COMPARED = 12  # so many entries and judges stand in the table of the method's page
BEST = 30  # so many are compared two at a time to see whether that would name another winner


def compute(inputs: Json, shared: Shared | None = None) -> Json:
    """Return the results of a tally: entries in order, judges, how sure it is. See `TallyRun`.

    `shared`: what was worked out of the same ballots for another category; it changes nothing but the time it takes.
    """
    if inputs["mode"] in (Mode.RUBRIC, Mode.QUALIFY):
        return by_scores(inputs, shared or Shared(inputs["ballots"]))
    return by_ranking(inputs) if inputs["mode"] == Mode.RANKING else by_comparison(inputs)


def summarize(inputs: Json, results: Json) -> Json:
    """Return what pages say beside an order: the first entries, who read them, how sure it is. Small for any size.

    `first`, `second`: the first two lines. `rival`: the line of who would lead by plain means, if that is another.
    `kindness`: the mean effect of the judges of first and rival. `both`: by how much those who read both put the first
    ahead. `readers`: judges of these entries, their effects, and which of them they read.
    """
    lines = results["entries"]
    told = {key: results.get(key) for key in ("method", "refusal", "reliability", "stability", "methods")}
    fitted = results.get("fit", {})
    told |= {"total": len(lines), "judges": len(results["judges"]), "ballots": fitted.get("ballots", 0),
             "components": fitted.get("components")}  # fmt: skip
    if not lines:
        return told
    plain = (results.get("methods") or {"winners": {}})["winners"].get("raw")
    rival = next((line for line in lines[1:] if line["entry"] == plain), None)
    photo = next(([line, lines[at + 1]] for at, line in enumerate(lines) if line.get("photo")), None)
    told |= {"first": lines[0], "second": lines[1] if len(lines) > 1 else None, "rival": rival, "photo": photo}
    told["compared"] = _compared(inputs, results)
    return told | _readers(inputs, results, [line["entry"] for line in (lines[0], rival) if line])


def _compared(inputs: Json, results: Json) -> Json:
    """Return the table of the method's page: the first entries, the mildest judges of the category, who gave what."""
    own = {line["entry"] for line in results["entries"]}
    ballots: Ballots = inputs["ballots"]
    reads = {ballots.judges[at] for at in np.unique(ballots.column[ballots.among(own)]).tolist()}
    judges = sorted((one for one in results["judges"] if one["judge"] in reads), key=lambda one: one["effect"])
    lines = results["entries"][:COMPARED]
    columns = [one["judge"] for one in judges[:COMPARED]]
    first, shown = {line["entry"] for line in lines}, set(columns)
    given = [
        [vote.judge, vote.entry, vote.score] for vote in ballots.votes(ballots.total, first) if vote.judge in shown
    ]
    return {"lines": lines, "judges": columns, "given": given}


def _readers(inputs: Json, results: Json, entries: Sequence[str]) -> Json:
    """Return who read these entries, how those judges lean, and what those said who read all of them."""
    effect = {judge["judge"]: judge["effect"] for judge in results["judges"]}
    given: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    ballots: Ballots = inputs["ballots"]
    for vote in ballots.votes(ballots.total, entries):
        if vote.judge in effect:
            given[vote.judge][vote.entry] = vote.score
    kindness = {
        entry: fmean([effect[judge] for judge, scored in given.items() if entry in scored] or [0.0])
        for entry in entries
    }
    both = [
        [judge, scored[entries[0]] - scored[entries[1]]]
        for judge, scored in given.items()
        if len(entries) > 1 and len(scored) == len(entries)
    ]
    readers = [[judge, effect[judge], sorted(scored)] for judge, scored in given.items()]
    return {"kindness": kindness, "both": both, "readers": sorted(readers, key=lambda one: one[1])}


def by_scores(inputs: Json, shared: Shared) -> Json:
    """Rubric and qualify rounds: totals from 0 to 100, adjusted for severity where that is sound."""
    own = set(inputs["entries"])
    mine = shared.design.among(own)
    if not mine.entries:
        return {"method": "none", "entries": [], "judges": [], "unjudged": inputs["entries"]}
    rules = inputs["rules"]
    adjust = rules["adjust"] and inputs["mode"] == Mode.RUBRIC
    scores = shared.fit(own, least_ballots=rules["min_ballots"], adjust=adjust)
    value = dict(zip(scores.design.entries, scores.score.tolist(), strict=True))
    placed = in_order({entry: value[entry] for entry in mine.entries}, _chain(inputs, mine, scores, shared))
    return {
        "method": "raw" if scores.refusal else "adjusted",
        "refusal": scores.refusal,
        "entries": _lines(placed, scores, mine, rules),
        "unjudged": sorted(own - value.keys()),
        "judges": _judges(scores, inputs, shared),
        "fit": _model(scores),
        "reliability": _reliability(mine, scores),
        "stability": _stability(shared, scores, placed, adjust=adjust),
        "methods": _other_winners(mine, placed),
    }


def by_ranking(inputs: Json) -> Json:
    """Ranking rounds: each judge put their own in order; the score is 100 times the mean share of those left behind."""
    own = set(inputs["entries"])
    ballots: Ballots = inputs["ballots"]
    mine = ballots.design(-ballots.rank).among(own)
    points = {entry: 100 * share for entry, share in borda(mine).items()}
    chain = [Breaker("head_to_head", head_to_head(mine)), Breaker("chair", _chairs(inputs))]
    counts = dict(zip(mine.entries, mine.per_entry.astype(int).tolist(), strict=True))
    return _plain("borda", in_order(points, chain), points, counts, own)


def by_comparison(inputs: Json) -> Json:
    """Pairwise rounds: strengths by Bradley and Terry, as logarithms; 0 is an entry of middling strength."""
    duels = [Duel(row["first"], row["second"], row["share"]) for row in inputs["comparisons"]]
    met: dict[Hashable, int] = defaultdict(int)
    for duel in duels:
        met[duel.first] += 1
        met[duel.second] += 1
    strengths = bradley_terry([entry for entry in inputs["entries"] if entry in met], duels)
    chain = [Breaker("chair", _chairs(inputs))]
    return _plain("pairwise", in_order(strengths, chain), strengths, met, set(inputs["entries"]))


def _plain(
    method: str,
    placed: Sequence[Placed],
    worth: Mapping[Hashable, float],
    counts: Mapping[Hashable, int],
    own: set[Hashable],
) -> Json:
    entries = [
        {
            "entry": one.entry,
            "rank": one.place,
            "joint": one.joint,
            "by": one.by,
            "score": worth[one.entry],
            "raw": worth[one.entry],
            "ballots": counts[one.entry],
        }
        for one in placed
    ]
    return {"method": method, "entries": entries, "judges": [], "unjudged": sorted(map(str, own - worth.keys()))}


def _chairs(inputs: Json) -> Callable[[Sequence[Hashable]], Mapping[Hashable, float]]:
    return chairs_vote((first, second) for first, second in inputs["chair"])


def _chain(inputs: Json, mine: Design, scores: Fit, shared: Shared) -> list[Breaker]:
    """Return what parts equal scores: criteria in their order, who scored both, the median, the chair."""
    ranked = [rule["id"] for rule in inputs["criteria"] if rule["tie_rank"]]
    alone = partial(shared.on_criterion, adjust=scores.refusal is None)
    return [
        *(Breaker(f"criterion:{key}", criterion(partial(alone, key))) for key in ranked),
        Breaker("head_to_head", head_to_head(mine)),
        Breaker("median", median_ballot(mine)),
        Breaker("chair", _chairs(inputs)),
    ]


def _lines(placed: Sequence[Placed], scores: Fit, mine: Design, rules: Json) -> list[Json]:
    """Return a line for each entry in order: scores, interval, how sure it is above the next."""
    row = np.array([scores.row_of[one.entry] for one in placed], dtype=np.intp)
    own = {entry: at for at, entry in enumerate(mine.entries)}
    median = mine.median[[own[one.entry] for one in placed]]
    pairs = in_turn(scores, [one.entry for one in placed])
    score, half = scores.score[row], scores.t * scores.error[row]
    columns = {
        "entry": [one.entry for one in placed],
        "rank": [one.place for one in placed],
        "joint": [one.joint for one in placed],
        "by": [one.by for one in placed],
        "score": score.tolist(),
        "raw": scores.design.mean[row].tolist(),
        "median": median.tolist(),
        "error": _numbers(scores.error[row]),
        "low": _numbers(score - half),
        "high": _numbers(score + half),
        "ballots": scores.design.per_entry[row].astype(int).tolist(),
        # The last has nobody after it.
        "lead": [*_numbers([pair.lead for pair in pairs]), None],
        "above_next": [*_numbers([pair.probability for pair in pairs]), None],
        "p": [*_numbers([pair.p for pair in pairs]), None],
    }
    lines = [dict(zip(columns, line, strict=True)) for line in zip(*columns.values(), strict=True)]
    for at, line in enumerate(lines):
        # Only where a prize hangs on it: between the last winner and the first who is none.
        last = at + 1 == min(rules["winners"], len(lines) - 1)
        line["photo"] = last and line["p"] is not None and line["p"] >= rules["photo_p"]
    return lines


def _numbers(values: "Vector | list[float]") -> list[float | None]:
    """Return numbers for JSON, which knows no infinity and nothing that is not a number."""
    found = np.asarray(values, dtype=float)
    said = np.isfinite(found)
    if said.all():
        return list(found.tolist())
    return [value if there else None for value, there in zip(found.tolist(), said.tolist(), strict=True)]


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _judges(scores: Fit, inputs: Json, shared: Shared) -> list[Json]:
    effect = dict(zip(scores.design.judges, scores.effect.tolist(), strict=True))
    sides = {judge: set(entries) for judge, entries in inputs["sides"].items()}
    leaning = {one.judge: one for one in own_side(scores, sides, seed=inputs["rules"]["seed"])} if sides else {}
    return [
        {
            "judge": one.judge,
            "ballots": one.ballots,
            "effect": effect[one.judge],
            "severity": one.severity,
            "error": _number(one.error),
            "fit": one.fit,
            "correlation": one.correlation,
            "spread": one.spread,
            "flags": one.flags,
            "own_side": {"lead": leaning[one.judge].lead, "p": leaning[one.judge].p} if one.judge in leaning else None,
        }
        for one in shared.diagnoses(scores)
    ]


def _model(scores: Fit) -> Json:
    """Return what the model found; without variances nothing but the groups."""
    known = scores.variances
    told: Json = {"components": scores.design.components, "ballots": len(scores.design.score)}
    if known is None:
        return told
    return told | {
        "df": known.df,
        "noise": known.noise,
        "between": known.judges,
        "ratio": _number(scores.ratio),
        "t": scores.t,
        "f": _number(known.severity_f),
        "f_p": known.severity_p,
    }


def _reliability(mine: Design, scores: Fit) -> Json:
    effect = dict(zip(scores.design.judges, scores.effect.tolist(), strict=True))
    leaning = np.array([effect[judge] for judge in mine.judges])
    shown = intraclass(mine)
    return {
        "alpha": krippendorff_alpha(mine),
        "alpha_adjusted": krippendorff_alpha(mine.scored(mine.score - leaning[mine.column])),
        "icc": {
            "k": shown.k,
            "single": shown.single,
            "mean": shown.mean,
            "agreement": shown.agreement,
            "consistency": shown.consistency,
        }
        if shown
        else None,
    }


def _stability(shared: Shared, scores: Fit, placed: Sequence[Placed], *, adjust: bool) -> Json:
    """Return without how many judges the same entry leads, and without whom it does not."""
    winner = placed[0].entry
    told = leaders(scores, shared.without_each(scores, adjust=adjust), {one.entry for one in placed})
    pivotal = [judge for judge, leader in told.items() if leader != winner]
    return {"of": len(told), "same": len(told) - len(pivotal), "pivotal": pivotal}


def _other_winners(mine: Design, placed: Sequence[Placed]) -> Json:
    """Return who would win by other methods; they inform, and decide nothing."""
    best = [one.entry for one in placed[:BEST]]
    duels = duels_from_scores((vote.judge, vote.entry, vote.score) for vote in mine.among(set(best)).votes)
    ways: dict[str, Mapping[Hashable, float]] = {
        "raw": dict(zip(mine.entries, mine.mean.tolist(), strict=True)),
        "median": dict(zip(mine.entries, mine.median.tolist(), strict=True)),
        "borda": borda(mine),
        "comparison": bradley_terry(best, duels),
    }
    winner = placed[0].entry
    found = {
        name: winner if worth[winner] >= round(max(worth.values()), 9) else max(worth, key=lambda e: worth[e])
        for name, worth in ways.items()
    }
    return {"winners": found, "sensitive": any(other != winner for other in found.values())}
