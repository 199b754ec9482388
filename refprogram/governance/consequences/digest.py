"""Words that the clock sends: weekly to the review board, and to whoever leaves an appeal without an answer."""

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


def remind_of_appeals() -> int:
    """Tell once that an appeal should have been answered: whoever may, administrators too. Returns how many."""
    late = list(selectors.late_appeals().order_by("pk"))
    for case in late:
        readers = {user.pk: user for user in (*selectors.answerers(case), *selectors.deputies(case))}
        letters.appeal_late(case, list(readers.values()), key=f"case.appealed:{case.pk}:late")
    return len(late)
