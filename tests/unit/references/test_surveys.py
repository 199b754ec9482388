"""Surveys: who is asked, once; what an answer brings; what silence and a no mean."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from references.accounts import clock
from references.accounts import services as accounts
from references.accounts.enums import AskState, Membership
from references.surveys import policy, selectors, services
from references.surveys.enums import InvitationState, SurveyKind, SurveyState, SurveyWaveState
from references.surveys.events import score_readers
from references.surveys.models import SurveyInvitation
from references.surveys.notice_kinds import SURVEY
from references.surveys.proofs import proofs
from references.surveys.services import sending
from refprogram.kernel.errors import InvalidInput, LinkRefused
from refprogram.kernel.form_builder import services as forms
from refprogram.kernel.models import Event, SignedLink
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from refprogram.notices import kinds
from refprogram.notices.enums import Channel
from refprogram.notices.models import Mail, Notice
from refprogram.notices.services import choose
from tests.factories.forms import SCORE, published_form
from tests.factories.people import PersonFactory
from tests.factories.references import AccountFactory, ContactFactory, reserved, speaker
from tests.factories.surveys import answer, answered, invited, ready_form, running, survey_of

pytestmark = pytest.mark.django_db


def states(survey):
    return {row.contact_id: row.state for row in SurveyInvitation.objects.filter(survey=survey)}


# ---------------------------------------------------------------- preparing


def test_form_must_ask_what_is_measured(marketer):
    with pytest.raises(InvalidInput) as refusal:
        survey_of(marketer, SurveyKind.CSAT, form=ready_form(SurveyKind.NPS))

    assert refusal.value.errors.keys() == {"form"}


def test_ready_forms_are_there_for_every_kind(marketer):
    for kind in SurveyKind:
        assert survey_of(marketer, kind).state == SurveyState.DRAFT


def test_started_survey_takes_a_newer_version_of_its_form_only(marketer):
    form = published_form([SCORE])
    survey = running(marketer, ContactFactory(), form=form)
    forms.edit_draft(design=form.design, revision=0, edit="add", data={"type": "section"})
    forms.edit_draft(design=form.design, revision=1, edit="change", data={"key": "section", "label": "Heading"})
    newer = forms.publish(design=form.design, revision=2, by=None)

    assert services.edit_survey(survey=survey, form=newer).form == newer
    with pytest.raises(InvalidInput):
        services.edit_survey(survey=survey, form=ready_form())


# ---------------------------------------------------------------- whom


def test_everybody_left_out_is_counted_under_one_reason(marketer):
    fine = ContactFactory()
    gone = ContactFactory()
    accounts.contact_left(contact=gone, actor=None)
    ContactFactory(person=PersonFactory(email=""))
    ContactFactory(account=AccountFactory(state=Membership.DO_NOT_CONTACT))
    ContactFactory(state=Membership.DECLINED)
    choose(person=ContactFactory().person, kind=kinds.registry()[SURVEY], channel=Channel.OFF)
    accounts.freeze(account=ContactFactory().account, kind="escalation", actor=None)
    ContactFactory(account=AccountFactory(rests_until=clock.today() + dt.timedelta(days=3)))
    ContactFactory(paused_until=clock.today() + dt.timedelta(days=3))
    reserved(speaker())
    ContactFactory(cap_per_quarter=1).asks.create(
        account=fine.account, activity=reserved(speaker()).activity, effort=40, state=AskState.SPENT,
        source_type="x", source_id=1, ended_at=timezone.now() - dt.timedelta(days=50),
        planned_on=clock.today() - dt.timedelta(days=50),
    )  # fmt: skip

    reach = selectors.reach_of(survey_of(marketer), {})

    assert reach.total == 11
    assert reach.eligible == 1
    assert {key: n for key, _words, n in reach.excluded} == {
        "do_not_contact": 3, "no_address": 1, "frozen": 1, "resting": 2, "asked_lately": 3,
    }  # fmt: skip


def test_nobody_gets_two_surveys_within_the_quiet_days(marketer):
    contact = ContactFactory()
    invited(marketer, contact)
    second = survey_of(marketer)

    assert selectors.reach_of(second, {}).eligible == 0
    with time_machine.travel(timezone.now() + policy.now().quiet + dt.timedelta(days=1)):
        assert selectors.reach_of(second, {}).eligible == 1


@pytest.mark.parametrize(
    ("audience", "n"),
    [
        ({}, 3),
        ({"industry": ["Logistics"]}, 2),
        ({"tier": ["gold"]}, 1),
        ({"who": "members"}, 1),
        ({"band": "promoters"}, 1),
        ({"band": "unasked"}, 2),
    ],
)
def test_filters_of_the_audience(marketer, audience, n):
    ContactFactory(account=AccountFactory(industry="Retail", tier="gold"))
    ContactFactory(nps=9)
    speaker()

    assert selectors.reach_of(survey_of(marketer), audience).total == n


# ---------------------------------------------------------------- sending


def test_contact_gets_one_mail_and_it_is_an_ask_first(marketer, drain, mailoutbox):
    contact = ContactFactory()
    invitation = invited(marketer, contact)
    services.send_due()
    drain()

    assert [mail.to[0] for mail in mailoutbox].count(f"{contact.person.name} <{contact.person.email}>") == 1
    assert "?score=10" in mailoutbox[0].alternatives[0][0]
    assert (invitation.state, invitation.ask.state) == (InvitationState.SENT, AskState.SPENT)
    assert invitation.ask.activity.slug == "survey"
    assert not [proof for proof in proofs() if proof.rows]


def test_survey_is_no_reference_given_and_nobody_rests_after_it(marketer):
    contact = speaker()
    invited(marketer, contact)
    contact.account.refresh_from_db()

    assert contact.account.activities_done == 0
    assert contact.account.rests_until is None
    assert contact.account.open_asks == 0
    assert contact.account.last_asked_at is not None
    assert reserved(contact).state == AskState.HELD


def test_what_dies_before_the_commit_is_sent_once_later(marketer, monkeypatch):
    contact = ContactFactory()
    survey = running(marketer, contact)
    real = sending.emit

    def die(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(sending, "emit", die)
    with pytest.raises(SystemExit):
        services.send_due()
    assert not Mail.objects.exists()
    monkeypatch.setattr(sending, "emit", real)
    services.send_due()
    services.send_due()

    assert Mail.objects.filter(person=contact.person).count() == 1
    assert states(survey) == {contact.pk: InvitationState.SENT}


def test_a_day_has_its_share(marketer):
    survey = running(marketer, *ContactFactory.create_batch(5), per_day=2)

    sent = []
    for day in range(4):
        with time_machine.travel(timezone.now() + dt.timedelta(days=day)):
            sent.append(services.send_due())

    assert sent == [2, 2, 1, 0]
    assert survey.waves.get().state == SurveyWaveState.DONE


def test_wave_waits_for_its_day_and_a_paused_survey_for_its_word(marketer):
    survey = survey_of(marketer)
    tomorrow = clock.today() + dt.timedelta(days=1)
    services.add_wave(survey=survey, name="W", audience={}, starts_on=tomorrow)
    ContactFactory()
    services.start_survey(survey=survey, by=marketer)
    assert services.send_due() == 0

    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        services.pause_survey(survey=survey, by=marketer)
        assert services.send_due() == 0
        services.resume_survey(survey=survey, by=marketer)
        assert services.send_due() == 1


def test_frozen_between_wave_and_mail_is_skipped_with_the_reason(marketer):
    contact = ContactFactory()
    survey = running(marketer, contact)
    sending.begin_waves(survey_id=survey.pk)
    accounts.freeze(account=contact.account, kind="legal", actor=None)

    assert services.send_due() == 0
    invitation = SurveyInvitation.objects.get()
    assert invitation.state == InvitationState.SKIPPED
    assert "frozen" in invitation.reason
    assert survey.waves.get().skipped == 1


def test_reminder_comes_once_and_silence_ends(marketer):
    contact = ContactFactory()
    invitation = invited(marketer, contact)
    assert services.remind_due() == 0

    with time_machine.travel(timezone.now() + policy.now().remind_after):
        assert services.remind_due() == 1
        assert services.remind_due() == 0
    with time_machine.travel(timezone.now() + policy.now().expires_after):
        services.expire_due()

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.EXPIRED
    assert Mail.objects.filter(person=contact.person).count() == 2


def test_last_day_over_ends_the_survey_and_what_waits(marketer):
    survey = running(marketer, *ContactFactory.create_batch(2), per_day=1, closes_on=clock.today())
    services.send_due()

    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert services.expire_due() == 1

    survey.refresh_from_db()
    assert survey.state == SurveyState.CLOSED
    assert sorted(states(survey).values()) == [InvitationState.EXPIRED, InvitationState.SKIPPED]
    assert not [proof for proof in proofs() if proof.rows]


# ---------------------------------------------------------------- answers


def test_score_lands_on_contact_and_account(marketer, rep):
    account = AccountFactory(owner=rep)
    first, second = ContactFactory.create_batch(2, account=account)
    answered(marketer, first, 10)
    answered(marketer, second, 7)

    account.refresh_from_db()
    second.refresh_from_db()
    event = Event.objects.filter(topic="survey.answered").latest("pk")
    assert (account.nps, second.nps) == (8.5, 7)
    assert account.nps_at == second.nps_at
    assert event.account_id == account.pk
    assert event.payload["score"] == 7
    assert (event.payload["contact"], event.payload["owner"]) == (second.pk, rep.person_id)
    assert not [proof for proof in proofs() if proof.rows]


def test_satisfaction_lands_beside_it(marketer):
    contact = ContactFactory()
    answered(marketer, contact, 4, SurveyKind.CSAT)

    contact.account.refresh_from_db()
    assert contact.account.csat == 4
    assert contact.account.nps is None


def test_answer_sent_twice_counts_once(marketer):
    invitation = answered(marketer, ContactFactory(), 10)

    answer(invitation, {"score": "1"})

    invitation.refresh_from_db()
    assert invitation.score == 10
    assert invitation.wave.answered == 1
    assert Event.objects.filter(topic="survey.answered").count() == 1


def test_willingness_is_kept_only_as_confirmed(marketer):
    contact = ContactFactory(willing=["logo"])
    invitation = invited(marketer, contact, SurveyKind.WILLINGNESS)

    with pytest.raises(InvalidInput):
        answer(invitation, {"activities": ["quote", "call"]})
    contact.refresh_from_db()
    assert contact.willing == ["logo"]
    answer(invitation, {"activities": ["quote", "call"], "agree": "yes"})

    contact.refresh_from_db()
    assert contact.willing == ["call", "quote"]
    assert contact.state == Membership.IDENTIFIED


def test_do_not_ask_again_is_honoured(marketer):
    contact = ContactFactory()
    services.decline_survey(invitation=invited(marketer, contact), never=True)

    with time_machine.travel(timezone.now() + policy.now().quiet + dt.timedelta(days=40)):
        second = running(marketer, contact)
        services.send_due()

    assert states(second) == {}
    assert Mail.objects.filter(person=contact.person).count() == 1


def test_late_answer_counts_until_the_survey_ends(marketer):
    late, later = invited(marketer, ContactFactory()), invited(marketer, ContactFactory())
    with time_machine.travel(timezone.now() + policy.now().expires_after):
        services.expire_due()

    assert answer(late, {"score": "8"}).state == InvitationState.ANSWERED
    services.close_survey(survey=later.survey, by=marketer)
    with pytest.raises(LinkRefused):
        answer(later, {"score": "8"})


def test_owner_hears_of_a_low_score_only(marketer, rep, drain):
    answered(marketer, ContactFactory(account=AccountFactory(owner=rep)), 6)
    answered(marketer, ContactFactory(account=AccountFactory(owner=rep)), 7)
    drain()

    assert Notice.objects.filter(person=rep.person, kind="references.low_score").count() == 1


def test_who_reads_a_score(marketer, rep, other_team_rep, support, judge):
    answered(marketer, ContactFactory(account=AccountFactory(owner=rep)), 3)
    event = Event.objects.get(topic="survey.answered")
    readers = [user for user in (marketer, rep, other_team_rep, support, judge) if score_readers(user, event)]
    assert readers == [marketer, rep, support]


# ---------------------------------------------------------------- figures


def test_figures_by_hand(marketer):
    scores = {"Logistics": [10, 9, 3], "Retail": [7]}
    for industry, given in scores.items():
        for score in given:
            answered(marketer, ContactFactory(account=AccountFactory(industry=industry)), score)
    survey = invited(marketer, ContactFactory()).survey
    SurveyInvitation.objects.update(survey=survey)

    cells = selectors.tally(survey)
    spread = selectors.distribution(survey.kind, cells)
    score = selectors.score_of(survey.kind, spread)
    assert dict(spread) == {**dict.fromkeys(range(11), 0), 10: 1, 9: 1, 3: 1, 7: 1}
    assert (score.value, score.n) == ("+25", 4)
    assert selectors.funnel_of(cells) == selectors.Funnel(queued=0, sent=5, answered=4, declined=0, skipped=0)
    groups = selectors.by_group(survey.kind, cells, "industry")
    assert [(one.name, one.n, one.sent, one.value) for one in groups] == [
        ("Logistics", 3, 4, "+33"), ("Retail", 1, 1, "0"),
    ]  # fmt: skip


def test_what_counts_as_a_worry_and_how_many_mails_a_day_are_figures(marketer, rep, drain):
    room = room_of(policy.Figures)
    change(room=room, values={"low_nps": 4, "per_day": 7}, user=marketer)
    for score in (5, 4):
        answered(marketer, ContactFactory(account=AccountFactory(owner=rep, name=f"Said {score}")), score)
    drain()

    told = Notice.objects.filter(person=rep.person, kind="references.low_score").values_list("text", flat=True)
    assert [text[:6] for text in told] == ["Said 4"]
    form = ready_form(SurveyKind.NPS)
    assert services.create_survey(name="Paced", kind=SurveyKind.NPS, form=form, by=marketer).per_day == 7


def test_a_link_works_as_long_as_a_late_answer_counts(marketer):
    change(room=room_of(policy.Figures), values={"expires_after": 10, "late_for": 5}, user=marketer)
    invited(marketer, ContactFactory())

    left = SignedLink.objects.get(purpose="survey").expires_at - timezone.now()
    assert (policy.now().link_days, left.days) == (15, 14)  # 14 whole days and some hours
