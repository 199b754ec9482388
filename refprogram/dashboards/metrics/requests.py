"""Facts about requests: answered, in time, by whom, and what both sides said of it."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.db.models import Avg, Count, F, Q
from django.db.models.functions import TruncDate

from references.requests.enums import CandidateState, RequestState, Side
from references.requests.models import Candidate, Feedback, ReferenceRequest
from references.requests.selectors.timing import At
from references.requests.services.clocks import AGREEMENT, REACTION, SUBJECT
from refprogram.dashboards.metrics.spans import NINETY, Span
from refprogram.kernel import rollups
from refprogram.people.models import SlaClock

ENDED = {
    "closed": RequestState.CLOSED,
    "by_content": RequestState.BY_CONTENT,
    "unfilled": RequestState.UNFILLED,
    "rejected": RequestState.REJECTED,
    "redirected": RequestState.REDIRECTED,
}


class Requests:
    """Requests in the ninety days that end with a day; each part is read once."""

    def __init__(self, until: dt.date) -> None:
        self.span = Span(until, NINETY)

    @cached_property
    def ended(self) -> dict[str, int]:
        """How requests ended."""
        since, until = self.span.moments
        rows = ReferenceRequest.objects.filter(closed_at__gte=since, closed_at__lt=until)
        found: dict[str, int] = rows.aggregate(
            **{name: Count("pk", filter=Q(state=state)) for name, state in ENDED.items()}
        )
        return found

    @cached_property
    def held(self) -> dict[str, int]:
        """References that took place: in time, and written down afterwards."""
        since, until = self.span.moments
        zone = rollups.moment_of(self.span.until).tzinfo
        rows = ReferenceRequest.objects.filter(delivered_at__gte=since, delivered_at__lt=until)
        rows = rows.annotate(day=TruncDate("delivered_at", tzinfo=zone))
        found: dict[str, int] = rows.aggregate(
            held=Count("pk"),
            afterwards=Count("pk", filter=Q(after_the_fact=True)),
            asked_first=Count("pk", filter=Q(after_the_fact=False)),
            in_time=Count("pk", filter=Q(after_the_fact=False, day__lte=F("needed_by"))),
        )
        return found

    @cached_property
    def clocks(self) -> dict[str, Any]:
        """Working hours to the first reaction and to a yes: half, and nine of ten."""
        since, until = self.span.moments
        stopped = SlaClock.objects.filter(
            subject_type=SUBJECT,
            kind__in=(REACTION, AGREEMENT),
            stopped_at__gte=since,
            stopped_at__lt=until,
            used_minutes__isnull=False,
        )
        wanted: dict[str, Any] = {}
        for name, kind in (("reaction", REACTION), ("agreement", AGREEMENT)):
            of_kind = Q(kind=kind)
            wanted |= {f"{name}_n": Count("pk", filter=of_kind)}
            wanted |= {f"{name}_p{part}": At("used_minutes", share=part / 100, filter=of_kind) for part in (50, 90)}
        found = stopped.aggregate(**wanted)
        return {
            name: value if name.endswith("_n") or value is None else round(value / 60, 4)
            for name, value in found.items()
        }

    @cached_property
    def asked(self) -> dict[str, int]:
        """What customers said who were asked in these days."""
        since, until = self.span.moments
        rows = Candidate.objects.filter(invited_at__gte=since, invited_at__lt=until)
        no, silent = Q(state=CandidateState.DECLINED), Q(state=CandidateState.NO_REPLY)
        found: dict[str, int] = rows.aggregate(
            accepted=Count("pk", filter=Q(answered_at__isnull=False) & ~no & ~silent),
            declined=Count("pk", filter=no),
            no_reply=Count("pk", filter=silent),
        )
        return found

    @cached_property
    def said(self) -> dict[str, Any]:
        """Feedback of both sides."""
        since, until = self.span.moments
        rows = Feedback.objects.filter(created_at__gte=since, created_at__lt=until)
        asker, customer = Q(side=Side.REQUESTER), Q(side=Side.CUSTOMER)
        expected = asker & Q(expected__isnull=False)
        found: dict[str, Any] = rows.aggregate(
            useful=Avg("rating", filter=asker),
            useful_n=Count("pk", filter=asker),
            gap=Avg(F("rating") - F("expected"), filter=expected),
            gap_n=Count("pk", filter=expected),
            would=Count("pk", filter=customer & Q(again=True)),
            answered=Count("pk", filter=customer & Q(again__isnull=False)),
        )
        return found
