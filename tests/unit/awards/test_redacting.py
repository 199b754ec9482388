"""What blind judges do not read: passages marked by hand and telling names, pure; and the record of who hid what."""

import pytest

from awards.entries import content, selectors, services
from awards.entries.redacting import MASK, Piece, mask, stands_in
from awards.judging.reading import read_entry
from awards.judging.shown import title_of
from awards.models import Assignment, Round
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from tests.factories.entries import EntryFactory, handed_in
from tests.factories.judging import judging


def test_passages_are_hidden_however_they_are_broken_into_lines_and_names_as_words():
    masked = mask(["Nordwind", "Ana"], ["blue  ferry", "ferry"])

    assert masked.pieces("Ana took the Blue\nFerry of nordwind; bananas stayed.") == [
        Piece("Ana", "name"), Piece(" took the "), Piece("Blue\nFerry", "hidden"), Piece(" of "),
        Piece("nordwind", "name"), Piece("; bananas stayed."),
    ]  # fmt: skip
    assert masked.over({"story": ["The ferry"], "factor": "ferry", "n": 3}) == {
        "story": [f"The {MASK}"], "factor": "ferry", "n": 3,
    }  # fmt: skip
    assert mask([], []).over("All of it") == "All of it"


def test_what_stands_nowhere_is_not_found():
    said = {"title": "Routes", "metrics": [{"story": "By night\n we drove", "factor": "anecdote"}]}

    assert stands_in(said, "night we DROVE")
    assert not stands_in(said, "anecdote")
    assert not stands_in(said, " ")


@pytest.mark.django_db
def test_hidden_words_and_files_are_read_by_screeners_and_by_no_blind_judge(marketer):
    entry = handed_in(values={"challenge": "The only plant on the island was late.", "solution": "Planned."})
    before = content.written(entry)

    with pytest.raises(InvalidInput):
        services.hide(entry=entry, by=marketer, words="the only plan on the island")
    entry = services.hide(entry=entry, by=marketer, words=" The only plant\non the island ")
    assert services.hide(entry=entry, by=marketer, words="The only plant on the island").hidden_words == [
        "The only plant on the island"
    ]
    said, specs = selectors.said(entry)
    assert content.for_blind_judges(said, specs, entry)["answers"]["challenge"] == f"{MASK} was late."
    assert said["answers"] == before["answers"]

    services.mark_redacted(entry=entry, by=marketer)
    entry = services.show_again(entry=entry, by=marketer, words="The only plant on the island")
    assert entry.hidden_words == []
    assert entry.redacted_at is None


@pytest.mark.django_db
def test_who_helps_with_an_entry_hides_nothing_in_it_and_no_draft_is_touched(marketer, rep):
    mine = handed_in(EntryFactory(nominator=rep))

    with pytest.raises(NotAllowed):
        services.hide(entry=mine, by=rep, words="Planned")
    with pytest.raises(DomainError):
        services.hide(entry=EntryFactory(), by=marketer, words="Planned")


@pytest.mark.django_db
def test_a_name_that_was_missed_is_hidden_while_judges_read(marketer):
    room = judging(blindness="blind")
    entry = room.places[0].entry
    entry.refresh_from_db()
    words = entry.title

    services.hide(entry=entry, by=marketer, words=words)

    work = Assignment.objects.select_related("place__entry__account", "place__entry__owner", "place__category").get()
    assert words not in str(read_entry(work.place.entry, room.round, "Best"))
    assert title_of(work, blind=True) == MASK
    assert words in str(read_entry(work.place.entry, Round(blindness="open"), "Best"))
