"""Preparing a survey and its waves, and starting, pausing and ending it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts import clock
from references.profiles.enums import ProgramKind
from references.profiles.models import LinkedProgram
from references.surveys import policy
from references.surveys.enums import SURVEY_MOVES, WAVE_MOVES, InvitationState, SurveyKind, SurveyState, SurveyWaveState
from references.surveys.models import Survey, SurveyWave
from references.surveys.selectors import figures
from references.surveys.selectors.audience import BANDS
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.form_builder import selectors as forms
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.models import FormVersion
from refprogram.kernel.moves import move
from refprogram.kernel.queueing import enqueue
from refprogram.kernel.stream import emit
from refprogram.people.models import User

AUDIENCE_LISTS = ("industry", "region", "tier", "contacts")
WANTS = {
    SurveyKind.NPS: (FieldType.NPS, gettext_lazy("This form has no question from 0 to 10 (how likely to recommend).")),
    SurveyKind.CSAT: (FieldType.RATING, gettext_lazy("This form has no rating from 1 to 5.")),
    SurveyKind.WILLINGNESS: (FieldType.CHOICES, gettext_lazy("This form has no choice of several activities.")),
}


def score_field(kind: str, version: FormVersion) -> FieldSpec | None:
    """Return the field whose answer is the survey's score (for willingness: what the contact would do)."""
    wanted, _words = WANTS[SurveyKind(kind)]
    found = forms.first_of(forms.specs_of(version), wanted)
    return None if found is not None and kind == SurveyKind.CSAT and found.scale != 5 else found


@transaction.atomic
def create_survey(
    *,
    name: str,
    kind: str,
    form: FormVersion,
    by: User,
    message: str = "",
    per_day: int | None = None,
    closes_on: dt.date | None = None,
    program: LinkedProgram | None = None,
) -> Survey:
    """Prepare a survey: nobody is asked before it is started."""
    survey = Survey(name=_free_name(name), kind=kind, created_by=by)
    pace = policy.now().per_day if per_day is None else per_day
    _set(survey, form=form, message=message, per_day=pace, closes_on=closes_on)
    _join(survey, program)
    survey.save(force_insert=True)
    return survey


@transaction.atomic
def edit_survey(*, survey: Survey, **fields: Any) -> Survey:
    """Change words, pace, last day, or take a newer version of the form. Who has begun answers the version they saw."""
    survey = lock(survey)
    if survey.state == SurveyState.CLOSED:
        raise DomainError(_("This survey has ended. Start a new one."))
    if fields.get("name", survey.name) != survey.name:
        survey.name = _free_name(fields["name"])
    if "form" in fields and survey.state != SurveyState.DRAFT and fields["form"].design_id != survey.form.design_id:
        raise InvalidInput(
            _("A survey that was started keeps its form; only a newer version of it can be taken."),
            errors={"form": _("Choose a version of the same form.")},
        )
    facts = {name: fields.get(name, getattr(survey, name)) for name in ("form", "message", "per_day", "closes_on")}
    _set(survey, **facts)
    if "program" in fields:
        _join(survey, fields["program"])
    survey.save()
    return survey


def _set(survey: Survey, *, form: FormVersion, message: str, per_day: int, closes_on: dt.date | None) -> None:
    if form.published_at is None or form.design.purpose != "survey":
        raise InvalidInput(_("Choose a published form."), errors={"form": _("Choose a published form.")})
    if survey.kind not in SurveyKind.values:
        raise InvalidInput(_("Choose what the survey measures."), errors={"kind": _("Choose one.")})
    if score_field(survey.kind, form) is None:
        words = str(WANTS[SurveyKind(survey.kind)][1])
        raise InvalidInput(words, errors={"form": words})
    if per_day < 1:
        raise InvalidInput(_("At least one mail a day."), errors={"per_day": _("At least one.")})
    if closes_on is not None and closes_on < clock.today() and closes_on != survey.closes_on:
        raise InvalidInput(_("This day is over."), errors={"closes_on": _("Choose a day to come.")})
    survey.form, survey.message, survey.per_day, survey.closes_on = form, message.strip(), per_day, closes_on


def _join(survey: Survey, program: LinkedProgram | None) -> None:
    """Tie a survey to a satisfaction program, or untie it; who was sent it before stays where they are."""
    message = ""
    if program is not None and program != survey.program:
        if survey.kind == SurveyKind.WILLINGNESS:
            message = _("This survey does not measure satisfaction.")
        elif program.kind != ProgramKind.SATISFACTION or program.ended_on is not None:
            message = _("Choose a satisfaction program that runs.")
    if message:
        raise InvalidInput(message, errors={"program": message})
    survey.program = program


