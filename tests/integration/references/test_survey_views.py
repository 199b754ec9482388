"""Surveys page by page and over the API; the customer's page behind the link."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from references.accounts import clock
from references.surveys.enums import InvitationState, SurveyState
from references.surveys.models import Survey, SurveyInvitation
from references.surveys.views import SurveyList
from refprogram.kernel import links
from refprogram.kernel.form_builder import services as forms
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.models import FormAnswer, StoredFile
from tests.contracts import FormContract, ListContract
from tests.factories.forms import SCORE, published_form
from tests.factories.references import AccountFactory, ContactFactory
from tests.factories.surveys import answered, answered_by_each, invited, ready_form, survey_of

pytestmark = pytest.mark.django_db


class TestSurveys(ListContract):
    view = SurveyList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        answered_by_each(cast.marketer, *ContactFactory.create_batch(count))


class TestNewSurvey(FormContract):
    url, reader = "/surveys/new/", "marketer"
    typed, broken = "Their words", {"form": "nothing"}

    @staticmethod
    def count():
        return Survey.objects.count()

    @property
    def good(self):
        return {
            "name": "Spring",
            "kind": "nps",
            "form": ready_form().public_id,
            "message": "Their words",
            "per_day": "50",
        }


def door(invitation):
    """Return the address of a link to the invitation."""
    url = links.issue(purpose="survey", subject=invitation, person_id=invitation.contact.person_id)
    return f"/s/{url.rstrip('/').rpartition('/')[2]}/"


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


# ---------------------------------------------------------------- the customer's page


def test_scanner_that_opens_the_link_changes_nothing(anonymous, marketer):
    invitation = invited(marketer, ContactFactory())
    address = door(invitation)

    page = anonymous.get(f"{address}?score=9")
    anonymous.head(address)

    assert re.search(r'name="f-score" value="9" checked', page.text)
    assert not FormAnswer.objects.exists()
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answer) == (InvitationState.SENT, None)


@pytest.mark.parametrize("score", ["11", "-1", "nine", "9.5", "²"])
def test_nonsense_in_the_address_chooses_nothing(anonymous, marketer, score):
    page = anonymous.get(f"{door(invited(marketer, ContactFactory()))}?score={score}")

    assert page.status_code == 200
    assert " checked" not in page.text


def test_answer_by_link_lands_once(anonymous, marketer):
    contact = ContactFactory()
    invitation = invited(marketer, contact)
    address = door(invitation)
    page = anonymous.get(address).text
    sent = {name: hidden(page, name) for name in ("version", "tab", "revision")}

    saved = anonymous.post(address, {**sent, "act": "save", "f-score": "3"})
    answer = {**sent, "act": "send", "f-score": "3", "f-reason": "Slow.", "f-better": "Be quick."}
    first, second = anonymous.post(address, answer), anonymous.post(address, {**answer, "f-score": "10"})

    assert "2 of" not in saved.text
    assert [first.status_code, second.status_code] == [302, 302]
    contact.refresh_from_db()
    assert contact.nps == 3
    assert "Your answer has arrived" in anonymous.get(address).text
    assert FormAnswer.objects.get().values == {"score": "3", "reason": "Slow.", "better": "Be quick."}


def test_missing_score_is_said_beside_it_and_nothing_is_lost(anonymous, marketer):
    address = door(invited(marketer, ContactFactory()))

    page = anonymous.post(address, {"act": "send", "revision": 0, "f-reason": "My own words"})

    assert page.status_code == 422
    assert "One answer needs another look" in page.text
    assert "My own words" in page.text


def test_newer_version_meanwhile_does_not_disturb(anonymous, marketer):
    form = published_form([SCORE, FieldSpec("why", "text", "Why?")])
    invitation = invited(marketer, ContactFactory(), form=form)
    address = door(invitation)
    page = anonymous.get(address).text
    forms.edit_draft(design=form.design, revision=0, edit="remove", data={"key": "why"})
    newer = forms.publish(design=form.design, revision=1, by=None)
    Survey.objects.update(form=newer)

    anonymous.post(
        address, {"act": "send", "version": hidden(page, "version"), "revision": 0, "f-score": "9", "f-why": "A"}
    )

    answer = FormAnswer.objects.get()
    assert (answer.version, answer.values) == (form, {"score": "9", "why": "A"})
    assert SurveyInvitation.objects.get().score == 9


@pytest.mark.parametrize(
    ("act", "words"), [("decline", "We do not ask about this again"), ("never", "no survey any more")]
)
def test_no_is_an_answer(anonymous, marketer, act, words):
    invitation = invited(marketer, ContactFactory())
    address = door(invitation)

    assert words in anonymous.post(address, {"act": act}).text
    assert "Thank you for telling us" in anonymous.get(address).text
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.DECLINED


def test_link_of_an_ended_survey_says_so(anonymous, marketer):
    address = door(invited(marketer, ContactFactory()))
    Survey.objects.update(state=SurveyState.CLOSED)

    assert "This survey is over" in anonymous.get(address).text
    assert "This survey is over" in anonymous.post(address, {"act": "send", "f-score": "9"}).text
    assert not FormAnswer.objects.exists()


PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00"
    b"\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def test_file_comes_at_once_and_can_be_taken_back(anonymous, marketer):
    form = published_form([SCORE, FieldSpec("proof", "file", "Proof", required=True)])
    address = door(invited(marketer, ContactFactory(), form=form))

    def upload(content):
        file = SimpleUploadedFile("proof.png", content)
        return anonymous.post(address, {"act": "upload:proof", "f-proof": file})

    assert "not a PNG file" in upload(b"<svg onload='x'/>").text
    assert "proof.png" in upload(PICTURE).text
    sent = anonymous.post(address, {"act": "send", "f-score": "9", "revision": 0, "tab": "t"})

    assert sent.status_code == 302
    assert FormAnswer.objects.get().values["proof"] == StoredFile.objects.get().public_id


def test_cost_of_the_customers_page(budget, anonymous, marketer):
    address = door(invited(marketer, ContactFactory()))
    anonymous.get(address)
    with budget("link:survey"):
        anonymous.get(address)


# ---------------------------------------------------------------- colleagues' pages


def test_survey_is_prepared_and_started(clients, marketer):
    client = clients["marketer"]
    ContactFactory()
    facts = {"name": "Spring", "kind": "nps", "form": ready_form().public_id, "message": "Hello", "per_day": "10"}
    wave_page = client.post("/surveys/new/", facts).url
    assert "would be asked today" in client.get(wave_page).text
    page = client.post(wave_page, {"name": "W", "starts_on": clock.today().isoformat(), "who": "all", "band": ""}).url
    client.post(f"{page}start/")

    survey = Survey.objects.get(name="Spring")
    assert survey.state == SurveyState.RUNNING
    assert "Pause" in client.get(page).text


def test_audience_is_counted_by_reason(clients, marketer):
    ContactFactory(account=AccountFactory(frozen=True))
    ContactFactory()
    survey = survey_of(marketer)

    page = clients["marketer"].get(f"/surveys/{survey.public_id}/audience/", {"industry": "Logistics"}).text

    assert "account frozen" in page
    assert re.search(r"<b class=\"rp-big\">1</b>\s*of 2", page)


def test_page_shows_score_with_n_and_who_said_what(clients, marketer):
    invitation = answered(marketer, ContactFactory(), 10, reason="You kept your word all year.")

    page = clients["executive"].get(invitation.survey.get_absolute_url()).text

    assert "+100" in page
    assert "n = 1" in page
    assert "You kept your word all year." in page


def test_score_stands_on_account_and_contact(clients, marketer, rep):
    contact = ContactFactory(account=AccountFactory(owner=rep))
    answered(marketer, contact, 8)

    for page in (contact.account.get_absolute_url(), contact.get_absolute_url()):
        assert "8 of 10" in clients["rep"].get(page).text
    assert "answered the survey" in clients["rep"].get(f"{contact.account.get_absolute_url()}timeline/").text


def test_survey_page_costs_the_same_whatever_the_number(budget, clients, marketer):
    survey = answered(marketer, ContactFactory()).survey

    def make(count):
        for _number in range(count):
            answered(marketer, ContactFactory())
        SurveyInvitation.objects.update(survey=survey)

    budget.flat("references:survey", make=make, visit=lambda: clients["marketer"].get(survey.get_absolute_url()))


# ---------------------------------------------------------------- API


def test_api_runs_a_survey(api, marketer):
    client = api["marketer"]
    ContactFactory()
    facts = {"name": "By API", "kind": "nps", "form": client.get("/api/v1/survey-forms").json()["items"][0]["id"]}
    made = client.post("/api/v1/surveys", {**facts, "form": ready_form().public_id}, content_type="application/json")
    base = f"/api/v1/surveys/{made.json()['id']}"
    wave = {"name": "W", "starts_on": clock.today().isoformat(), "audience": {"who": "all"}}

    assert made.status_code == 201
    assert client.post(f"{base}/reach", {}, content_type="application/json").json()["eligible"] == 1
    assert client.post(f"{base}/waves", wave, content_type="application/json").status_code == 201
    assert client.post(f"{base}/start", {}, content_type="application/json").json()["state"] == "running"
    assert client.get(f"{base}/results").json()["score"] is None


def test_api_results(api, marketer):
    survey = answered(marketer, ContactFactory(), 9).survey

    found = api["executive"].get(f"/api/v1/surveys/{survey.public_id}/results").json()

    assert (found["score"], found["n"], found["distribution"]["9"]) == (100.0, 1, 1)
    answers = api["executive"].get(f"/api/v1/surveys/{survey.public_id}/answers").json()["items"]
    assert [row["score"] for row in answers] == [9.0]
