"""The references alone in the order in which a match looks at them: the nearest segment first, in it the least tired.

What a match asks (`references/requests/selectors/standing.py`) must say the condition in the same words.
"""

from django.db import models
from django.db.models import F, Q

from references.accounts.enums import POOL


def _least_tired(name: str, *fields: str) -> models.Index:
    return models.Index(
        *fields, F("fatigue_key").asc(nulls_first=True), "id", name=name,
        condition=Q(state__in=[state.value for state in POOL], merged_into__isnull=True),
    )  # fmt: skip


NEAREST = (
    _least_tired("account_nearest", "industry", "region"),
    _least_tired("account_nearest_industry", "industry"),
    _least_tired("account_nearest_region", "region"),
    _least_tired("account_least_tired"),
)

# The most tired first, or last: what lists are sorted by.
BY_FATIGUE = models.Index(
    F("fatigue_key").desc(nulls_last=True),
    F("id").desc(),
    name="account_by_fatigue",
    condition=Q(merged_into__isnull=True),
)
