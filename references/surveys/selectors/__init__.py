"""Reading surveys; `visible_to` comes first."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet, TextField

from references.surveys.enums import InvitationState, SurveyState
from references.surveys.models import Survey, SurveyInvitation, SurveyWave
from references.surveys.rules import reads_surveys
from references.surveys.selectors.audience import BANDS, REASONS, Reach, contacts_of, reach_of, with_reason
from references.surveys.selectors.figures import (
    REACHED,
    Funnel,
    GroupScore,
    Score,
    by_group,
    distribution,
    funnel_of,
    score_of,
    signed,
    tally,
)
from refprogram.kernel.enums import AnswerState
from refprogram.kernel.labels import Label
from refprogram.kernel.models import FormAnswer
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

__all__ = [
    "BANDS",
    "FOR_PAGE",
    "REASONS",
    "Funnel",
    "GroupScore",
    "Reach",
    "Score",
    "all_waves_of",
    "answers_of",
    "by_group",
    "contacts_of",
    "distribution",
    "funnel_of",
    "invitation_behind_link",
    "invitations_of",
    "latest_answers",
    "reach_of",
    "score_of",
    "signed",
    "survey_labels",
    "tally",
    "visible_to",
    "waves_of",
    "with_list_facts",
    "with_reason",
]


def visible_to(user: User) -> QuerySet[Survey]:
    """Return the surveys that the user may read; drafts are for who runs the program."""
    if not reads_surveys.test(user):
        return Survey.objects.none()
    surveys = Survey.objects.select_related("form__design", "program")
    return surveys if user.has_perm("references.run_surveys") else surveys.exclude(state=SurveyState.DRAFT)


# The survey of this public id, if the viewer may read it.
FOR_PAGE = PreparedFor(lambda viewer: visible_to(viewer).filter(public_id=Given("public_id", TextField())))


def with_list_facts(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Add how many were sent and answered."""
    return surveys.annotate(
        sent=Count("invitations", filter=Q(invitations__state__in=REACHED)),
        answered=Count("invitations", filter=Q(invitations__state=InvitationState.ANSWERED)),
    )


def waves_of(survey: Survey) -> QuerySet[SurveyWave]:
    """Return a survey's waves in the order of their days."""
    return SurveyWave.objects.filter(survey=survey).order_by("starts_on", "pk")


_WAVES = Prepared(lambda: waves_of(Given("survey", BigIntegerField())))  # type: ignore[arg-type]


def all_waves_of(survey: Survey) -> list[SurveyWave]:
    """Return a survey's waves, as its page shows them."""
    return _WAVES(survey=survey.pk)


def invitations_of(survey: Survey) -> QuerySet[SurveyInvitation]:
    """Return a survey's invitations with whom they went to."""
    return SurveyInvitation.objects.filter(survey=survey).select_related("contact__person", "account", "wave")


LATEST = 10
_LATEST = Prepared(
    lambda: (
        invitations_of(Given("survey", BigIntegerField()))  # type: ignore[arg-type]
        .filter(state=InvitationState.ANSWERED)
        .select_related("answer")
        .order_by("-answered_at")[:LATEST]
    )
)


def latest_answers(survey: Survey) -> list[SurveyInvitation]:
    """Return the answers that came last."""
    rows = _LATEST(survey=survey.pk)
    for row in rows:
        row.survey = survey
    return rows


def answers_of(survey: Survey) -> QuerySet[FormAnswer]:
    """Return what was sent to a survey, with the version that it asks now."""
    mine = SurveyInvitation.objects.filter(survey=survey, answer__isnull=False).values("answer")
    return FormAnswer.objects.filter(pk__in=mine, version=survey.form_id, state=AnswerState.SUBMITTED)


def invitation_behind_link(invitation_id: int) -> SurveyInvitation | None:
    """Return an invitation with everything that its page shows. One query."""
    return next(iter(_BEHIND_LINK(invitation=invitation_id)), None)


_BEHIND_LINK = Prepared(
    lambda: SurveyInvitation.objects.select_related(
        "survey__form__design", "contact__person", "account", "answer__version__design"
    ).filter(pk=Given("invitation", BigIntegerField()))
)


def survey_labels(ids: Iterable[int], viewer: Any) -> dict[int, Label]:
    """Name surveys; link those that the viewer may open. One query."""
    runs, reads = viewer.has_perm("references.run_surveys"), reads_surveys.test(viewer)
    rows = Survey.objects.filter(pk__in=list(ids))
    return {
        row.pk: Label(row.name, row.get_absolute_url() if runs or (reads and row.state != SurveyState.DRAFT) else "")
        for row in rows
    }


def invitation_labels(ids: Iterable[int], viewer: Any) -> dict[int, Label]:
    """Name invitations by their survey."""
    rows = SurveyInvitation.objects.filter(pk__in=list(ids)).values_list("pk", "survey__name")
    return {pk: Label(name) for pk, name in rows}
