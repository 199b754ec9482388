"""The public page of a contest in words, figures and small pictures; the same facts for paper and share pictures."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from awards.contests import zones
from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.contests.models import Category, Contest
from awards.contests.services import can_take_entries
from awards.contests.shown import icon_of
from awards.models import Award, Judge, Prize
from awards.promotion.words import figure, first_lines, us
from awards.site.selectors import Site
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.people.calendars.ics import Entry

WIDTH, HEIGHT = 360, 190


@dataclass(frozen=True)
class Day:
    """One date of the band. `clock`: the moment by the contest's own clock, for browsers that know another one."""

    words: str
    at: dt.datetime
    said: str
    now: bool
    left: str
    clock: str


@dataclass(frozen=True)
class Proof:
    """One measured result of a winner: figures and the line between them, drawn from zero."""

    caption: str
    before: str
    after: str
    what: str
    entrant: str
    before_y: float
    after_y: float

    @property
    def line(self) -> str:
        """The line, as a path of the picture."""
        return f"M0 {self.before_y}L{WIDTH} {self.after_y}"

    @property
    def area(self) -> str:
        """What lies under it."""
        return f"{self.line}V{HEIGHT}H0z"


def headline(contest: Contest) -> str:
    """Return what stands largest."""
    return contest.tagline or contest.name


def lead(contest: Contest) -> str:
    """Return the first line of what the contest is."""
    return next((line.strip() for line in contest.overview.splitlines() if line.strip()), "")


def rest(contest: Contest) -> str:
    """Return what follows the first line."""
    return contest.overview.strip().partition("\n")[2].strip()


def days_of(contest: Contest, now: dt.datetime) -> list[Day]:
    """Return the dates in their order; the one that runs now is marked, the next one says how far it is."""
    place = f", {contest.event_place}" if contest.event_place else ""
    days = [(_("Entries open"), contest.opens_at, ""), (_("Entries close"), contest.closes_at, "")]
    if contest.event_at == contest.announce_at:
        days.append((_("Winners on stage") if place else _("Winners are announced"), contest.announce_at, place))
    else:
        days.append((_("Winners are announced"), contest.announce_at, ""))
        days.append((contest.event_name or _("Award event"), contest.event_at, place))
        days.sort(key=lambda day: day[1])
    passed = [at for _words, at, _place in days if at <= now]
    coming = next((at for _words, at, _place in days if at > now), None)
    return [
        Day(
            words, at, zones.said(at, contest.tz) + where,
            now=bool(passed) and at == passed[-1], left=countdown(at, now)
            if at == coming else "", clock=at.astimezone(contest.tz).isoformat(),
        )
        for words, at, where in days
    ]  # fmt: skip


def countdown(at: dt.datetime, now: dt.datetime) -> str:
    """Return how far off a moment is: in days as long as there are some, which is what people count."""
    days = (at - now).days
    if days < 2:
        return rp.relative_words((at - now).total_seconds())
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}


def entering(contest: Contest, now: dt.datetime) -> dict[str, Any]:
    """Return whether one may enter now, and what is said where one may not."""
    if can_take_entries(contest, at=now):
        words = ngettext(
            "No account needed. Saved as you go. %(n)d minute of grace after the deadline, no more.",
            "No account needed. Saved as you go. %(n)d minutes of grace after the deadline, no more.",
            contest.grace_minutes,
        )
        return {"open": True, "words": words % {"n": contest.grace_minutes}}
    if now < contest.opens_at:
        return {
            "open": False,
            "words": _("Entries open on %(day)s.") % {"day": zones.said(contest.opens_at, contest.tz)},
        }
    announced = contest.state in AFTER_PUBLICATION
    return {"open": False, "words": _("The winners are announced.") if announced else _("Entries are closed.")}


def count_words(site: Site) -> str:
    """Return how many categories there are, as a heading."""
    n = len(site.categories)
    return ngettext("%(n)d category", "%(n)d categories", n) % {"n": n}


def prize_cards(site: Site) -> list[dict[str, str]]:
    """Return the prizes as cards: the same thing for several categories is one."""
    cards: dict[tuple[str, str], dict[str, Any]] = {}
    for prize in site.prizes:
        card = cards.setdefault(
            (prize.kind, prize.item.casefold()),
            {"icon": icon_of(prize.kind), "title": prize.item, "for": []},
        )
        card["for"].append(_for_whom(prize))
    return [{**card, "for": " · ".join(dict.fromkeys(card["for"]))} for card in cards.values()]


def _for_whom(prize: Prize) -> str:
    if prize.people_choice:
        return _("The people’s choice")
    where = prize.category.name if prize.category else _("Every category")
    if prize.place == 1:
        return where
    return _("%(where)s, place %(n)d") % {"where": where, "n": prize.place}


def judge_line(judge: Judge) -> str:
    """Return what makes somebody a judge, in a line."""
    return (
        ", ".join(part for part in (judge.person.title, judge.organisation) if part)
        or str(judge.get_kind_display()).capitalize()
    )


def winners_by_year(winners: list[Award]) -> list[tuple[int, list[Award]]]:
    """Return the winners, the latest year first."""
    years: dict[int, list[Award]] = {}
    for row in winners:
        years.setdefault(row.contest.year, []).append(row)
    return list(years.items())


