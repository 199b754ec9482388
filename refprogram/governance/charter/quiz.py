"""Three questions about the charter: those that somebody wrote, then as many made of its own lines as are missing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from refprogram.governance.charter.models import CharterQuestion, RoadMark, ScopeLine
from refprogram.kernel.templatetags import rp

QUESTIONS = 3


@dataclass(frozen=True)
class Asked:
    """One question: its answers in the order shown, which is right, and what the charter says about it."""

    text: str
    answers: tuple[str, ...]
    right: str
    sentence: str

    @property
    def place(self) -> int:
        """Which of the answers is the right one."""
        return self.answers.index(self.right)


def ask(
    lines: Sequence[ScopeLine], marks: Sequence[RoadMark], written: Sequence[CharterQuestion] = ()
) -> tuple[Asked, ...]:
    """Return the questions of a version, always the same ones in one order; fewer than three where it says little."""
    inside = [line for line in lines if line.inside]
    outside = [line for line in lines if not line.inside]
    milestones = [mark for mark in marks if mark.month is not None]
    made = [_written(question) for question in written]
    if outside:
        made.append(_passed_on(outside[0]))
    if inside and outside:
        made.append(_in_scope(inside[0], outside[:3]))
    if inside:
        made.append(_how_long(inside[0]))
    if len(milestones) > 1:
        made.append(_next(milestones))
    return tuple(made[:QUESTIONS])


def _shuffled(text: str, right: str, wrong: Sequence[str], sentence: str) -> Asked:
    """Put the answers in an order that hangs on their words alone, so that everybody sees the same."""
    answers = sorted({right, *wrong}, key=lambda words: hashlib.sha256(f"{text}|{words}".encode()).hexdigest())
    return Asked(text, tuple(answers), right, sentence)


def _written(question: CharterQuestion) -> Asked:
    return _shuffled(question.text, question.right, question.wrong, question.sentence)


def _passed_on(line: ScopeLine) -> Asked:
    right, wrong = _("We say no, and say who can help"), [_("We do it when there is time"), _("We do it at once")]
    sentence = _("%(line)s is out of scope. %(because)s") % {"line": line.name, "because": line.because}
    text = _("Somebody asks the program for this: %(line)s. What happens?") % {"line": line.name}
    return _shuffled(text, right, wrong, sentence.strip())


def _in_scope(line: ScopeLine, others: Sequence[ScopeLine]) -> Asked:
    sentence = _("%(line)s is what the program does.") % {"line": line.name}
    return _shuffled(_("Which of these is in scope?"), line.name, [other.name for other in others], sentence)


def _how_long(line: ScopeLine) -> Asked:
    hours = rp.plain(line.hours)
    wrong = [rp.plain(line.hours * 3), rp.plain(line.hours + 1)]
    words = {"line": line.name, "hours": hours}
    return _shuffled(
        _("With how many working hours does one count: %(line)s?") % words,
        hours,
        wrong,
        _("One counts %(hours)s working hours: %(line)s.") % words,
    )


def _next(milestones: Sequence[RoadMark]) -> Asked:
    first, *later = sorted(milestones, key=lambda mark: (mark.month, mark.pk))
    words = {"name": first.name, "month": date_format(first.month, "F Y") if first.month else ""}
    return _shuffled(
        _("Which milestone comes first on the road?"),
        first.name,
        [mark.name for mark in later[:2]],
        _("“%(name)s” comes first, in %(month)s.") % words,
    )
