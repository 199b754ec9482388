"""Surveys over the API: the same doors as the pages."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from references.profiles import masks
from references.profiles.models import LinkedProgram
from references.profiles.selectors import satisfaction_programs
from references.surveys import policy, selectors, services
from references.surveys.enums import InvitationState, SurveyKind, SurveyState, SurveyWaveState
from references.surveys.filters import SurveyFilter
from references.surveys.models import Survey, SurveyInvitation, SurveyWave
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.form_builder.selectors import newest_published
from refprogram.kernel.models import FormVersion
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["references"])


class SurveyOut(api.Thing):
    """One survey. `form` names the published version that it asks."""

    name: str
    kind: SurveyKind
    state: SurveyState
    form: api.Ref
    message: str
    per_day: int
    closes_on: dt.date | None
    sent: int
    answered: int

    @staticmethod
    def resolve_form(obj: Survey) -> Any:
        return SimpleNamespace(public_id=obj.form.public_id, name=f"{obj.form.design.name} {obj.form.number}")


class SurveyIn(api.Input):
    """A survey to prepare; `form` is the id of a published form version (`GET /survey-forms`)."""

    name: str = Field(max_length=120)
    kind: SurveyKind
    form: str
    message: str = Field("", max_length=2000)
    per_day: int | None = Field(None, ge=1, le=policy.MOST_A_DAY, description="Mails a day; none: as the program says.")
    closes_on: dt.date | None = None
    program: str | None = Field(None, description="Id of a satisfaction program (`GET /linked-programs`).")


class SurveyPatch(api.Input):
    """What may be changed of a survey."""

    name: str = Field("", max_length=120)
    form: str = ""
    message: str = Field("", max_length=2000)
    per_day: int = Field(1, ge=1, le=policy.MOST_A_DAY)
    closes_on: dt.date | None = None
    program: str | None = None


class FormOut(api.Thing):
    """A published form that a survey can ask."""

    name: str
    number: int
    fields: list[dict[str, Any]]

    @staticmethod
    def resolve_name(obj: FormVersion) -> str:
        return obj.design.name

    @staticmethod
    def resolve_url(obj: FormVersion) -> str:
        return obj.design.get_absolute_url()


class AudienceIn(api.Input):
    """Whom a wave is for; an empty filter does not narrow."""

    who: str = Field("all", description="all, or members: only who takes part in the program.")
    industry: list[str] = []
    region: list[str] = Field([], description="Ids of regions.")
    tier: list[str] = []
    contacts: list[str] = Field([], description="Ids of contacts, to name them one by one.")
    band: str = Field("", description="By their last NPS: promoters, passives, detractors, unasked.")


class SurveyWaveIn(api.Input):
    """A wave to plan."""

    name: str = Field(max_length=80)
    starts_on: dt.date
    audience: AudienceIn | None = None


class SurveyWaveOut(api.Thing):
    """One sending."""

    name: str
    state: SurveyWaveState
    starts_on: dt.date
    audience: dict[str, Any]
    invited: int
    sent: int
    answered: int
    skipped: int


class ReachOut(api.Schema):
    """How many a wave would reach today, and why others are left out."""

    total: int
    eligible: int
    excluded: dict[str, int]


class ResultsOut(api.Schema):
    """What a survey brought. `score` is the NPS (-100 to 100) or the mean satisfaction; null without answers."""

    queued: int
    sent: int
    answered: int
    declined: int
    skipped: int
    n: int
    score: float | None
    distribution: dict[str, int]


class AnswerOut(api.Thing):
    """One invitation: to whom, and what came back."""

    account: api.Ref
    contact: api.Ref
    state: InvitationState
    reason: str
    score: float | None
    sent_at: dt.datetime | None
    answered_at: dt.datetime | None

    @staticmethod
    def resolve_account(obj: SurveyInvitation) -> Any:
        return masks.account_ref(obj)

    @staticmethod
    def resolve_contact(obj: SurveyInvitation) -> Any:
        return masks.person_ref(obj)


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed(_("Surveys are run by the reference managers."))


def _rows(request: MemberRequest) -> QuerySet[Survey]:
    return selectors.with_list_facts(selectors.visible_to(request.user))


def _survey(request: MemberRequest, public_id: str, permission: str = "references.see_surveys") -> Survey:
    _demand(request, permission)
    row: Survey = api.found(_rows(request), public_id)
    return row


def _form(public_id: str) -> FormVersion:
    row = newest_published("survey").filter(public_id=public_id).first()
    if row is None:
        message = _("There is no published form with this id.")
        raise InvalidInput(message, errors={"form": message})
    return row


def _program(public_id: str | None) -> LinkedProgram | None:
    if not public_id:
        return None
    row = satisfaction_programs().filter(public_id=public_id).first()
    if row is None:
        message = _("There is no satisfaction program with this id.")
        raise InvalidInput(message, errors={"program": message})
    return row


@api.listing(router, "/surveys", SurveyOut, filters=SurveyFilter)
def list_surveys(request: MemberRequest) -> QuerySet[Survey]:
    """List the surveys you may see."""
    _demand(request, "references.see_surveys")
    return _rows(request)


@api.listing(router, "/survey-forms", FormOut)
def list_survey_forms(request: MemberRequest) -> QuerySet[FormVersion]:
    """List the published forms that a survey can ask, newest version each."""
    _demand(request, "references.see_surveys")
    return newest_published("survey")


@router.post("/surveys", response={201: SurveyOut})
def create_survey(request: MemberRequest, data: SurveyIn) -> Any:
    """Prepare a survey; nobody is asked before it has a wave and is started."""
    _demand(request, "references.run_surveys")
    facts = {**data.dict(), "form": _form(data.form), "program": _program(data.program)}
    survey = services.create_survey(by=request.user, **facts)
    return api.Status(201, _survey(request, survey.public_id))


@router.get("/surveys/{public_id}", response=SurveyOut)
def get_survey(request: MemberRequest, public_id: str) -> Survey:
    """Return one survey."""
    return _survey(request, public_id)


@router.patch("/surveys/{public_id}", response=SurveyOut)
def change_survey(request: MemberRequest, public_id: str, data: api.PatchDict[SurveyPatch]) -> Survey:
    """Change words, pace, last day, or take a newer version of its form."""
    survey = _survey(request, public_id, "references.run_surveys")
    facts = {**data, **({"form": _form(data["form"])} if "form" in data else {})}
    if "program" in data:
        facts["program"] = _program(data["program"])
    services.edit_survey(survey=survey, **facts)
    return _survey(request, public_id)


@router.post("/surveys/{public_id}/reach", response=ReachOut)
def preview_survey_reach(request: MemberRequest, public_id: str, data: AudienceIn) -> ReachOut:
    """Count whom a wave with these filters would reach today; nothing is kept."""
    reach = selectors.reach_of(_survey(request, public_id, "references.run_surveys"), data.dict())
    return ReachOut(total=reach.total, eligible=reach.eligible, excluded={key: n for key, _w, n in reach.excluded})


@router.get("/surveys/{public_id}/waves", response=list[SurveyWaveOut])
def list_survey_waves(request: MemberRequest, public_id: str) -> list[SurveyWave]:
    """List a survey's waves."""
    survey = _survey(request, public_id)
    waves = list(selectors.waves_of(survey))
    for wave in waves:
        wave.survey = survey
    return waves


