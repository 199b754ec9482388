"""Badges for badges: a circle is refused with the sentence that names it, as it is written and as it is switched on."""

import pytest

from incentives.models import BadgeGrant, Rule
from incentives.rulebook import services
from incentives.rulebook.circles import Named, circle
from incentives.rulebook.definition import read
from incentives.rulebook.enums import RuleState
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.approvals.models import Approval
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import Subject, drain, emit
from refprogram.notices.models import Notice
from tests.factories.incentives import RuleFactory, saying
from tests.factories.incentives_badges import BadgeFactory

PAYING = "incentives.handlers.apply_rules"


def badge_for(of, *badges, op="is"):
    """Return the definition: whoever gets one of these badges (any, if none is named) gets the badge `of`."""
    asked = [{"fact": "badge", "op": op, "values": list(badges)}] if badges else []
    return saying("badge.granted", "person", 0, gives={"gift": "badge", "amount": 1, "of": of}, conditions=asked)


def named(*definitions):
    return [Named(f"R{n}", read(one)) for n, one in enumerate(definitions)]


@pytest.mark.parametrize(
    ("new", "others", "way"),
    [
        (badge_for(1), [], []),  # any badge, so its own too
        (badge_for(1, 2), [], None),
        (badge_for(1, 1), [], []),
        (badge_for(1, 2), [badge_for(2, 1)], ["R0"]),
        (badge_for(1, 3), [badge_for(2, 1), badge_for(3, 2)], ["R0", "R1"]),
        (badge_for(1, 3), [badge_for(2, 1), badge_for(4, 2)], None),
        (badge_for(1, 2, op="is_not"), [badge_for(2, 1)], []),
        (badge_for(1, 2), [badge_for(3, 2), badge_for(4)], None),  # R1 turns in a circle of its own, not through this
        (saying("request.submitted", "requester", 5), [badge_for(1)], None),
    ],
)
def test_a_circle_is_found_by_whoever_closes_it(new, others, way):
    found = circle(read(new), named(*others))

    assert (found if found is None else [one.name for one in found]) == way


@pytest.mark.django_db
class TestWritingAndStarting:
    @pytest.fixture
    def badges(self):
        return BadgeFactory(name="Pathfinder").pk, BadgeFactory(name="Ladder").pk

    def test_it_is_refused_as_it_is_written_with_the_rules_by_name(self, marketer, badges):
        first, second = badges
        RuleFactory(name="Chain", definition=badge_for(second, first))

        with pytest.raises(InvalidInput) as refusal:
            services.draft_rule(name="Back", definition=badge_for(first, second), actor=marketer)

        assert refusal.value.errors == {
            "gives": "Badges would go round in a circle: this rule gives “Pathfinder”, for that the rule “Chain” gives "
            "“Ladder”, and for that this rule gives it again."
        }

    def test_two_drafts_that_close_it_together_are_not_both_switched_on(self, marketer, sales_head, badges):
        first, second = badges
        there, back = (
            services.draft_rule(name=name, definition=says, actor=marketer)
            for name, says in (("There", badge_for(second, first)), ("Back", badge_for(first, second)))
        )
        services.start_rule(rule=back, actor=marketer)  # asks
        services.start_rule(rule=there, actor=sales_head)

        approvals.decide(approval=Approval.objects.get(), by=sales_head, verdict=Verdict.APPROVE)
        drain(handler="incentives.handlers.start_approved")

        back.refresh_from_db()
        assert back.state == RuleState.DRAFT
        told = Notice.objects.get(person=marketer.person, kind="incentives.rules")
        assert "“Back” was approved, but is not switched on: Badges would go round in a circle" in told.text
        with pytest.raises(InvalidInput, match="circle"):
            services.start_rule(rule=back, actor=sales_head)

    def test_a_badge_brings_the_next_one(self, rep, badges):
        first, second = badges
        RuleFactory(more={"gives": {"gift": "badge", "amount": 1, "of": first}})
        RuleFactory(name="Chain", definition=badge_for(second, first))

        emit("request.submitted", subject=Subject("referencerequest", 1), payload={"requester": rep.person_id})
        drain(handler=PAYING)
        drain(handler=PAYING)  # the first badge is an event of its own

        assert set(BadgeGrant.objects.values_list("badge", "person")) == {
            (first, rep.person_id),
            (second, rep.person_id),
        }

    def test_what_was_on_cannot_give_something_else_and_all_can_be_switched_off(self, marketer, sales_head, badges):
        rule = RuleFactory()
        assert services.stop_all(actor=sales_head) == 3
        assert not Rule.objects.filter(state=RuleState.LIVE).exists()
        badge = saying("request.submitted", "requester", 0, gives={"gift": "badge", "amount": 1, "of": badges[0]})

        with pytest.raises(InvalidInput, match="Write a new rule"):
            services.change_draft(rule=rule, name=rule.name, definition=badge, actor=marketer)
