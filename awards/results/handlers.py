"""What results do when ballots, entries or judges change. Safe to run twice."""

from awards.contests.enums import ContestState
from awards.models import Contest
from awards.results import services
from refprogram.kernel.models import Event
from refprogram.kernel.stream import in_batches


@in_batches
def look_for_stale(events: list[Event]) -> None:
    """Something that results may rest on changed: look at each contest once, whose results are being looked through."""
    named = {event.subject_id if event.subject_type == "contest" else event.payload.get("contest") for event in events}
    for contest in Contest.objects.filter(pk__in=named - {None}, state=ContestState.DELIBERATION).order_by("pk"):
        services.notice_stale(contest=contest)
