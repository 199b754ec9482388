"""Rules as people write, read and switch them; pots as they are filled."""

import datetime as dt
from decimal import Decimal
from urllib.parse import urlencode

import lxml.html
import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from incentives.draws import services as draws
from incentives.ledger import services as ledger
from incentives.models import Rule, Wallet
from incentives.rulebook import pots, services
from incentives.rulebook.enums import RuleState
from refprogram.kernel.stream import Subject, drain, emit
from tests.contracts import FormContract
from tests.factories.incentives import RuleFactory, booked, saying
from tests.factories.incentives_badges import BadgeFactory
from tests.factories.people import RegionFactory, TeamFactory
from tests.racing import results

pytestmark = pytest.mark.django_db
PARTIAL = {"HX-Request": "true"}
PAYING = "incentives.handlers.apply_rules"


class TestWritingARule(FormContract):
    url, reader = "/rules/new/", "marketer"
    good = {
        "name": "Asking", "topic": "request.submitted", "who": "requester", "gift": "points", "amount": "5",
        "cap-0-most": "20", "cap-0-span": "quarter", "cap-0-each": "each",
    }  # fmt: skip
    typed, broken = 'value="20"', {"name": "Nomination enrolled"}

    @staticmethod
    def count():
        return Rule.objects.count()


def everything(cast):
    """Return a definition in which every part says something."""
    pot = pots.open_pot(name="Autumn", points=10_000, reason="Begin", key="1", actor=cast.finance)
    return {
        "shape": 1,
        "topic": "nomination.submitted",
        "who": "nominator",
        "conditions": [
            {"fact": "in_gap", "op": "is", "values": [True]},
            {"fact": "region", "op": "is_not", "values": [RegionFactory().pk, RegionFactory().pk]},
        ],
        "audience": {"roles": ["rep"], "teams": [TeamFactory().pk], "regions": [RegionFactory().pk],
                     "hired_before": "2026-01-31"},
        "gives": {"amount": 150},
        "caps": [{"span": "quarter", "most": 600}, {"span": "total", "most": 90_000, "each": False}],
        "milestones": [{"percent": 40, "topic": "nomination.enrolled", "days": 90},
                       {"percent": 20, "topic": "nomination.first_act", "days": 365}],
        "fading": {"span": "month", "percents": [100, 50, 0]},
        "halves_days": 180,
        "starts_on": "2026-12-01",
        "ends_on": "2027-11-30",
        "pot": pot.pk,
    }  # fmt: skip


def others(cast):
    """Return the definitions of what a rule gives beside points."""
    draw = draws.open_draw(
        name="Autumn", prize="A bicycle", value=Decimal(400), owner=cast.marketer, purpose="Fun",
        closes_at=timezone.now() + dt.timedelta(days=30),
    )  # fmt: skip
    return [
        saying("request.submitted", "requester", 0, gives={"gift": "money", "amount": 2550},
               caps=[{"span": "month", "most": 10_000}],
               conditions=[{"fact": "amount", "op": "at_least", "values": [500_000]}]),
        saying("reference.delivered", "contact", 0, gives={"gift": "badge", "amount": 1, "of": BadgeFactory().pk}),
        saying("entry.submitted", "colleague", 0, gives={"gift": "ticket", "amount": 3, "of": draw.pk},
               conditions=[{"fact": "internal", "op": "is", "values": [False]}]),
    ]  # fmt: skip


def sent_as_it_stands(page):
    """Return what a browser would send of the page's form, nothing touched."""
    form = lxml.html.fromstring(page).get_element_by_id("rule-form")
    return QueryDict(urlencode([pair for pair in form.form_values() if pair[0] != "submit_key"]), mutable=True)


@pytest.mark.parametrize("number", range(4))
def test_everything_that_a_rule_says_is_kept_when_its_page_is_sent_untouched(clients, cast, number):
    definition = [everything(cast), *others(cast)][number]
    rule = services.draft_rule(name="Whole", definition=definition, actor=cast.marketer)
    address = reverse("incentives:change-rule", args=[rule.public_id])
    before, sent = rule.definition, sent_as_it_stands(clients["marketer"].get(address).text)

    answer = clients["marketer"].post(address, sent.urlencode(), content_type="application/x-www-form-urlencoded")

    rule.refresh_from_db()
    assert answer.status_code == 302
    assert (rule.definition, rule.name) == (before, "Whole")