@router.post("/surveys/{public_id}/waves", response={201: SurveyWaveOut})
def create_survey_wave(request: MemberRequest, public_id: str, data: SurveyWaveIn) -> Any:
    """Plan a wave."""
    survey = _survey(request, public_id, "references.run_surveys")
    wave = services.add_wave(
        survey=survey, name=data.name, starts_on=data.starts_on, audience=data.audience.dict() if data.audience else {}
    )
    return api.Status(201, wave)


@router.post("/surveys/{public_id}/start", response=SurveyOut)
def start_survey(request: MemberRequest, public_id: str) -> Survey:
    """Start sending, or go on after a pause."""
    services.start_survey(survey=_survey(request, public_id, "references.run_surveys"), by=request.user)
    return _survey(request, public_id)


@router.post("/surveys/{public_id}/pause", response=SurveyOut)
def pause_survey(request: MemberRequest, public_id: str) -> Survey:
    """Send nothing for now."""
    services.pause_survey(survey=_survey(request, public_id, "references.run_surveys"), by=request.user)
    return _survey(request, public_id)


@router.post("/surveys/{public_id}/close", response=SurveyOut)
def close_survey(request: MemberRequest, public_id: str) -> Survey:
    """End it for good."""
    services.close_survey(survey=_survey(request, public_id, "references.run_surveys"), by=request.user)
    return _survey(request, public_id)


@router.get("/surveys/{public_id}/results", response=ResultsOut)
def get_survey_results(request: MemberRequest, public_id: str) -> ResultsOut:
    """Return the funnel, the score with its n, and the distribution."""
    survey = _survey(request, public_id)
    cells = selectors.tally(survey)
    funnel, spread = selectors.funnel_of(cells), selectors.distribution(survey.kind, cells)
    score = selectors.score_of(survey.kind, spread)
    value = score.nps.score if score.nps is not None else score.mean
    return ResultsOut(
        queued=funnel.queued,
        sent=funnel.sent,
        answered=funnel.answered,
        declined=funnel.declined,
        skipped=funnel.skipped,
        n=score.n,
        score=None if value is None else float(value),
        distribution={str(level): count for level, count in spread},
    )


@api.listing(router, "/surveys/{public_id}/answers", AnswerOut)
def list_survey_answers(request: MemberRequest, public_id: str) -> QuerySet[SurveyInvitation]:
    """List a survey's invitations with their scores."""
    rows = selectors.invitations_of(_survey(request, public_id)).select_related("survey")
    return masks.marked(rows, request.user)
