"""What makes no sense in a rule is refused with the sentence that says why; what does is read back in words."""

import pytest

from incentives.models import Rule
from incentives.rulebook import services
from incentives.rulebook.definition import read
from incentives.rulebook.sentences import sentence
from refprogram.kernel.errors import InvalidInput
from tests.factories.incentives import saying
from tests.factories.people import RegionFactory

pytestmark = pytest.mark.django_db
GAP = {"fact": "in_gap", "op": "is", "values": [True]}


def enrolled(points=150, **more):
    return saying("nomination.enrolled", "nominator", points, **more)


def cap(most, span="quarter", **more):
    return {"span": span, "most": most, **more}


@pytest.mark.parametrize(
    ("part", "why", "definition"),
    [
        ("topic", "No rule can give for that", saying("account.frozen", "owner", 5)),
        ("who", "does not name whom", saying("nomination.enrolled", "owner", 5)),
        ("gives", "Between 1 and 10000", enrolled(0)),
        ("gives", "Between 1 and 10000", enrolled(10_001)),
        ("gives", "one badge", enrolled(gives={"gift": "badge", "amount": 1, "of": 10**9})),
        ("gives", "are not paid", saying("reference.delivered", "contact", 5, gives={"gift": "money", "amount": 5})),
        (
            "gives",
            "could not win",
            saying("reference.delivered", "contact", 5, gives={"gift": "ticket", "amount": 1, "of": 10**9}),
        ),
        ("audience", "no role", saying("reference.delivered", "contact", 5, audience={"roles": ["rep"]})),
        ("caps", "less than what is given once", enrolled(caps=[cap(149)])),
        ("caps", "at least one", enrolled(caps=[cap(-5)])),
        ("caps", "once", enrolled(caps=[cap(300), cap(600)])),
        ("caps", "never be reached", enrolled(caps=[cap(600, "month"), cap(300, "quarter")])),
        ("caps", "than all together", enrolled(caps=[cap(600), cap(300, each=False)])),
        ("conditions", "not known", enrolled(conditions=[{"fact": "score", "op": "is", "values": [9]}])),
        ("conditions", "Nothing meets", enrolled(conditions=[GAP, {**GAP, "values": [False]}])),
        ("conditions", "Nothing meets", enrolled(conditions=[GAP, {**GAP, "op": "is_not"}])),
        (
            "conditions",
            "Nothing meets",
            saying(
                "request.submitted",
                "requester",
                5,
                conditions=[
                    {"fact": "amount", "op": "at_least", "values": [500]},
                    {"fact": "amount", "op": "at_most", "values": [499]},
                ],
            ),
        ),
        ("conditions", "is not one of", enrolled(conditions=[{"fact": "region", "op": "is", "values": [10**9]}])),
        ("conditions", "cannot be more", enrolled(conditions=[{**GAP, "op": "at_least", "values": [1]}])),
        (
            "milestones",
            "does not follow",
            enrolled(milestones=[{"percent": 50, "topic": "nomination.approved", "days": 9}]),
        ),
        (
            "milestones",
            "more than all",
            saying(
                "nomination.approved",
                "nominator",
                5,
                milestones=[
                    {"percent": 60, "topic": "nomination.enrolled", "days": 9},
                    {"percent": 60, "topic": "nomination.first_act", "days": 9},
                ],
            ),
        ),
        ("fading", "less each time", enrolled(fading={"span": "month", "percents": [50, 100]})),
        ("fading", "first more than nothing", enrolled(fading={"span": "month", "percents": [0]})),
        ("halves_days", "at least a day", enrolled(halves_days=0)),
        ("ends_on", "end before it begins", enrolled(starts_on="2026-12-02", ends_on="2026-12-01")),
        ("pot", "no such pot", enrolled(pot=10**9)),
    ],
)
def test_what_makes_no_sense_is_refused(marketer, part, why, definition):
    with pytest.raises(InvalidInput, match=why) as refusal:
        services.draft_rule(name="Fresh", definition=definition, actor=marketer)

    assert list(refusal.value.errors) == [part]


@pytest.mark.parametrize("name", [" ", "Nomination enrolled"])
def test_a_rule_has_a_name_of_its_own(marketer, name):
    with pytest.raises(InvalidInput) as refusal:
        services.draft_rule(name=name, definition=enrolled(), actor=marketer)

    assert list(refusal.value.errors) == ["name"]


def test_a_customers_opinion_is_nothing_that_a_rule_can_ask_for(marketer):
    score = {"fact": "score", "op": "at_least", "values": [9]}
    definition = saying("survey.answered", "contact", 5, conditions=[score])

    with pytest.raises(InvalidInput, match="never thanked for a good opinion"):
        services.draft_rule(name="Nine of ten", definition=definition, actor=marketer)


def test_a_rule_is_kept_without_what_goes_without_saying_and_reads_as_a_sentence(marketer):
    emea = RegionFactory(name="EMEA")
    definition = enrolled(
        cap_per_quarter=600,
        conditions=[GAP, {"fact": "region", "op": "is_not", "values": [emea.pk]}],
        audience={"roles": ["rep", "partner"]},
        milestones=[{"percent": 60, "topic": "nomination.first_act", "days": 180}],
        fading={"span": "month", "percents": [100, 50, 0]},
        ends_on="2026-12-31",
    )

    rule = services.draft_rule(name="  Gaps   first ", definition={**definition, "halves_days": None}, actor=marketer)

    assert Rule.objects.get(pk=rule.pk).definition == definition
    assert rule.name == "Gaps first"
    assert sentence(read(definition)) == (
        "When a nomination is enrolled in a gap cell where the region is not EMEA, the nominator (Sales rep or "
        "partner) gets 150 points, at most 600 a quarter. 60 % of it waits until somebody’s nominated customer first "
        "does something for us, within 180 days. One after the other a month is worth 100 %, 50 %, 0 % of it. Until "
        "31 December 2026."
    )
