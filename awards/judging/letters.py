"""What judges and managers are written: one reason, one button, in the reader's own zone."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests import zones
from awards.judging.notice_kinds import DOOR, INVITATION, MASK, RECEIPT, RUNNING, WORK
from awards.models import Category, Contest, GlassBroken, Judge, Round
from references.accounts.places import known_zone
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User


def _tell(judge: Judge, kind: str, key: str, text: str, template: str, **context: Any) -> None:
    facts = {"judge": judge, "contest": judge.contest, "text": text, **context}
    if judge.contest.judging_mail:
        facts["fine"] = _("Questions? Answer this mail, or write to %(mail)s.") % {"mail": judge.contest.judging_mail}
    letter = Letter(
        subject=text, template=f"awards/{template}", context=facts, reply_to=judge.contest.judging_mail
    )  # fmt: skip
    tell(person=judge.person, kind=kind, key=key, text=text, url=reverse("awards:judging"), letter=letter)


def invite(judge: Judge, url: str, *, again: bool = False) -> None:
    """Ask somebody to judge; `again`: the one reminder."""
    with as_reader(judge.person):
        text = _("Would you judge %(contest)s?") % {"contest": judge.contest.name}
        first = judge.contest.rounds.order_by("number").first()
        at = judge.invited_at or timezone.now()
        _tell(
            judge, INVITATION, f"judge:{judge.pk}:{at:%Y%m%d%H%M%S}:{int(again)}", text, "judge_invitation",
            again=again, load=judge.load_cap, action_label=_("Answer"), action_url=url,
            begins=rp.day(first.opens_at) if first else "", ends=rp.day(first.closes_at) if first else "",
            by=judge.invited_by.name if judge.invited_by else "",
        )  # fmt: skip


def door(judge: Judge, url: str) -> None:
    """Send a link into the judging room."""
    with as_reader(judge.person):
        text = _("Your link to judge %(contest)s") % {"contest": judge.contest.name}
        key = f"judge-door:{judge.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
        _tell(judge, DOOR, key, text, "judge_door", action_label=_("Open the judging room"), action_url=url)


def work(judge: Judge, url: str, *, key: str, left: int, round_: Round, minutes: int, late: bool = False) -> None:
    """Say how much there is to score, and until when; also the reminders."""
    with as_reader(judge.person):
        if late:
            text = ngettext(
                "%(n)d entry still waits for your score", "%(n)d entries still wait for your score", left
            ) % {"n": left}
        else:
            text = ngettext(
                "%(n)d entry to score, until %(day)s", "%(n)d entries to score, until %(day)s", left
            ) % {"n": left, "day": rp.day(round_.closes_at)}  # fmt: skip
        _tell(
            judge, WORK, key, text, "judge_work", left=left, minutes=minutes, late=late,
            due=_when(judge, round_.closes_at), until=_when(judge, round_.hard_close_at),
            action_label=_("Score now"), action_url=url,
        )  # fmt: skip


def _when(judge: Judge, moment: dt.datetime) -> str:
    """Return a moment by the contest's clock and, as far as it is known, by the judge's."""
    return zones.said_for(moment, judge.contest.tz, known_zone(judge.person))


def reopened(judge: Judge, url: str, *, key: str, code: str) -> None:
    """Say that one ballot may be changed once more, although the round is over."""
    with as_reader(judge.person):
        text = _("You may change your ballot on entry %(code)s once more") % {"code": code}
        _tell(judge, WORK, key, text, "judging_run", action_label=_("Open it"), action_url=url)


def receipt(judge: Judge, url: str, *, key: str, rows: Sequence[Any]) -> None:
    """Say what was recorded, so that a judge can hold it against what they meant."""
    with as_reader(judge.person):
        text = _("Recorded: your scores for %(contest)s") % {"contest": judge.contest.name}
        _tell(judge, RECEIPT, key, text, "judge_receipt", rows=rows, action_label=_("Look again"), action_url=url)


def managers(contest: Contest, users: Sequence[User], *, key: str, text: str, url: str) -> None:
    """Tell those who run a contest one thing about judging."""
    for user in users:
        letter = Letter(
            subject=f"{contest.name}: {text}",
            template="awards/judging_run",
            context={"text": text, "contest": contest, "action_label": _("Open judging"), "action_url": absolute(url)},
        )
        tell(person=user.person, kind=RUNNING, key=key, text=f"{contest.name}: {text}", url=url, letter=letter)


def delegated(category: Category, user: User, *, key: str, url: str) -> None:
    """Tell a colleague that they run the judging of a category."""
    with as_reader(user.person):
        text = _("You run the judging of %(category)s") % {"category": category.name}
        said = _("Who runs the contest has a tie to an entry of it. You see who judges what and how far they are, give "
                 "out what is missing, and look the results through before they are signed.")  # fmt: skip
        _tell_of_mask(category.contest, user, f"{category.contest.name}: {text}", said, key=key, url=url)


def glass_broken(row: GlassBroken, user: User, *, key: str) -> None:
    """Tell who certifies, or runs it too, that somebody with a tie opened what was masked for them."""
    with as_reader(user.person):
        facts = {"name": row.user.name, "category": row.category.name, "contest": row.category.contest.name}
        text = _("%(name)s opened %(category)s of %(contest)s in spite of a tie") % facts
        said = _("Their reason: “%(why)s”. It is open to them until %(until)s; they sign nothing of it.") % {
            "why": row.reason, "until": rp.exact(row.ends_at),
        }  # fmt: skip
        _tell_of_mask(row.category.contest, user, text, said, key=key, url=row.category.contest.get_absolute_url())


def _tell_of_mask(contest: Contest, user: User, subject: str, text: str, *, key: str, url: str) -> None:
    context = {"text": text, "contest": contest, "action_label": _("Open it"), "action_url": absolute(url)}
    letter = Letter(subject=subject, template="awards/judging_run", context=context)
    tell(person=user.person, kind=MASK, key=key, text=subject, url=url, letter=letter)


def judging_url(contest: Contest) -> str:
    """Return the page of judging for who runs the contest."""
    return reverse("awards:contest-judging", args=[contest.slug])


def declined_words(judge: Judge) -> str:
    """Say that somebody declined, and whom they name."""
    if judge.suggests:
        facts = {"name": judge.person.name, "who": judge.suggests}
        return _("%(name)s does not judge, and suggests %(who)s.") % facts
    return _("%(name)s does not judge.") % {"name": judge.person.name}


def left_words(judge: Judge) -> str:
    """Say that somebody stopped."""
    return _("%(name)s stopped judging; what was open is free for others.") % {"name": judge.person.name}


def gap_words() -> str:
    """Say that work came free."""
    return _("Entries came free: somebody could not, or has a tie.")


def gap_alarm_words(round_: Round, short: int, unheld: int) -> str:
    """Say how many entries have too few ballots near the end, and how many of them have too few judges even."""
    facts = {"n": short, "least": round_.min_ballots, "day": rp.day(round_.closes_at)}
    text = ngettext("%(n)d entry has fewer than %(least)d ballots, and judging ends on %(day)s.",
                    "%(n)d entries have fewer than %(least)d ballots, and judging ends on %(day)s.", short)  # fmt: skip
    text = text % facts
    if not unheld:
        return text
    more = ngettext("%(n)d has too few judges to reach it.", "%(n)d have too few judges to reach it.", unheld)
    return f"{text} {more % {'n': unheld}}"


def void_words() -> str:
    """Say that a second person is needed."""
    return _("A ballot shall not count: a second person decides.")


def close_words(scored: int, lapsed: int) -> str:
    """Say how a round ended."""
    return _("The round is closed: %(scored)d ballots, %(lapsed)d not scored in time.") % {
        "scored": scored, "lapsed": lapsed,
    }  # fmt: skip


def receipt_rows(ballots: Sequence[Any]) -> list[tuple[str, str, str]]:
    """Return what a receipt lists: code, category, total or place."""
    rows = []
    for ballot in ballots:
        place = ballot.assignment.place
        said = _("place %(n)d") % {"n": ballot.rank} if ballot.rank else _("submitted")
        if ballot.total is not None:
            said = f"{ballot.total:.1f}"
        rows.append((place.entry.code, place.category.name, said))
    return rows
