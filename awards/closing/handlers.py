"""What the room does when something happened. Each is safe to run twice."""

from awards.closing import services
from awards.contests.models import Contest
from awards.models import ContestEntry
from refprogram.kernel.models import Event
from refprogram.kernel.queueing import enqueue


def draft_story(event: Event) -> None:
    """An entry's contest is over: its story is drafted, if the customer agreed to one."""
    services.follow(entry=ContestEntry.objects.get(pk=event.subject_id))


def lay_comments(event: Event) -> None:
    """The winners are announced: judges' comments are laid before the moderators."""
    services.prepare(Contest.objects.get(pk=event.subject_id))


def send_letters(event: Event) -> None:
    """Thanks were sent, or feedback was opened: hundreds may be written to, so that is done beside the stream."""
    enqueue("awards.write_after_contests")
