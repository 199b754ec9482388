"""What a version is made of: added, changed, taken out, and done."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.charter.enums import CharterState, MarkKind
from refprogram.governance.charter.models import (
    CharterQuestion,
    CharterVersion,
    Part,
    PlanStep,
    RoadMark,
    ScopeLine,
)
from refprogram.governance.charter.policy import PLAN_MONTHS
from refprogram.governance.charter.services.rows import changed, locked, writable
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.people.models import User

P = TypeVar("P", bound=Part)

MOST_WRONG: Final = 4

# What can be said of each; the order is that of their forms.
FIELDS: Final[Mapping[type[Part], tuple[str, ...]]] = {
    ScopeLine: ("inside", "name", "kind", "words", "hours", "because", "redirect_to"),
    RoadMark: ("horizon", "kind", "name", "month", "reached_on"),
    PlanStep: ("month", "name", "owner", "done_on"),
    CharterQuestion: ("text", "right", "wrong", "sentence"),
}


@transaction.atomic
def add_part(
    *, version: CharterVersion, model: type[P], facts: Mapping[str, Any], by: User, revision: int | None = None
) -> P:
    """Add a line, a mark, a step or a question. Raises InvalidInput beside the field, DomainError when settled.

    `revision`, here and below: of the version as it was read; Stale where somebody changed it since.
    """
    row = writable(version, by, revision)
    part = model(version=row, **_known(model, facts))
    _check(part)
    part.save(force_insert=True)
    changed(row, by)
    return part


@transaction.atomic
def change_part(*, part: P, facts: Mapping[str, Any], by: User, revision: int | None = None) -> P:
    """Say it differently."""
    row = writable(_version_of(part), by, revision)
    held = _held(part)
    for name, value in _known(type(part), facts).items():
        setattr(held, name, value)
    _check(held)
    held.save()
    changed(row, by)
    return held


@transaction.atomic
def remove_part(*, part: Part, by: User, revision: int | None = None) -> CharterVersion:
    """Take it out of the version."""
    row = writable(_version_of(part), by, revision)
    _held(part).delete()
    changed(row, by)
    return row


@transaction.atomic
def mark_done(*, part: RoadMark | PlanStep, by: User) -> CharterVersion:
    """Say that a milestone is reached, or a step of the plan done; again takes it back. Its words stay as they are."""
    row = locked(part.version)
    held = _held(part)
    owns = isinstance(held, PlanStep) and held.owner_id == by.pk
    if not (owns or by.has_perm("governance.run_charter")):
        raise NotAllowed(_("That is for who sees to this step, or for the reference managers."))
    if row.state == CharterState.SUPERSEDED:
        raise DomainError(_("A newer charter holds. Say it there."))
    name = "done_on" if isinstance(held, PlanStep) else "reached_on"
    setattr(held, name, None if getattr(held, name) else timezone.localdate())
    held.save(update_fields=[name])
    return row


def _version_of(part: Part) -> CharterVersion:
    version: CharterVersion = part.version  # type: ignore[attr-defined]
    return version


def _held(part: P) -> P:
    """Return the part, held; DomainError where somebody took it out meanwhile."""
    row: P | None = type(part)._default_manager.select_for_update().filter(pk=part.pk).first()
    if row is None:
        raise DomainError(_("Somebody took this out of the charter meanwhile."))
    return row


def _known(model: type[Part], facts: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: facts[name] for name in FIELDS[model] if name in facts}
    missing = [name for name, value in known.items() if value is None and not model._meta.get_field(name).null]
    if missing:
        message = _("This cannot be left empty.")
        raise InvalidInput(message, errors=dict.fromkeys(missing, message))
    return known


def _check(part: Part) -> None:
    if isinstance(part, ScopeLine):
        _check_line(part)
    elif isinstance(part, RoadMark):
        _check_mark(part)
    elif isinstance(part, PlanStep):
        part.month = part.month.replace(day=1)
        _refuse_outside_plan(part.version, part.month)
    elif isinstance(part, CharterQuestion):
        _check_question(part)
    try:
        part.full_clean(validate_unique=False)
    except ValidationError as error:
        raise InvalidInput(error.messages[0], errors={k: v[0] for k, v in error.message_dict.items()}) from error


def _check_line(line: ScopeLine) -> None:
    line.name = " ".join(line.name.split())
    line.words = [word for word in (" ".join(word.lower().split()) for word in line.words) if word]
    twins = ScopeLine.objects.filter(version=line.version_id, name__iexact=line.name).exclude(pk=line.pk)
    if twins.exists():
        message = _("There is a line of this name already.")
        raise InvalidInput(message, errors={"name": message})
    if not line.inside and not line.because.strip():
        message = _("Say why it is not ours: who asks for it reads this.")
        raise InvalidInput(message, errors={"because": message})


def _check_mark(mark: RoadMark) -> None:
    if mark.kind == MarkKind.DRIVER:
        mark.month = mark.reached_on = None
    elif mark.month is None:
        message = _("Say in which month it is to be reached.")
        raise InvalidInput(message, errors={"month": message})
    else:
        mark.month = mark.month.replace(day=1)


def _check_question(question: CharterQuestion) -> None:
    question.right = question.right.strip()
    question.wrong = [answer for answer in (words.strip() for words in question.wrong) if answer]
    message = ""
    if not 1 <= len(question.wrong) <= MOST_WRONG:
        message = _("Between one and four wrong answers.")
    elif question.right in question.wrong:
        message = _("The right answer cannot be a wrong one.")
    if message:
        raise InvalidInput(message, errors={"wrong": message})


def last_month_of(version: CharterVersion) -> dt.date:
    """Return the last month of a version's plan."""
    at = version.starts_on.year * 12 + version.starts_on.month - 1 + PLAN_MONTHS - 1
    return dt.date(at // 12, at % 12 + 1, 1)


def _refuse_outside_plan(version: CharterVersion, month: dt.date) -> None:
    if not version.starts_on <= month <= last_month_of(version):
        message = _("The plan has %(n)d months. Choose one of them.") % {"n": PLAN_MONTHS}
        raise InvalidInput(message, errors={"month": message})
