"""Surveys put into the words, pills and figures that their pages show."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.surveys import policy
from references.surveys.enums import SurveyKind, SurveyState, SurveyWaveState
from references.surveys.models import Survey, SurveyInvitation, SurveyWave
from references.surveys.selectors import Funnel, Score
from references.surveys.tables import STATES
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp

WAVE_TONES = {
    SurveyWaveState.PLANNED: "wait",
    SurveyWaveState.SENDING: "info",
    SurveyWaveState.DONE: "ok",
    SurveyWaveState.CANCELLED: "",
}


def pill_of(survey: Survey) -> Pill:
    """Return a survey's state."""
    return STATES[SurveyState(survey.state)]


def facts_of(survey: Survey) -> list[str]:
    """Return the line under a survey's name."""
    facts = [
        capfirst(str(SurveyKind(survey.kind).label)),
        _("%(form)s, version %(n)d") % {"form": survey.form.design.name, "n": survey.form.number},
        ngettext("at most %(n)d mail a day", "at most %(n)d mails a day", survey.per_day) % {"n": survey.per_day},
    ]
    if survey.program is not None:
        facts.append(_("part of %(program)s") % {"program": survey.program.name})
    if survey.closes_on:
        facts.append(_("until %(day)s") % {"day": rp.day(survey.closes_on)})
    return facts


def moves_of(survey: Survey) -> list[tuple[str, Any, str]]:
    """Return the verbs that are possible now: (verb, words, question before it)."""
    state = SurveyState(survey.state)
    moves: list[tuple[str, Any, str]] = []
    if state == SurveyState.DRAFT:
        moves.append(("start", _("Start sending"), _("Start sending? Mails leave from the day of each wave.")))
    if state == SurveyState.PAUSED:
        moves.append(("resume", _("Go on sending"), ""))
    if state == SurveyState.RUNNING:
        moves.append(("pause", _("Pause"), ""))
    if state != SurveyState.CLOSED:
        moves.append(("close", _("End the survey"), _("End it for good? Links will say that it is over.")))
    return moves


def stats_of(survey: Survey, funnel: Funnel, score: Score) -> list[dict[str, Any]]:
    """Return the tiles of a survey."""
    tiles: list[dict[str, Any]] = [
        {"name": _("Sent"), "value": rp.number(funnel.sent), "target": _to_send(funnel)},
        {
            "name": _("Answered"),
            "value": rp.number(funnel.answered),
            "target": _("%(share)s of who got it") % {"share": rp.pct(funnel.rate)} if funnel.rate is not None else "",
            "definition": _("Answers sent, divided by invitations that went out."),
        },
    ]
    if survey.kind != SurveyKind.WILLINGNESS:
        tiles.append(
            {
                "name": _("NPS") if survey.kind == SurveyKind.NPS else _("Mean satisfaction"),
                "value": score.value,
                "unit": "" if survey.kind == SurveyKind.NPS else _("of 5"),
                "target": _("n = %(n)d") % {"n": score.n},
                "definition": score.nps.formula if score.nps and score.n else _("The mean of all answers, 1 to 5."),
            }
        )
    return tiles


def _to_send(funnel: Funnel) -> str:
    parts = [_("%(n)d still to send") % {"n": funnel.queued}] if funnel.queued else []
    return ", ".join([*parts, *([_("%(n)d not sent") % {"n": funnel.skipped}] if funnel.skipped else [])])


def funnel_rows(funnel: Funnel) -> list[list[Any]]:
    """Return the rows of the funnel's chart."""
    return [
        [_("Invited"), funnel.queued + funnel.sent + funnel.skipped],
        [_("Sent"), funnel.sent],
        [_("Answered"), funnel.answered],
    ]


def wave_line(wave: SurveyWave) -> dict[str, Any]:
    """Return a wave in words."""
    return {
        "wave": wave,
        "pill": Pill(str(SurveyWaveState(wave.state).label).capitalize(), WAVE_TONES[SurveyWaveState(wave.state)]),
        "open": wave.state in {SurveyWaveState.PLANNED, SurveyWaveState.SENDING},
    }


def answer_line(row: SurveyInvitation) -> dict[str, Any]:
    """Return one answer: who, when, the score, and what they wrote first."""
    values = row.answer.values if row.answer is not None else {}
    words = next((value for value in values.values() if isinstance(value, str) and len(value) > 12), "")
    return {"row": row, "score": None if row.score is None else int(row.score), "tone": tone_of(row), "words": words}


def tone_of(row: SurveyInvitation) -> str:
    """Return the tone of a score: good, so-so, a worry."""
    if row.score is None:
        return ""
    figures = policy.now()
    low, high = (figures.low_nps, 9) if row.survey.kind == SurveyKind.NPS else (figures.low_csat, 4)
    return "ok" if row.score >= high else "stop" if row.score <= low else "wait"
