"""From the inputs of a tally to its results: pure, plain JSON to plain JSON, the same again for the same inputs."""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from statistics import fmean, median
from typing import Any

from awards.judging.enums import Mode
from awards.scoring.diagnostics import Manner, diagnose, own_side
from awards.scoring.effects import Fit, Vote, fit
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
from awards.scoring.stability import without_each

Json = dict[str, Any]
VERSION = "1"
BEST = 30  # so many are compared two at a time to see whether that would name another winner


def compute(inputs: Json) -> Json:
    """Return the results of a tally: entries in order, judges, how sure it is. See `TallyRun`."""
    ways: dict[str, Callable[[Json], Json]] = {
        Mode.RUBRIC: by_scores,
        Mode.QUALIFY: by_scores,
        Mode.RANKING: by_ranking,
        Mode.PAIRWISE: by_comparison,
    }
    return ways[inputs["mode"]](inputs)


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
    return told | _readers(inputs, results, [line["entry"] for line in (lines[0], rival) if line])


def _readers(inputs: Json, results: Json, entries: Sequence[str]) -> Json:
    """Return who read these entries, how those judges lean, and what those said who read all of them."""
    effect = {judge["judge"]: judge["effect"] for judge in results["judges"]}
    given: dict[str, dict[str, float]] = defaultdict(dict)
    for row in inputs["ballots"]:
        if row["entry"] in entries and row["judge"] in effect:
            given[row["judge"]][row["entry"]] = row["total"]
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


def by_scores(inputs: Json) -> Json:
    """Rubric and qualify rounds: totals from 0 to 100, adjusted for severity where that is sound."""
    votes = [Vote(row["entry"], row["judge"], row["total"]) for row in inputs["ballots"] if row["total"] is not None]
    own = set(inputs["entries"])
    mine = [vote for vote in votes if vote.entry in own]
    if not mine:
        return {"method": "none", "entries": [], "judges": [], "unjudged": inputs["entries"]}
    rules = inputs["rules"]
    adjust = rules["adjust"] and inputs["mode"] == Mode.RUBRIC
    scores = fit(votes, least_ballots=rules["min_ballots"], among=own, adjust=adjust)
    value = {entry: float(score) for entry, score in zip(scores.design.entries, scores.score, strict=True)}
    placed = in_order({vote.entry: value[vote.entry] for vote in mine}, _chain(inputs, mine, scores))
    return {
        "method": "raw" if scores.refusal else "adjusted",
        "refusal": scores.refusal,
        "entries": _lines(placed, scores, mine, rules),
        "unjudged": sorted(own - value.keys()),
        "judges": _judges(scores, inputs),
        "fit": _model(scores),
        "reliability": _reliability(mine, scores),
        "stability": _stability(scores, placed, adjust=adjust),
        "methods": _other_winners(mine, placed),
    }


def by_ranking(inputs: Json) -> Json:
    """Ranking rounds: each judge put their own in order; the score is 100 times the mean share of those left behind."""
    own = set(inputs["entries"])
    votes = [
        Vote(row["entry"], row["judge"], -float(row["rank"]))
        for row in inputs["ballots"]
        if row["rank"] is not None and row["entry"] in own
    ]
    points = {entry: 100 * share for entry, share in borda(votes).items()}
    chain = [Breaker("head_to_head", head_to_head(votes)), Breaker("chair", _chairs(inputs))]
    return _plain("borda", in_order(points, chain), points, _per_entry(votes), own)


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


def _per_entry(votes: Sequence[Vote]) -> dict[Hashable, int]:
    counts: dict[Hashable, int] = defaultdict(int)
    for vote in votes:
        counts[vote.entry] += 1
    return counts


def _chairs(inputs: Json) -> Callable[[Sequence[Hashable]], Mapping[Hashable, float]]:
    return chairs_vote((first, second) for first, second in inputs["chair"])


def _chain(inputs: Json, votes: Sequence[Vote], scores: Fit) -> list[Breaker]:
    """Return what parts equal scores: criteria in their order, who scored both, the median, the chair."""
    chain = []
    for rule in inputs["criteria"]:
        if not rule["tie_rank"]:
            continue
        on_it = [
            Vote(row["entry"], row["judge"], 100 * row["shares"][rule["id"]])
            for row in inputs["ballots"]
            if rule["id"] in row["shares"]
        ]
        if on_it:
            alone = fit(on_it, adjust=scores.refusal is None)
            worth = dict(zip(alone.design.entries, alone.score.tolist(), strict=True))
            chain.append(Breaker(f"criterion:{rule['id']}", criterion(worth)))
    return [
        *chain,
        Breaker("head_to_head", head_to_head(votes)),
        Breaker("median", median_ballot(votes)),
        Breaker("chair", _chairs(inputs)),
    ]


