"""Approvals as people meet them: list, road, desk, chains."""

from typing import ClassVar

import pytest
import time_machine

from refprogram.dashboards import kept_counts
from refprogram.governance.approvals import privacy, proofs, services
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState, Verdict
from refprogram.governance.approvals.models import Approval, Chain, ChainVersion, Decision
from refprogram.governance.approvals.views import ApprovalList
from refprogram.people.enums import Role
from tests.contracts import FormContract, ListContract
from tests.factories.approvals import asked, away, chain_of, euros, role_step, stuck
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


def test_who_types_the_address_begins_with_what_waits_for_them(clients, cast, finance, legal):
    assert finance.role != legal.role
    asked(cast.rep, label="For finance")
    typed = {"Sec-Fetch-Site": "none"}
    waiting = "/approvals/?waits=yes&view=waiting"
    assert clients["finance"].get("/approvals/", headers=typed).headers["Location"] == waiting
    assert clients["finance"].get("/approvals/?state=pending", headers=typed).status_code == 200
    assert clients["finance"].get("/approvals/", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert clients["legal"].get("/approvals/", headers=typed).status_code == 200  # nothing waits


def test_the_tabs_divide_what_waits_from_what_was_asked(clients, cast, finance):
    waiting, own = asked(cast.rep, label="For finance"), asked(finance, label="By finance")
    page = clients["finance"].get("/approvals/?view=waiting&waits=yes").text
    assert (waiting.label in page, own.label in page) == (True, False)
    page = clients["finance"].get("/approvals/?view=mine&mine=yes").text
    assert (waiting.label in page, own.label in page) == (False, True)


def test_where_nothing_waits_the_tab_says_so(clients, cast):
    asked(cast.rep, label="For finance")

    assert "Nothing waits for you" in clients["legal"].get("/approvals/?waits=yes&view=waiting").text
    narrowed = clients["legal"].get("/approvals/?waits=yes&view=waiting&q=camel").text
    assert "Nothing waits for you" not in narrowed
    assert "Nothing found" in narrowed


def test_one_approval_costs_the_same_whatever_its_road(budget, clients, cast):
    row = asked(cast.rep)
    url = row.get_absolute_url()
    budget.flat(
        "governance:approval",
        make=lambda count: UserFactory.create_batch(count, role=Role.FINANCE),
        visit=lambda: clients["marketer"].get(url),
    )


def test_what_waits_on_a_desk_costs_the_same(budget, clients, cast, finance):
    def count_anew():
        kept_counts.forget(finance)
        return clients["finance"].get("/nav/counts/")

    budget.flat(
        "governance:approval-desk", make=lambda count: [asked(cast.rep) for _ in range(count)], visit=count_anew
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
        "Anyone with the role “Legal” may answer",
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
    assert "Every step finds somebody, also for the one that was asked" in clients["admin"].get(f"{url}publish/").text
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
    tried = clients["admin"].post(url, {**rows, "who_0": "nobody", "act": "publish"}).url
    assert "Nothing of this kind was asked in the last 30 days" in clients["admin"].get(tried).text
    clients["admin"].post(tried)
    draft.refresh_from_db()
    assert (draft.published_at is not None, [step.approver for step in draft.steps.all()]) == (True, ["manager"])


def test_a_draft_that_finds_nobody_is_shown_and_not_published(clients, admin):
    chain = Chain.objects.get(kind=ApprovalKind.MONEY)
    services.save_draft(chain=chain, steps=[role_step(Role.LEGAL)], passes=False, actor=admin)
    url = f"{chain.get_absolute_url()}publish/"
    page = clients["admin"].get(url).text
    assert "It cannot be published: a step finds nobody." in page
    assert "Put it in force" not in page
    answer = clients["admin"].post(url, follow=True)
    assert "Step 1 finds nobody: Nobody has the role “Legal”" in answer.text
    assert ChainVersion.objects.filter(chain=chain, published_at=None).exists()


def test_people_are_looked_for_while_typing_and_not_all_listed(clients, admin):
    for number in range(30):
        UserFactory(name=f"Walter Wanted {number}")
    edit = clients["admin"].get(f"{Chain.objects.get(kind='money').get_absolute_url()}edit/").text
    chain = clients["admin"].get(Chain.objects.get(kind="money").get_absolute_url()).text
    assert "Walter Wanted" not in edit + chain
    found = clients["rep"].get("/approvals/chains/approvers/?q=walter%20wanted%2011").json()
    assert [one["text"] for one in found] == ["Walter Wanted 11"]
    assert found[0]["id"].startswith("person:")
    roles = clients["rep"].get("/approvals/chains/approvers/?q=finance&for=further").json()
    assert [one["id"] for one in roles] == ["role:finance"]
    assert clients["rep"].get("/approvals/colleagues/?q=zzz%00").json() == []


def test_one_step_alone_is_not_side_by_side(clients, cast, executive):
    row = asked(cast.rep, kind=ApprovalKind.SPENDING, amount=euros(5000))  # the other step is for smaller amounts
    assert "side by side" not in clients["marketer"].get(row.get_absolute_url()).text
    cast.finance  # noqa: B018 - is asked
    chain_of(role_step(Role.FINANCE), role_step(Role.EXECUTIVE))
    both = asked(cast.rep)
    assert clients["marketer"].get(both.get_absolute_url()).text.count("side by side") == 2


def test_mail_and_page_tell_the_same_time_of_the_readers_own_zone(clients, cast, finance, drain, mailoutbox):
    finance.person.time_zone = "America/New_York"
    finance.person.save()
    with time_machine.travel("2026-03-02T15:00:00Z", tick=False):  # Monday, 10:00 in New York
        asked(cast.rep)
        drain()
        mail = mails_to(finance, mailoutbox)[-1].body
        page = clients["anonymous"].get(link_of(finance, mailoutbox)).text
        own = clients["finance"].get(Approval.objects.get().get_absolute_url()).text
    # 16 hours: seven on Monday, eight on Tuesday, one on Wednesday.
    due = Approval.objects.get().turns.get().due_at
    assert due.isoformat() == "2026-03-04T15:00:00+00:00"
    for text in (mail, page, own):
        assert "4 March 2026, 10:00 EST" in text


def test_an_administrator_hands_a_stuck_step_over(clients, cast, admin, legal):
    row = stuck(cast.rep)
    url = f"{row.get_absolute_url()}turns/{row.turns.get().public_id}/hand-over/"
    assert url in clients["admin"].get(row.get_absolute_url()).text
    assert url not in clients["marketer"].get(row.get_absolute_url()).text
    refused = clients["admin"].post(url, {"to": cast.rep.public_id, "reason": "Stuck."})
    assert refused.status_code == 422
    assert "Rhea Rep asked for it" in refused.text
    answer = clients["admin"].post(url, {"to": legal.public_id, "reason": "Gone has left."}, follow=True)
    for words in ("Handed over. Levi Legal is asked now.", "handed it over", "Gone has left."):
        assert words in answer.text


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
