"""A contact answers, or says no: the score lands on contact and account in the same transaction."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import Account, Contact
from references.accounts.services import edit_contact
from references.surveys.enums import INVITATION_MOVES, InvitationState, SurveyKind, SurveyState
from references.surveys.models import SurveyInvitation, SurveyWave
from references.surveys.notice_kinds import SURVEY
from references.surveys.services.building import score_field
from references.surveys.services.sending import owner_of
from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.form_builder import services as forms
from refprogram.kernel.models import FormAnswer, FormVersion
from refprogram.kernel.moves import move
from refprogram.kernel.prepared import Given, Prepared, PreparedValues
from refprogram.kernel.stream import emit
from refprogram.notices import kinds
from refprogram.notices.enums import Channel
from refprogram.notices.services import choose

OPEN = (InvitationState.SENT, InvitationState.EXPIRED)


@transaction.atomic
def open_survey_answer(*, invitation: SurveyInvitation, version: FormVersion) -> FormAnswer:
    """Return the answer to an invitation, locked; begun now, on this version, if there was none."""
    row = _lock(invitation)
    if row.answer is not None:
        return forms.open_answer(version=row.answer.version, subject=row, person_id=row.contact.person_id)
    _demand_open(row)
    answer = forms.open_answer(version=version, subject=row, person_id=row.contact.person_id)
    row.answer = answer
    row.save(update_fields=["answer"])
    return answer


@transaction.atomic
def answer_survey(
    *,
    invitation: SurveyInvitation,
    answer: FormAnswer | None,
    version: FormVersion | None = None,
    values: dict[str, Any],
    revision: int,
    tab: str = "",
) -> SurveyInvitation:
    """Send the answer: its score lands on the contact and the account, once. Sending again does nothing.

    `answer` is the one that was begun; without one, `version` says which questions were asked.
    Raises InvalidInput by field, StaleDraft for a tab that was overtaken, LinkRefused when the survey is over.
    """
    (row,) = _LOCKED_WITH_ACCOUNT(invitation=invitation.pk)
    if row.state == InvitationState.ANSWERED:
        return row
    _demand_open(row)
    answer = row.answer or answer  # somebody with the same link may have begun it meanwhile
    if answer is None:
        answer = forms.submit_new_answer(
            version=version or row.survey.form, subject=row, person_id=row.contact.person_id, values=values
        )
    else:
        answer = forms.submit_answer(answer=answer, values=values, revision=revision, tab=tab)
    field = score_field(row.survey.kind, answer.version)
    given = answer.values.get(field.key) if field is not None else None
    row.answer, row.answered_at = answer, timezone.now()
    row.score = Decimal(str(given)) if given and row.survey.kind != SurveyKind.WILLINGNESS else None
    also = ["answer", "answered_at", "score"]
    move(row, InvitationState.ANSWERED, moves=INVITATION_MOVES, noun="invitation", also=also)
    SurveyWave.objects.filter(pk=row.wave_id).update(answered=F("answered") + 1, updated_at=row.answered_at)
    _land(row, given)
    _emit("survey.answered", row, score=None if row.score is None else int(row.score))
    return row


@transaction.atomic
def decline_survey(*, invitation: SurveyInvitation, never: bool) -> SurveyInvitation:
    """The contact does not want to answer; with `never`, no survey reaches them any more."""
    row = _lock(invitation)
    if never:
        choose(person=row.contact.person, kind=kinds.registry()[SURVEY], channel=Channel.OFF)
    if row.state != InvitationState.SENT:
        return row
    move(row, InvitationState.DECLINED, moves=INVITATION_MOVES, noun="invitation")
    _emit("survey.declined", row, never=never)
    return row


def _land(row: SurveyInvitation, given: Any) -> None:
    if row.survey.kind == SurveyKind.WILLINGNESS:
        # What they ticked is what they said they would do; an empty answer takes nothing back.
        if given:
            edit_contact(contact=row.contact, actor=row.contact.person, willing=list(given))
        return
    if row.score is None:
        return
    name = "nps" if row.survey.kind == SurveyKind.NPS else "csat"
    Contact.objects.filter(pk=row.contact_id).update(**{name: int(row.score), f"{name}_at": row.answered_at})
    scores = [score for (score,) in _SCORES[name](account=row.account_id)]
    mean = round(Decimal(sum(scores)) / len(scores), 1) if scores else None
    Account.objects.filter(pk=row.account_id).update(
        **{name: mean, f"{name}_at": row.answered_at, "updated_at": row.answered_at}
    )


_ACCOUNT = Given("account", BigIntegerField())


def _scores_by(name: str) -> PreparedValues:
    there = {"left_company_at__isnull": True, f"{name}__isnull": False}
    return PreparedValues(lambda: Contact.objects.filter(account=_ACCOUNT, **there).order_by().values_list(name))


_SCORES = {name: _scores_by(name) for name in ("nps", "csat")}


def _lock(invitation: SurveyInvitation) -> SurveyInvitation:
    (row,) = _LOCKED(invitation=invitation.pk)
    return row


def _locked(*of: str) -> QuerySet[SurveyInvitation]:
    rows = SurveyInvitation.objects.select_for_update(of=of).filter(pk=Given("invitation", BigIntegerField()))
    return rows.select_related("survey__form__design", "contact__person", "account__owner", "answer__version__design")


_LOCKED = Prepared(lambda: _locked("self"))
# The mean of an account is worked out anew by one at a time.
_LOCKED_WITH_ACCOUNT = Prepared(lambda: _locked("self", "account"))


def _demand_open(row: SurveyInvitation) -> None:
    if row.survey.state == SurveyState.CLOSED or row.state not in OPEN:
        raise LinkRefused(_("This survey is over. Thank you all the same: nothing more is needed from you."))


def _emit(topic: str, row: SurveyInvitation, **facts: Any) -> None:
    emit(
        topic,
        subject=row,
        account_id=row.account_id,
        actor_id=row.contact.person_id,
        payload={
            "survey": row.survey_id,
            "kind": row.survey.kind,
            "contact": row.contact_id,
            "owner": owner_of(row),
            **facts,
        },
    )
