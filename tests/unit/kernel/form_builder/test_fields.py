"""Specs survive their JSON, edits do what they say, and what cannot be published says why."""

import pytest

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.form_builder import depending, editing, selectors
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import (
    Condition,
    FieldSpec,
    Option,
    from_json,
    new_key,
    options_of,
    to_json,
)
from refprogram.kernel.form_builder.soundness import check_structure, problems

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
SPECS = [
    FieldSpec("a", "choice", "A", options=YES_NO, required=True, blind=True),
    FieldSpec("b", "number", "B", unit="h", least="1", most="9", condition=Condition("a", "is", "yes")),
    FieldSpec("c", "consent", "C", text="Words."),
]


def test_json_there_and_back():
    assert from_json(to_json(SPECS)) == SPECS


@pytest.mark.parametrize("rows", [[{"key": "a"}], [{"key": "a", "type": "poem"}], [{"type": "text"}], ["text"]])
def test_unreadable_json_is_refused(rows):
    with pytest.raises(InvalidInput):
        from_json(rows)


@pytest.mark.parametrize("kind", FieldType.values)
def test_every_kind_can_be_added(kind):
    specs = editing.added([], kind)

    assert specs[0].type == kind
    check_structure(specs)


@pytest.mark.parametrize(("to", "order"), [("up", "bac"), ("down", "abc"), ("0", "bac"), ("2", "acb"), ("99", "acb")])
def test_moving(to, order):
    # "down" is asked of the middle one, the others too
    moved = editing.moved(SPECS, 1, to)

    assert "".join(spec.key for spec in moved) == {"down": "acb"}.get(to, order)


def test_changing_keeps_the_values_of_options_that_stay():
    changed = editing.changed(SPECS[0], {"label": " New ", "options": "No\nYes\nPerhaps\nNo\n\n"})

    assert changed.label == "New"
    assert changed.options == (Option("no", "No"), Option("yes", "Yes"), Option("perhaps", "Perhaps"))
    assert not changed.required
    assert not changed.blind


def test_options_with_the_same_slug_stay_apart():
    assert len({option.value for option in options_of("A b\nA-b\nä\n日本")}) == 4


def test_keys_are_free_and_readable():
    assert new_key("How happy?", []) == "how_happy"
    assert new_key("How happy?", ["how_happy", "how_happy_2"]) == "how_happy_3"
    assert new_key("日本", []) == "field"


@pytest.mark.parametrize(
    "specs",
    [
        [],
        [FieldSpec("s", "section", "Only a heading")],
        [FieldSpec("a", "text")],
        [FieldSpec("a", "choice", "A", options=(Option("x", "X"),))],
        [FieldSpec("a", "consent", "A")],
        [FieldSpec("a", "rating", "A", scale=7)],
        [FieldSpec("a", "number", "A", least="9", most="10.5"), FieldSpec("b", "number", "B", least="9", most="8")],
        [FieldSpec("a", "text", "A", condition=Condition("b", "answered")), FieldSpec("b", "text", "B")],
        [SPECS[0], FieldSpec("b", "text", "B", condition=Condition("a", "at_least", "3"))],
        [SPECS[0], FieldSpec("b", "text", "B", condition=Condition("a", "is", "perhaps"))],
    ],
)
def test_unsound_forms_say_why(specs):
    assert problems(specs)


def test_sound_form():
    assert problems(SPECS) == []


def test_changes_between_versions():
    after = [SPECS[2], FieldSpec("b", "number", "Bee", unit="d", least="1", most="9"), FieldSpec("n", "text", "N")]

    found = {(change.word, change.label) for change in selectors.changes(SPECS, after)}

    assert found == {("New", "N"), ("Gone", "A"), ("Changed", "Bee"), ("Order", "The fields come in another order")}


@pytest.mark.parametrize(
    ("kind", "limit"), [("number", "nan"), ("number", "Infinity"), ("text", "²"), ("date", "garbage"), ("date", "nan")]
)
def test_a_limit_that_is_none_is_refused_beside_its_field(kind, limit):
    with pytest.raises(InvalidInput) as refused:
        editing.changed(FieldSpec("f", kind, "Field"), {"label": "Field", "least": limit, "most": "5"})
    assert list(refused.value.errors) == ["least"]


def test_a_field_is_called_by_its_question_once_and_for_all():
    specs = editing.added([FieldSpec("how_happy", "text", "How happy?")], "rating")

    worded = editing.edited(specs, "change", {"key": "rating", "label": "How happy?"})
    again = editing.edited(worded, "change", {"key": "how_happy_2", "label": "How glad?"})

    assert [spec.key for spec in worded] == ["how_happy", "how_happy_2"]
    assert [(spec.key, spec.label) for spec in again][1] == ("how_happy_2", "How glad?")


def test_a_key_of_its_own_is_kept():
    specs = editing.edited([FieldSpec("score", "nps")], "change", {"key": "score", "label": "How likely?"})

    assert specs[0].key == "score"


@pytest.mark.parametrize(
    ("other", "condition", "kept"),
    [
        (FieldSpec("n", "number", "N", places=1), Condition("n", "at_least", "1,50"), "1.5"),
        (FieldSpec("d", "date", "D"), Condition("d", "until", "2026-11-22"), "2026-11-22"),
        (FieldSpec("r", "rating", "R", scale=10), Condition("r", "is", "10"), "10"),
        (FieldSpec("c", "consent", "C"), Condition("c", "answered", "left over"), ""),
    ],
)
def test_conditions_are_kept_in_one_spelling(other, condition, kept):
    assert depending.checked(condition, [other]).value == kept


def test_a_whole_list_is_held_against_the_same_rules():
    assert editing.checked(SPECS) == SPECS

    with pytest.raises(InvalidInput) as late:
        editing.checked([SPECS[1], SPECS[0]])
    with pytest.raises(InvalidInput) as limit:
        editing.checked([SPECS[0], FieldSpec("n", "number", "N", most="many")])

    assert list(late.value.errors) == ["fields.0.condition.field"]
    assert list(limit.value.errors) == ["fields.1.least"]


def test_conditions_are_said_in_words():
    day = FieldSpec("d", "date", "Since when?")
    agreed = FieldSpec("c", "consent", "May we?", text="Words.")
    hours = FieldSpec("n", "number", "Hours", unit="h")
    asked = {
        "Only if “Since when?” is on or after “22 November 2026”": Condition("d", "from", "2026-11-22"),
        "Only if “May we?” is given": Condition("c", "answered"),
        "Only if “Hours” is at most “7 h”": Condition("n", "at_most", "7"),
    }

    said = [
        selectors.condition_words(FieldSpec("x", "text", "X", condition=condition), [day, agreed, hours])
        for condition in asked.values()
    ]

    assert said == list(asked)
