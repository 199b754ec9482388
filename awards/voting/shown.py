"""The vote in words: its state, its rules, a card per entry, groups that look odd, the result."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests import zones
from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.models import Award, Contest, ContestEntry
from awards.results.enums import AwardKind, AwardState
from awards.voting import keys, policy, selectors, window
from awards.voting.enums import Flag
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.people.models import User

# ---------------------------------------------------------------- for everybody


@dataclass(frozen=True)
class Card:
    """One entry as voters see it: only what its entrant agreed to."""

    code: str
    company: str
    title: str
    summary: str
    category: str
    before: str
    after: str
    what: str


def card(entry: ContestEntry) -> Card:
    """Return an entry’s card; what was read beforehand (places, metrics) is not read again."""
    place = next(iter(entry.places.all()), None)
    metric = next((row for row in entry.metrics.all() if row.publishable and row.after is not None), None)
    return Card(
        code=keys.code_of(entry.public_id),
        company=entry.account.name if entry.account is not None else "",
        title=entry.title,
        summary=entry.summary,
        category=place.category.name if place is not None else "",
        before=_figure(metric.before, metric.unit) if metric is not None else "",
        after=_figure(metric.after, metric.unit) if metric is not None else "",
        what=metric.what if metric is not None else "",
    )


def category_links(cards: Sequence[Card], chosen: str) -> list[dict[str, Any]]:
    """Return the categories that cards can be narrowed to, and all of them; the chosen one is marked."""
    names = sorted({card.category for card in cards})
    links = [{"name": name, "url": f"?in={quote(name)}#entries", "current": name == chosen} for name in names]
    return [{"name": _("All"), "url": "?#entries", "current": not chosen}, *links]


def _figure(value: Any, unit: str) -> str:
    if value is None:
        return ""
    places = max(0, -value.normalize().as_tuple().exponent)
    return f"{rp.number(value, min(places, 2))} {unit}".strip()


def state_of(contest: Contest, at: dt.datetime, beside: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return where the vote stands, in words: `word`, `tone`, `line`. `beside`: what `beside_judges` said, if asked."""
    begin, end = contest.votes_open_at, contest.votes_close_at
    if begin is None or end is None:
        return {"word": _("No dates yet"), "tone": "", "line": _("When the vote opens is said here."), "open": False}
    its_time = window.is_its_time(contest, at)
    waits = its_time and (beside_judges(contest, at) if beside is None else beside).get("waits", False)
    if its_time and not waits:
        line = _("Until %(day)s") % {"day": zones.said(end, contest.tz)}
        return {"word": _("Open"), "tone": "ok", "line": line, "open": True, "left": _left(end, at)}
    if at < end and contest.state not in AFTER_PUBLICATION:
        line = _("The vote opens on %(day)s.") % {"day": zones.said(max(begin, at), contest.tz)}
        if waits:
            line = _("The vote opens once the judges are done, who read without names.")
        elif at >= begin:
            line = _("The vote opens once it is known who competes.")
        return {"word": _("Not open yet"), "tone": "wait", "line": line, "open": False}
    line = _("The vote is closed. The winner is announced on %(day)s.") % {
        "day": zones.said(contest.announce_at, contest.tz)
    }
    if contest.state in AFTER_PUBLICATION:
        line = _("The vote is closed, and the winners are announced.")
    return {"word": _("Closed"), "tone": "info", "line": line, "open": False}


def _left(end: dt.datetime, at: dt.datetime) -> str:
    days = (end - at).days
    if days < 2:
        return rp.relative_words((end - at).total_seconds())
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}


def hours_to_confirm() -> int:
    """Return how long a mailed link counts."""
    return policy.now().confirm_hours


def rules_of(contest: Contest) -> list[tuple[str, str]]:
    """Return how votes are counted, as everybody may read it. It names what is looked at, not what gets past it."""
    figures = policy.now()
    facts = {"hours": figures.confirm_hours, "n": figures.per_employer, "days": policy.FORGET_DAYS}
    return [
        (_("One vote each"), _("One person, one vote in the whole contest. The first that is confirmed stands.")),
        (_("Confirmed by mail"), _("A vote counts once the button behind the mailed link was pressed, within %(hours)d "
                                   "hours. Opening the link counts nothing.") % facts),
        (_("At most %(n)d from one company") % facts,
         _("Further votes from its addresses are set aside, and a person looks at them.")),
        (_("What looks odd is looked at"),
         _("Many votes from one network, one browser, or within minutes are set aside. Somebody decides, with a "
           "reason; nothing is deleted.")),
        (_("No figures before the end"),
         _("Nobody sees who leads while the vote runs, and afterwards only the winner is named. The order of entries "
           "on this page is new each hour.")),
        (_("Apart from the judges"),
         _("The people’s choice is a prize of its own: no vote touches a judge’s score, and no score a vote. Two "
           "people sign the count.")),
        (_("What is kept of you"),
         _("Your address is forgotten once the mail has gone. A code that only this contest can read stays until "
           "%(days)d days after the announcement, so that nobody votes twice.") % facts),
    ]  # fmt: skip


