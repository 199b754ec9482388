"""Approvals as people meet them: list, road, desk, link, chains, API."""

from typing import ClassVar

import pytest

from refprogram.governance.approvals import privacy, proofs, services
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState, Verdict
from refprogram.governance.approvals.models import Approval, Chain, ChainVersion, Decision
from refprogram.governance.approvals.views import ApprovalList
from refprogram.people.enums import Role
from tests.contracts import FormContract, ListContract
from tests.factories.approvals import asked, away, chain_of, euros, role_step
from tests.factories.people import UserFactory
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.django_db


def state_of(row):
    return Approval.objects.get(pk=row.pk).state


def link_of(user, mailoutbox):
    return f"/s/{token_in(mails_to(user, mailoutbox)[-1])}/"


class TestApprovals(ListContract):
    """The list."""

    view = ApprovalList
    reader = "finance"

    @staticmethod
    def make(count, cast):
        cast.finance  # noqa: B018 - is asked
        for _ in range(count):
            asked(cast.rep, amount=euros(5))


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


def test_the_tabs_divide_what_waits_from_what_was_asked(clients, cast, finance):
    waiting, own = asked(cast.rep, label="For finance"), asked(finance, label="By finance")
    page = clients["finance"].get("/approvals/?view=waiting&waits=yes").text
    assert (waiting.label in page, own.label in page) == (True, False)
    page = clients["finance"].get("/approvals/?view=mine&mine=yes").text
    assert (waiting.label in page, own.label in page) == (False, True)


def test_one_approval_costs_the_same_whatever_its_road(budget, clients, cast):
    row = asked(cast.rep)
    url = row.get_absolute_url()
    budget.flat(
        "governance:approval",
        make=lambda count: UserFactory.create_batch(count, role=Role.FINANCE),
        visit=lambda: clients["marketer"].get(url),
    )


def test_what_waits_on_a_desk_costs_the_same(budget, clients, cast, finance):
    budget.flat(
        "governance:approval-desk",
        make=lambda count: [asked(cast.rep) for _ in range(count)],
        visit=lambda: clients["finance"].get("/nav/counts/"),
    )


def test_chains_cost_the_same(budget, clients, admin):
    budget.flat(
        "governance:chain",
        make=lambda count: [chain_of(role_step(Role.LEGAL), by=admin) for _ in range(count)],
        visit=lambda: clients["admin"].get(Chain.objects.get(kind="money").get_absolute_url()),
    )


def test_the_api_list_costs_the_same(budget, api, cast, finance):
    budget.flat(
        "api:list_approvals",
        make=lambda count: [asked(cast.rep) for _ in range(count)],
        visit=lambda: api["finance"].get("/api/v1/approvals"),
    )


def test_the_road_says_who_was_asked_who_decides_next_and_why(clients, cast, finance, legal):
    chain_of(role_step(Role.FINANCE), role_step(Role.LEGAL, 2), role_step(Role.LEGAL, 3, amount_from=euros(9000)))
    row = asked(cast.rep, amount=euros(10))
    services.decide(approval=row, by=finance, verdict=Verdict.APPROVE, comment="Within the plan.")
    away(legal, stand_in=cast.marketer)
    page = clients["admin"].get(row.get_absolute_url()).text
    for words in (
        "Within the plan.",
        "Mona Marlow (in place of Levi Legal)",
        "Only for amounts from $9,000",
        "Anyone of: Legal",
        "Asked now",
    ):
        assert words in page


def test_one_tap_on_the_desk(clients, cast, finance):
    row = asked(cast.rep, label="A new camera")
    assert "Approve? A new camera" in clients["finance"].get("/").text
    turn = row.turns.get().public_id
    answer = clients["finance"].post(
        f"{row.get_absolute_url()}decide/", {"verdict": "approve", "turn": turn, "next": "/"}, follow=True
    )
    assert "Approved. Rhea Rep is told." in answer.text
    assert "Approve? A new camera" not in answer.text
    assert state_of(row) == ApprovalState.APPROVED


def test_rejecting_without_a_word_comes_back(clients, cast, finance):
    row = asked(cast.rep)
    answer = clients["finance"].post(f"{row.get_absolute_url()}decide/", {"verdict": "reject"})
    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert state_of(row) == ApprovalState.PENDING


