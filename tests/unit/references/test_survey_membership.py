"""A satisfaction program and its surveys: invited by the mail, a member by the answer, gone by "never again"."""

import pytest

from references.accounts import clock
from references.accounts.errors import AskRefused
from references.profiles import services as programs
from references.profiles.models import Participation
from references.surveys import membership, policy, selectors, services
from references.surveys.enums import SurveyKind
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from tests.factories.profiles import participation_of, program_of
from tests.factories.references import ContactFactory, reserved, speaker
from tests.factories.surveys import answer, invited, survey_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    """A satisfaction program that allows each member one question in three months, from all programs together."""
    return program_of(name="Voice of the customer", kind="satisfaction", cap_per_quarter=1, terms="Twice a year.")


def stands(contact):
    return [(row.program.name, row.state, row.since) for row in Participation.objects.filter(contact=contact)]


def test_the_mail_invites_and_the_answer_makes_a_member(marketer, program, drain):
    contact = speaker()
    invitation = invited(marketer, contact, program=program)
    drain()
    assert stands(contact) == [("Voice of the customer", "invited", None)]
    answer(invitation, {"score": "9"})
    drain()
    assert stands(contact) == [("Voice of the customer", "active", clock.today())]


def test_its_cap_is_shared_with_ours(marketer, program, drain):
    """Ours allows two in a quarter, the survey was one: for a member of a program that allows one, none is left."""
    member, other = speaker(), speaker()
    for contact, score in ((member, "9"), (other, None)):
        row = invited(marketer, contact, program=program)
        drain()
        if score:
            answer(row, {"score": score})
    drain()
    reserved(other)  # invited, no member: of two, one is left
    with pytest.raises(AskRefused) as refused:
        reserved(member)
    assert refused.value.rule == "cap"


def test_a_wave_counts_with_the_shared_cap(marketer, program, drain):
    """Both were sent one survey this quarter; of one is allowed to members of the program, of two to everybody else."""
    change(room=room_of(policy.Figures), values={"quiet": 0}, user=marketer)
    member, other = speaker(), speaker()
    speaker(ContactFactory(account=member.account))  # so that the account itself does not rest
    for contact, of in ((member, program), (other, None)):
        row = invited(marketer, contact, program=of)
        drain()
        answer(row, {"score": "9"})
        drain()
    wave = {"contacts": [member.public_id, other.public_id]}
    reach = selectors.reach_of(survey_of(marketer, SurveyKind.CSAT), wave)
    assert (reach.eligible, [key for key, _words, _n in reach.excluded]) == (1, ["asked_lately"])


def test_never_again_ends_it(marketer, program, drain):
    contact = ContactFactory()
    row = invited(marketer, contact, program=program)
    drain()
    services.decline_survey(invitation=row, never=True)
    drain()
    assert [state for _name, state, _since in stands(contact)] == ["ended"]


def test_not_this_time_ends_nothing(marketer, program, drain):
    contact = ContactFactory()
    row = invited(marketer, contact, program=program)
    drain()
    services.decline_survey(invitation=row, never=False)
    drain()
    assert [state for _name, state, _since in stands(contact)] == ["invited"]


def test_who_is_in_it_already_and_events_heard_twice_change_nothing(marketer, program, drain):
    contact = ContactFactory()
    participation_of(contact, program, invited=False)
    row = invited(marketer, contact, program=program)
    drain()
    answer(row, {"score": "3"})
    drain()
    for event in Event.objects.filter(topic__in=["survey.sent", "survey.answered"]):
        membership.invite(event)
        membership.begin(event)
    assert [state for _name, state, _since in stands(contact)] == ["active"]


def test_a_survey_of_no_program_and_one_of_an_ended_one_bring_nobody(marketer, program, drain):
    first, second = ContactFactory(), ContactFactory()
    row = invited(marketer, first)
    late = invited(marketer, second, program=program)
    programs.end_program(program=program, by=marketer)
    drain()
    answer(row, {"score": "9"})
    answer(late, {"score": "9"})
    drain()
    assert stands(first) == stands(second) == []


def test_only_satisfaction_belongs_to_a_satisfaction_program(marketer, program):
    council = program_of()
    for kind, chosen in ((SurveyKind.NPS, council), (SurveyKind.WILLINGNESS, program)):
        with pytest.raises(InvalidInput) as refused:
            survey_of(marketer, kind, program=chosen)
        assert refused.value.errors.keys() == {"program"}


def test_the_pages_and_the_file_show_it(marketer, program, drain, clients, api):
    contact = speaker(name="Kestrel Freight")
    answer(invited(marketer, contact, program=program), {"score": "9"})
    drain()
    panel = clients["marketer"].get(f"/accounts/{contact.account.public_id}/programs/").text
    assert "Voice of the customer" in panel
    assert "Surveys" in clients["marketer"].get(program.get_absolute_url()).text
    table = clients["marketer"].get(f"/linked-programs/people/?program={program.public_id}&format=csv")
    lines = b"".join(table.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[:4] == ["Who", "Customer", "Program", "Asks in three months"]
    assert lines[1].split(",")[:4] == [contact.person.name, "Kestrel Freight", "Voice of the customer", "1"]
    survey = contact.survey_invitations.get().survey
    made = api["marketer"].patch(
        f"/api/v1/surveys/{survey.public_id}", {"program": "none"}, content_type="application/json"
    )
    assert made.status_code == 422