def address(contest: Contest) -> str:
    """Return the page of the vote, as others link to it."""
    return absolute(reverse("awards:vote", args=[contest.slug]))


def us() -> str:
    """Return what the organisation is called."""
    return str(settings.ORGANISATION_NAME or "refprogram")


def is_secure() -> bool:
    """Whether pages come by TLS only."""
    return bool(settings.SECURE)


# ---------------------------------------------------------------- for who runs the contest


def cluster(one: selectors.Cluster) -> dict[str, Any]:
    """Return a group that looks odd, as its line says it."""
    minutes = policy.now().burst_minutes
    names = {
        Flag.NETWORK: lambda: _("Network %(name)s") % {"name": keys.name_of(one.key)},
        Flag.DEVICE: lambda: _("Browser %(name)s") % {"name": keys.name_of(one.key)},
        Flag.EMPLOYER: lambda: one.key,
        Flag.BURST: lambda: _("One entry, within %(n)d minutes") % {"n": minutes},
    }
    votes = ngettext("%(n)d vote", "%(n)d votes", one.votes) % {"n": one.votes}
    entries = ngettext("for %(n)d entry", "for %(n)d entries", one.entries) % {"n": one.entries}
    return {
        "row": one,
        "title": names[one.flag](),
        "detail": f"{Flag(one.flag).label} · {votes} {entries} · {_within(one.last - one.first)}",
    }


def _within(time: dt.timedelta) -> str:
    """Return over how long votes came in."""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes < 120:
        return ngettext("within %(n)d minute", "within %(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("within %(n)d hour", "within %(n)d hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("within %(n)d day", "within %(n)d days", days) % {"n": days}


def beside_judges(contest: Contest, now: dt.datetime) -> dict[str, Any]:
    """Return what stands between the vote and judges who read without names: `day`, `waits`, `reason`; or nothing."""
    begin = contest.votes_open_at
    until = window.blind_until(contest) if begin is not None and not window.is_closed(contest, now) else None
    if until is None or begin is None or (begin >= until and not window.is_its_time(contest, now)):
        return {}
    reason = contest.votes_beside_blind
    return {"day": zones.said(until, contest.tz), "waits": not reason, "reason": reason}


def result_of(contest: Contest, user: User, now: dt.datetime) -> dict[str, Any]:
    """Return the figures once they may be seen, the count, what it gave, and what the reader may do with it."""
    if not window.is_closed(contest, now):
        return {"figures_open": False}
    runs, agrees = user.has_perm("awards.run_contest", contest), user.has_perm("awards.agree_to_votes", contest)
    count, ranking = selectors.count_of(contest), selectors.ranking_of(contest)
    most = max((row.counted for row in ranking), default=0)
    waits = count is not None and count.agreed_at is None
    countable = contest.state in window.COUNTING and window.is_final(contest, now)
    return {
        "figures_open": True,
        "final": window.is_final(contest, now),
        "last_confirmation": window.last_confirmation(contest),
        "ranking": [(row, card(row), rp.bar(row.counted, most or 1, label=str(row.counted))) for row in ranking],
        "count": count,
        "changed": waits and count is not None and count.hash != selectors.hash_of(selectors.figures_of(ranking)),
        "awards": [_award(award, contest, runs=runs) for award in selectors.awards_of(contest)],
        "may_count": runs and countable and (count is None or waits),
        "may_take_back": runs and waits,
        "may_agree": agrees and waits and count is not None and count.by_id != user.pk,
        "own_count": waits and count is not None and count.by_id == user.pk,
        "may_revoke": user.has_perm("awards.certify_results", contest),
    }


AWARD_TONES = {
    AwardState.PROPOSED: "wait", AwardState.EMBARGOED: "info", AwardState.NOTIFIED: "info", AwardState.ACCEPTED: "ok",
    AwardState.PUBLISHED: "ok", AwardState.DECLINED: "stop", AwardState.REVOKED: "stop",
}  # fmt: skip


def _award(award: Award, contest: Contest, *, runs: bool) -> dict[str, Any]:
    wins = award.kind in (AwardKind.WINNER, AwardKind.JOINT)
    told = contest.state == ContestState.DECIDED and award.state == AwardState.EMBARGOED
    return {
        "row": award,
        "wins": wins,
        "tone": AWARD_TONES.get(AwardState(award.state), ""),
        "may_tell": runs and wins and told,
        "gone": award.state in selectors.GONE,
        "silent": wins and award.state == AwardState.PUBLISHED and award.answered_at is None,
    }
