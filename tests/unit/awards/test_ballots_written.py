"""The one written form of ballots, to which tallies refer by its hash, is JSON as anybody writes it."""

import json

import numpy as np

from awards.results.ballots import Ballots

NOTHING = float("nan")


def test_ballots_are_written_as_plain_json_and_read_again() -> None:
    """Whole numbers without a point, what was not given as null, the rest with all its digits."""
    told = {
        "entries": ['en"1', "en2", "enß"],
        "judges": ["j1", "j2"],
        "entry": [0, 0, 1, 2],
        "judge": [0, 1, 0, 1],
        "total": [41.25, 100, None, 0.1],
        "rank": [None, None, None, None],
        "seconds": [120, 0, 3600, 7],
        "shares": {"a": [0.25, 1, 0, 0.3333333333333333], "b": [None, 0.5, None, 1]},
    }
    text = json.dumps(told, separators=(",", ":"))
    columns = (np.array([NOTHING if one is None else one for one in told[key]]) for key in ("total", "rank", "seconds"))
    shares = {
        key: np.array([NOTHING if one is None else one for one in said])
        for key, said in reversed(told["shares"].items())
    }

    ballots = Ballots(
        told["entries"], told["judges"], np.array(told["entry"]), np.array(told["judge"]), *columns, shares
    )

    assert ballots.text == text
    assert Ballots.of_text(text).text == text
    assert Ballots([], [], np.array([], int), np.array([], int), *[np.array([])] * 3).text.startswith('{"entries":[],')
