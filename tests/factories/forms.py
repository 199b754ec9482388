"""Forms: a design with a published version, and answers that were sent."""

from typing import Any

from refprogram.kernel.form_builder import services
from refprogram.kernel.form_builder.fields import FieldSpec, Option
from refprogram.kernel.models import FormAnswer, FormVersion
from refprogram.kernel.stream import Subject

SCORE = FieldSpec("score", "nps", "How likely are you to recommend us?", required=True)
WHY = FieldSpec("why", "long_text", "What is the main reason?")
YES_NO = (Option("yes", "Yes"), Option("no", "No"))


def published_form(
    specs: list[FieldSpec] | None = None, *, name: str = "Form", purpose: str = "survey", by: Any = None
) -> FormVersion:
    """Return the published version of a new form."""
    design = services.create_design(name=name, purpose=purpose, by=by, specs=specs or [SCORE, WHY])
    return services.publish(design=design, revision=0, by=by)


def sent_answer(version: FormVersion, values: dict[str, Any], number: int = 1) -> FormAnswer:
    """Return an answer that was sent, about a subject of its own."""
    answer = services.open_answer(version=version, subject=Subject("thing", number), person_id=None)
    return services.submit_answer(answer=answer, values=values, revision=0)
