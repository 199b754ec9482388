"""The Monday digest: where reps, managers and the head of sales stand. One mail a week, and it can be switched off.

Written for all at once: what everybody reads is counted once, and mails go out by the hundred (`notices.many`). Each
has one action that works from the mail: a rep nominates, a manager reminds the team, who leads sales says thank you.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.periods import Span
from nominations.quotas import lines as quotas
from nominations.standings.enums import FIELD, By
from nominations.standings.lines import Number, Place, Standing, places, plain, with_gaps
from nominations.standings.ranking import ENROLLED, strength
from nominations.standings.reading import figures, groups, nobody
from nominations.standings.statements import would_rather_not
from refprogram.kernel import links, rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.stream import subject_of
from refprogram.notices import mails
from refprogram.notices.mails import Letter, absolute
from refprogram.notices.many import Link, Telling, tell_many
from refprogram.people.enums import Role
from refprogram.people.models import Person, Team, User

READERS: Final = (Role.REP, Role.SUPPORT, Role.MANAGER, Role.SALES_HEAD, Role.EXECUTIVE)
LEADERS: Final = (Role.SALES_HEAD, Role.EXECUTIVE)
TOP: Final = 5
LOT: Final = 750


@dataclass(frozen=True)
class Everyone:
    """A whole ranking, as little of it as a digest needs: names, what each enrolled, in order."""

    by: By
    span: Span
    lines: list[Standing]
    at: Mapping[int, int]
    changes: Mapping[int, int]
    of: int
    enrolled: Number

    def place(self, key: int) -> Place | None:
        """Return one contender's place."""
        index = self.at.get(key)
        if index is None:
            return None
        first = max(0, min(index - 1, len(self.lines) - 3))
        return Place(self.lines[index], self.lines[first : first + 3], self.of, self.changes.get(key))


def send_weekly_digest() -> int:
    """Tell everyone in sales and support how last week ended; return how many. Twice on one Monday is once.

    A quarter in which nobody has enrolled anything yet is not worth a mail, unless somebody owes nominations.
    """
    monday = rollups.start_of(Period.WEEK, rollups.day_of(timezone.now()))
    span = Span(Period.QUARTER, rollups.start_of(Period.QUARTER, monday - dt.timedelta(days=1)))
    boards = {by: everyone(by, span, monday - dt.timedelta(days=7)) for by in (By.REP, By.TEAM)}
    return tell_many(kind="weekly_standing", tellings=_tellings(boards, monday))


def everyone(by: By, span: Span, week: dt.date) -> Everyone:
    """Return a ranking whole, and how far each moved within one week."""
    names, heads = _contenders(by)
    values = {key: row[ENROLLED] for key, row in figures(by, span.period, span.starts_on)[0].items() if ENROLLED in row}
    if by == By.REP:
        names |= _names(Person.objects.filter(pk__in=values.keys() - names.keys()), "pk", "name")
    ranked = places({key: strength(by, values.get(key, Decimal(0)), heads.get(key, 0)) for key in names})
    last = len(ranked) + 1
    lines = sorted(
        (
            Standing(
                key=key, public_id="", name=name, sub="", rank=ranked.get(key, last),
                enrolled=plain(values.get(key, Decimal(0))), approved=0, submitted=0, members=heads.get(key, 0),
            )
            for key, name in names.items()
        ),
        key=lambda line: (line.rank, line.name, line.key),
    )  # fmt: skip
    lines = with_gaps(lines, per_head=by == By.TEAM)
    changes = _changes(by, lines, heads, week) if week >= span.starts_on else {}
    total = plain(sum(values.values(), Decimal(0)))
    return Everyone(by, span, lines, {line.key: n for n, line in enumerate(lines)}, changes, len(lines), total)


def _contenders(by: By) -> tuple[dict[int, str], dict[int, int]]:
    if by == By.REP:
        field = User.objects.filter(is_active=True, role__in=FIELD)
        return _names(field, "person_id", "person__name"), {}
    found = groups(by)
    return {key: who.name for key, who in found.items()}, {key: who.members for key, who in found.items()}


def _names(rows: QuerySet[Any], key: str, name: str) -> dict[int, str]:
    """Return names as colleagues read them: who would rather not stand in rankings is not named."""
    found = rows.annotate(nameless=would_rather_not(key)).values_list(key, name, "nameless")
    return {pk: nobody().name if nameless else called for pk, called, nameless in found}


