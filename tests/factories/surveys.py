"""Surveys: prepared, started, and invitations that went out, by the services alone."""

from typing import Any

from references.accounts import clock
from references.accounts.models import Contact
from references.surveys import services
from references.surveys.enums import SurveyKind
from references.surveys.models import Survey, SurveyInvitation
from refprogram.kernel.form_builder.selectors import newest_published
from refprogram.kernel.models import FormVersion
from refprogram.people.models import User

NAMES = {SurveyKind.NPS: "(NPS)", SurveyKind.CSAT: "(CSAT)", SurveyKind.WILLINGNESS: "(willingness)"}


def ready_form(kind: str = SurveyKind.NPS) -> FormVersion:
    """Return the ready form of a kind, which a data migration made."""
    return newest_published("survey").get(design__name__endswith=NAMES[SurveyKind(kind)])


def survey_of(by: User, kind: str = SurveyKind.NPS, **facts: Any) -> Survey:
    """Return a prepared survey."""
    facts = {"name": f"Survey {Survey.objects.count() + 1}", "form": ready_form(kind), **facts}
    return services.create_survey(kind=kind, by=by, **facts)


def running(by: User, *contacts: Contact, kind: str = SurveyKind.NPS, **facts: Any) -> Survey:
    """Return a started survey with one wave of these contacts (none named: everybody); nothing is sent yet."""
    survey = survey_of(by, kind, **facts)
    audience = {"contacts": [contact.public_id for contact in contacts]}
    services.add_wave(survey=survey, name="Wave 1", audience=audience, starts_on=clock.today())
    return services.start_survey(survey=survey, by=by)


def invited(by: User, contact: Contact, kind: str = SurveyKind.NPS, **facts: Any) -> SurveyInvitation:
    """Return an invitation that was sent."""
    survey = running(by, contact, kind=kind, **facts)
    services.send_due()
    return SurveyInvitation.objects.select_related("survey__form__design").get(survey=survey, contact=contact)


def answered(by: User, contact: Contact, score: int = 9, kind: str = SurveyKind.NPS, **values: Any) -> SurveyInvitation:
    """Return an invitation that was answered with a score."""
    invitation = invited(by, contact, kind)
    return answer(invitation, {"score" if kind == SurveyKind.NPS else "satisfied": str(score), **values})


def answered_by_each(by: User, *contacts: Contact) -> list[SurveyInvitation]:
    """Return an answered invitation of a survey of its own for each: all of them are sent in one go."""
    surveys = [running(by, contact) for contact in contacts]
    services.send_due()
    sent = SurveyInvitation.objects.filter(survey__in=surveys).select_related("survey__form__design")
    return [answer(invitation, {"score": "9"}) for invitation in sent]


def answer(invitation: SurveyInvitation, values: dict[str, Any]) -> SurveyInvitation:
    """Answer an invitation."""
    begun = services.open_survey_answer(invitation=invitation, version=invitation.survey.form)
    return services.answer_survey(invitation=invitation, answer=begun, values=values, revision=begun.revision)
