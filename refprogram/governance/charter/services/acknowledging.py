"""Knowing the charter: three questions, answered until all are right. What was read must be what holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.charter import selectors
from refprogram.governance.charter.content import changes
from refprogram.governance.charter.enums import CharterState
from refprogram.governance.charter.models import Acknowledgement, CharterVersion
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User


class CharterChanged(DomainError):
    """Another charter holds than the one that was read; `changes` says in sentences how it differs."""

    code = "stale"

    def __init__(self, found: Sequence[str]) -> None:
        self.changes = list(found)
        super().__init__(" ".join([_("The charter changed while you read it."), *found]))


@dataclass(frozen=True)
class Outcome:
    """What came of a try: the row, and what the charter says where an answer was wrong, by question."""

    row: Acknowledgement
    wrong: Mapping[int, str]


@transaction.atomic
def acknowledge(*, version: CharterVersion, answers: Sequence[int | None], by: User) -> Outcome:
    """Answer the questions of a version (the place of each answer); all right, and it is acknowledged.

    Raises CharterChanged where a newer one holds by now, InvalidInput where a question was left out.
    """
    if not by.has_perm("governance.acknowledge_charter"):
        raise NotAllowed(_("Judges from outside need not know the charter."))
    row = CharterVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    if row.state != CharterState.PUBLISHED:
        _refuse_stale(row)
    asked = selectors.questions_of(row)
    if not asked:
        raise DomainError(_("This charter says too little to ask about."))
    missing = {f"q{place}": _("Choose an answer.") for place in range(len(asked)) if _at(answers, place) is None}
    if missing:
        raise InvalidInput(_("Answer each question."), errors=missing)
    right = [question.place == _at(answers, place) for place, question in enumerate(asked)]
    known, is_new = Acknowledgement.objects.select_for_update().get_or_create(
        version=row, user=by, defaults={"first": right}
    )
    if known.acknowledged_at is None and not is_new:
        known.tries += 1
    if all(right) and known.acknowledged_at is None:
        known.acknowledged_at = timezone.now()
        facts = {"first": known.first, "tries": known.tries}
        emit("charter.acknowledged", subject=row, actor_id=by.person_id, payload=facts)
    known.save(update_fields=["tries", "acknowledged_at"])
    return Outcome(known, {place: q.sentence for place, q in enumerate(asked) if not right[place]})


def _at(answers: Sequence[int | None], place: int) -> int | None:
    return answers[place] if place < len(answers) else None


def _refuse_stale(row: CharterVersion) -> None:
    holds = selectors.current()
    if holds is None or row.state != CharterState.SUPERSEDED:
        raise DomainError(_("This version does not hold: there is nothing to acknowledge yet."))
    raise CharterChanged(changes(selectors.content_of(row), selectors.content_of(holds)))
