"""Reading recognition: thanks, letters, who keeps to themselves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, DateTimeField, Max, Q, QuerySet
from django.utils import timezone

from incentives.recognition import policy
from incentives.recognition.enums import LetterState
from incentives.recognition.models import Letter, RecognitionChoice, Thanks
from incentives.recognition.services.letters import WRITERS
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.models import Person, User

RUN = "incentives.run_recognition"
SENT = Q(state=LetterState.SENT)


def choice_of(person: Person) -> RecognitionChoice:
    """Return what somebody chose; as everybody, where they chose nothing."""
    return RecognitionChoice.objects.filter(person=person).first() or RecognitionChoice(person=person)


def nameless() -> QuerySet[RecognitionChoice]:
    """Return the choices of who would rather not be named in rankings; other rooms ask too (`NAMELESS_IN_RANKS`)."""
    return RecognitionChoice.objects.filter(in_ranks=False)


def thanks_visible_to(user: User) -> QuerySet[Thanks]:
    """Return thanks as colleagues see them; what was taken back only its two people and who runs recognition."""
    rows = Thanks.objects.select_related("giver", "receiver")
    if not user.has_perm("incentives.view_rewards"):
        return rows.none()
    if user.has_perm(RUN):
        return rows
    own = Q(giver=user.person_id) | Q(receiver=user.person_id)
    hidden = RecognitionChoice.objects.filter(in_feed=False).values("person")
    shown = Q(taken_back_at__isnull=True) & ~Q(receiver__in=hidden) & ~Q(giver__in=hidden)
    return rows.filter(own | shown)


def thanks_for(person: Person, n: int) -> list[Thanks]:
    """Return what somebody was thanked for lately."""
    rows = Thanks.objects.filter(receiver=person, taken_back_at__isnull=True)
    return list(rows.select_related("giver").order_by("-given_at", "-pk")[:n])


def thanks_left(user: User) -> int:
    """Return how many thanks a colleague can still give this week."""
    week = rollups.start_of(Period.WEEK, rollups.day_of(timezone.now()))
    given = Thanks.objects.filter(giver=user.person_id, week=week).count()
    return max(0, policy.now().thanks_a_week - given)


def letters_visible_to(user: User) -> QuerySet[Letter]:
    """Return letters: those one writes, drafted, got or had a copy of; all to who runs recognition."""
    rows = Letter.objects.select_related("writer__person", "about", "drafted_by__person", "copied_to__person")
    if not user.has_perm("incentives.view_rewards"):
        return rows.none()
    if user.has_perm(RUN):
        return rows
    return rows.filter(Q(writer=user) | Q(drafted_by=user) | (SENT & (Q(about=user.person_id) | Q(copied_to=user))))


def letters_to(person: Person, n: int) -> list[Letter]:
    """Return the letters that somebody got, latest first."""
    rows = Letter.objects.filter(SENT, about=person).select_related("writer__person")
    return list(rows.order_by("-sent_at", "-pk")[:n])


@dataclass(frozen=True)
class Cadence:
    """How often an executive writes: letters sent this quarter of those due by policy, and when the last one was."""

    writer: User
    sent: int
    due: int
    waiting: int
    last_at: dt.datetime | None

    @property
    def behind(self) -> int:
        """How many are missing this quarter."""
        return max(0, self.due - self.sent)


def cadence(writer: User | None = None) -> list[Cadence]:
    """Return how often each executive writes, by name, or one of them: one query."""
    start = quarter_begins()
    counted = _CADENCES(start=start) if writer is None else _CADENCE_OF(writer=writer.pk, start=start)
    due = policy.now().letters_a_quarter
    return [Cadence(one, one.sent, due, one.waiting, one.last_at) for one in counted]  # type: ignore[attr-defined]


def _with_letters(**who: Any) -> QuerySet[User]:
    start, sent = Given("start", DateTimeField()), Q(letters_written__state=LetterState.SENT)
    counted = User.objects.filter(is_active=True, **who).select_related("person").annotate(
        sent=Count("letters_written", filter=sent & Q(letters_written__sent_at__gte=start)),
        waiting=Count("letters_written", filter=Q(letters_written__state=LetterState.DRAFT)),
        last_at=Max("letters_written__sent_at", filter=sent),
    )  # fmt: skip
    return counted.order_by("person__name", "pk")


_CADENCES = Prepared(lambda: _with_letters(role__in=WRITERS))
_CADENCE_OF = Prepared(lambda: _with_letters(pk=Given("writer", BigIntegerField())))


def quarter_begins() -> dt.datetime:
    """Return the first moment of this quarter in the program's zone."""
    day = rollups.start_of(Period.QUARTER, rollups.day_of(timezone.now()))
    return dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_default_timezone())


def letter_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how letters are called in sentences; only their people read the subject."""
    rows = letters_visible_to(viewer).filter(pk__in=list(ids)).order_by()
    return {row.pk: Label(row.subject, row.get_absolute_url()) for row in rows}


def thanks_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how thanks are called: by their words."""
    rows = thanks_visible_to(viewer).filter(pk__in=list(ids)).order_by()
    return {row.pk: Label(row.words or "…", row.get_absolute_url()) for row in rows}
