"""Approvals and chains by API."""

from typing import ClassVar

import pytest

from refprogram.governance.approvals.models import Chain, ChainVersion, Decision
from tests.contracts import FormContract
from tests.factories.approvals import asked, stuck

pytestmark = pytest.mark.django_db


class TestDraft(FormContract):
    """Writing a chain."""

    reader = "admin"
    good: ClassVar = {
        "rows": 2,
        "position_0": 1,
        "who_0": "role:legal",
        "amount_from_0": "100",
        "hours_0": 24,
        "who_1": "manager",
        "position_1": 2,
        "hours_1": 12,
    }
    typed = "100"
    broken: ClassVar = {"amount_below_0": "50"}

    @pytest.fixture(autouse=True)
    def _address(self):
        type(self).url = f"{Chain.objects.get(kind='money').get_absolute_url()}edit/"

    @staticmethod
    def count():
        return ChainVersion.objects.count()


def test_the_api_decides_by_the_same_rules(api, cast, finance):
    row = asked(cast.rep)
    url = f"/api/v1/approvals/{row.public_id}"
    turn = api["finance"].get(url).json()["turns"][0]["id"]
    for part, status in (("rep", 403), ("finance", 200), ("finance", 200)):
        answer = api[part].post(f"{url}/approve", {"turn": turn}, content_type="application/json")
        assert answer.status_code == status
    assert answer.json()["state"] == "approved"
    assert answer.json()["turns"][0]["decisions"][0]["via"] == "api"
    assert Decision.objects.count() == 1


def test_the_api_runs_dry(api, cast, executive):
    found = api["rep"].get("/api/v1/approvals/dry-run?kind=spending&amount=2500").json()["turns"]
    assert [turn["skipped"] for turn in found] == [True, False]
    assert found[1]["seats"][0]["user"]["name"] == "Edo Executive"
    assert api["rep"].get("/api/v1/approvals/dry-run?kind=legal&requester=nobody").status_code == 422


def test_the_api_writes_tries_and_publishes_a_chain(api, admin, legal):
    url = f"/api/v1/approval-chains/{Chain.objects.get(kind='money').public_id}"
    sent = {"steps": [{"position": 1, "approver": "person", "user": legal.public_id, "hours": 8}]}
    json = {"content_type": "application/json"}
    draft = api["admin"].put(f"{url}/draft", sent, **json).json()
    assert (draft["draft"]["steps"][0]["user"]["name"], draft["live"]["number"]) == ("Levi Legal", 1)
    asked(legal)
    tried = api["admin"].get(f"{url}/rehearsal").json()
    assert (tried["sound"], tried["tried"][0]["stuck"]) == (False, ["Levi Legal asked for it"])
    assert api["admin"].post(f"{url}/publish", {}, **json).status_code == 409
    sent["steps"][0]["escalate_role"] = "admin"
    api["admin"].put(f"{url}/draft", sent, **json)
    done = api["admin"].post(f"{url}/publish", {}, **json).json()
    assert (done["draft"], [one["number"] for one in done["versions"]]) == (None, [2, 1])
    wrong = {"steps": [{"position": 1, "approver": "person", "user": "nobody"}]}
    assert api["admin"].put(f"{url}/draft", wrong, **json).json()["errors"][0]["field"] == "steps.0.user"


def test_the_api_answers_withdraws_and_hands_over(api, cast, finance, legal):
    json = {"content_type": "application/json"}
    row = asked(cast.rep)
    url = f"/api/v1/approvals/{row.public_id}"
    api["finance"].post(f"{url}/ask", {"comment": "Which fund?"}, **json)
    assert api["rep"].post(f"{url}/answer", {"text": "Events."}, **json).json()["state"] == "pending"
    assert api["rep"].post(f"{url}/withdraw", {"reason": "Late."}, **json).json()["withdrawn_because"] == "Late."
    row = stuck(cast.rep)
    sent = {"turn": row.turns.get().public_id, "to": legal.public_id, "reason": "Gone has left."}
    found = api["admin"].post(f"/api/v1/approvals/{row.public_id}/hand-over", sent, **json).json()
    assert found["turns"][0]["approver"]["name"] == "Levi Legal"
    assert found["turns"][0]["decisions"][0]["verdict"] == "hand"
