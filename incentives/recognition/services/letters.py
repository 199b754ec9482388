"""Letters of executives: drafted from facts by anybody who runs recognition, edited and sent by the executive alone."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.recognition import drafting
from incentives.recognition.enums import LETTER_MOVES, LetterState
from incentives.recognition.models import Letter
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stale import refuse_stale
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import User

WRITERS: Final = (Role.EXECUTIVE, Role.SALES_HEAD)
LONGEST: Final = 4000


@transaction.atomic
def draft_letter(*, about: User, writer: User, actor: User) -> Letter:
    """Draft a letter from what the program knows the person did lately."""
    if actor.pk != writer.pk and not actor.has_perm("incentives.run_recognition"):
        raise NotAllowed(_("Letters are drafted by their writer, or by who runs recognition."))
    if writer.role not in WRITERS or not writer.is_active:
        _refuse("writer", _("Letters are written by an executive or the head of sales."))
    if about.pk == writer.pk or not about.is_active or about.role == Role.JUDGE:
        _refuse("about", _("A letter goes to a colleague."))
    facts = drafting.facts_of(about)
    row = Letter(
        writer=writer, about=about.person, drafted_by=actor, facts=facts,
        subject=drafting.subject(about), body=drafting.body(about, writer, facts),
    )  # fmt: skip
    row.save(force_insert=True)
    emit("letter.drafted", subject=row, actor_id=actor.person_id, payload={"person": about.person_id})
    return row


@transaction.atomic
def change_letter(*, letter: Letter, actor: User, revision: int | None = None, **facts: Any) -> Letter:
    """Change a draft. Whoever drafted it may, and its writer; what goes out is what the writer sends."""
    row = _held(letter)
    if not (actor.pk in (row.writer_id, row.drafted_by_id) or actor.has_perm("incentives.run_recognition")):
        raise NotAllowed(_("A draft is changed by its writer and by who drafted it."))
    moves.check(row, LetterState.SENT, moves=LETTER_MOVES, noun=_("letter"))
    refuse_stale(row, revision, _("Somebody changed this letter while you wrote. Nothing was overwritten."), facts)
    for name in ("subject", "body", "public"):
        if name in facts:
            setattr(row, name, facts[name])
    row.subject = " ".join(row.subject.split())
    if not row.subject:
        _refuse("subject", _("Give the letter a subject."))
    if not row.body.strip() or len(row.body) > LONGEST:
        _refuse("body", _("Between one and %(n)d characters, please.") % {"n": LONGEST})
    row.revision += 1
    row.save(update_fields=["subject", "body", "public", "revision"])
    return row


@transaction.atomic
def send_letter(*, letter: Letter, actor: User, revision: int | None = None) -> Letter:
    """Send a letter: only its writer does. The manager of its reader gets a copy; `public` publishes it to the feed.

    `revision` is that of the words that the writer read: others are not sent in their name.
    """
    row = _held(letter)
    if actor.pk != row.writer_id:
        raise NotAllowed(_("Only %(name)s sends this letter.") % {"name": row.writer.name})
    moves.check(row, LetterState.SENT, moves=LETTER_MOVES, noun=_("letter"))
    refuse_stale(row, revision, _("The letter was changed since you read it. Nothing was sent: read it once more."))
    team = User.objects.filter(person=row.about_id).values_list("team__manager", flat=True).first()
    copied = team if team not in (None, actor.pk) else None
    row.sent_at, row.copied_to_id = timezone.now(), copied
    moves.move(row, LetterState.SENT, moves=LETTER_MOVES, noun=_("letter"), also=("sent_at", "copied_to"))
    facts = {"person": row.about_id, "public": row.public}
    emit("letter.sent", subject=row, actor_id=actor.person_id, payload=facts)
    return row


@transaction.atomic
def drop_letter(*, letter: Letter, actor: User) -> Letter:
    """Drop a draft."""
    row = _held(letter)
    if not (actor.pk in (row.writer_id, row.drafted_by_id) or actor.has_perm("incentives.run_recognition")):
        raise NotAllowed(_("A draft is dropped by its writer and by who drafted it."))
    moves.move(row, LetterState.DROPPED, moves=LETTER_MOVES, noun=_("letter"))
    emit("letter.dropped", subject=row, actor_id=actor.person_id, payload={"person": row.about_id})
    return row


def _held(letter: Letter) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("writer__person", "about")
    return rows.get(pk=letter.pk)


def _refuse(field: str, sentence: str) -> None:
    raise InvalidInput(sentence, errors={field: sentence})
