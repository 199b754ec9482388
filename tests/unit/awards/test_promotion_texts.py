"""The run-of-show on paper: whatever people make of the text."""

import datetime as dt

import pytest

from awards.contests.models import Contest
from awards.promotion.drafts import for_paper
from awards.promotion.services import mark_of
from awards.promotion.words import first_lines
from refprogram.kernel.typesetting import typeset

WRITTEN = """# Run-of-show: Proof

Lisbon

## 19:00 Welcome

- Host: *Dana*
- Thank **everybody**

## The band plays
Ten minutes, #1 of the charts $x$ \\LaTeX [link](javascript:alert(1))
"""


@pytest.fixture
def contest():
    return Contest(name="Proof 2027", announce_at=dt.datetime(2999, 1, 1, 18, tzinfo=dt.UTC), zone="Europe/Lisbon")


def test_a_heading_is_a_cue_with_its_hour_and_what_is_typed_stays_text(contest):
    facts = for_paper(WRITTEN, contest)

    assert (facts["head"], facts["lead"]) == ("Run-of-show: Proof", ["Lisbon"])
    assert [(cue["time"], cue["name"]) for cue in facts["cues"]] == [("19:00", "Welcome"), ("", "The band plays")]
    assert [line["text"] for line in facts["cues"][0]["lines"]] == ["Host: Dana", "Thank everybody"]
    assert "2999" in facts["embargo"]
    assert typeset("run_of_show", facts).startswith(b"%PDF")


@pytest.mark.parametrize("text", ["", "no heading at all", "## ", "- a\n- b", "#\n##\n###", "x" * 20_000])
def test_any_text_is_printed(contest, text):
    assert typeset("run_of_show", for_paper(text, contest)).startswith(b"%PDF")


def test_a_mark_tells_one_text_from_another():
    assert mark_of("a") == mark_of("a") != mark_of("a ")
    assert first_lines("**One** two three", 9) == "One two …"
