"""Answering forms: open an answer, keep what is typed, send it for good."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.enums import AnswerState
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.form_builder import reading
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import from_json
from refprogram.kernel.form_builder.services.stale import StaleDraft
from refprogram.kernel.models import FormAnswer, FormVersion
from refprogram.kernel.prepared import Given, Prepared
from refprogram.kernel.stream import Subject, subject_of


@transaction.atomic
def open_answer(*, version: FormVersion, subject: models.Model | Subject, person_id: int | None) -> FormAnswer:
    """Return this person's answer about the subject, locked; started now if there was none. Once per version."""
    if version.published_at is None:
        raise DomainError(_("This form is not published yet."))
    about = subject if isinstance(subject, Subject) else subject_of(subject)
    answer, created = FormAnswer.objects.get_or_create(
        version=version, subject_type=about.type, subject_id=about.id, person_id=person_id
    )
    if not created:  # a new row is nobody else's before it is committed
        answer = FormAnswer.objects.select_for_update().get(pk=answer.pk)
    answer.version = version
    return answer


@transaction.atomic
def save_answer(*, answer: FormAnswer, values: Mapping[str, Any], revision: int, tab: str = "") -> FormAnswer:
    """Keep a draft as typed. What was sent already stays as it is.

    Raises StaleDraft when another tab or device saved since `revision`; the tab that saved last may go on.
    """
    answer = _lock_answer(answer)
    if answer.state == AnswerState.SUBMITTED:
        return answer
    _demand_current(answer, revision, tab)
    answer.values, answer.tab, answer.revision = with_files(answer, values), tab[:12], answer.revision + 1
    answer.save(update_fields=["values", "tab", "revision"])
    return answer


@transaction.atomic
def submit_answer(*, answer: FormAnswer, values: Mapping[str, Any], revision: int, tab: str = "") -> FormAnswer:
    """Check every field and keep the answer for good; sending it again does nothing.

    Raises InvalidInput with the errors by field key, StaleDraft when another tab saved something newer.
    """
    answer = _lock_answer(answer)
    if answer.state == AnswerState.SUBMITTED:
        return answer
    _demand_current(answer, revision, tab)
    answer.values, answer.revision, answer.tab = _checked(answer.version, values), answer.revision + 1, ""
    answer.state, answer.submitted_at = AnswerState.SUBMITTED, timezone.now()
    answer.save(update_fields=["values", "revision", "tab", "state", "submitted_at"])
    return answer


@transaction.atomic(savepoint=False)
def submit_new_answer(
    *, version: FormVersion, subject: models.Model | Subject, person_id: int | None, values: Mapping[str, Any]
) -> FormAnswer:
    """Check every field and keep an answer that nobody had begun, for good. The caller holds the lock of its subject.

    Raises InvalidInput with the errors by field key; then nothing is kept.
    """
    about = subject if isinstance(subject, Subject) else subject_of(subject)
    answer = FormAnswer(
        version=version,
        subject_type=about.type,
        subject_id=about.id,
        person_id=person_id,
        values=_checked(version, values),
        revision=1,
        state=AnswerState.SUBMITTED,
        submitted_at=timezone.now(),
    )
    answer.save(force_insert=True)
    return answer


@transaction.atomic
def keep_file(*, answer: FormAnswer, key: str, file_id: str) -> FormAnswer:
    """Name the stored file that answers one field (empty: none any more). Files are not part of the tabs' race."""
    answer = _lock_answer(answer)
    if answer.state == AnswerState.SUBMITTED:
        return answer
    answer.values = {**answer.values, key: file_id} if file_id else {k: v for k, v in answer.values.items() if k != key}
    answer.save(update_fields=["values"])
    return answer


def hold(*, answer: FormAnswer) -> FormAnswer:
    """Return the answer fresh and locked, for a room that writes in it itself. In the caller's transaction."""
    return _lock_answer(answer)


def with_files(answer: FormAnswer, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, with the files that a held answer has.

    They come by a request of their own, while others are under way: what one of those read before is old.
    """
    keys = {spec.key for spec in from_json(answer.version.fields) if spec.type == FieldType.FILE}
    typed = {key: value for key, value in values.items() if key not in keys}
    return typed | {key: answer.values[key] for key in keys & answer.values.keys()}


def _checked(version: FormVersion, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = reading.clean(from_json(version.fields), values)
    if checked.errors:
        raise InvalidInput(_("Some answers need another look."), errors=checked.errors)
    return checked.values


def _lock_answer(answer: FormAnswer) -> FormAnswer:
    (locked,) = _LOCKED(answer=answer.pk)
    return locked


_LOCKED = Prepared(
    lambda: (
        FormAnswer.objects.select_for_update(of=("self",))
        .select_related("version__design")
        .filter(pk=Given("answer", models.BigIntegerField()))
    )
)


def _demand_current(answer: FormAnswer, revision: int, tab: str) -> None:
    if answer.revision == revision or (tab and answer.tab == tab[:12]):
        return
    raise StaleDraft(_("Your other tab or device saved something newer. Nothing was overwritten."))
