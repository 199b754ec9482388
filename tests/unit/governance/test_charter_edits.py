"""Who changed what in a draft of the charter, in the register, in the directory: also what came and what went."""

import datetime as dt

import pytest

from refprogram.governance.charter import services as charter
from refprogram.governance.charter.models import ScopeLine
from refprogram.governance.plotting import services as plotting
from refprogram.governance.stakeholders import services as stakeholders
from refprogram.governance.stakeholders.models import DirectoryEntry, Stakeholder
from refprogram.governance.stakeholders.privacy import erase_person
from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.edit_history.nouns import copies_of, nouns
from refprogram.kernel.edit_history.reading import edits_of
from tests.factories.charter import charter_of, holding, passed_on
from tests.factories.stakeholders import (
    DirectoryEntryFactory,
    LaunchFactory,
    RequirementFactory,
    StakeholderFactory,
)

pytestmark = pytest.mark.django_db


def told(noun, row, viewer):
    """Return what the edits of a row say, as one list: within a test all is one transaction."""
    row.refresh_from_db()
    return [
        (change.label, change.was, change.now)
        for edit in edits_of(nouns()[noun], row, viewer=viewer)[0]
        for change in edit.changes
    ]


def test_lines_of_a_draft_show_when_they_changed_and_went(marketer, manager):
    version = charter_of()
    call, board = version.lines.order_by("pk")
    copies_of(ScopeLine).objects.all().delete()
    with acting(via="page", person=marketer.person_id):
        charter.change_part(part=call, facts={"hours": 2, "redirect_to": manager}, by=marketer)
        charter.remove_part(part=board, by=marketer)
    found = [one for one in told("charter", version, marketer) if one[0].startswith((call.name, board.name))]
    assert found == [
        ("Reference call: Working hours for one", "1.5", "2"),
        ("Reference call: Who can help instead", "", manager.name),
        ("Board name: Is it ours?", "No", ""),
        ("Board name: Kind of work", "Board name", ""),
        ("Board name: Words by which a request of it is known", "board names", ""),
        ("Board name: Working hours for one", "4", ""),
        ("Board name: Why, or under which condition", "Boards are asked by the executives.", ""),
    ]


def test_what_a_new_version_takes_over_is_no_edit_of_it(marketer):
    holding()
    version = charter.begin_draft(by=marketer)
    assert told("charter", version, marketer) == []
    charter.add_part(
        version=version, model=ScopeLine, facts={"inside": True, "name": "Film", "words": [], "hours": 9}, by=marketer
    )
    assert told("charter", version, marketer) == [
        ("Film: Is it ours?", "", "Yes"),
        ("Film: Kind of work", "", "Film"),
        ("Film: Working hours for one", "", "9"),
    ]


def test_decisions_about_a_request_are_kept_as_they_were(marketer, manager, executive):
    holding()
    row = passed_on(by=marketer, to=manager)
    plotting.take(row=row, by=marketer)
    plotting.redirect(row=row, to=executive, due_on=dt.date(2031, 1, 9), because="Theirs.", by=marketer)
    found = {label: (was, now) for label, was, now in told("plotted", row, marketer)}
    assert found == {"Passed on to": ("", executive.name), "Answer by": ("", "9 January 2031"),
                     "Because": ("", "Theirs.")}  # fmt: skip


def test_a_stakeholder_shows_what_was_thought_of_them_and_what_they_needed(marketer):
    need = RequirementFactory(stakeholder=StakeholderFactory(influence=2))
    row = need.stakeholder
    stakeholders.change_stakeholder(row=row, facts={"influence": 5, "success": "A number"}, by=marketer)
    stakeholders.note_contact(row=row, on=dt.date(2026, 1, 5), note="", by=marketer)
    assert told("stakeholder", row, marketer) == [
        ("Influence", "2", "5"),
        ("When they call it a success", "", "A number"),
        ("A number each month: What they need", "", "A number each month"),
    ]


def test_the_directory_and_launches_show_what_they_said_before(marketer):
    entry, launch = DirectoryEntryFactory(topics="Hospitals"), LaunchFactory(references=3)
    stakeholders.change_entry(entry=entry, topics="Audits", reach="By chat", by=marketer)
    stakeholders.plan_launch(launch=launch, facts={"references": 5}, by=marketer)
    assert told("directory", entry, marketer) == [
        ("What they know", "Hospitals", "Audits"),
        ("How they like to be asked", "", "By chat"),
    ]
    assert told("launch", launch, marketer) == [("How many references it needs", "3", "5")]


def test_nothing_is_left_in_the_history_of_who_is_erased(marketer, rep):
    first = stakeholders.add_entry(user=rep, knows="sales", topics="Ships", reach="", by=marketer)
    stakeholders.remove_entry(entry=first, by=marketer)
    StakeholderFactory(user=rep, name=rep.name)
    Stakeholder.objects.update(success="Peace")
    erase_person(rep.person_id)
    assert not copies_of(DirectoryEntry).objects.exists()
    assert not DirectoryEntry.objects.exists()
