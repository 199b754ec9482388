"""Facts about what surrounds references: satisfaction, records, points owed, contests."""

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.db.models import Avg, Case, CharField, Count, F, Q, Sum, Value, When

from awards.contests.enums import ContestState
from awards.entries.enums import JUDGED
from awards.judging.enums import AssignmentState
from awards.models import Assignment, Contest, ContestEntry
from incentives.catalogue.models import LiabilityMonth
from incentives.quality.models import QualityMonth
from references.accounts.enums import POOL, Stage
from references.accounts.models import Account, Opportunity
from references.surveys.enums import SurveyKind
from references.surveys.models import SurveyInvitation
from refprogram.dashboards.metrics.spans import YEAR, Span
from refprogram.governance.capacity import selectors as capacity
from refprogram.governance.capacity.staff import hours_available
from refprogram.governance.facetime.enums import SlotState
from refprogram.governance.facetime.models import FaceTimeSlot

PROMOTERS, PASSIVES, DETRACTORS, UNASKED = "promoters", "passives", "detractors", "unasked"
CLASSES: Final = (PROMOTERS, PASSIVES, DETRACTORS, UNASKED)
PROMISED: Final = 9  # an answer of nine or ten is a promoter's, one below seven a detractor's
CONTENT: Final = 7
PASSED: Final = (SlotState.USED, SlotState.LAPSED)  # what is still free or taken is not over
SCORED: Final = (AssignmentState.SUBMITTED, AssignmentState.LOCKED)
TO_DO: Final = (
    *SCORED,
    AssignmentState.RELEASED,
    AssignmentState.OPENED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.LAPSED,
)


class Program:
    """The rest of the program, as of a day."""

    def __init__(self, until: dt.date) -> None:
        self.year = Span(until, YEAR)

    @cached_property
    def nps(self) -> dict[str, int]:
        """Answers of the year to the question whether they would recommend us."""
        since, until = self.year.moments
        rows = SurveyInvitation.objects.filter(
            survey__kind=SurveyKind.NPS, answered_at__gte=since, answered_at__lt=until, score__isnull=False
        )
        found: dict[str, int] = rows.aggregate(
            promoters=Count("pk", filter=Q(score__gte=PROMISED)),
            detractors=Count("pk", filter=Q(score__lt=CONTENT)),
            answers=Count("pk"),
        )
        return found

    @cached_property
    def growth(self) -> dict[str, Any]:
        """What accounts bought in the year and in the one before, by what they last answered: two queries."""
        members = Account.objects.filter(merged_into__isnull=True).order_by()
        counted = dict(members.annotate(kind=_thinks("nps")).values_list("kind").annotate(n=Count("pk")))
        this, before = self.year, Span(self.year.after, YEAR)
        won = Opportunity.objects.filter(
            stage=Stage.WON, account__isnull=False, closes_on__gt=before.after, closes_on__lte=this.until
        ).order_by()
        sums = (
            won.annotate(kind=_thinks("account__nps"))
            .values_list("kind")
            .annotate(
                now=Sum("amount", filter=Q(closes_on__gt=this.after), default=0),
                then=Sum("amount", filter=Q(closes_on__lte=this.after), default=0),
            )
        )
        bought = {name: (str(now), str(then)) for name, now, then in sums}
        return {
            name: {"accounts": counted.get(name, 0), "now": bought.get(name, ("0", "0"))[0],
                   "before": bought.get(name, ("0", "0"))[1]}
            for name in CLASSES
        }  # fmt: skip

    @cached_property
    def growth_gap(self) -> dict[str, Any]:
        """The same, as the growth of promoters against all others who answered."""
        told = self.growth
        others = [told[name] for name in (PASSIVES, DETRACTORS)]
        return {
            "promoters_now": told[PROMOTERS]["now"],
            "promoters_before": told[PROMOTERS]["before"],
            "others_now": str(sum(Decimal(one["now"]) for one in others)),
            "others_before": str(sum(Decimal(one["before"]) for one in others)),
            "accounts": sum(told[name]["accounts"] for name in CLASSES if name != UNASKED),
            "classes": told,
        }

    @cached_property
    def records(self) -> dict[str, Any]:
        """Data quality: the mean score of the last month that was closed by then."""
        last = QualityMonth.objects.filter(month__lte=self.year.until).order_by("-month").values("month")[:1]
        found = QualityMonth.objects.filter(month=last).aggregate(score=Avg("score"), people=Count("pk"))
        score = found["score"]
        return {"score": None if score is None else round(float(score), 4), "people": found["people"]}

    @cached_property
    def points(self) -> dict[str, Any]:
        """What is owed in points at the end of the last closed month: points x cost of one x (1 - breakage)."""
        row = LiabilityMonth.objects.filter(starts_on__lte=self.year.until).order_by("-starts_on").first()
        if row is None:
            return {"points": None, "unit_cost": None, "breakage": None}
        return {"points": row.held, "unit_cost": str(row.unit_cost), "breakage": row.breakage}

    @cached_property
    def contests(self) -> dict[str, Any]:
        """Entries of contests whose event lies in the year, and what was judged of what was given to judges."""
        since, until = self.year.moments
        held = Contest.objects.filter(event_at__gte=since, event_at__lt=until).exclude(
            state__in=(ContestState.DRAFT, ContestState.CANCELLED)
        )
        entries = ContestEntry.objects.filter(contest__in=held, anchor=False, submitted_at__isnull=False)
        judged = Q(state__in=JUDGED)
        joined = judged & Q(account__state__in=POOL, account__member_since__gte=F("submitted_at"))
        told = entries.aggregate(
            entries=Count("pk"),
            judged=Count("pk", filter=judged),
            references=Count("account", filter=joined, distinct=True),
        )
        given = Assignment.objects.filter(round__contest__in=held, place__entry__anchor=False)
        work = given.aggregate(
            given=Count("pk", filter=Q(state__in=TO_DO)), scored=Count("pk", filter=Q(state__in=SCORED))
        )
        return told | work

    @cached_property
    def face_time(self) -> dict[str, int]:
        """Hours of executives in the year that were offered and have passed, and those of them that were used."""
        since, until = self.year.moments
        rows = FaceTimeSlot.objects.filter(starts_at__gte=since, starts_at__lt=until, state__in=PASSED)
        found: dict[str, int] = rows.aggregate(
            offered=Count("pk"), used=Count("pk", filter=Q(state=SlotState.USED))
        )  # fmt: skip
        return found

    @cached_property
    def work(self) -> dict[str, Any]:
        """Hours asked of the program this month, and hours that its people have: three queries."""
        month = self.year.until.replace(day=1)
        needed = capacity.hours_by_month([month]).total
        there = hours_available([month]).get(month)
        return {"needed": str(needed), "available": None if there is None else str(there)}


def _thinks(score: str) -> Case:
    """Return what an account thinks of us, by the path to its last answer."""
    return Case(
        When(**{f"{score}__gte": PROMISED}, then=Value(PROMOTERS)),
        When(**{f"{score}__gte": CONTENT}, then=Value(PASSIVES)),
        When(**{f"{score}__isnull": False}, then=Value(DETRACTORS)),
        default=Value(UNASKED),
        output_field=CharField(),
    )