def _free_name(name: str) -> str:
    words = " ".join(name.split())[:120]
    if not words or Survey.objects.filter(name=words).exists():
        sentence = _("There is a survey of this name already.") if words else _("Give the survey a name.")
        raise InvalidInput(sentence, errors={"name": sentence})
    return words


def lock(survey: Survey) -> Survey:
    """Return the survey, fresh and locked."""
    return Survey.objects.select_for_update(of=("self",)).select_related("form__design").get(pk=survey.pk)


# ---------------------------------------------------------------- waves


@transaction.atomic
def add_wave(*, survey: Survey, name: str, audience: Mapping[str, Any], starts_on: dt.date) -> SurveyWave:
    """Plan a wave: whom, and from which day. Who is in it is decided on that day, by the rules as they are then."""
    survey = lock(survey)
    if survey.state == SurveyState.CLOSED:
        raise DomainError(_("This survey has ended. Start a new one."))
    words = " ".join(name.split())[:80]
    if not words or SurveyWave.objects.filter(survey=survey, name=words).exists():
        sentence = _("This survey has a wave of this name already.") if words else _("Give the wave a name.")
        raise InvalidInput(sentence, errors={"name": sentence})
    if starts_on < clock.today():
        raise InvalidInput(_("This day is over."), errors={"starts_on": _("Choose today or a day to come.")})
    wave = SurveyWave(survey=survey, name=words, audience=_audience(audience), starts_on=starts_on)
    wave.save(force_insert=True)
    if survey.state == SurveyState.RUNNING:
        enqueue("references.send_surveys")
    return wave


def _audience(given: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: sorted(map(str, given[name])) for name in AUDIENCE_LISTS if given.get(name)}
    if given.get("who") == "members":
        kept["who"] = "members"
    if given.get("band"):
        if given["band"] not in BANDS:
            raise InvalidInput(_("Choose a group by their last score."), errors={"band": _("Choose one.")})
        kept["band"] = str(given["band"])
    return kept


@transaction.atomic
def cancel_wave(*, wave: SurveyWave) -> SurveyWave:
    """Send no more of this wave; who got the mail may still answer."""
    lock(wave.survey)
    wave = SurveyWave.objects.select_for_update().get(pk=wave.pk)
    skipped = _skip(wave.invitations.filter(state=InvitationState.QUEUED), _("The wave was called off."))
    wave.skipped += skipped
    move(wave, SurveyWaveState.CANCELLED, moves=WAVE_MOVES, noun="wave", also=["skipped"])
    return wave


def _skip(invitations: Any, reason: str) -> int:
    return int(invitations.update(state=InvitationState.SKIPPED, reason=reason[:200]))


# ---------------------------------------------------------------- the survey's life


@transaction.atomic
def start_survey(*, survey: Survey, by: User) -> Survey:
    """Send the waves that are due, from now on; forms and words are as they stand."""
    survey = lock(survey)
    if not SurveyWave.objects.filter(survey=survey).exists():
        raise DomainError(_("Add a wave first: whom should we ask?"))
    move(survey, SurveyState.RUNNING, moves=SURVEY_MOVES, noun="survey")
    emit("survey.started", subject=survey, actor_id=by.person_id, payload={"kind": survey.kind})
    enqueue("references.send_surveys")
    return survey


@transaction.atomic
def pause_survey(*, survey: Survey, by: User) -> Survey:
    """Send nothing for now; what was sent can be answered."""
    survey = lock(survey)
    move(survey, SurveyState.PAUSED, moves=SURVEY_MOVES, noun="survey")
    emit("survey.paused", subject=survey, actor_id=by.person_id, payload={"kind": survey.kind})
    return survey


@transaction.atomic
def resume_survey(*, survey: Survey, by: User) -> Survey:
    """Go on sending."""
    return start_survey(survey=survey, by=by)


@transaction.atomic
def close_survey(*, survey: Survey, by: User | None) -> Survey:
    """End it: nothing more is sent, and links say kindly that it is over."""
    survey = lock(survey)
    move(survey, SurveyState.CLOSED, moves=SURVEY_MOVES, noun="survey")
    for wave in SurveyWave.objects.select_for_update().filter(
        survey=survey, state__in=(SurveyWaveState.PLANNED, SurveyWaveState.SENDING)
    ):
        cancel_wave(wave=wave)
    survey.invitations.filter(state=InvitationState.SENT).update(state=InvitationState.EXPIRED)
    funnel = figures.funnel_of(figures.tally(survey))
    emit(
        "survey.closed",
        subject=survey,
        actor_id=by.person_id if by else None,
        payload={"kind": survey.kind, "sent": funnel.sent, "answered": funnel.answered},
    )
    return survey
