"""Feedback that requesters owe."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Value

from references.requests import policy
from references.requests.enums import CandidateState, Side
from references.requests.models import Candidate, Feedback
from refprogram.kernel.filters import midnight
from refprogram.people.models import User


def overdue_feedback_by_user(starts_on: dt.date, ends_on: dt.date, users: Sequence[User]) -> dict[int, Decimal]:
    """Return how many references held for each of these people had no word from them in time.

    A reference counts in the period in which its feedback became overdue, unless the word came before that period was
    over. So each counts at most once, and what is made good in time does not count at all.
    """
    until = midnight(ends_on + dt.timedelta(days=1))
    said = Feedback.objects.filter(candidate=OuterRef("pk"), side=Side.REQUESTER, created_at__lt=until)
    owed = Value(policy.now().feedback_owed_after)
    overdue = ExpressionWrapper(F("request__delivered_at") + owed, output_field=DateTimeField())
    rows = Candidate.objects.filter(
        ~Exists(said), state=CandidateState.COMPLETED, request__requester__in=[user.pk for user in users]
    ).annotate(overdue=overdue)
    rows = rows.filter(overdue__gte=midnight(starts_on), overdue__lt=until)
    counted = rows.order_by().values("request__requester").annotate(n=Count("pk"))
    return {row["request__requester"]: Decimal(row["n"]) for row in counted}
