"""A version's way: begun, written, read by colleagues, approved, published."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.charter.enums import CHARTER_MOVES, IN_WORK, CharterState
from refprogram.governance.charter.models import (
    CharterOpinion,
    CharterQuestion,
    CharterVersion,
    Part,
    PlanStep,
    RoadMark,
    ScopeLine,
)
from refprogram.governance.charter.services.parts import FIELDS
from refprogram.governance.charter.services.rows import NOUN, changed, locked, refuse_unless_runs, writable
from refprogram.kernel import moves
from refprogram.kernel.edit_history.keeping import ADDED
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

TEXTS = ("mission", "short_strategy", "long_strategy")


def _note(topic: str, row: CharterVersion, by: User | None, **facts: Any) -> None:
    emit(topic, subject=row, actor_id=by.person_id if by else None, payload=facts)


def _move(row: CharterVersion, to: CharterState, *also: str) -> None:
    moves.move(row, to, moves=CHARTER_MOVES, noun=_(NOUN), also=also)


@transaction.atomic
def begin_draft(*, by: User) -> CharterVersion:
    """Begin a new version with the words of the one that holds; while one is in work, return that."""
    refuse_unless_runs(by)
    with connection.cursor() as cursor:  # of two who begin at once, the second finds what the first began
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('governance.charter', 0))")
    known = list(CharterVersion.objects.select_for_update().order_by("-number"))
    in_work = next((row for row in known if row.state in IN_WORK), None)
    if in_work is not None:
        return in_work
    holds = next((row for row in known if row.state == CharterState.PUBLISHED), None)
    last = known[0].number if known else 0
    row = CharterVersion(number=last + 1, made_by=by, starts_on=timezone.localdate().replace(day=1))
    if holds is not None:
        row.mission, row.short_strategy, row.long_strategy = holds.mission, holds.short_strategy, holds.long_strategy
    row.save(force_insert=True)
    if holds is not None:
        for model in (ScopeLine, RoadMark, PlanStep, CharterQuestion):
            _copy(model, holds, row)
    _note("charter.drafted", row, by, number=row.number)
    return row


def _copy(model: type[Part], holds: CharterVersion, row: CharterVersion) -> None:
    """Take over the parts of the version that holds; of its plan what lies in the new one's months."""
    parts: Any = model._default_manager
    parts = parts.filter(version=holds)
    if model is PlanStep:
        parts = parts.filter(month__gte=row.starts_on)
    rows = [model(version=row, **{name: getattr(part, name) for name in FIELDS[model]}) for part in parts]  # type: ignore[misc]
    with pgtrigger.ignore(f"{model._meta.label}:edit_{ADDED}"):  # what was there before was added by nobody now
        model._default_manager.bulk_create(rows)


@transaction.atomic
def write(
    *, version: CharterVersion, texts: Mapping[str, str], starts_on: dt.date, revision: int | None, by: User
) -> CharterVersion:
    """Write mission and strategies, and say when the plan begins. Raises Stale where somebody was faster."""
    row = writable(version, by, revision, {name: texts[name] for name in TEXTS})
    for name in TEXTS:
        setattr(row, name, texts[name].strip())
    if not row.mission:
        message = _("Say what the program is for.")
        raise InvalidInput(message, errors={"mission": message})
    row.starts_on = starts_on.replace(day=1)
    row.save(update_fields=[*TEXTS, "starts_on"])
    changed(row, by)
    return row


@transaction.atomic
def consult(*, version: CharterVersion, people: Sequence[User], until: dt.date, by: User) -> CharterVersion:
    """Ask named colleagues for their opinion until a day; asked again, more of them, and for longer."""
    refuse_unless_runs(by)
    row = locked(version)
    if row.state != CharterState.CONSULT:
        moves.check(row, CharterState.CONSULT, moves=CHARTER_MOVES, noun=_(NOUN))
    errors = {}
    if until < timezone.localdate():
        errors["until"] = _("Choose a day that is still to come.")
    if not people:
        errors["people"] = _("Choose whose opinion is wanted.")
    if not row.mission or not row.lines.exists():
        errors["people"] = _("Write the mission and at least one line of the scope before others read it.")
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)
    row.consult_until = until
    if row.state == CharterState.CONSULT:
        row.save(update_fields=["consult_until"])
    else:
        _move(row, CharterState.CONSULT, "consult_until")
    now = timezone.now()
    known = set(row.opinions.values_list("user_id", flat=True))
    new = [CharterOpinion(version=row, user=one, asked_at=now) for one in people if one.pk not in known]
    CharterOpinion.objects.bulk_create(new)
    _note("charter.consulted", row, by, people=[one.user.person_id for one in new])
    return row


