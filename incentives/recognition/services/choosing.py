"""Where somebody would rather not stand."""

from django.db import transaction

from incentives.recognition.models import RecognitionChoice
from refprogram.people.models import User


@transaction.atomic
def choose(*, user: User, in_ranks: bool, in_feed: bool) -> RecognitionChoice:
    """Keep whether one stands in public ranks and in the feed. One's own pages show everything all the same."""
    row, _made = RecognitionChoice.objects.update_or_create(
        person=user.person, defaults={"in_ranks": in_ranks, "in_feed": in_feed}
    )
    return row