def proof_of(site: Site) -> Proof | None:
    """Return the figure the page opens with."""
    if site.proof is None:
        return None
    outcome, metric = site.proof
    if metric.before is None or metric.after is None or metric.before < 0 or metric.after < 0:
        return None  # drawn from zero upwards
    top = max(metric.before, metric.after) or 1
    entry = outcome.place.entry
    return Proof(
        caption=_("Winner %(year)s, %(category)s")
        % {"year": outcome.contest.year, "category": _what_of(outcome)},
        before=figure(metric, "before"), after=figure(metric, "after"), what=metric.what,
        entrant=entry.account.name if entry.account is not None else "",
        before_y=round(HEIGHT - float(metric.before / top) * (HEIGHT - 30), 1),
        after_y=round(HEIGHT - float(metric.after / top) * (HEIGHT - 30), 1),
    )  # fmt: skip


def _what_of(outcome: Award) -> str:
    return _("the people’s choice") if outcome.people_choice else outcome.place.category.name


# ---------------------------------------------------------------- for paper, calendars and others' pages


def address(contest: Contest) -> str:
    """Return the address of the page, as others write it down."""
    return absolute(reverse("awards:site", args=[contest.slug]))


def deadline_words(contest: Contest) -> str:
    """Return until when one may enter, in a sentence."""
    return _("Entries close on %(when)s") % {"when": zones.said(contest.closes_at, contest.tz)}


def texts_to_share(contest: Contest) -> list[tuple[str, str]]:
    """Return words that colleagues and entrants may take: (where, text)."""
    facts = {
        "name": contest.name, "headline": headline(contest), "lead": lead(contest), "us": us(),
        "deadline": deadline_words(contest), "url": address(contest),
    }  # fmt: skip
    return [
        (_("Short"), _("%(name)s: %(headline)s %(deadline)s. %(url)s") % facts),
        (
            _("Social media"),
            _("You moved a number and can prove it? %(us)s looks for you: %(name)s. %(lead)s %(deadline)s. %(url)s")
            % facts,
        ),
        (
            _("Mail to a customer"),
            _(
                "Hello,\n\nI thought of you when I read about %(name)s: %(lead)s\n\nYou need no account, and what you "
                "write is saved as you go. %(deadline)s.\n\n%(url)s\n\nShall we write it together?"
            )
            % facts,
        ),
    ]


def calendar_entries(contest: Contest) -> list[Entry]:
    """Return the dates for calendar programs; the deadline without its grace."""
    hour = dt.timedelta(hours=1)
    days = [
        ("opens", _("%(name)s: entries open"), contest.opens_at),
        ("closes", _("%(name)s: entries close"), contest.closes_at),
        ("announce", _("%(name)s: winners are announced"), contest.announce_at),
    ]
    return [
        Entry(
            uid=f"contest-{contest.public_id}-{key}",
            title=words % {"name": contest.name},
            starts=at - hour if key == "closes" else at,
            ends=at if key == "closes" else at + hour,
            changed_at=contest.updated_at,
            detail=zones.said(at, contest.tz),
            url=address(contest),
            free=True,
        )
        for key, words, at in days
    ]


def facts_for_paper(site: Site, lengths: tuple[int, int, int]) -> dict[str, Any]:
    """Return what the one-page overview says, as plain values for the typesetter; `lengths`: see pictures.LENGTHS."""
    contest, now = site.contest, timezone.now()
    letters, beside, lines = lengths
    return {
        "lang": (get_language() or "en").split("-", 1)[0],
        "us": us(),
        "name": contest.name,
        "headline": first_lines(headline(contest), 120),
        "lead": first_lines(lead(contest), 300),
        "process": first_lines(contest.process, letters),
        "payoff": first_lines(contest.payoff, letters),
        "days": [{"words": day.words, "said": day.said} for day in days_of(contest, now)],
        "categories": [
            {"name": row.name, "text": first_lines(row.description, beside)} for row in site.categories[:lines]
        ],
        "criteria": [{"name": row.name, "share": f"{share * 100:.0f} %"} for row, share in site.criteria][:lines],
        "prizes": [{"title": card["title"], "whom": card["for"]} for card in prize_cards(site)][:lines],
        "judges": [{"name": row.person.name, "line": judge_line(row)} for row in site.judges][:lines],
        "sponsors": [row.name for row in site.sponsors][:lines],
        "url": address(contest),
        "words": {
            "dates": _("Dates"), "categories": _("Categories"), "criteria": _("What is judged"), "prizes": _("Prizes"),
            "judges": _("Judges"), "process": _("How it works"), "payoff": _("What you gain"), "enter": _("Enter here"),
            "sponsors": _("With"),
        },
    }  # fmt: skip


def facts_for_picture(contest: Contest) -> dict[str, Any]:
    """Return what the picture says that others' pages show beside a link."""
    shown = (ContestState.ANNOUNCED, ContestState.OPEN)
    return {
        "lang": (get_language() or "en").split("-", 1)[0],
        "us": us(),
        "name": contest.name,
        "headline": first_lines(headline(contest), 110),
        "line": deadline_words(contest) if contest.state in shown else contest.series,
    }


def facts_for_category(contest: Contest, category: Category) -> dict[str, Any]:
    """Return what the picture of one category says."""
    facts = facts_for_picture(contest)
    asks = first_lines(category.description, 90)
    return {**facts, "name": f"{contest.name} · {category.name}", "headline": asks or category.name}