def _lines(placed: Sequence[Placed], scores: Fit, votes: Sequence[Vote], rules: Json) -> list[Json]:
    """Return a line for each entry in order: scores, interval, how sure it is above the next."""
    given: dict[Hashable, list[float]] = defaultdict(list)
    for vote in votes:
        given[vote.entry].append(vote.score)
    lines = []
    for at, one in enumerate(placed):
        row = scores.row_of[one.entry]
        half = scores.t * float(scores.error[row])
        score = float(scores.score[row])
        follower = placed[at + 1].entry if at + 1 < len(placed) else None
        pair = scores.between(one.entry, follower) if follower is not None else None
        close = pair is not None and pair.p == pair.p and pair.p >= rules["photo_p"]
        lines.append(
            {
                "entry": one.entry,
                "rank": one.place,
                "joint": one.joint,
                "by": one.by,
                "score": score,
                "raw": float(scores.design.mean[row]),
                "median": median(given[one.entry]),
                "error": _number(float(scores.error[row])),
                "low": _number(score - half),
                "high": _number(score + half),
                "ballots": len(given[one.entry]),
                "lead": _number(pair.lead) if pair else None,
                "above_next": _number(pair.probability) if pair else None,
                "p": _number(pair.p) if pair else None,
                # Only where a prize hangs on it: between the last winner and the first who is none.
                "photo": close and at + 1 == min(rules["winners"], len(placed) - 1),
            }
        )
    return lines


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _judges(scores: Fit, inputs: Json) -> list[Json]:
    seconds: dict[Hashable, list[int]] = defaultdict(list)
    alike: dict[Hashable, int] = defaultdict(int)
    for row in inputs["ballots"]:
        seconds[row["judge"]].append(row["seconds"])
        alike[row["judge"]] += len(row["shares"]) > 1 and len(set(row["shares"].values())) == 1
    manners = {judge: Manner(seconds[judge], alike[judge]) for judge in seconds}
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
        for one in diagnose(scores, manners)
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


def _reliability(votes: Sequence[Vote], scores: Fit) -> Json:
    effect = dict(zip(scores.design.judges, scores.effect.tolist(), strict=True))
    net = [Vote(entry, judge, score - effect[judge]) for entry, judge, score in votes]
    shown = intraclass(votes)
    return {
        "alpha": krippendorff_alpha(votes),
        "alpha_adjusted": krippendorff_alpha(net),
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


def _stability(scores: Fit, placed: Sequence[Placed], *, adjust: bool) -> Json:
    """Return without how many judges the same entry leads, and without whom it does not."""
    among = {one.entry for one in placed}
    winner = placed[0].entry
    told = without_each(scores, among, adjust=adjust)
    return {
        "of": len(told),
        "same": sum(one.leader == winner for one in told),
        "pivotal": [one.judge for one in told if one.leader != winner],
    }


def _other_winners(votes: Sequence[Vote], placed: Sequence[Placed]) -> Json:
    """Return who would win by other methods; they inform, and decide nothing."""
    given: dict[Hashable, list[float]] = defaultdict(list)
    for vote in votes:
        given[vote.entry].append(vote.score)
    points = borda(votes)
    best = [one.entry for one in placed[:BEST]]
    strengths = bradley_terry(best, duels_from_scores((v.judge, v.entry, v.score) for v in votes if v.entry in best))
    ways: dict[str, Mapping[Hashable, float]] = {
        "raw": {entry: fmean(scores) for entry, scores in given.items()},
        "median": {entry: median(scores) for entry, scores in given.items()},
        "borda": points,
        "comparison": strengths,
    }
    winner = placed[0].entry
    found = {
        name: winner if worth[winner] >= round(max(worth.values()), 9) else max(worth, key=lambda e: worth[e])
        for name, worth in ways.items()
    }
    return {"winners": found, "sensitive": any(other != winner for other in found.values())}
