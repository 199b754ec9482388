"""Levels: how far somebody is in each dimension, from the figures that the stream keeps. The first part is pure.

| dimension | figure, over this quarter and the three before |
|---|---|
| volume | nominations enrolled (shared ones by their share) |
| quality | approved ÷ submitted, in percent; nothing before there are enough of them |
| gaps | nominations enrolled in a gap of the coverage |
| help | thanks received that count |
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incentives.recognition import policy
from incentives.recognition.enums import RecognitionSide
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Rollup

THANKS: Final = "recognition.thanks"
SUBMITTED: Final = "nominations.submitted"
APPROVED: Final = "nominations.approved"
ENROLLED: Final = "nominations.enrolled"
IN_GAPS: Final = "nominations.gap_enrolled"
KEPT: Final = (SUBMITTED, APPROVED, ENROLLED, IN_GAPS, THANKS)
PEOPLE: Final = ("rep", "person")  # as standings and points call a person's own figures
QUARTERS: Final = 4
NAMES: Final = (
    gettext_lazy("Not begun"),
    gettext_lazy("Starter"),
    gettext_lazy("Contributor"),
    gettext_lazy("Expert"),
    gettext_lazy("Champion"),
)
WHAT: Final = {
    RecognitionSide.VOLUME: gettext_lazy("customers you nominated became references in the last four quarters"),
    RecognitionSide.QUALITY: gettext_lazy("of your nominations in the last four quarters were approved"),
    RecognitionSide.GAPS: gettext_lazy("of them closed a gap of the coverage"),
    RecognitionSide.HELP: gettext_lazy("thanks from colleagues that count"),
}


@dataclass(frozen=True)
class Level:
    """How far somebody is in one dimension; `missing` to the next level, None at the highest."""

    dimension: RecognitionSide
    value: Decimal | None
    level: int
    of: int
    missing: Decimal | None
    least: int = 0

    @property
    def name(self) -> str:
        """What the level is called."""
        return str(NAMES[self.level]) if self.level < len(NAMES) else str(NAMES[-1])

    @property
    def percent(self) -> bool:
        """Whether the figure is a share."""
        return self.dimension == RecognitionSide.QUALITY

    @property
    def what(self) -> str:
        """What the figure counts."""
        return str(WHAT[self.dimension])

    @property
    def to_go(self) -> str:
        """What is missing to the next level, in words."""
        if self.value is None:
            return _("Counted from %(n)d nominations on.") % {"n": self.least}
        if self.missing is None:
            return _("The highest level.")
        missing = f"{self.missing.normalize():f}"
        return (_("%(n)s points of percent to the next level.") if self.percent else _("%(n)s to the next level.")) % {
            "n": missing
        }


def level_of(value: Decimal | None, steps: Iterable[int]) -> tuple[int, Decimal | None]:
    """Return the level of a figure (0: none), and what is missing to the next one."""
    ordered = sorted(steps)
    if value is None:
        return 0, Decimal(ordered[0]) if ordered else None
    reached = sum(value >= step for step in ordered)
    return reached, Decimal(ordered[reached]) - value if reached < len(ordered) else None


def figures_of(sums: Mapping[str, Decimal], quality_least: int) -> dict[RecognitionSide, Decimal | None]:
    """Return the figure of each dimension from what the stream keeps."""
    zero = Decimal(0)
    submitted = sums.get(SUBMITTED, zero)
    share: Decimal | None = None
    if submitted >= quality_least:
        share = (100 * sums.get(APPROVED, zero) / submitted).quantize(Decimal(1), ROUND_HALF_EVEN)
    return {
        RecognitionSide.VOLUME: sums.get(ENROLLED, zero),
        RecognitionSide.QUALITY: None if share is None else min(share, Decimal(100)),
        RecognitionSide.GAPS: sums.get(IN_GAPS, zero),
        RecognitionSide.HELP: sums.get(THANKS, zero),
    }


def levels_from(sums: Mapping[str, Decimal], terms: policy.Figures) -> list[Level]:
    """Return the four levels from what the stream keeps."""
    figures = figures_of(sums, terms.quality_least)
    return [_level(dimension, figures[dimension], terms) for dimension in RecognitionSide]


def _level(dimension: RecognitionSide, value: Decimal | None, terms: policy.Figures) -> Level:
    steps = getattr(terms, dimension.value)
    level, missing = level_of(value, steps)
    return Level(dimension, value, level, len(steps), missing, terms.quality_least)


# ---------------------------------------------------------------- reading


def since(today: dt.date) -> dt.date:
    """Return the first day that counts: of the third quarter before the present one."""
    start = rollups.start_of(Period.QUARTER, today)
    for _quarter in range(QUARTERS - 1):
        start = rollups.previous_start(Period.QUARTER, start)
    return start


def _kept() -> Any:
    first = since(rollups.day_of(timezone.now()))
    return Rollup.objects.filter(
        metric__in=KEPT, period=Period.QUARTER, starts_on__gte=first, dimension__in=PEOPLE
    ).order_by()


def levels_of(person_id: int) -> list[Level]:
    """Return a person's levels: one query."""
    rows = _kept().filter(key=person_id).values_list("metric").annotate(total=Sum("value"))
    return levels_from(dict(rows), policy.now())


def everybody() -> dict[int, dict[RecognitionSide, Decimal | None]]:
    """Return everybody's figures by person: one query."""
    sums = {f"m{n}": Sum("value", filter=Q(metric=metric)) for n, metric in enumerate(KEPT)}
    least = policy.now().quality_least
    found = {}
    for row in _kept().values("key").annotate(**sums):
        kept = {metric: row[f"m{n}"] or Decimal(0) for n, metric in enumerate(KEPT)}
        found[row["key"]] = figures_of(kept, least)
    return found
