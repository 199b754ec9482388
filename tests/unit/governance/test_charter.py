"""The charter: its way from draft to what holds, its questions, who knows it, links."""

import datetime as dt
from decimal import Decimal

import pytest

from refprogram.governance.approvals.models import Approval
from refprogram.governance.charter import quiz, road, selectors, services
from refprogram.governance.charter.content import Content, Line, changes
from refprogram.governance.charter.desk import desk_items
from refprogram.governance.charter.enums import CharterState, Horizon, MarkKind
from refprogram.governance.charter.models import Acknowledgement, CharterQuestion, RoadMark, ScopeLine
from refprogram.governance.charter.services.acknowledging import CharterChanged
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from tests.factories.charter import ScopeLineFactory, approve, charter_of, consulted, holding, right_answers

JUNE = dt.date(2026, 6, 1)


# ---------------------------------------------------------------- pure


def test_what_changed_is_said_in_sentences():
    old = Content("Be fair.", lines={"Call": Line(True, Decimal(1)), "Logo": Line(False, Decimal(1))})
    new = Content(
        "Be fair.",
        long_strategy="Grow.",
        lines={"Call": Line(True, Decimal(2)), "Logo": Line(True, Decimal(1)), "Film": Line(False, Decimal(9))},
        plan={"Connect the CRM": JUNE},
    )
    assert changes(old, new) == [
        "The long strategy has other words.",
        "One Call counts 2 hours now, not 1.",
        "Logo is in scope now.",
        "Film is out of scope now.",
        "The plan has “Connect the CRM” now.",
    ]
    assert changes(new, old)[-2:] == ["Film is not spoken of any more.", "The plan has “Connect the CRM” no more."]
    assert changes(old, old) == []


def test_three_questions_are_made_of_the_charter_and_written_ones_come_first():
    lines = [
        ScopeLine(inside=True, name="Call", hours=Decimal("1.5")),
        ScopeLine(inside=False, name="Logo wall", hours=Decimal(3), because="Marketing does it."),
    ]
    asked = quiz.ask(lines, [])
    assert [one.right for one in asked] == ["We say no, and say who can help", "Call", "1.5"]
    assert asked[0].sentence == "Logo wall is out of scope. Marketing does it."
    assert asked == quiz.ask(lines, [])
    assert all(one.answers[one.place] == one.right for one in asked)
    written = CharterQuestion(text="Who owns it?", right="We do", wrong=["Nobody"], sentence="We own it.")
    assert [one.right for one in quiz.ask(lines, [], [written])] == ["We do", "We say no, and say who can help", "Call"]
    assert quiz.ask([], []) == ()


def test_the_road_lies_between_its_first_and_last_milestone():
    marks = [
        RoadMark(horizon=Horizon.SHORT, kind=MarkKind.MILESTONE, name="Late", month=dt.date(2026, 12, 1), pk=2),
        RoadMark(horizon=Horizon.LONG, kind=MarkKind.MILESTONE, name="Soon", month=JUNE, pk=1, reached_on=JUNE),
        RoadMark(horizon=Horizon.LONG, kind=MarkKind.DRIVER, name="Growth", pk=3),
    ]
    picture = road.draw(marks, dt.date(2026, 9, 1))
    assert picture is not None
    assert [(pin.number, pin.mark.name, pin.x, pin.above, pin.reached) for pin in picture.pins] == [
        (1, "Soon", 60, False, True),
        (2, "Late", 820, True, False),
    ]
    assert picture.today == (440, 125)  # three of six months: the middle of the road
    assert not picture.word_below
    at_the_end = road.draw(marks, dt.date(2026, 11, 25))  # beside the pin that stands above the road
    assert at_the_end is not None
    assert at_the_end.word_below
    assert road.draw(marks[2:], JUNE) is None


# ---------------------------------------------------------------- a version's way

pytestmark = pytest.mark.django_db


def test_a_version_goes_from_draft_to_what_holds(november, marketer, executive, rep, drain, mailoutbox):
    held = holding()
    version = services.begin_draft(by=marketer)
    assert services.begin_draft(by=marketer) == version
    assert selectors.content_of(version) == selectors.content_of(held)
    with pytest.raises(IllegalMove):
        services.publish(version=version, by=marketer)

    services.consult(version=version, people=[rep], until=dt.date(2026, 11, 9), by=marketer)
    drain()
    assert [mail.to for mail in mailoutbox] == [["Rhea Rep <rep@house.example>"]]
    assert [item.title for item in desk_items(rep)] == ["Your opinion of the charter is wanted"]
    services.comment(version=version, text="Fine", by=rep)
    with pytest.raises(NotAllowed):
        services.comment(version=version, text="Me, too", by=executive)
    assert desk_items(rep) == []

    services.ask_approval(version=version, by=marketer)
    services.add_part(
        version=version, model=ScopeLine, facts={"inside": True, "name": "Film", "words": [], "hours": 9}, by=marketer
    )
    assert Approval.objects.get().state == "withdrawn"  # a yes is for the words that were read
    services.ask_approval(version=version, by=marketer)
    approve(version, by=executive)
    drain()
    version.refresh_from_db()
    assert version.state == CharterState.APPROVED
    with pytest.raises(DomainError, match="settled"):
        services.remove_part(part=version.lines.first(), by=marketer)

    services.publish(version=version, by=marketer)
    drain()
    held.refresh_from_db()
    assert (held.state, selectors.current()) == (CharterState.SUPERSEDED, version)
    told = [mail for mail in mailoutbox if mail.subject == "The program’s charter changed"]
    assert {mail.to[0].rsplit("<", 1)[1] for mail in told} == {
        "executive@house.example>", "marketer@house.example>",
    }  # fmt: skip
    assert "Film is in scope now." in told[0].body


