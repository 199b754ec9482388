"""The page behind a survey's link: without an account, GET shows, POST keeps and sends."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from references.accounts import wording
from references.surveys import letters, selectors, services
from references.surveys.enums import InvitationState, SurveyState
from references.surveys.models import Survey, SurveyInvitation
from references.surveys.services.building import score_field
from refprogram.kernel.enums import AnswerState
from refprogram.kernel.form_builder.answering import AnswerPage
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.models import FormAnswer, FormVersion, SignedLink


class SurveyPage(AnswerPage):
    """One contact's page of one survey."""

    def __init__(self, request: HttpRequest, link: SignedLink, invitation: SurveyInvitation) -> None:
        super().__init__(request)
        self.link, self.invitation = link, invitation

    def respond(self) -> HttpResponse:
        """Answer the request; who declined, or came when it was over, reads that."""
        row = self.invitation
        answered = row.answer is not None and row.answer.state == AnswerState.SUBMITTED
        if row.state == InvitationState.DECLINED or (row.survey.state == SurveyState.CLOSED and not answered):
            return self._over("declined" if row.state == InvitationState.DECLINED else "closed")
        if self.request.method == "POST" and self.request.POST.get("act") in {"decline", "never"}:
            services.decline_survey(invitation=row, never=self.request.POST["act"] == "never")
            return self._over("never" if self.request.POST["act"] == "never" else "declined")
        return super().respond()

    def _over(self, why: str) -> HttpResponse:
        context = {"why": why, "person": self.invitation.contact.person, "program": wording.program_of()}
        return render(self.request, "references/surveys/over.html", context)

    def found(self) -> FormAnswer | None:
        """Return what this contact began or sent."""
        return self.invitation.answer

    def current(self) -> FormVersion:
        """Return the version that the survey asks now."""
        return self.invitation.survey.form

    def open(self, version: FormVersion) -> FormAnswer:
        """Begin the answer, or go on with it."""
        return services.open_survey_answer(invitation=self.invitation, version=version)

    def send(self, answer: FormAnswer, values: dict[str, Any]) -> None:
        """Send it: the score lands."""
        services.answer_survey(
            invitation=self.invitation, answer=answer, values=values, revision=self.revision, tab=self.tab
        )

    def send_new(self, version: FormVersion, values: dict[str, Any]) -> None:
        """Send it whole, without a draft before."""
        services.answer_survey(
            invitation=self.invitation,
            answer=None,
            version=version,
            values=values,
            revision=self.revision,
            tab=self.tab,
        )

    def preset(self, specs: list[FieldSpec]) -> dict[str, Any]:
        """Return the number that was chosen in the mail."""
        return preset(self.invitation.survey, self.request.GET, specs)

    @cached_property
    def _said_no(self) -> list[tuple[str, str, str]]:
        return [
            ("decline", _("No, thank you"), ""),
            ("never", _("Please do not ask me again"), _("We send you no survey any more. Is that right?")),
        ]

    def context(self) -> dict[str, Any]:
        """Return what stands around the questions."""
        row = self.invitation
        return {
            "greeting": _("Dear %(name)s,") % {"name": row.contact.person.name},
            "title": letters.question_of(row.survey),
            "lead": row.survey.message,
            "program": wording.program_of(),
            "ends_at": self.link.expires_at,
            "no": self._said_no if row.state in {InvitationState.SENT, InvitationState.EXPIRED} else [],
            "verb": _("Send my answer"),
        }


def preset(survey: Survey, query: QueryDict, specs: list[FieldSpec]) -> dict[str, Any]:
    """Return the score named in an address as the value of the survey's own field; nothing for anything else."""
    chosen = query.get("score", "")
    field = score_field(survey.kind, survey.form)
    known = field is not None and any(spec.key == field.key for spec in specs)
    if field is None or not known or not field.is_figure or not chosen.isdecimal() or int(chosen) not in field.levels:
        return {}
    return {field.key: str(int(chosen))}


def survey(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask a contact the survey's questions."""
    invitation = selectors.invitation_behind_link(link.subject_id)
    if invitation is None:
        raise Http404
    return SurveyPage(request, link, invitation).respond()