def test_two_editors_of_one_rule_overwrite_nothing_unseen(clients, api, cast):
    """Both read it; one keeps, the other is told how it reads now, has lost nothing, and keeps it knowingly."""
    rule = services.draft_rule(name="Asking", definition=saying("request.submitted", "requester", 5), actor=cast.admin)
    address = reverse("incentives:change-rule", args=[rule.public_id])
    sent = {who: sent_as_it_stands(clients[who].get(address).text) for who in ("marketer", "sales_head")}
    form = {"content_type": "application/x-www-form-urlencoded"}
    sent["marketer"]["amount"], sent["sales_head"]["amount"] = "60", "7"

    assert clients["marketer"].post(address, sent["marketer"].urlencode(), **form).status_code == 302
    more = clients["sales_head"].post(address, f"{sent['sales_head'].urlencode()}&act=add-condition", **form)
    assert f'name="revision" value="{sent["sales_head"]["revision"]}"' in more.text  # a step keeps what was read
    stale = clients["sales_head"].post(address, sent["sales_head"].urlencode(), **form)

    rule.refresh_from_db()
    assert (stale.status_code, rule.says.gives.amount) == (409, 60)
    assert "“Asking” reads now: When a reference is asked for, who asks gets 60 points." in stale.text
    assert 'value="7"' in stale.text
    old = {"name": "Other", "revision": int(sent["sales_head"]["revision"])}
    told = api["sales_head"].patch(f"/api/v1/rules/{rule.public_id}", old, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (409, "stale")
    again = sent_as_it_stands(stale.text)
    assert clients["sales_head"].post(address, again.urlencode(), **form).status_code == 302
    rule.refresh_from_db()
    assert rule.says.gives.amount == 7


@pytest.mark.django_db(transaction=True)
def test_two_who_keep_a_rule_at_once_are_one_who_does(cast):
    rule = services.draft_rule(name="Asking", definition=saying("request.submitted", "requester", 5), actor=cast.admin)
    keep = lambda who, points: services.change_draft(  # noqa: E731
        rule=rule, name="Asking", definition=saying("request.submitted", "requester", points), actor=who,
        revision=rule.revision,
    )  # fmt: skip

    assert results(lambda: keep(cast.marketer, 6), lambda: keep(cast.sales_head, 7)) == ["done", "stale"]


def test_a_line_more_or_less_loses_nothing_that_is_typed_and_keeps_nothing(clients):
    typed = {"name": "Half a rule", "topic": "nomination.submitted", "amount": "15O", "cap-0-most": "60"}
    more = clients["marketer"].post("/rules/new/", {**typed, "act": "add-condition"}, headers=PARTIAL)
    assert more.status_code == 200
    assert "<body" not in more.text
    assert all(f'value="{words}"' in more.text for words in ("Half a rule", "60"))
    assert 'name="condition-0-fact" class="form-select redraws" autofocus' in more.text

    chosen = {**typed, "condition-0-fact": "in_gap", "condition-1-fact": "target", "act": "drop-condition-0"}
    less = clients["marketer"].post("/rules/new/", chosen)
    assert ("condition-0-fact" in less.text, "condition-1-fact" in less.text) == (False, True)
    assert "for a recruiting target" in less.text
    assert not Rule.objects.filter(name="Half a rule").exists()


def test_the_sentence_is_read_out_while_it_is_typed_with_what_makes_no_sense(budget, clients):
    typed = {"topic": "nomination.enrolled", "who": "nominator", "amount": "150", "cap-0-most": "100", "act": "say"}
    clients["marketer"].post("/rules/new/", typed, headers=PARTIAL)
    with budget("incentives:new-rule sentence"):
        said = clients["marketer"].post("/rules/new/", typed, headers=PARTIAL).text
    assert "When a nomination is enrolled, the nominator gets 150 points, at most 100 a quarter." in said
    assert "The most cannot be less than what is given once." in said
    assert "Choose what happens" in clients["marketer"].post("/rules/new/", {"act": "say"}, headers=PARTIAL).text


@pytest.mark.parametrize(
    ("wrong", "part", "why"),
    [
        ({"topic": "request.submitted"}, "who", "does not name whom you mean"),
        ({"condition-0-fact": "in_gap"}, "conditions", "Say what the gap has to be."),
        ({"amount": ""}, "amount", "This field is required."),
        ({"amount": "20000"}, "gives", "Between 1 and 10000 at once."),
        ({"cap-0-most": "-5"}, "caps", "The most is at least one"),
        ({"milestone-0-percent": "50"}, "milestones", "That does not follow"),
        ({"percents": "50, 100", "fading_span": "month"}, "fading", "It is worth less each time"),
        ({"percents": "half"}, "percents", "Write percentages"),
        ({"halves_days": "0"}, "halves_days", "It halves after at least a day."),
        ({"starts_on": "2026-12-02", "ends_on": "2026-12-01"}, "ends_on", "It would end before it begins."),
        ({"gift": "badge"}, "badge", "This field is required."),
        ({"topic": "reference.delivered", "who": "contact", "roles": ["rep"]}, "audience", "Customers have no role"),
        ({"pot": "999999"}, "pot", "not among them any more"),
    ],
)
def test_what_is_wrong_stands_beside_the_part_that_causes_it(clients, wrong, part, why):
    typed = {"name": "Fresh", "topic": "nomination.enrolled", "who": "nominator", "amount": "150", **wrong}

    page = clients["marketer"].post("/rules/new/", typed)

    assert page.status_code == 422
    beside = lxml.html.fromstring(page.text).get_element_by_id(f"id_{part}_error").text_content()
    assert why in beside


def test_a_rule_is_asked_for_switched_on_and_off_and_its_page_says_when_it_was_on(clients, sales_head):
    clients["marketer"].post("/rules/new/", TestWritingARule.good)
    rule = Rule.objects.get(name="Asking")
    page = clients["marketer"].get(rule.get_absolute_url()).text
    assert "When a reference is asked for, who asks gets 5 points, at most 20 a quarter." in page
    assert "Approve and switch on" not in page

    clients["sales_head"].post(reverse("incentives:start-rule", args=[rule.public_id]))
    rule.refresh_from_db()
    assert (rule.state, rule.approved_by) == (RuleState.LIVE, sales_head)

    listed = clients["sales_head"].post("/rules/stop/", follow=True).text
    assert "3 rules are off now." in listed
    assert not Rule.objects.filter(state=RuleState.LIVE).exists()
    assert "approved by" in clients["marketer"].get(rule.get_absolute_url()).text


def test_a_rule_and_the_rules_cost_the_same_whatever_they_gave(budget, clients, finance, rep):
    rule = RuleFactory(more={"pot": pots.open_pot(name="Pot", points=99, reason="Go", key="1", actor=finance).pk})
    budget.flat("incentives:rules", make=RuleFactory.create_batch, visit=lambda: clients["finance"].get("/rules/"))
    budget.flat(
        "incentives:rule",
        make=lambda n: [booked(rule=rule) for _ in range(n)],
        visit=lambda: clients["finance"].get(rule.get_absolute_url()),
    )


def test_what_a_rule_gave_is_said_in_its_own_words_and_pay_only_to_who_answers_for_it(clients, cast):
    badge = RuleFactory(more={"gives": {"gift": "badge", "amount": 1, "of": BadgeFactory(name="Pathfinder").pk}})
    money = RuleFactory(more={"gives": {"gift": "money", "amount": 2550}})
    emit("request.submitted", subject=Subject("referencerequest", 1), payload={"requester": cast.rep.person_id})
    drain(handler=PAYING)

    listed = clients["marketer"].get("/rules/").text
    assert "1 badge, 1 time" in listed
    assert "$25.50, 1 time" in listed
    assert "Rhea Rep" in clients["marketer"].get(badge.get_absolute_url()).text
    assert "Rhea Rep" not in clients["marketer"].get(money.get_absolute_url()).text
    assert "Rhea Rep" in clients["finance"].get(money.get_absolute_url()).text


# ---------------------------------------------------------------- pots


def test_a_pot_is_set_up_filled_used_and_says_how_far_it_is(budget, clients, cast):
    clients["finance"].post("/rules/pots/new/", {"name": "Autumn", "points": "1000", "reason": "Begin"})
    pot = Wallet.objects.get(name="Autumn")
    rule = RuleFactory(points=450, more={"pot": pot.pk})
    again = {"points": "500", "reason": "More", "submit_key": "6f1b6a52-7f0c-4f4b-9a8e-0d1f6d0a4c12"}
    for _twice in range(2):
        clients["sales_head"].post(reverse("incentives:fill-pot", args=[pot.public_id]), again)
    page = clients["finance"].get(reverse("incentives:fill-pot", args=[pot.public_id])).text
    assert ("+1,000" in page, "+500" in page, "Hanna Head" in page) == (True, True, True)
    said = []
    for number in range(4):
        page = clients["marketer"].get("/rules/pots/").text
        said.append([words for words in ("450 of 1,500", "% used", "empty") if words in page])
        emit("request.submitted", subject=Subject("referencerequest", number),
             payload={"requester": cast.rep.person_id})  # fmt: skip
        drain(handler=PAYING)
    assert said == [[], ["450 of 1,500"], [], ["% used"]]
    page = clients["marketer"].get("/rules/pots/").text
    assert ("empty: its rules give nothing" in page, rule.name in page) == (True, True)
    assert "empty: its rules give nothing" in clients["marketer"].get(rule.get_absolute_url()).text
    budget.flat(
        "incentives:pots",
        make=lambda n: [RuleFactory(more={"pot": ledger.pot(f"Pot {rule.pk} {i} {n}").pk}) for i in range(n)],
        visit=lambda: clients["marketer"].get("/rules/pots/"),
    )


def test_more_than_a_pot_holds_is_not_taken_out_and_two_pots_have_two_names(clients, api, finance):
    pot = pots.open_pot(name="Autumn", points=100, reason="Begin", key="1", actor=finance)
    page = clients["finance"].post(
        reverse("incentives:fill-pot", args=[pot.public_id]), {"points": "-101", "reason": "Back"}
    )
    assert (page.status_code, "Nothing was booked." in page.text) == (422, True)
    same = {"name": " autumn ", "points": 5, "reason": "Again"}
    assert api["finance"].post("/api/v1/pots", same, content_type="application/json").status_code == 422

    fill = {"points": -40, "reason": "Less"}
    answer = api["finance"].post(f"/api/v1/pots/{pot.public_id}/fill", fill, content_type="application/json").json()

    assert {name: answer[name] for name in ("name", "filled", "given", "holds")} == {
        "name": "Autumn", "filled": 60, "given": 0, "holds": 60,
    }  # fmt: skip


def test_pots_over_the_api_are_flat(budget, api):
    budget.flat(
        "api:list_pots",
        make=lambda n: [ledger.pot(f"Pot {n} {i}") for i in range(n)],
        visit=lambda: api["finance"].get("/api/v1/pots"),
    )


# ---------------------------------------------------------------- what waits


def test_my_points_say_what_waits_for_what_and_until_when(clients, rep):
    waits = {"milestones": [{"percent": 60, "topic": "nomination.first_act", "days": 30}]}
    RuleFactory(name="Patience", definition=saying("nomination.submitted", "nominator", 100, **waits))
    with time_machine.travel("2026-11-02 12:00Z"):
        emit("nomination.submitted", subject=Subject("nomination", 1), payload={"nominator": rep.person_id})
        drain(handler=PAYING)

        page = clients["rep"].get("/rewards/").text

    waiting = page[page.index("Waiting") : page.index("Statement")]
    assert "Patience: yours as soon as somebody’s nominated customer first does something for us" in waiting
    assert ("2 December 2026" in waiting, ">60<" in waiting) == (True, True)