def test_only_who_runs_the_program_writes_and_who_is_slower_hears_it(marketer, executive):
    version = charter_of()
    texts = {"mission": "Ours", "short_strategy": "", "long_strategy": ""}
    with pytest.raises(NotAllowed):
        services.write(version=version, texts=texts, starts_on=JUNE, revision=1, by=executive)
    services.write(version=version, texts=texts, starts_on=dt.date(2026, 6, 17), revision=1, by=marketer)
    with pytest.raises(DomainError, match="Somebody has changed"):
        services.write(version=version, texts=texts, starts_on=JUNE, revision=1, by=marketer)
    version.refresh_from_db()
    assert (version.mission, version.starts_on, version.revision) == ("Ours", JUNE, 2)


@pytest.mark.parametrize(
    ("model", "facts", "field"),
    [
        (ScopeLine, {"inside": False, "name": "Logo", "words": [], "hours": 1}, "because"),
        (ScopeLine, {"inside": True, "name": " reference  CALL", "words": [], "hours": 1}, "name"),
        (RoadMark, {"horizon": "short", "kind": "milestone", "name": "Goal", "month": None}, "month"),
        (selectors.PARTS["step"], {"month": dt.date(2028, 1, 1), "name": "Too far"}, "month"),
    ],
)
def test_parts_that_make_no_sense_are_refused_beside_their_field(marketer, model, facts, field):
    version = charter_of(starts_on=JUNE)
    with pytest.raises(InvalidInput) as refusal:
        services.add_part(version=version, model=model, facts=facts, by=marketer)
    assert field in refusal.value.errors


def test_a_step_is_done_by_its_owner_also_when_the_words_are_settled(marketer, support, rep):
    version = holding()
    step = version.plan.get()
    step.owner = support
    step.save()
    with pytest.raises(NotAllowed):
        services.mark_done(part=step, by=rep)
    services.mark_done(part=step, by=support)
    step.refresh_from_db()
    assert step.done_on is not None


# ---------------------------------------------------------------- knowing it


def test_wrong_answers_show_the_sentence_and_rates_count_the_first_try(marketer, executive, support):
    version = holding()
    right = right_answers(version)
    wrong = [1 - right[0] if right[0] < 2 else 0, *right[1:]]
    assert [item.title for item in desk_items(executive)] == [f"The program’s charter, version {version.number}"]

    tried = services.acknowledge(version=version, answers=wrong, by=executive)
    assert tried.wrong == {0: "Board name is out of scope. Boards are asked by the executives."}
    assert tried.row.acknowledged_at is None
    done = services.acknowledge(version=version, answers=right, by=executive)
    assert (done.wrong, done.row.tries, done.row.first) == ({}, 2, [False, True, True])
    services.acknowledge(version=version, answers=right, by=support)

    assert desk_items(executive) == []
    assert selectors.right_at_once(version, 3) == [(1, 2), (2, 2), (2, 2)]
    known = {one.circle.value: (one.acknowledged, one.asked) for one in selectors.known_by(version)}
    assert known == {"boss": (1, 1), "peers": (0, 0), "team": (0, 1), "field": (1, 1)}


def test_a_charter_that_changed_meanwhile_is_not_acknowledged(marketer, executive):
    read = holding()
    answers = right_answers(read)
    version = services.begin_draft(by=marketer)
    ScopeLineFactory(version=version, name="Film", hours=9)
    version.state = CharterState.APPROVED
    version.save()
    services.publish(version=version, by=marketer)
    with pytest.raises(CharterChanged) as refusal:
        services.acknowledge(version=read, answers=answers, by=executive)
    assert refusal.value.changes == ["Film is in scope now."]
    assert not Acknowledgement.objects.exists()


# ---------------------------------------------------------------- links


def test_a_link_opens_the_charter_that_holds_until_it_is_withdrawn(client, marketer):
    holding()
    link = services.make_link(label="Board", days=3, by=marketer)
    url = services.address_of(link)
    path = url[url.index("/s/") :]
    page = client.get(path)
    assert (page.status_code, "Reference call" in page.text, "Board name" in page.text) == (200, True, True)
    assert selectors.links_for(marketer).get().times == 1
    services.withdraw_link(link=link, by=marketer)
    assert client.get(path).status_code == 410
    with pytest.raises(DomainError, match="already"):
        services.withdraw_link(link=link, by=marketer)


def test_opinions_of_another_version_are_not_wanted(marketer, rep):
    version = consulted(by=marketer, people=[rep])
    services.return_to_draft(version=version, by=marketer)
    with pytest.raises(DomainError, match="not gathered"):
        services.comment(version=version, text="Late", by=rep)
