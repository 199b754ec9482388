"""Sending surveys: waves that are due, a day's share at a time, one invitation a transaction.

Whatever dies in between, a contact gets one mail: the ask, the mail's row and the state are written together, and the
mail's key is the invitation's.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.enums import Membership
from references.accounts.errors import AskRefused
from references.accounts.models import ActivityType
from references.accounts.services import reserve_ask, spend_ask
from references.goodwill.enums import Team
from references.surveys import letters, policy
from references.surveys.enums import INVITATION_MOVES, WAVE_MOVES, InvitationState, SurveyState, SurveyWaveState
from references.surveys.models import Survey, SurveyInvitation, SurveyWave
from references.surveys.notice_kinds import SURVEY
from references.surveys.selectors.audience import contacts_of, with_reason
from references.surveys.services.building import close_survey
from refprogram.kernel import links
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit
from refprogram.notices import kinds, mails
from refprogram.notices.enums import Channel
from refprogram.notices.services import channel_of, tell

BATCH = 1_000
LEFT_ALONE = {Membership.DO_NOT_CONTACT, Membership.DECLINED}


def send_due() -> int:
    """Send what is due of every running survey; return how many mails were written. Safe side by side."""
    sent = 0
    for survey_id in Survey.objects.filter(state=SurveyState.RUNNING).order_by("pk").values_list("pk", flat=True):
        begin_waves(survey_id=survey_id)
        while (step := send_next(survey_id=survey_id)) is not None:
            sent += step
    return sent


@transaction.atomic
def begin_waves(*, survey_id: int) -> None:
    """Invite everybody who may be asked today into the waves whose day has come."""
    survey = _held(survey_id)
    if survey is None:
        return
    waves = SurveyWave.objects.select_for_update().filter(
        survey=survey, state=SurveyWaveState.PLANNED, starts_on__lte=clock.today()
    )
    for wave in waves.order_by("starts_on", "pk"):
        eligible = with_reason(survey, contacts_of(wave.audience)).filter(reason="").order_by("pk")
        rows = [
            SurveyInvitation(survey=survey, wave=wave, contact_id=contact, account_id=account)
            for contact, account in eligible.values_list("pk", "account_id")
        ]
        SurveyInvitation.objects.bulk_create(rows, batch_size=BATCH)
        wave.invited = len(rows)
        move(wave, SurveyWaveState.SENDING, moves=WAVE_MOVES, noun="wave", also=["invited"])


@transaction.atomic
def send_next(*, survey_id: int) -> int | None:
    """Send one invitation, or note why not: 1 sent, 0 skipped; None when there is nothing more to do now."""
    survey = _held(survey_id)
    if survey is None or sent_today(survey) >= survey.per_day:
        return None
    waiting = SurveyInvitation.objects.select_for_update(of=("self",)).filter(
        survey=survey, state=InvitationState.QUEUED, wave__state=SurveyWaveState.SENDING
    )
    invitation = waiting.select_related("contact__person", "account__owner", "wave").order_by("wave", "pk").first()
    if invitation is None:
        _finish_waves(survey)
        return None
    invitation.survey = survey
    return _send(invitation)


def _held(survey_id: int) -> Survey | None:
    """Lock a running survey; None while another worker sends it."""
    rows = Survey.objects.select_for_update(of=("self",), skip_locked=True).select_related("form__design")
    return rows.filter(pk=survey_id, state=SurveyState.RUNNING).first()


def sent_today(survey: Survey) -> int:
    """Count a survey's mails of this day, in the program's zone."""
    zone = timezone.get_default_timezone()
    midnight = dt.datetime.combine(clock.today(), dt.time.min, tzinfo=zone)
    return SurveyInvitation.objects.filter(survey=survey, sent_at__gte=midnight).count()


def _send(invitation: SurveyInvitation) -> int:
    contact = invitation.contact
    kind = kinds.registry()[SURVEY]
    if not mails.has_mailbox(contact.person) or channel_of(contact.person, kind) != Channel.NOW:
        return _skip(invitation, _("No address, or they want no surveys."))
    try:
        with transaction.atomic():
            ask = reserve_ask(
                account=invitation.account,
                contact=contact,
                activity=ActivityType.objects.get(slug=policy.ACTIVITY),
                source=invitation,
                team=Team.PROGRAM,
                actor=invitation.survey.created_by,
            )
            # The mail itself is what it costs; nothing else has to wait until they answer.
            invitation.ask = spend_ask(ask=ask, actor=invitation.survey.created_by)
    except AskRefused as refusal:
        return _skip(invitation, refusal.message)
    invitation.sent_at = timezone.now()
    move(invitation, InvitationState.SENT, moves=INVITATION_MOVES, noun="invitation", also=["ask", "sent_at"])
    SurveyWave.objects.filter(pk=invitation.wave_id).update(sent=F("sent") + 1)
    write(invitation, reminder=False)
    emit(
        "survey.sent",
        subject=invitation,
        account_id=invitation.account_id,
        actor_id=invitation.survey.created_by.person_id if invitation.survey.created_by else None,
        payload={"survey": invitation.survey_id, "kind": invitation.survey.kind, "contact": contact.pk,
                 "owner": owner_of(invitation)},
    )  # fmt: skip
    return 1


def owner_of(invitation: SurveyInvitation) -> int | None:
    """Return the person who owns the account now."""
    owner = invitation.account.owner
    return owner.person_id if owner else None


def write(invitation: SurveyInvitation, *, reminder: bool) -> None:
    """Write the mail with a link of its own; the same one is never written twice."""
    person = invitation.contact.person
    url = links.issue(purpose="survey", subject=invitation, person_id=person.pk, days=policy.now().link_days)
    letter = letters.survey(invitation, url, reminder=reminder)
    key = f"survey{'-again' if reminder else ''}:{invitation.public_id}"
    tell(person=person, kind=SURVEY, key=key, text=letter.subject, letter=letter)


def _skip(invitation: SurveyInvitation, reason: str) -> int:
    invitation.reason = reason[:200]
    move(invitation, InvitationState.SKIPPED, moves=INVITATION_MOVES, noun="invitation", also=["reason"])
    SurveyWave.objects.filter(pk=invitation.wave_id).update(skipped=F("skipped") + 1)
    return 0


def _finish_waves(survey: Survey) -> None:
    queued = Q(invitations__state=InvitationState.QUEUED)
    done = SurveyWave.objects.filter(survey=survey, state=SurveyWaveState.SENDING).exclude(queued)
    for wave in SurveyWave.objects.select_for_update().filter(pk__in=list(done.values_list("pk", flat=True))):
        move(wave, SurveyWaveState.DONE, moves=WAVE_MOVES, noun="wave")


# ---------------------------------------------------------------- what time brings


def remind_due(*, limit: int = 500) -> int:
    """Ask once more who did not answer within a week; return how many."""
    before = timezone.now() - policy.now().remind_after
    silent = SurveyInvitation.objects.filter(
        state=InvitationState.SENT, reminded_at__isnull=True, sent_at__lte=before, survey__state=SurveyState.RUNNING
    )
    ids = list(silent.order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_remind(invitation_id) for invitation_id in ids)


@transaction.atomic
def _remind(invitation_id: int) -> int:
    rows = SurveyInvitation.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "survey__form__design", "contact__person", "account__owner"
    )
    invitation = rows.filter(pk=invitation_id, state=InvitationState.SENT, reminded_at__isnull=True).first()
    if invitation is None:
        return 0
    invitation.reminded_at = timezone.now()
    invitation.save(update_fields=["reminded_at"])
    today, account, contact = clock.today(), invitation.account, invitation.contact
    paused = any(until is not None and until > today for until in (account.paused_until, contact.paused_until))
    left_alone = LEFT_ALONE & {account.state, contact.state}
    if account.frozen or paused or left_alone or contact.left_company_at is not None:
        return 0  # leave them alone now: the first mail stands
    write(invitation, reminder=True)
    return 1


def expire_due() -> int:
    """Count silence as no answer after three weeks, and end surveys whose last day is over; return how many ended."""
    late = SurveyInvitation.objects.filter(
        state=InvitationState.SENT, sent_at__lte=timezone.now() - policy.now().expires_after
    )
    late.update(state=InvitationState.EXPIRED)
    over = Survey.objects.filter(
        state__in=(SurveyState.RUNNING, SurveyState.PAUSED), closes_on__lt=clock.today()
    ).order_by("pk")
    for survey in over:
        close_survey(survey=survey, by=None)
    return len(over)
