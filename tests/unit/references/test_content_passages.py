"""A customer rewrites a draft as plain words: marks stay where nothing changed, and what they type reads as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.content.markdown import render
from references.content.passages import Kind, passages_of, rewritten

DRAFT = """## Where they stood

Drivers sign on a *tablet*; the
invoice leaves at once.

- One place, [from](https://x.example) the first day
- 31 % fewer stops

> Our people asked
> to keep it.

| a | b |
|---|---|
| 1 | 2 |"""
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" \n#*_-+>[]()`~\\<&.1"), min_size=1
)


def change(draft: str, typed: dict[int, str], more: str = "") -> str:
    return rewritten(draft, typed.get, more)


def test_a_draft_is_shown_as_plain_words_with_what_each_is() -> None:
    assert [(one.kind, one.words) for one in passages_of(DRAFT)] == [
        (Kind.HEADING, "Where they stood"),
        (Kind.PARAGRAPH, "Drivers sign on a tablet; the invoice leaves at once."),
        (Kind.POINT, "One place, from the first day"),
        (Kind.POINT, "31 % fewer stops"),
        (Kind.QUOTE, "Our people asked to keep it."),
    ]


def test_what_is_left_alone_keeps_its_marks() -> None:
    as_shown = {place: one.words + "\r\n" for place, one in enumerate(passages_of(DRAFT))}
    assert change(DRAFT, as_shown) == DRAFT
    assert change(DRAFT, {}) == DRAFT


def test_what_is_changed_stays_what_it_was_and_the_rest_stands() -> None:
    changed = change(DRAFT, {0: "How it\nwas", 3: "13 % fewer stops", 4: "We keep it.\nAll of us."})
    assert changed == DRAFT.replace("Where they stood", "How it was").replace("31 %", "13 %").replace(
        "> Our people asked\n> to keep it.", "> We keep it.\\\n> All of us."
    )


def test_what_is_emptied_goes_and_what_is_added_stands_at_the_end() -> None:
    changed = change(DRAFT, {0: "", 2: "  ", 4: "Ours."}, "One more.\n\nAnd another.")
    assert "## " not in changed
    assert "One place" not in changed
    assert changed.endswith("| 1 | 2 |\n\nOne more.\n\nAnd another.")


@pytest.mark.parametrize(
    "typed", ["# 1 in town", "1. of May", "- so they say", "*all* [of](http://x) it", "a < b & c", "===", "> 5"]
)
def test_signs_that_mean_something_in_markdown_are_only_signs(typed: str) -> None:
    shown = render(change("One.\n\nTwo.", {0: typed}))
    assert [one.words for one in passages_of(change("One.\n\nTwo.", {0: typed}))] == [typed, "Two."]
    assert (shown.count("<p>"), "<a" in shown, "<em>" in shown) == (2, False, False)


@given(place=st.integers(0, 4), typed=WORDS)
def test_whatever_is_typed_reads_as_it_was_typed_and_leaves_the_others_alone(place: int, typed: str) -> None:
    before = passages_of(DRAFT)
    after = [one.words for one in passages_of(change(DRAFT, {place: typed}))]
    paragraphs = [
        " ".join(part.split()) for part in "\n".join(line.strip() for line in typed.splitlines()).split("\n\n")
    ]
    expected = [part for part in paragraphs if part]
    if before[place].kind == Kind.HEADING:
        expected = [" ".join(expected)] if expected else []
    others = [one.words for one in before]
    assert [" ".join(words.split()) for words in after] == [*others[:place], *expected, *others[place + 1 :]]
