"""What a metric is, and all of them by their keys."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.dashboards.metrics import formulas
from refprogram.dashboards.metrics.formulas import Formula, Measured
from refprogram.dashboards.metrics.places import Place
from refprogram.dashboards.metrics.world import World
from refprogram.kernel.templatetags import rp

UP, DOWN, NEITHER = 1, -1, 0
Rows = Callable[[dt.date], Place]


class Group(TextChoices):
    """What a metric is about."""

    DEALS = "deals", gettext_lazy("Deals and money")
    REQUESTS = "requests", gettext_lazy("Requests")
    POOL = "pool", gettext_lazy("Who can speak")
    NOMINATIONS = "nominations", gettext_lazy("Nominations")
    CONTENT = "content", gettext_lazy("Stories and what was agreed to")
    PROGRAM = "program", gettext_lazy("The program around it")


class Unit(TextChoices):
    """How a value is written."""

    PERCENT = "percent", gettext_lazy("percent")
    POINTS = "points", gettext_lazy("percentage points")
    MONEY = "money", gettext_lazy("money")
    HOURS = "hours", gettext_lazy("working hours")
    DAYS = "days", gettext_lazy("days")
    NUMBER = "number", gettext_lazy("number")
    RATIO = "ratio", gettext_lazy("ratio")


class Fresh(TextChoices):
    """How old a value may be."""

    HOUR = "hour", gettext_lazy("counted every hour")
    MONTH = "month", gettext_lazy("from the last closed month")


WHY_NONE: Final[Mapping[str, Any]] = {
    formulas.NO_DATA: gettext_lazy("Nothing to count yet"),
    formulas.TOO_FEW: gettext_lazy("Too few to say"),
    formulas.NOT_SET: gettext_lazy("Somebody has to set a number first"),
    formulas.NOT_KEPT: gettext_lazy("Nobody kept how it stood that day"),
}


@dataclass(frozen=True)
class Example:
    """A small world worked out: what is known, what comes out, and the sentence that says so."""

    facts: Mapping[str, Any]
    value: Decimal
    words: Any


@dataclass(frozen=True)
class Metric:
    """One metric. `gather` reads its facts, `formula` is `text` as code; `past`: rows still say how a past day was.

    `floor`: the value that says nothing but that nothing is proven, and `at_floor` the words for it.
    """

    key: str
    name: Any
    group: Group
    text: Any
    source: Any
    owner: Any
    unit: Unit
    gather: Callable[[World], Mapping[str, Any]]
    formula: Formula
    example: Example
    rows: Rows
    better: int = UP
    fresh: Fresh = Fresh.HOUR
    past: bool = True
    refusal: Any = ""
    floor: Decimal | None = None
    at_floor: Any = ""

    @property
    def code(self) -> str:
        """Where the formula stands in the code."""
        made = self.formula
        return f"{made.__module__}.{made.__qualname__}".replace(".<locals>.of", "")

    @property
    def url(self) -> str:
        """The page of the metric."""
        return reverse("dashboards:metric", args=[self.key])

    def measured(self, world: World) -> tuple[dict[str, Any], Measured]:
        """Return the facts, and what comes out of them."""
        if not (self.past or world.today):
            return {}, formulas.none(formulas.NOT_KEPT)
        facts = dict(self.gather(world))
        if facts.pop("not_kept", False):
            return facts, formulas.none(formulas.NOT_KEPT)
        return facts, self.formula(facts)

    def words(self, value: Decimal | None) -> str:
        """Return a value as one reads it; a dash for none."""
        if value is None:
            return "–"
        if self.unit == Unit.MONEY:
            return rp.money_short(value.quantize(Decimal(1)))
        places = {Unit.NUMBER: 0, Unit.RATIO: 2}.get(self.unit, 1)
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        shown = rp.number(rounded, 0 if rounded == rounded.to_integral_value() else places)
        endings = {Unit.PERCENT: _("%(n)s %%"), Unit.POINTS: _("%(n)s pp"), Unit.HOURS: _("%(n)s h"),
                   Unit.DAYS: _("%(n)s days")}  # fmt: skip
        return endings[self.unit] % {"n": shown} if self.unit in endings else shown

    def no_value(self, why: str) -> str:
        """Say why there is no value."""
        return str(self.refusal) if why == formulas.TOO_FEW and self.refusal else str(WHY_NONE.get(why, why))
