"""Prizes of an announced contest, granted by the services."""

from decimal import Decimal
from typing import Any

from awards.contests.enums import PrizeKind
from awards.models import Award, PrizeGrant
from awards.prizes import services
from awards.prizes.enums import Answer
from refprogram.governance.fulfilment.enums import GiftPolicy
from refprogram.people.models import User
from tests.factories.contests import CategoryFactory, ContestFactory, PrizeFactory, WonFactory, over_and_published
from tests.factories.results import JudgedPlaceFactory

# What a winner says to each kind, where something is needed.
SAID: dict[str, dict[str, Any]] = {
    PrizeKind.DONATION: {"cause": "City hospice"},
    PrizeKind.DINNER: {"guests": "Ana Sousa", "wished": "Thursdays"},
    PrizeKind.BUZZ: {"handles": "@team"},
    PrizeKind.CONFERENCE: {"traveller": "Rhea Kaur", "leaving": "Oslo"},
    PrizeKind.GUEST: {"speaker": "Rhea Kaur, planner"},
    PrizeKind.VACATION: {"traveller": "Rhea Kaur", "wished": "June"},
    PrizeKind.TICKETS: {"names": "Rhea Kaur"},
    PrizeKind.ELECTRONICS: {"address": "1 Dock Road, Oslo"},
    PrizeKind.DISCOUNT: {"contract": "C-17"},
    PrizeKind.CAR: {"driver": "Rhea Kaur", "since": "2027-02-01"},
    PrizeKind.VOUCHER: {"address": "rhea@example.test"},
    PrizeKind.TEAM_EVENT: {"people": 9, "idea": "Sailing", "wished": "July"},
    PrizeKind.OTHER: {},
}


def won(
    *more: dict[str, Any],
    kind: str = PrizeKind.DINNER,
    value: int = 200,
    owner: User | None = None,
    policy: str = GiftPolicy.ALLOWED,
    ceiling: int | None = None,
    **about: Any,
) -> Award:
    """Return an announced award of a contest with a prize, before anything was granted. `about` goes to the place.

    `more` are further prizes; a `category` that they name is made.
    """
    contest = ContestFactory(**({"owner": owner} if owner else {}))
    category = CategoryFactory(contest=contest)
    PrizeFactory(contest=contest, kind=kind, value=value, item=f"A prize: {kind}")
    for facts in more:
        own = {"category": CategoryFactory(contest=contest, name=facts["category"])} if "category" in facts else {}
        PrizeFactory(contest=contest, **{"kind": PrizeKind.VOUCHER, "value": 50, **facts, **own})
    contest = over_and_published(contest)
    place = JudgedPlaceFactory(
        category=category,
        entry__contest=contest,
        entry__account__gift_policy=policy,
        entry__account__gift_ceiling=Decimal(ceiling) if ceiling else None,
        **about,
    )
    return WonFactory(place=place)


def offered(**about: Any) -> PrizeGrant:
    """Return a prize that was granted: offered to its winner, or held."""
    award = won(**about)
    (grant,) = services.grant_prizes(contest=award.contest)
    return grant


def taken(**about: Any) -> PrizeGrant:
    """Return a prize that its winner has taken: its gift waits for approval."""
    grant = offered(**about)
    choice = services.Choice(Answer.TAKE, details=SAID[grant.kind])
    return services.answer_offer(grant=grant, choice=choice, person=grant.award.place.entry.owner)
