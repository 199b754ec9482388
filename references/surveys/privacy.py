"""What this room knows of a person, and how it is forgotten: words go, scores and dates stay."""

from typing import Any

from references.surveys.models import SurveyInvitation
from refprogram.kernel.enums import AnswerState
from refprogram.kernel.form_builder.selectors import specs_of
from refprogram.kernel.models import FormAnswer


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person was asked by survey, and what they answered."""
    rows = SurveyInvitation.objects.filter(contact__person=person_id).select_related("survey", "answer")
    return {
        "surveys": [
            {
                "survey": row.survey.name,
                "state": row.state,
                "sent_at": row.sent_at,
                "answered_at": row.answered_at,
                "score": row.score,
                "answers": row.answer.values if row.answer is not None else {},
            }
            for row in rows.order_by("pk")
        ]
    }


def erase_person(person_id: int) -> None:
    """Empty the words of a person's answers; figures and choices stay, as they say nothing about who it was."""
    answers = FormAnswer.objects.select_for_update(of=("self",)).filter(person_id=person_id).select_related("version")
    for answer in answers:
        plain = {spec.key for spec in specs_of(answer.version) if spec.is_figure or spec.options}
        answer.values = {key: value for key, value in answer.values.items() if key in plain}
        if answer.state == AnswerState.DRAFT:
            answer.values = {}
        answer.save(update_fields=["values"])
