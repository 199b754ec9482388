"""What was typed becomes what is kept, field type by field type; what is hidden does not count."""

import pytest
from django.http import QueryDict

from refprogram.kernel.form_builder import reading
from refprogram.kernel.form_builder.conditions import visible_keys
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import Condition, FieldSpec, Option

YES_NO = (Option("yes", "Yes"), Option("no", "No"))

TAKEN = [
    (FieldSpec("f", "text", "Name"), "  Anna ", "Anna"),
    (FieldSpec("f", "choice", "Happy?", options=YES_NO), "no", "no"),
    (FieldSpec("f", "choices", "Which?", options=YES_NO), ["no", "yes", "no"], ["no", "yes"]),
    (FieldSpec("f", "number", "Hours", unit="h", places=2, least="0", most="10"), "1,50", "1.5"),
    (FieldSpec("f", "number", "Hours"), "0", "0"),
    (FieldSpec("f", "number", "Hours"), "1200", "1200"),
    (FieldSpec("f", "number", "Hours"), "1,200", "1200"),  # in English a comma groups
    (FieldSpec("f", "number", "Hours", places=2), "1,200.25", "1200.25"),
    (FieldSpec("f", "date", "Day", least="2026-01-01"), "2026-01-01", "2026-01-01"),
    (FieldSpec("f", "rating", "Stars", scale=10), "10", "10"),
    (FieldSpec("f", "nps", "Score"), "0", "0"),
    (FieldSpec("f", "consent", "Terms", text="I agree to A."), "yes", {"agreed": "yes", "text": "I agree to A."}),
    (
        FieldSpec("f", "metric", "Gain", metric="Days to invoice", unit="d"),
        {"before": "12", "after": "4,5", "period": "2026", "name": "forged", "unit": "weeks"},
        {"name": "Days to invoice", "before": "12", "after": "4.5", "unit": "d", "period": "2026"},
    ),
]
REFUSED = [
    (FieldSpec("f", "text", "Name", most="3"), "Anna"),
    (FieldSpec("f", "choice", "Happy?", options=YES_NO), "perhaps"),
    (FieldSpec("f", "choices", "Which?", options=YES_NO, least="2"), ["yes"]),
    (FieldSpec("f", "choices", "Which?", options=YES_NO, most="1"), ["yes", "no"]),
    (FieldSpec("f", "number", "Hours"), "1.5"),
    (FieldSpec("f", "number", "Hours"), "NaN"),
    (FieldSpec("f", "number", "Hours"), "1,20,0"),
    (FieldSpec("f", "number", "Hours"), "²"),
    (FieldSpec("f", "number", "Hours"), "1e99"),
    (FieldSpec("f", "number", "Hours"), "many"),
    (FieldSpec("f", "number", "Hours", most="10"), "11"),
    (FieldSpec("f", "date", "Day", most="2026-01-01"), "2026-01-02"),
    (FieldSpec("f", "date", "Day"), "31.12.2026"),
    (FieldSpec("f", "rating", "Stars"), "6"),
    (FieldSpec("f", "rating", "Stars"), "0"),
    (FieldSpec("f", "nps", "Score"), "11"),
    (FieldSpec("f", "nps", "Score"), "-1"),
    (FieldSpec("f", "metric", "Gain"), {"name": "Days", "before": "12", "after": ""}),
]


@pytest.mark.parametrize(("spec", "typed", "kept"), TAKEN)
def test_taken(spec, typed, kept):
    cleaned = reading.clean([spec], {"f": typed})

    assert cleaned == reading.Cleaned({"f": kept}, {})


@pytest.mark.parametrize(("spec", "typed"), REFUSED)
def test_refused_with_a_sentence(spec, typed):
    cleaned = reading.clean([spec], {"f": typed})

    assert cleaned.values == {}
    assert cleaned.errors["f"].endswith((".", "%"))


@pytest.mark.parametrize("kind", [kind for kind in FieldType.values if kind != FieldType.SECTION])
def test_required_is_asked_for(kind):
    spec = FieldSpec("f", kind, "Asked", required=True, options=YES_NO)

    assert reading.clean([spec], {}).errors.keys() == {"f"}
    assert reading.clean([spec], {"f": {"before": "", "after": ""}}).errors.keys() == {"f"}


CHAIN = [
    FieldSpec("happy", "choice", "Happy?", options=YES_NO),
    FieldSpec("why", "text", "Why not?", required=True, condition=Condition("happy", "is", "no")),
    FieldSpec("more", "text", "More", required=True, condition=Condition("why", "answered")),
]


def test_hidden_required_field_is_not_missed():
    assert reading.clean(CHAIN, {"happy": "yes"}) == reading.Cleaned({"happy": "yes"}, {})


def test_hidden_value_is_dropped_and_hides_what_hangs_on_it():
    cleaned = reading.clean(CHAIN, {"happy": "yes", "why": "typed before", "more": "too"})

    assert cleaned.values == {"happy": "yes"}


def test_shown_required_field_is_missed():
    assert reading.clean(CHAIN, {"happy": "no"}).errors.keys() == {"why"}


@pytest.mark.parametrize(
    ("condition", "value", "seen"),
    [
        (Condition("a", "is", "9"), "9", True),
        (Condition("a", "is_not", "9"), "", False),
        (Condition("a", "is_not", "9"), "8", True),
        (Condition("a", "has", "x"), ["y", "x"], True),
        (Condition("a", "has", "x"), ["y"], False),
        (Condition("a", "at_least", "9"), "10", True),
        (Condition("a", "at_most", "6"), "10", False),
        (Condition("a", "at_most", "6"), "many", False),
        (Condition("a", "at_least", "7"), "7,5", True),
        (Condition("a", "from", "2026-03-01"), "2026-03-01", True),
        (Condition("a", "from", "2026-03-01"), "2025-12-31", False),
        (Condition("a", "until", "2026-03-01"), "2026-02-28", True),
        (Condition("a", "until", "2026-03-01"), "2026-10-01", False),
        (Condition("a", "answered"), "0", True),
    ],
)
def test_conditions(condition, value, seen):
    specs = [FieldSpec("a", "text", "A"), FieldSpec("b", "text", "B", condition=condition)]

    assert ("b" in visible_keys(specs, {"a": value})) is seen


def test_hidden_section_hides_its_fields():
    specs = [
        FieldSpec("a", "text", "A"),
        FieldSpec("part", "section", "Part", condition=Condition("a", "is", "yes")),
        FieldSpec("b", "text", "B"),
        FieldSpec("rest", "section", "Rest"),
        FieldSpec("c", "text", "C"),
    ]

    assert visible_keys(specs, {"a": "no"}) == {"a", "rest", "c"}
    assert visible_keys(specs, {"a": "yes"}) == {"a", "part", "b", "rest", "c"}


def test_file_is_never_named_by_the_browser():
    spec = FieldSpec("proof", "file", "Proof")
    data = QueryDict("f-proof=somebodys-file")

    assert reading.posted([spec], data, {}) == {}
    assert reading.posted([spec], data, {"proof": "mine"}) == {"proof": "mine"}
