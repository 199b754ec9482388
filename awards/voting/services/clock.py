"""What time alone does to votes: when the last may not be confirmed any more, who runs the contest hears of it."""

import datetime as dt

from awards.contests.enums import Audience
from awards.models import Contest
from awards.voting import letters, policy, window


def tell_of_ends(now: dt.datetime) -> int:
    """Tell of every vote that ended and is not counted; return how many. Each is told once for each end."""
    since = now - dt.timedelta(hours=policy.now().confirm_hours)
    rows = Contest.objects.filter(
        people_choice=True, audience=Audience.CUSTOMERS, state__in=window.COUNTING,
        votes_close_at__lt=since, votes_close_at__gt=since - dt.timedelta(days=2),
    ).exclude(vote_counts__replaced_at__isnull=True, vote_counts__isnull=False)  # fmt: skip
    ended = list(rows.order_by("pk"))
    for contest in ended:
        letters.over(contest, round_=f"{contest.votes_close_at:%Y%m%d%H%M}")
    return len(ended)
