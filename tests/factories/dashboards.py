"""Mails of dashboards, board papers, and closed deals with references by the dozen."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from references.accounts.models import Opportunity
from references.requests.models import ReferenceRequest
from refprogram.dashboards.metrics import counting
from refprogram.dashboards.models import Counting, MailPlan, Reading
from refprogram.kernel import jobs
from refprogram.kernel.models import Job
from refprogram.people.models import User
from tests.factories.people import UserFactory
from tests.factories.references import OpportunityFactory, activity


class MailPlanFactory(DjangoModelFactory):
    """A list that comes each Monday, next on a day far ahead."""

    class Meta:
        model = MailPlan

    reader = factory.SubFactory(UserFactory)
    made_by = factory.SelfAttribute("reader")
    name = factory.Sequence(lambda n: f"Report {n}")
    page = "references:requests"
    rhythm = "weekly"
    day = 0
    due_on = dt.date(2040, 1, 2)


class CountingFactory(DjangoModelFactory):
    """Figures kept by hand for a board, without any."""

    class Meta:
        model = Counting

    kind = "hand"
    as_of = dt.date(2026, 8, 19)
    note = "Board"


class ReadingFactory(DjangoModelFactory):
    """A fill rate that was kept."""

    class Meta:
        model = Reading

    counting = factory.SubFactory(CountingFactory)
    metric = "fill_rate"
    value = 80
    n = 5


def paper_of(user: User) -> Job:
    """Return the finished job of a board's paper, of figures that were just counted."""
    counting.count_live()
    job = jobs.start(kind="board_paper", params={"of": ""}, user=user)
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    return job


def closed_deals(number: int, *, on: dt.date, reference: bool = False, **fields: object) -> list[Opportunity]:
    """Return deals that closed on a day, in two statements; with a reference each, ten days before."""
    rows = Opportunity.objects.bulk_create(OpportunityFactory.build(closes_on=on, **fields) for _ in range(number))
    if reference:
        referenced(rows)
    return rows


def referenced(deals: list[Opportunity], *, days_before: int = 10, asked_before: int = 20) -> None:
    """Write a held reference for each deal, as its row stands when all is over."""
    asker, call = UserFactory(), activity()
    rows = []
    for deal in deals:
        closed = timezone.make_aware(dt.datetime.combine(deal.closes_on, dt.time(12)))
        held = closed - dt.timedelta(days=days_before)
        rows.append(
            ReferenceRequest(
                requester=asker,
                opportunity=deal,
                activity=call,
                purpose="Northwind",
                needed_by=deal.closes_on,
                state="closed",
                due_at=closed,
                submitted_at=closed - dt.timedelta(days=asked_before),
                delivered_at=held,
                closed_at=held,
            )
        )
    ReferenceRequest.objects.bulk_create(rows)
