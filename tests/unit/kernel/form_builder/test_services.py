"""Drafts, versions, answers: nothing is overwritten unseen, nothing counts twice."""

import csv
import io
import json

import openpyxl
import pytest
from django.db import DatabaseError, transaction

from refprogram.kernel.enums import AnswerState
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.form_builder import exports, results, selectors, services
from refprogram.kernel.form_builder.fields import FieldSpec, Option, to_json
from refprogram.kernel.form_builder.results import nps_of
from refprogram.kernel.models import FormAnswer, FormDesign
from refprogram.kernel.stream import Subject
from tests.factories.forms import SCORE, WHY, published_form, sent_answer

pytestmark = pytest.mark.django_db
THING = Subject("thing", 1)


def test_draft_changes_count_its_revision():
    design = services.create_design(name="  My   form ", purpose="survey", by=None)

    draft = services.edit_draft(design=design, revision=0, edit="add", data={"type": "nps"})
    draft = services.edit_draft(design=design, revision=1, edit="change", data={"key": "nps", "label": "How likely?"})

    assert design.name == "My form"
    assert draft.revision == 2
    assert selectors.specs_of(draft)[0].label == "How likely?"


def test_stale_tab_is_told_and_nothing_is_overwritten():
    design = services.create_design(name="Form", purpose="survey", by=None, specs=[SCORE])
    services.edit_draft(design=design, revision=0, edit="add", data={"type": "text"})

    with pytest.raises(services.StaleDraft):
        services.edit_draft(design=design, revision=0, edit="remove", data={"key": "score"})

    assert [spec.key for spec in selectors.specs_of(selectors.draft_of(design))] == ["score", "text"]


def test_two_forms_of_one_name_are_refused():
    services.create_design(name="Form", purpose="survey", by=None)

    with pytest.raises(InvalidInput):
        services.create_design(name="Form", purpose="survey", by=None)


def test_unsound_draft_is_not_published():
    design = services.create_design(name="Form", purpose="survey", by=None, specs=[FieldSpec("a", "text")])

    with pytest.raises(InvalidInput):
        services.publish(design=design, revision=0, by=None)


def test_publishing_twice_without_a_change_is_refused():
    version = published_form()

    with pytest.raises(DomainError):
        services.publish(design=version.design, revision=0, by=None)


def test_published_version_does_not_change():
    version = published_form()

    with pytest.raises(DatabaseError), transaction.atomic():
        type(version).objects.filter(pk=version.pk).update(fields=to_json([WHY]))
    services.edit_draft(design=version.design, revision=0, edit="remove", data={"key": "why"})
    newer = services.publish(design=version.design, revision=1, by=None)

    version.refresh_from_db()
    assert [spec.key for spec in selectors.specs_of(version)] == ["score", "why"]
    assert (newer.number, [spec.key for spec in selectors.specs_of(newer)]) == (2, ["score"])


def test_archived_form_is_offered_no_more_until_it_is_back():
    version = published_form()
    services.archive(design=version.design)

    assert version not in selectors.newest_published("survey")
    with pytest.raises(DomainError):
        services.save_draft(design=version.design, revision=0, intro="x")

    services.bring_back(design=version.design)
    assert version in selectors.newest_published("survey")


def test_answer_is_kept_as_typed_and_sent_parsed():
    version = published_form([SCORE, FieldSpec("n", "number", "Hours", places=1)])
    answer = services.open_answer(version=version, subject=THING, person_id=None)

    draft = services.save_answer(answer=answer, values={"n": "1,50"}, revision=0)
    assert draft.values == {"n": "1,50"}
    sent = services.submit_answer(answer=draft, values={"score": "9", "n": "1,50"}, revision=1)

    assert sent.state == AnswerState.SUBMITTED
    assert sent.values == {"score": "9", "n": "1.5"}


def test_sending_twice_does_nothing_twice():
    answer = sent_answer(published_form(), {"score": "9"})

    again = services.submit_answer(answer=answer, values={"score": "1"}, revision=answer.revision)
    saved = services.save_answer(answer=answer, values={"score": "2"}, revision=answer.revision)

    assert again.values == saved.values == {"score": "9"}
    assert again.submitted_at == answer.submitted_at


def test_other_tab_is_told_the_own_one_goes_on():
    answer = services.open_answer(version=published_form(), subject=THING, person_id=None)
    answer = services.save_answer(answer=answer, values={"why": "first"}, revision=0, tab="one")

    with pytest.raises(services.StaleDraft):
        services.save_answer(answer=answer, values={"why": "other"}, revision=0, tab="two")
    with pytest.raises(services.StaleDraft):
        services.submit_answer(answer=answer, values={"score": "9"}, revision=0, tab="two")
    # The page of tab one has not yet heard of its own last save.
    sent = services.submit_answer(answer=answer, values={"score": "9"}, revision=0, tab="one")

    assert sent.values == {"score": "9"}


