"""How a tally is read again: what it was computed from, what came of it, and whether that is still as it was."""

import hashlib
import json
from typing import Any, Final

from awards.results.ballots import Ballots
from awards.results.models import TallyRow, TallyRun

Json = dict[str, Any]
PLAIN: Final = ("rank", "joint", "by", "score", "raw", "ballots")
MORE: Final = (*PLAIN, "median", "error", "low", "high", "lead", "above_next", "p", "photo")


def hash_of(inputs: Json) -> str:
    """Return sha256 over the canonical JSON of the inputs, in which ballots stand by their own."""
    told = inputs
    if isinstance(inputs["ballots"], Ballots):
        told = snapshot_of(inputs)
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def snapshot_of(inputs: Json) -> Json:
    """Return the inputs as they are kept beside the ballots."""
    return inputs | {"ballots": inputs["ballots"].digest}


def inputs_of(tally: TallyRun) -> Json:
    """Return what a tally was computed from, to compute it again."""
    kept = tally.snapshot
    if tally.ballots is None:  # the first tallies kept each ballot as a text of its own
        return kept | {"ballots": Ballots.of_rows(kept["ballots"])}
    return kept | {"ballots": Ballots.of_text(tally.ballots.content)}


def results_of(tally: TallyRun) -> Json:
    """Return all that a tally says, each entry's line with it. One query more than the tally."""
    if "entries" in tally.results:
        return tally.results
    keys = PLAIN if tally.method in ("borda", "pairwise") else MORE
    rows = TallyRow.objects.filter(tally=tally).order_by("rank", "pk").values_list("place__public_id", *keys)
    return tally.results | {"entries": [dict(zip(("entry", *keys), row, strict=True)) for row in rows]}


def genuine(tally: TallyRun) -> bool:
    """Whether the inputs that are kept are those whose hash stands beside them."""
    if hash_of(tally.snapshot) != tally.inputs_hash:
        return False
    if tally.ballots is None:
        return True
    told = hashlib.sha256(tally.ballots.content.encode()).hexdigest()
    return told == tally.ballots.digest == tally.snapshot["ballots"]
