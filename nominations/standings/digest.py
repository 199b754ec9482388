"""The Monday digest: where reps, managers and the head of sales stand. One mail a week, and it can be switched off."""

import datetime as dt

from django.contrib.humanize.templatetags.humanize import ordinal
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.periods import Span
from nominations.standings.ranking import By, Place, Standings, moved, place_in, standings
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell
from refprogram.people.enums import Role
from refprogram.people.models import User

READERS = (Role.REP, Role.SUPPORT, Role.MANAGER, Role.SALES_HEAD)
TOP = 5


def send_weekly_digest() -> int:
    """Tell everyone in sales and support how last week ended; return how many. Twice on one Monday is once.

    A quarter in which nobody has enrolled anything yet is not worth a mail.
    """
    monday = rollups.start_of(Period.WEEK, rollups.day_of(timezone.now()))
    sunday, last_week = monday - dt.timedelta(days=1), monday - dt.timedelta(days=7)
    span = Span(Period.QUARTER, rollups.start_of(Period.QUARTER, sunday))
    boards = {by: standings(by, span.period, span.starts_on) for by in (By.REP, By.TEAM)}
    if not boards[By.REP].enrolled:
        return 0
    changes = {by: moved(board, last_week) for by, board in boards.items()}
    readers = User.objects.filter(role__in=READERS, is_active=True).select_related("person", "team")
    told = 0
    for reader in readers.prefetch_related("managed_teams"):
        by, key = _whose(reader)
        place = place_in(boards[by], key, changes[by]) if key else None
        told += _tell(reader, boards[by], place, enrolled=boards[By.REP].enrolled, monday=monday)
    return told


def _whose(reader: User) -> tuple[By, int | None]:
    """Return in which ranking the reader stands: reps and support by themselves, managers with their team."""
    if reader.role in {Role.REP, Role.SUPPORT}:
        return By.REP, reader.person_id
    teams = [team.pk for team in reader.managed_teams.all()]
    return By.TEAM, teams[0] if teams else reader.team_id


def _tell(reader: User, board: Standings, place: Place | None, *, enrolled: int, monday: dt.date) -> bool:
    contends = reader.role != Role.SALES_HEAD
    heading = headline(place, by=board.by, enrolled=enrolled, contends=contends)
    url = f"{reverse('nominations:standings')}?by={board.by}&period={board.span.code}"
    notice = tell(
        person=reader.person,
        kind="weekly_standing",
        key=f"weekly-standing:{monday.isoformat()}",
        text=heading,
        url=url,
        letter=Letter(
            subject=heading,
            template="nominations/weekly_standing",
            context={
                "heading": heading,
                "board": board,
                "place": place,
                "contends": contends,
                "lines": _shown(board, place),
                "action_label": _("See the standings"),
                "action_url": absolute(url),
            },
        ),
    )
    return notice is not None


def headline(place: Place | None, *, by: By, enrolled: int, contends: bool) -> str:
    """Return the digest in one line: the reader's rank, or what all of them `enrolled`; `contends`: can be ranked."""
    if contends and place is not None and place.mine.enrolled:
        words = _("You are %(rank)s of %(of)d this quarter")
        if by == By.TEAM:
            words = _("Your team is %(rank)s of %(of)d this quarter")
        return words % {"rank": ordinal(place.mine.rank), "of": place.of}
    words = ngettext("%(n)d reference enrolled this quarter", "%(n)d references enrolled this quarter", enrolled)
    all_of_them = words % {"n": enrolled}
    return _("%(figure)s: yours could be next") % {"figure": all_of_them} if contends else all_of_them


def _shown(board: Standings, place: Place | None) -> list[tuple[int, str, int, bool]]:
    """Return the best five and the reader: rank, name, enrolled, whether it is the reader."""
    best = [line for line in board.lines if line.enrolled][:TOP]
    if place is not None and place.mine not in best:
        best.append(place.mine)
    return [(line.rank, line.name, line.enrolled, place is not None and line == place.mine) for line in best]