def test_refused_answer_names_its_fields_and_stays_a_draft():
    answer = services.open_answer(version=published_form(), subject=THING, person_id=None)

    with pytest.raises(InvalidInput) as refusal:
        services.submit_answer(answer=answer, values={"score": "11"}, revision=0)

    assert refusal.value.errors.keys() == {"score"}
    assert FormAnswer.objects.get().state == AnswerState.DRAFT


def test_one_answer_for_one_person_subject_and_version():
    version = published_form()

    first = services.open_answer(version=version, subject=THING, person_id=None)
    second = services.open_answer(version=version, subject=THING, person_id=None)

    assert first.pk == second.pk


def test_draft_version_is_not_answered():
    design = services.create_design(name="Form", purpose="survey", by=None, specs=[SCORE])

    with pytest.raises(DomainError):
        services.open_answer(version=selectors.draft_of(design), subject=THING, person_id=None)


def test_version_that_the_page_was_drawn_from():
    old = published_form()
    services.edit_draft(design=old.design, revision=0, edit="remove", data={"key": "why"})
    new = services.publish(design=old.design, revision=1, by=None)
    other = published_form(name="Another")

    assert selectors.version_for(new, old.public_id) == old
    assert selectors.version_for(new, other.public_id) == new
    assert selectors.version_for(new, selectors.draft_of(old.design).public_id) == new


# ---------------------------------------------------------------- results


@pytest.mark.parametrize(
    ("scores", "score"),
    [
        ([], None),
        ([10, 9, 8, 7, 6, 0], 0),
        ([10, 10, 8], 67),
        ([6], -100),
        ([9] * 7 + [7] * 2 + [3], 60),
        ([9] + [8] * 7, 13),  # 12.5, rounded up
    ],
)
def test_nps_by_hand(scores, score):
    assert nps_of(scores).score == score
    assert nps_of(scores).n == len(scores)


def test_results_by_field(rep):
    specs = [
        SCORE,
        FieldSpec("parts", "choices", "What?", options=(Option("a", "A"), Option("b", "B"))),
        FieldSpec("gain", "metric", "Gain", metric="Days"),
        FieldSpec("secret", "text", "Who are you?", blind=True),
    ]
    version = published_form(specs)
    sent_answer(version, {"score": "10", "parts": ["a", "b"], "gain": {"before": "10", "after": "5"}, "secret": "Anna"})
    sent_answer(version, {"score": "3", "parts": ["a"]}, 2)
    services.open_answer(version=version, subject=Subject("thing", 3), person_id=None)

    found = {one.spec.key: one for one in results.results_of(selectors.sent_answers(version), specs)}

    assert (found["score"].n, found["score"].mean, found["score"].nps.score) == (2, 6.5, 0)
    assert found["parts"].rows == [("A", 2, 1.0), ("B", 1, 0.5)]
    assert found["gain"].change == -0.5
    assert found["secret"].texts == ["Anna"]
    assert [spec.key for spec in results.open_to(specs, blind_too=False)] == ["score", "parts", "gain"]


def test_exports_hold_the_same_and_no_formula(rep):
    version = published_form([SCORE, WHY])
    sent_answer(version, {"score": "10", "why": "=1+1"})
    answers, specs = selectors.sent_answers(version), selectors.specs_of(version)

    def export(form):
        return exports.export(answers, specs, form=form, name="My form", viewer=rep, names=False).content

    heads, row = list(csv.reader(io.StringIO(export("csv").decode("utf-8-sig"))))
    assert heads == ["Sent", f"{SCORE.label} [score]", f"{WHY.label} [why]"]
    assert row[1:] == ["10", "'=1+1"]
    assert json.loads(export("json"))["answers"][0]["values"] == {"score": "10", "why": "=1+1"}
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx")))
    assert [cell.value for cell in book["Answers"][1]] == heads
    assert [[cell.value for cell in line][:2] for line in book["Questions"]][1:] == [
        ["score", SCORE.label],
        ["why", WHY.label],
    ]


def test_forms_are_seen_by_who_builds_or_reads_them(marketer, executive, rep):
    published_form(name="Mine")
    services.create_design(name="Inside", purpose="colleagues", by=None)

    mine = FormDesign.objects.filter(name__in=["Mine", "Inside"])
    assert set(selectors.visible_to(marketer)) >= set(mine)
    assert {one.name for one in selectors.visible_to(executive)} & {"Mine", "Inside"} == {"Mine"}
    assert not selectors.visible_to(rep).exists()