def _changes(by: By, lines: list[Standing], heads: Mapping[int, int], week: dt.date) -> dict[int, int]:
    """Return how many places each line moved by what was enrolled in that week."""
    lately = figures(by, Period.WEEK, week)[0]
    then = {
        line.key: strength(
            by, line.enrolled - lately.get(line.key, {}).get(ENROLLED, Decimal(0)), heads.get(line.key, 0)
        )
        for line in lines
    }
    ordered = sorted(then.values())
    return {line.key: 1 + len(ordered) - bisect_right(ordered, then[line.key]) - line.rank for line in lines}


def _tellings(boards: Mapping[By, Everyone], monday: dt.date) -> Iterator[Telling]:
    """Yield what each reader is told, lot by lot, so that ten thousand are never in memory."""
    readers = User.objects.filter(role__in=READERS, is_active=True).order_by("pk")
    teams = {team.manager_id: team.pk for team in Team.objects.order_by("-pk") if team.manager_id}
    after = 0
    while lot := list(readers.filter(pk__gt=after).select_related("person")[:LOT]):
        after = lot[-1].pk
        owed = quotas.words_for(lot)
        for reader in lot:
            if boards[By.REP].enrolled or reader.pk in owed:
                with mails.as_reader(reader.person):
                    yield _telling(reader, boards, owed.get(reader.pk, ()), monday, teams)


def _telling(
    reader: User, boards: Mapping[By, Everyone], owed: Any, monday: dt.date, teams: Mapping[int, int]
) -> Telling:
    in_field = reader.role in FIELD
    board = boards[By.REP] if in_field else boards[By.TEAM]
    key = reader.person_id if in_field else teams.get(reader.pk, reader.team_id)
    contends = reader.role not in LEADERS
    place = board.place(key) if key and contends else None
    heading = headline(place, by=board.by, enrolled=boards[By.REP].enrolled, contends=contends)
    url = f"{reverse('nominations:standings')}?by={board.by}&period={board.span.code}"
    link, label = _action(reader, board, place)
    context = {
        "heading": heading,
        "place": place,
        "contends": contends,
        "lines": _shown(board, place, reader),
        "owed": owed,
        "action_label": label,
        "action_url": link.address if link else absolute(url),
        "alternatives": [(_("See the standings"), absolute(url))] if link else [],
    }
    letter = Letter(subject=heading, template="nominations/weekly_standing", context=context)
    key_of = f"weekly-standing:{monday.isoformat()}"
    return Telling(reader.person, key_of, heading, url, lambda: letter, link)


def _action(reader: User, board: Everyone, place: Place | None) -> tuple[Link | None, str]:
    """Return the one thing that the reader can do from the mail, without signing in."""
    about = subject_of(reader)
    if reader.role in FIELD:
        return Link("nominate_by_mail", about, links.new_token()), _("Nominate a customer")
    if reader.role == Role.MANAGER and place is not None:
        return Link("remind_team", about, links.new_token()), _("Remind your team")
    if reader.role in LEADERS and board.lines and board.lines[0].enrolled:
        return Link("thank_team", about, links.new_token()), _("Thank %(team)s") % {"team": board.lines[0].name}
    return None, _("See the standings")


def headline(place: Place | None, *, by: By, enrolled: Number, contends: bool) -> str:
    """Return the digest in one line: the reader's rank, or what all of them `enrolled`; `contends`: can be ranked."""
    if contends and place is not None and place.mine.enrolled:
        words = _("You are %(rank)s of %(of)d this quarter")
        if by == By.TEAM:
            words = _("Your team is %(rank)s of %(of)d this quarter")
        return words % {"rank": ordinal(place.mine.rank), "of": place.of}
    words = ngettext("%(n)s reference enrolled this quarter", "%(n)s references enrolled this quarter", int(enrolled))
    all_of_them = words % {"n": enrolled}
    return _("%(figure)s: yours could be next") % {"figure": all_of_them} if contends else all_of_them


def _shown(board: Everyone, place: Place | None, reader: User) -> list[tuple[int, str, Number, bool]]:
    """Return the best five and the reader: rank, name, enrolled, whether it is the reader."""
    best = [line for line in board.lines[:TOP] if line.enrolled]
    if place is not None and place.mine not in best:
        best.append(place.mine)
    own = place.mine if place is not None else None
    me = reader.name if board.by == By.REP else ""
    return [(line.rank, me if me and line == own else line.name, line.enrolled, line == own) for line in best]
