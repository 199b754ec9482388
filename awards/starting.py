"""Starting a contest, from the room of contests and the rooms above it together."""

from typing import Any

from django.db import transaction

from awards.contests import services as contests
from awards.contests.models import Contest
from awards.entries.default_form import ensure_default
from awards.judging import services as judging
from refprogram.people.models import User


@transaction.atomic
def start_contest(*, by: User, **facts: Any) -> Contest:
    """Plan a contest with its windows and ten steps, its first round of judging, and a form to enter by."""
    ensure_default()
    contest = contests.start(by=by, **facts)
    judging.first_round(contest=contest, by=by)
    return contest
