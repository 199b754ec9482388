"""`/settings/program/`: figures by room, errors beside them, two editors, back to the default; the same by API."""

import pytest

from references.accounts import policy
from refprogram.kernel.models import Job, ProgramSetting
from refprogram.kernel.program_settings import selectors
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change

pytestmark = pytest.mark.django_db
ROOM = room_of(policy.Figures)
PAGE = "/settings/program/references.accounts/"


def typed(**values):
    """Return the form as the page sends it back."""
    shown = selectors.shown([ROOM])[0]
    sent = {"revision": shown.revision}
    for line in shown.lines:
        sent |= line.figure.kind.initial(line.figure.name, line.value)
    return sent | values


def test_the_page_says_value_limits_default_and_what_it_does(clients):
    page = clients["marketer"].get(PAGE).text
    assert "Effort that fills a customer" in page
    assert "What 100 on the fatigue index means. Allowed: 20 to 10,000. Default: 120 points." in page


def test_a_figure_is_changed_and_marked(clients):
    answer = clients["marketer"].post(PAGE, typed(consent_years="3"))
    assert answer.status_code == 302
    assert policy.now().consent_years == 3
    assert "3 years" in clients["marketer"].get("/settings/program/").text
    page = clients["marketer"].get(PAGE).text
    assert "Back to the default: 2 years" in page
    clients["marketer"].post(f"{PAGE}consent_years/default/")
    assert policy.now().consent_years == 2


def test_the_error_stands_beside_the_field_and_nothing_is_lost(clients):
    answer = clients["marketer"].post(PAGE, typed(**{"consent_years": "99", "verify_every.gold": "120"}))
    assert answer.status_code == 422
    assert "At most 10." in answer.text
    assert 'value="120"' in answer.text
    assert not ProgramSetting.objects.exists()


def test_the_second_editor_is_told(clients, cast):
    mine = typed(consent_years="4")
    change(room=ROOM, values={"consent_years": 3}, user=cast.admin)
    answer = clients["marketer"].post(PAGE, mine)
    assert answer.status_code == 422
    assert "Somebody changed these figures while you looked at them" in answer.text
    assert policy.now().consent_years == 3


def test_a_figure_that_is_recounted_leads_to_its_job(clients):
    answer = clients["marketer"].post(PAGE, typed(half_life="60"))
    job = Job.objects.get(kind="recount_rests")
    assert answer["Location"] == f"/jobs/{job.public_id}/"
    assert "being recounted" in clients["marketer"].get(PAGE).text


def test_hostile_names_are_not_found(clients):
    for path in ("/settings/program/nothing/", "/settings/program/%3Cscript%3E/", f"{PAGE}nothing/default/"):
        assert clients["marketer"].post(path).status_code in {404, 422}


def test_over_the_api(api):
    rooms = api["marketer"].get("/api/v1/settings").json()["items"]
    room = next(room for room in rooms if room["room"] == "references.accounts")
    figure = next(one for one in room["figures"] if one["name"] == "verify_every")
    assert figure["value"] == {"platinum": 90, "gold": 90, "silver": 180, "": 180}

    body = {"values": {"consent_years": 3}, "revision": room["revision"]}
    answer = api["marketer"].patch("/api/v1/settings/references.accounts", body, content_type="application/json")
    assert answer.status_code == 200
    assert policy.now().consent_years == 3
    again = api["marketer"].patch(
        "/api/v1/settings/references.accounts", body | {"values": {"consent_years": 4}}, content_type="application/json"
    )
    assert again.status_code == 409
    wrong = api["marketer"].patch(
        "/api/v1/settings/references.accounts",
        {"values": {"nothing": 1, "pause": None}},
        content_type="application/json",
    )
    assert wrong.status_code == 422


def test_budgets(clients, budget):
    client = clients["marketer"]
    client.get("/settings/program/")
    with budget("kernel:program-settings"):
        client.get("/settings/program/")
    client.get(PAGE)
    with budget("kernel:program-settings-room"):
        client.get(PAGE)
