"""The dictionary, part four: what customers think, records, points, contests."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.dashboards.metrics import places
from refprogram.dashboards.metrics.dictionary import DOWN, Example, Fresh, Group, Metric, Unit
from refprogram.dashboards.metrics.formulas import NO_DATA, Facts, Measured, exact, gap, none, ratio, share

SURVEYS: Final = _("Answers to surveys of likelihood to recommend")
OWNER: Final = _("Reference manager")
FINANCE: Final = _("Finance")


def of_nps(facts: Facts) -> Measured:
    """Return 100 x (promoters - detractors) / answers."""
    n = facts["answers"]
    return Measured(exact(Decimal(100 * (facts["promoters"] - facts["detractors"])) / n), n) if n else none(n=0)


def of_growth_gap(facts: Facts) -> Measured:
    """Return the growth of promoters less that of all others who answered, in percentage points."""
    grown = []
    for name in ("promoters", "others"):
        before = Decimal(facts[f"{name}_before"])
        if not before:
            return none(NO_DATA, facts["accounts"])
        grown.append(100 * (Decimal(facts[f"{name}_now"]) - before) / before)
    return Measured(exact(grown[0] - grown[1]), facts["accounts"])


def of_liability(facts: Facts) -> Measured:
    """Return points x cost of one x (1 - breakage)."""
    if facts["points"] is None:
        return none(NO_DATA)
    kept = 1 - Decimal(facts["breakage"]) / 100
    return Measured(exact(facts["points"] * Decimal(facts["unit_cost"]) * kept), facts["points"])


def of_score(facts: Facts) -> Measured:
    """Return the mean score."""
    return none(n=0) if facts["score"] is None else Measured(exact(facts["score"]), facts["people"])


METRICS: Final = (
    Metric(
        "nps", _("Customers’ score of us"), Group.PROGRAM,
        _("100 x (promoters - detractors) / answers of the last twelve months: 9 and 10 promote, 0 to 6 detract."),
        SURVEYS, OWNER, Unit.NUMBER, lambda world: world.program.nps, of_nps,
        Example({"promoters": 12, "detractors": 4, "answers": 20}, Decimal(40), _("12 promote, 4 detract of 20: 40.")),
        places.surveys,
    ),
    Metric(
        "growth_gap", _("Promoters grow faster by"), Group.PROGRAM,
        _("Growth of what promoters bought (last twelve months against the twelve before) less the growth of all "
          "others who answered. By each account's last answer; beside the score as evidence, not as proof of cause."),
        _("Accounts' last answers, won deals"), OWNER, Unit.POINTS, lambda world: world.program.growth_gap,
        of_growth_gap,
        Example({"promoters_now": "150000", "promoters_before": "100000", "others_now": "110000",
                 "others_before": "100000", "accounts": 12}, Decimal(40), _("50 % against 10 %: 40 pp.")),
        places.surveys, past=False,
    ),
    Metric(
        "data_quality", _("Data quality"), Group.PROGRAM,
        _("Mean of people's scores of the last closed month; each is max(0, 100 - demerits after refunds)."),
        _("Closed months of data quality"), OWNER, Unit.NUMBER, lambda world: world.program.records, of_score,
        Example({"score": 92, "people": 3}, Decimal(92), _("100, 96 and 80: 92.")), places.records, fresh=Fresh.MONTH,
    ),
    Metric(
        "liability", _("Owed in points"), Group.PROGRAM,
        _("Points that can be spent x what one costs x (1 - breakage), end of the last closed month."),
        _("The ledger of points, closed months"), FINANCE, Unit.MONEY, lambda world: world.program.points, of_liability,
        Example({"points": 10_000, "unit_cost": "0.05", "breakage": 10}, Decimal(450),
                _("10,000 points x $0.05 x 90 % = $450.")),
        places.owed, better=DOWN, fresh=Fresh.MONTH,
    ),
    Metric(
        "judge_completion", _("Judging done"), Group.PROGRAM,
        _("Scored / all that judges were given and still owe or did not score in time, contests with their event in "
          "the last twelve months."),
        _("Contests"), OWNER, Unit.PERCENT, lambda world: world.program.contests, share(("scored",), ("given",)),
        Example({"scored": 95, "given": 100}, Decimal(95), _("95 of 100: 95 %.")), places.contests,
    ),
    Metric(
        "references_per_entry", _("References from each entry"), Group.PROGRAM,
        _("Customers who began to take part after they had handed in an entry that was judged / entries judged, "
          "contests with their event in the last twelve months."),
        _("Contests, accounts"), OWNER, Unit.RATIO, lambda world: world.program.contests,
        ratio("references", "judged"),
        Example({"references": 6, "judged": 24}, Decimal("0.25"), _("6 from 24: 0.25.")), places.contests, past=False,
    ),
    Metric(
        "face_time_used", _("Face time used"), Group.PROGRAM,
        _("Hours of executives used / offered in the last twelve months: what is over and was not taken back."),
        _("Hours that executives offered"), OWNER, Unit.PERCENT, lambda world: world.program.face_time,
        share(("used",), ("offered",)),
        Example({"used": 9, "offered": 12}, Decimal(75), _("9 of 12: 75 %.")), places.face_time,
    ),
    Metric(
        "understaffed", _("Understaffed"), Group.PROGRAM,
        _("(hours asked of the program this month - hours its people have) / hours its people have. Above 0 somebody "
          "is missing, below 0 there is time."),
        _("The register of demand, working hours, leave and holidays"), OWNER, Unit.PERCENT,
        lambda world: world.program.work, gap,
        Example({"needed": "142", "available": "100"}, Decimal(42), _("142 hours asked, 100 there: 42 %.")),
        places.capacity, better=DOWN, past=False,
    ),
)  # fmt: skip
