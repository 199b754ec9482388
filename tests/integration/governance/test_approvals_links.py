"""Deciding from the mail: a link shows, posting acts once, and each link is for one approver."""

from typing import ClassVar

import pytest

from refprogram.governance.approvals import services
from refprogram.governance.approvals.enums import ApprovalState
from refprogram.governance.approvals.models import Approval, Chain, ChainVersion, Decision
from refprogram.people.enums import Role
from tests.contracts import FormContract
from tests.factories.approvals import asked, away, euros
from tests.factories.people import UserFactory
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.django_db


def state_of(row):
    return Approval.objects.get(pk=row.pk).state


def link_of(user, mailoutbox):
    return f"/s/{token_in(mails_to(user, mailoutbox)[-1])}/"


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


def test_opening_the_link_shows_and_posting_acts_once(clients, cast, finance, drain, mailoutbox):
    row = asked(cast.rep, label="A new camera", amount=euros(300))
    drain()
    url, nobody = link_of(finance, mailoutbox), clients["anonymous"]
    for _ in range(2):
        page = nobody.get(url)
        assert "A new camera" in page.text
        assert "$300" in page.text
    assert state_of(row) == ApprovalState.PENDING
    assert nobody.post(url, {"verdict": "approve"}).status_code == 302
    assert "you approved it" in nobody.get(url).text
    assert nobody.post(url, {"verdict": "reject", "comment": "No!"}).status_code == 302
    assert state_of(row) == ApprovalState.APPROVED
    decision = Decision.objects.get()
    assert (decision.by, decision.via) == (finance, "link")


def test_a_link_is_for_one_approver_and_the_other_sees_who_was_first(clients, cast, finance, drain, mailoutbox):
    other = UserFactory(role=Role.FINANCE, name="Otis Other")
    row = asked(cast.rep)
    drain()
    mine, theirs = link_of(finance, mailoutbox), link_of(other, mailoutbox)
    assert mine != theirs
    clients["anonymous"].post(theirs, {"verdict": "approve"})
    assert "Otis Other has approved it already" in clients["anonymous"].get(mine).text
    assert Decision.objects.get().by == other
    assert state_of(row) == ApprovalState.APPROVED


def test_a_link_of_somebody_who_is_asked_no_more_decides_nothing(clients, cast, finance, executive, drain, mailoutbox):
    row = asked(cast.rep)
    drain()
    url = link_of(finance, mailoutbox)
    away(finance)
    services.follow_up()
    assert "Nothing is needed from you now" in clients["anonymous"].get(url).text
    assert clients["anonymous"].post(url, {"verdict": "approve"}).status_code == 403
    finance.is_active = False
    finance.save()
    assert clients["anonymous"].get(url).status_code == 409
    assert state_of(row) == ApprovalState.PENDING


def test_a_forwarded_link_never_lets_the_requester_in(clients, cast, finance, drain, mailoutbox):
    row = asked(cast.rep, beneficiary=cast.legal.person)
    drain()
    url = link_of(finance, mailoutbox)
    finance.team = cast.north
    finance.save()
    Approval.objects.filter(pk=row.pk).update(team=cast.north)
    assert clients["anonymous"].post(url, {"verdict": "approve"}).status_code == 403
    assert state_of(row) == ApprovalState.PENDING


def test_asking_from_the_mail_brings_a_fresh_link_with_the_answer(clients, cast, finance, drain, mailoutbox):
    row = asked(cast.rep)
    drain()
    first = link_of(finance, mailoutbox)
    assert clients["anonymous"].post(first, {"verdict": "ask", "comment": " "}).status_code == 422
    clients["anonymous"].post(first, {"verdict": "ask", "comment": "Which fund?"})
    assert "your question is asked" in clients["anonymous"].get(first).text
    services.answer(approval=row, by=cast.rep, text="Events.")
    drain()
    second = link_of(finance, mailoutbox)
    assert "Events." in clients["anonymous"].get(second).text
    clients["anonymous"].post(second, {"verdict": "approve"})
    assert state_of(row) == ApprovalState.APPROVED


def test_a_link_to_what_was_withdrawn_says_so(clients, cast, finance, drain, mailoutbox):
    row = asked(cast.rep)
    drain()
    services.withdraw(approval=row, by=cast.rep, reason="")
    page = clients["anonymous"].get(link_of(finance, mailoutbox))
    assert page.status_code == 410
    assert "Nothing more is needed" in page.text
