"""By the clock: reminders that stop when there is nothing left to do, invitations that run out, rounds that end."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from awards.judging import letters, policy
from awards.judging.enums import JudgeState, Mode
from awards.judging.selectors import running
from awards.judging.selectors import work as selectors
from awards.judging.services import doors, panel
from awards.models import Judge, Round
from refprogram.notices.mails import zone_of

HOUR = 8  # in the judge's own zone


def remind_judges(*, now: dt.datetime) -> int:
    """Remind who has something left: some days before the end, and the day after; in the morning of their zone."""
    reminded = 0
    for round_ in Round.objects.filter(released_at__isnull=False, closed_at__isnull=True).select_related("contest"):
        for judge, left in running.judges_with_open_work(round_):
            reminded += _remind(judge, round_, left, now)
    return reminded


def _due(round_: Round, here: dt.datetime, zone: dt.tzinfo) -> str:
    """Return which reminder is due on this day of theirs; empty for none."""
    figures, last_day = policy.now(), round_.closes_at.astimezone(zone).date()
    days = (last_day - here.date()).days
    steps = {figures.first_reminder: "first", figures.second_reminder: "second", figures.last_reminder: "last"}
    return "overdue" if days == -1 else steps.get(days, "")


def _remind(judge: Judge, round_: Round, left: int, now: dt.datetime) -> bool:
    zone = zone_of(judge.person)
    here = now.astimezone(zone)
    step = _due(round_, here, zone) if here.hour >= HOUR else ""
    if not step or (judge.reminded_at is not None and judge.reminded_at.astimezone(zone).date() == here.date()):
        return False
    return _send(judge, round_, left, step, now)


@transaction.atomic
def _send(judge: Judge, round_: Round, left: int, step: str, now: dt.datetime) -> bool:
    judge = panel.locked(judge)
    pace = selectors.pace_of(judge)
    minutes = max(1, round((pace / 60 if pace else policy.now().minutes_each) * left))
    url, key = doors.door_address(judge), f"remind:{round_.pk}:{judge.pk}:{step}"
    letters.work(judge, url, key=key, left=left, round_=round_, minutes=minutes, late=step == "overdue")
    judge.reminded_at = now
    judge.save(update_fields=["reminded_at"])
    return True


def warn_of_gaps(*, now: dt.datetime) -> int:
    """Tell who runs a contest, once for each round, that entries have too few ballots so near to the end."""
    until = now + dt.timedelta(days=policy.now().alarm_days)
    running_now = Round.objects.filter(released_at__isnull=False, closed_at__isnull=True, closes_at__lte=until)
    warned = 0
    for round_ in running_now.exclude(mode=Mode.PAIRWISE).select_related("contest").order_by("pk"):
        held = list(running.short_of_ballots(round_).values_list("held", flat=True))
        if held:
            text = letters.gap_alarm_words(round_, len(held), sum(n < round_.min_ballots for n in held))
            url = reverse("awards:round-coverage", args=[round_.public_id])
            users = running.runners_of(round_.contest)
            letters.managers(round_.contest, users, key=f"coverage:{round_.pk}", text=text, url=url)
            warned += 1
    return warned


def chase_answers(*, now: dt.datetime) -> int:
    """Remind, once, who has not answered or not signed; give up on invitations that ran out. Return how many."""
    figures, done = policy.now(), 0
    waits = Judge.objects.filter(state__in=(JudgeState.INVITED, JudgeState.ACCEPTED)).order_by("pk")
    for judge in waits.select_related("person", "contest"):
        if panel.expire(judge=judge, now=now):
            done += 1
        elif judge.reminded_at is None and _asked(judge) + dt.timedelta(days=figures.nudge_days) <= now:
            _nudge(judge, now)
            done += 1
    return done


def _asked(judge: Judge) -> dt.datetime:
    at = judge.invited_at if judge.state == JudgeState.INVITED else judge.answered_at
    return at or timezone.now()


@transaction.atomic
def _nudge(judge: Judge, now: dt.datetime) -> None:
    judge = panel.locked(judge)
    judge.reminded_at = now
    judge.save(update_fields=["reminded_at"])
    if judge.state == JudgeState.INVITED:
        letters.invite(judge, doors.invitation_address(judge), again=True)
    else:
        letters.door(judge, doors.door_address(judge))