def test_the_second_of_a_role_is_told_on_the_page(clients, cast, finance):
    row = asked(cast.rep)
    other = UserFactory(role=Role.FINANCE)
    turn = row.turns.get()
    services.decide(approval=row, by=other, verdict=Verdict.APPROVE)
    answer = clients["finance"].post(
        f"{row.get_absolute_url()}decide/", {"verdict": "approve", "turn": turn.public_id}, follow=True
    )
    assert f"{other.name} has approved it already" in answer.text
    assert Decision.objects.count() == 1


def test_question_and_answer_on_the_pages(clients, cast, finance):
    row = asked(cast.rep)
    clients["finance"].post(f"{row.get_absolute_url()}decide/", {"verdict": "ask", "comment": "Which fund?"})
    assert "Which fund?" in clients["rep"].get("/").text
    assert "A question to you" in clients["rep"].get(row.get_absolute_url()).text
    assert clients["rep"].post(f"{row.get_absolute_url()}answer/", {"text": " "}).status_code == 422
    clients["rep"].post(f"{row.get_absolute_url()}answer/", {"text": "Events."})
    assert state_of(row) == ApprovalState.PENDING


def test_nobody_left_stands_on_the_administrators_desk(clients, finance, admin):
    row = asked(finance, label="Own matter")
    assert "Nobody can decide: Own matter" in clients["admin"].get("/").text
    assert "nobody has the role" in clients["admin"].get(row.get_absolute_url()).text


# ---------------------------------------------------------------- from the mail


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


# ---------------------------------------------------------------- chains


def test_draft_dry_run_publish(clients, cast, admin, legal):
    chain = Chain.objects.get(kind=ApprovalKind.MONEY)
    url = chain.get_absolute_url()
    running = asked(cast.rep)
    sent = {"rows": 1, "position_0": 1, "who_0": "role:legal", "hours_0": 24, "further_0": f"person:{admin.public_id}"}
    clients["admin"].post(f"{url}edit/", sent)
    draft = clients["admin"].get(f"{url}dry-run/?requester={legal.public_id}&version=draft").text
    assert "Levi Legal asked for it, so it goes on to Ada Admin" in draft
    live = clients["admin"].get(f"{url}dry-run/?requester={legal.public_id}&version=live").text
    assert "Nobody has the role “Finance”" in live
    clients["admin"].post(f"{url}publish/")
    assert asked(cast.rep).version.number == 2
    assert running.version.number == 1


def test_a_row_can_be_added_and_left_out(clients, admin):
    chain = Chain.objects.get(kind=ApprovalKind.MONEY)
    url = f"{chain.get_absolute_url()}edit/"
    rows = {"rows": 2, "position_0": 1, "who_0": "role:legal", "hours_0": 24, "who_1": "manager", "act": "more"}
    assert clients["admin"].post(url, rows).url == f"{url}#add"
    draft = ChainVersion.objects.get(chain=chain, published_at=None)
    assert [step.approver for step in draft.steps.all()] == ["role", "manager"]
    assert clients["admin"].get(url).text.count("rp-chainrow") == 3
    clients["admin"].post(url, {**rows, "who_0": "", "act": "publish"})
    draft.refresh_from_db()
    assert (draft.published_at is not None, [step.approver for step in draft.steps.all()]) == (True, ["manager"])


# ---------------------------------------------------------------- API


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


# ---------------------------------------------------------------- privacy and proofs


def test_erasing_takes_the_words_and_leaves_the_facts(cast, finance):
    row = asked(cast.rep, reason="For my friend.")
    services.decide(approval=row, by=finance, verdict=Verdict.APPROVE, comment="Dear friend.")
    told = privacy.export_person(finance.person_id)
    assert told["approvals_decided"][0]["comment"] == "Dear friend."
    for user in (cast.rep, finance):
        privacy.erase_person(user.person_id)
    row.refresh_from_db()
    decision = Decision.objects.get()
    assert (row.reason, decision.comment, decision.verdict, decision.by) == ("", "", "approve", finance)


def test_the_proofs_find_what_breaks_them(cast, finance):
    row = asked(cast.rep)
    assert [proof.name for proof in proofs.proofs() if not proof.holds] == []
    Approval.objects.filter(pk=row.pk).update(state=ApprovalState.APPROVED)
    assert len([proof for proof in proofs.proofs() if not proof.holds]) == 1
