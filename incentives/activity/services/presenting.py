"""The presentation that follows for the lowest few: drafted, asked for by an executive, held before a panel, judged."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.activity.enums import OPEN_PRESENTATIONS, PRESENTATION_MOVES, PresentationState
from incentives.activity.models import PanelMark, Presentation
from incentives.activity.services.bottom import FIGURES
from incentives.activity.services.rows import lock_presentation
from incentives.badges.granting import BadgeGranting, grant_many
from incentives.badges.selectors import named
from refprogram.governance.consequences import services as consequences
from refprogram.governance.consequences import terms
from refprogram.governance.consequences.enums import Effect
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

P = PresentationState
BADGE: Final = "back-on-stage"
LONGEST: Final = 4000
LINES: Final = 8
MARKS: Final = range(1, 6)


@transaction.atomic
def draft(*, case: ConsequenceCase) -> Presentation | None:
    """Draft a presentation for a case that took effect, if it is one of the lowest few. Twice is once."""
    kept = terms.of(case)
    if kept.metric not in FIGURES or kept.effect != Effect.TASK:
        return None
    facts = {"user": case.user, "topic": kept.task_title[:160], "rubric": first_rubric()}
    row, is_new = Presentation.objects.get_or_create(case=case, defaults=facts)
    if is_new:
        _tell("presentation.drafted", row, None)
    return row


def first_rubric() -> list[str]:
    """Return by what a presentation is judged where nobody says otherwise."""
    return [
        _("Shows it in the program, not on slides"),
        _("Says what it is good for in a customer’s words"),
        _("Answers the panel’s questions"),
    ]


@dataclass(frozen=True)
class Plan:
    """What is asked for: about what, when and where, before whom, by what it is judged, in whose words."""

    topic: str
    held_on: dt.date
    panel: Sequence[User]
    rubric: Sequence[str]
    letter: str
    place: str = ""

    @property
    def lines(self) -> list[str]:
        """The rubric, tidied."""
        return [" ".join(line.split()) for line in self.rubric if line.strip()]

    def problems(self, about: User) -> dict[str, str]:
        """Return what is wrong with it, by field."""
        found = {}
        if not self.topic.strip():
            found["topic"] = _("Say which feature or process it is about.")
        if self.held_on <= timezone.localdate():
            found["held_on"] = _("Leave time to prepare: a day after today.")
        if not self.panel:
            found["panel"] = _("Somebody has to listen.")
        elif any(user.pk == about.pk for user in self.panel):
            found["panel"] = _("Nobody sits on their own panel.")
        if not 1 <= len(self.lines) <= LINES:
            found["rubric"] = _("One to %(most)d lines, each by itself.") % {"most": LINES}
        if not self.letter.strip():
            found["letter"] = _("Write to them.")
        return found


@transaction.atomic
def ask(*, presentation: Presentation, by: User, plan: Plan) -> Presentation:
    """Ask for it as oneself, by a mail in one's own words: what, when, before whom, and by what it is judged."""
    row = lock_presentation(presentation)
    _executive(by, row)
    if problems := plan.problems(row.user):
        raise InvalidInput(" ".join(problems.values()), errors=problems)
    row.executive, row.topic, row.held_on = by, " ".join(plan.topic.split())[:160], plan.held_on
    row.place, row.rubric, row.letter = " ".join(plan.place.split())[:120], plan.lines, plan.letter.strip()[:LONGEST]
    row.asked_at = timezone.now()
    row.panel.set(plan.panel)
    _move(row, P.ASKED, "executive", "topic", "held_on", "place", "rubric", "letter", "asked_at")
    _describe(row)
    _tell("presentation.asked", row, by)
    return row


@transaction.atomic
def mark(*, presentation: Presentation, by: User, marks: Sequence[int], words: str = "") -> PanelMark:
    """Say as one of the panel how it was, line by line, 1 to 5. Said again, the last word counts."""
    row = lock_presentation(presentation)
    if not row.panel.filter(pk=by.pk).exists():
        raise NotAllowed(_("The panel judges it."))
    if row.state not in {P.ASKED, P.AGAIN}:
        raise DomainError(_("There is nothing to judge yet, or no more."))
    if len(marks) != len(row.rubric) or any(value not in MARKS for value in marks):
        message = _("A figure from 1 to 5 for each line.")
        raise InvalidInput(message, errors={"marks": message})
    said = " ".join(words.split())[:500]
    found, _new = PanelMark.objects.update_or_create(
        presentation=row, user=by, defaults={"marks": list(marks), "words": said}
    )
    return found


@transaction.atomic
def decide(
    *, presentation: Presentation, by: User, passed: bool, verdict: str, held_on: dt.date | None = None
) -> Presentation:
    """Say that it was good enough: the flag goes, and they get the badge. Or ask for it once more, on another day."""
    row = lock_presentation(presentation)
    _executive(by, row)
    said = verdict.strip()[:LONGEST]
    if not said:
        message = _("Say what was good, and what was not: they read it.")
        raise InvalidInput(message, errors={"verdict": message})
    row.verdict = said
    return _pass(row, by) if passed else _again(row, by, held_on)


def _pass(row: Presentation, by: User) -> Presentation:
    row.ended_at = timezone.now()
    _move(row, P.PASSED, "verdict", "ended_at")
    consequences.clear(case=row.case, by=by, note=row.verdict)
    event = _tell("presentation.passed", row, by)
    badge = named(BADGE)
    if badge is not None:
        grant_many(
            [
                BadgeGranting(
                    f"presentation:{row.public_id}", row.user.person_id, event, None, None, timezone.now(), badge.pk,
                    row.topic,
                )
            ]
        )  # fmt: skip
    return row


def _again(row: Presentation, by: User, held_on: dt.date | None) -> Presentation:
    if held_on is None or held_on <= timezone.localdate():
        message = _("Say on which later day it is held again.")
        raise InvalidInput(message, errors={"held_on": message})
    row.held_on = held_on
    _move(row, P.AGAIN, "verdict", "held_on")
    row.marks.all().delete()
    _describe(row)
    _tell("presentation.again", row, by)
    return row


@transaction.atomic
def call_off(*, case_id: int) -> Presentation | None:
    """The case is over or waived: nothing is presented any more. Twice is once."""
    found = Presentation.objects.filter(case=case_id, state__in=OPEN_PRESENTATIONS).first()
    if found is None:
        return None
    row = lock_presentation(found)
    if row.state not in OPEN_PRESENTATIONS:
        return None
    row.ended_at = timezone.now()
    _move(row, P.CALLED_OFF, "ended_at")
    _tell("presentation.called_off", row, None)
    return row


def _executive(by: User, row: Presentation) -> None:
    if not by.has_perm("incentives.ask_to_present", row):
        raise NotAllowed(_("Executives and the head of sales ask for it, and nobody of themselves."))


def _describe(row: Presentation) -> None:
    """Put what is known now into the task that the case gave."""
    if row.case.task is not None:
        detail = "\n".join(filter(None, [row.topic, row.place, *row.rubric]))
        consequences.describe_task(task=row.case.task, detail=detail, due_on=row.held_on, url=row.get_absolute_url())


def _move(row: Presentation, to: P, *also: str) -> None:
    moves.move(row, to, moves=PRESENTATION_MOVES, noun=_("presentation"), also=also)


def _tell(topic: str, row: Presentation, by: User | None) -> int:
    team = row.user.team
    facts = {"person": row.user.person_id, "manager": team.manager_id if team else None}
    return emit(topic, subject=row, actor_id=by.person_id if by else None, payload=facts).pk
