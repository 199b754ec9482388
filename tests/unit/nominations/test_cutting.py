"""Cutting the company into cohorts: nobody twice, nobody left out, and what is said when a cut is wrong."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nominations.waves.cutting import NOWHERE, Colleague, clean, last_name, matcher, problems, propose
from nominations.waves.enums import WaveCut

WORDS = ["Ana", "de la", "Cruz,", "Østergård", "O'Hara", "łoś", "Zimmer", "Жуков", "山田", "Straß", "x", "Abel", "-"]
NAMES = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)


def colleagues(*names: str, team: int | None = 1, region: int | None = 1) -> list[Colleague]:
    return [Colleague(at, f"id{at}", name, team, region) for at, name in enumerate(names, 1)]


def ranges(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [clean(WaveCut.LAST_NAME, {"from": low, "to": high}) for low, high in pairs]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ana de la Cruz", "CRUZ"),
        ("Østergård, Mads", "OSTERGARD"),
        ("Zoë O'Hara", "OHARA"),
        ("Łukasz Łoś", "LOS"),
        ("Plato", "PLATO"),
        ("", ""),
    ],
)
def test_people_are_sorted_by_their_last_name_without_accents(name: str, key: str) -> None:
    assert last_name(name) == key


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(NAMES, max_size=30), parts=st.integers(1, 26), cut=st.sampled_from(WaveCut))
def test_a_proposed_cut_asks_everybody_exactly_once(names: list[str], parts: int, cut: WaveCut) -> None:
    people = [Colleague(at, f"id{at}", name, at % 4 or None, at % 3 or None) for at, name in enumerate(names, 1)]
    groups = {NOWHERE: "without", 1: "one", 2: "two", 3: "three"}

    rules = [rule for _name, rule in propose(cut, people, parts, groups)]

    asked = [sum(matcher(cut, rule, "salt")(one) for rule in rules) for one in people]
    assert asked == [1] * len(people)
    assert not problems(cut, rules, people, "salt")


@pytest.mark.parametrize(
    ("rules", "number", "field"),
    [
        (ranges(("", "M"), ("M", "")), 2, "from"),
        (ranges(("", "MA"), ("M", "")), 2, "from"),
        (ranges(("", "C"), ("F", "")), 1, "to"),
        (ranges(("B", "")), 1, "from"),
        (ranges(("", "F"), ("G", "D"), ("G", "")), 2, "to"),
    ],
)
def test_ranges_that_overlap_or_leave_a_gap_are_said_beside_the_field(
    rules: list[dict[str, Any]], number: int, field: str
) -> None:
    found = problems(WaveCut.LAST_NAME, rules, [], "salt")

    assert (found[0].number, found[0].field) == (number, field)


def test_a_range_to_the_end_takes_letters_of_other_alphabets_too() -> None:
    people = colleagues("Иван Жуков", "山田 太郎", "Ana Zimmer")

    assert not problems(WaveCut.LAST_NAME, ranges(("", "M"), ("N", "")), people, "salt")
    assert "Иван" in problems(WaveCut.LAST_NAME, ranges(("", "M"), ("N", "Z")), people, "salt")[0].words


def test_who_has_no_team_is_named_when_no_cohort_asks_them() -> None:
    rules = [clean(WaveCut.TEAM, {"ids": [1]}), clean(WaveCut.TEAM, {"ids": [2]})]
    people = [*colleagues("Ana Team"), *colleagues("Bo Alone", team=None)]

    found = problems(WaveCut.TEAM, rules, people, "salt")

    assert [(one.number, one.field, one.words) for one in found] == [(2, "ids", "Nobody asks Bo Alone.")]


def test_a_team_in_two_cohorts_is_refused() -> None:
    rules = [clean(WaveCut.TEAM, {"ids": [1, 2]}), clean(WaveCut.TEAM, {"ids": [2]})]

    assert [(one.number, one.field) for one in problems(WaveCut.TEAM, rules, [], "salt")] == [(2, "ids")]


def test_each_equal_part_is_in_one_cohort() -> None:
    rules = [clean(WaveCut.HASH, {"part": 0, "of": 2}), clean(WaveCut.HASH, {"part": 0, "of": 2})]

    assert [one.number for one in problems(WaveCut.HASH, rules, [], "salt")] == [1, 2]