@transaction.atomic
def comment(*, version: CharterVersion, text: str, by: User) -> CharterOpinion:
    """Say what one thinks of the words as they are now; said again, the last word holds."""
    row = locked(version)
    opinion = CharterOpinion.objects.select_for_update().filter(version=row, user=by).first()
    if opinion is None:
        raise NotAllowed(_("Only the colleagues who were asked comment on a draft."))
    if row.state != CharterState.CONSULT:
        raise DomainError(_("Opinions of this version are not gathered any more."))
    words = text.strip()
    if not words:
        message = _("Write what you think; “fine as it is” is an opinion, too.")
        raise InvalidInput(message, errors={"text": message})
    opinion.text, opinion.said_at, opinion.revision = words, timezone.now(), row.revision
    opinion.save(update_fields=["text", "said_at", "revision"])
    _note("charter.opinion", row, by, revision=row.revision)
    return opinion


@transaction.atomic
def return_to_draft(*, version: CharterVersion, by: User) -> CharterVersion:
    """Work on it again: who was asked for approval need not answer any more. Opinions stay."""
    refuse_unless_runs(by)
    row = locked(version)
    row.asked_revision = None
    _move(row, CharterState.DRAFT, "asked_revision")
    approvals.withdraw_for(subject=row, by=by, reason=_("The charter is a draft again."))
    _note("charter.returned", row, by, because=_("being worked on"))
    return row


@transaction.atomic
def ask_approval(*, version: CharterVersion, by: User) -> CharterVersion:
    """Ask for approval of the words as they are now."""
    refuse_unless_runs(by)
    row = locked(version)
    moves.check(row, CharterState.APPROVED, moves=CHARTER_MOVES, noun=_(NOUN))
    row.asked_revision = row.revision
    row.save(update_fields=["asked_revision"])
    approvals.request(
        kind=ApprovalKind.CHARTER,
        subject=row,
        label=_("The program’s charter, version %(number)d") % {"number": row.number},
        url=row.get_absolute_url(),
        requester=by,
        reason=row.mission,
        owner=by,
    )
    return row


@transaction.atomic
def approve_asked(*, version_id: int, by: User | None) -> None:
    """Carry out a yes, if it is for the words as they are. Twice is once."""
    row = CharterVersion.objects.select_for_update().get(pk=version_id)
    if row.state != CharterState.CONSULT or row.asked_revision != row.revision:
        return
    _move(row, CharterState.APPROVED)
    _note("charter.approved", row, by, revision=row.revision)


@transaction.atomic
def decline_asked(*, version_id: int, by: User | None) -> None:
    """Carry out a no: it is a draft again. Twice is once."""
    row = CharterVersion.objects.select_for_update().get(pk=version_id)
    if row.state != CharterState.CONSULT or row.asked_revision is None:
        return
    row.asked_revision = None
    _move(row, CharterState.DRAFT, "asked_revision")
    _note("charter.returned", row, by, because=_("not approved"))


@transaction.atomic
def publish(*, version: CharterVersion, by: User) -> CharterVersion:
    """Let an approved version hold; the one before it is superseded."""
    refuse_unless_runs(by)
    rows = CharterVersion.objects.select_for_update().order_by("pk")
    before = rows.filter(state=CharterState.PUBLISHED).first()
    row = locked(version)
    moves.check(row, CharterState.PUBLISHED, moves=CHARTER_MOVES, noun=_(NOUN))
    now = timezone.now()
    if before is not None:
        before.superseded_at = now
        _move(before, CharterState.SUPERSEDED, "superseded_at")
        _note("charter.superseded", before, by, number=row.number)
    row.published_at = now
    _move(row, CharterState.PUBLISHED, "published_at")
    _note("charter.published", row, by, number=row.number)
    return row
