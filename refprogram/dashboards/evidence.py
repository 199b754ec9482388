"""What customers think of us beside what they bought: evidence, with its numbers, and no claim of cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.dashboards.metrics import kept
from refprogram.dashboards.metrics.program import DETRACTORS, PASSIVES, PROMOTERS, UNASKED
from refprogram.dashboards.models import Counting
from refprogram.kernel.templatetags import rp

NAMES: Final = {
    PROMOTERS: gettext_lazy("Promoters (9 and 10)"),
    PASSIVES: gettext_lazy("Passives (7 and 8)"),
    DETRACTORS: gettext_lazy("Detractors (0 to 6)"),
    UNASKED: gettext_lazy("Never answered"),
}


@dataclass(frozen=True)
class Line:
    """Accounts that think alike: how many, what they bought in the year and in the one before."""

    name: str
    accounts: int
    now: Decimal
    before: Decimal

    @property
    def growth(self) -> str:
        """How much more that is; a dash where there is nothing to compare."""
        if not self.before:
            return "–"
        share = (self.now - self.before) / self.before
        return f"+{rp.pct(share)}" if share > 0 else rp.pct(share)


def growth_by_score(counting: Counting | None) -> list[Line]:
    """Return the evidence as of a counting; nothing where none of it was counted. One query."""
    classes: Any = kept.facts_of(counting, "growth_gap").get("classes", {}) if counting else {}
    return [
        Line(str(name), classes[key]["accounts"], Decimal(classes[key]["now"]), Decimal(classes[key]["before"]))
        for key, name in NAMES.items()
        if key in classes
    ]


def words(lines: Sequence[Line]) -> str:
    """Say how to read it."""
    if not lines:
        return ""
    return _(
        "By each account's last answer; won amounts of the last twelve months against the twelve before. "
        "It stands beside growth, it does not prove that one made the other."
    )
