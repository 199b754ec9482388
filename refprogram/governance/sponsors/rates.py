"""Done on time / due: the one figure of a sponsor. Pure, but for the counts that Postgres makes by the same words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Q

from refprogram.governance.sponsors.enums import PledgeState

S = PledgeState


@dataclass(frozen=True)
class Rate:
    """What fell due, and what of it was done on time, late, not at all; what was released is not due."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    released: int = 0

    @property
    def share(self) -> float | None:
        """Done on time / due; None where nothing was due, which is not nought."""
        return self.on_time / self.due if self.due else None

    @property
    def not_done(self) -> int:
        """Due, and not done."""
        return self.due - self.on_time - self.late

    def __add__(self, other: "Rate") -> "Rate":
        names = ("due", "on_time", "late", "released")
        return Rate(**{name: getattr(self, name) + getattr(other, name) for name in names})


NOTHING: Final = Rate()


def counts(day: dt.date) -> dict[str, Count]:
    """Return what counts a set of promises, as of a day: those of later days are not due, of that day once done."""
    passed = Q(due_on__lte=day)
    done = passed & Q(state=S.DONE)
    return {
        "due": Count("pk", filter=done | (passed & Q(state=S.MISSED)) | Q(state=S.PROMISED, due_on__lt=day)),
        "on_time": Count("pk", filter=done & Q(done_on__lte=F("due_on"))),
        "late": Count("pk", filter=done & Q(done_on__gt=F("due_on"))),
        "released": Count("pk", filter=passed & Q(state=S.RELEASED)),
    }


def rate_of(row: Mapping[str, Any]) -> Rate:
    """Return the rate of counted promises."""
    return Rate(row["due"], row["on_time"], row["late"], row["released"])


def summed(found: Iterable[tuple[Any, Rate]]) -> dict[Any, Rate]:
    """Return the rates added up by their keys, in the order in which the keys came."""
    sums: dict[Any, Rate] = {}
    for key, rate in found:
        sums[key] = sums.get(key, NOTHING) + rate
    return sums
