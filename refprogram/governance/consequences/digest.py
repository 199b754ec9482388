"""The weekly word to the review board."""

from django.urls import reverse
from django.utils import timezone

from refprogram.governance.consequences import letters, selectors


def send() -> int:
    """Tell each of the board how many cases wait, once a week; nothing where none do. Returns how many were told."""
    waiting = selectors.to_review().count()
    if not waiting:
        return 0
    year, week, _day = timezone.localdate().isocalendar()
    readers = selectors.board()
    for reader in readers:
        letters.weekly(reader, waiting, reverse("governance:review"), key=f"consequence.review:{year}-{week}")
    return len(readers)
