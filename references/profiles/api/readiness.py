"""Readiness over the API, explained."""

import datetime as dt
from typing import Any

from pydantic import Field

from references.profiles import counting, readiness, shown
from references.profiles.api.doors import account_of, router
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest


class PartOut(api.Schema):
    """One part of the score."""

    name: str
    points: float = Field(description="Of 100 for the whole score.")
    weight: int
    words: str
    on: dt.date | None = Field(description="The day that it stands for.")


class ReadinessOut(api.Schema):
    """How ready a customer is to be a reference."""

    score: int
    stops: list[str] = Field(description="What wins over any score.")
    parts: list[PartOut]


@router.get("/accounts/{public_id}/readiness", response=ReadinessOut)
def get_readiness(request: MemberRequest, public_id: str) -> Any:
    """Return how ready a customer is, part by part, as it is now."""
    account = account_of(request, public_id)
    parts = counting.explained(account)
    may_see_scores = request.user.has_perm("references.see_scores", account)
    return {
        "score": readiness.total(parts),
        "stops": shown.hard_stops(account),
        "parts": shown.readiness_lines(parts, may_see_scores=may_see_scores),
    }
