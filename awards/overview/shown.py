"""A contest at a glance, in the words and figures that its page shows."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests import zones
from awards.contests.enums import AFTER_PUBLICATION
from awards.contests.models import Contest
from awards.entries.enums import JUDGED, EntryState
from awards.judging.enums import EXPECTED, JudgeState
from awards.overview.selectors import Counts
from awards.promotion.silence import Silence
from refprogram.kernel.models import Event
from refprogram.kernel.templatetags import rp

HANDED_IN = (EntryState.SUBMITTED, EntryState.SCREENING, EntryState.NEEDS_FIX, *JUDGED)
AFTER_CLOSING = ("closed", "screening", "judging", "deliberation", "decided")
OWN_TOPIC = ("announced", "open", "closed", "published", "cancelled")


def next_day(contest: Contest, now: dt.datetime) -> tuple[str, dt.datetime] | None:
    """Return what comes next by the clock, and when."""
    days = [
        (_("Entries open"), contest.opens_at, ("draft", "announced")),
        (_("Entries close"), contest.closes_at, ("open",)),
        (
            _("Winners are announced"),
            contest.announce_at,
            ("closed", "screening", "judging", "deliberation", "decided"),
        ),
    ]
    return next(((words, at) for words, at, states in days if contest.state in states and at > now), None)


def tiles_of(contest: Contest, counts: Counts, now: dt.datetime) -> list[dict[str, Any]]:
    """Return the figures on top of the page."""
    tiles: list[dict[str, Any]] = []
    coming = next_day(contest, now)
    if coming is not None:
        days = max(0, (coming[1] - now).days)
        tiles.append(
            {
                "name": coming[0],
                "value": rp.number(days),
                "unit": ngettext("day", "days", days),
                "target": zones.said(coming[1], contest.tz),
            }
        )
    drafts = counts.entries.get(EntryState.DRAFT, 0) + counts.entries.get(EntryState.APPROVAL, 0)
    handed = sum(counts.entries.get(state, 0) for state in HANDED_IN)
    words = ngettext("%(n)d more in the making", "%(n)d more in the making", drafts) % {"n": drafts}
    tiles.append({"name": _("Entries handed in"), "value": rp.number(handed), "target": words})
    judges = sum(counts.judges.get(state, 0) for state in EXPECTED)
    asked = counts.judges.get(JudgeState.INVITED, 0)
    words = ngettext("%(n)d has not answered", "%(n)d have not answered", asked) % {"n": asked}
    tiles.append({"name": _("Judges who agreed"), "value": rp.number(judges), "target": words})
    if given := counts.ballots_given:
        done = counts.ballots_done
        tiles.append(
            {
                "name": _("Ballots in"),
                "value": rp.number(done),
                "target": _("of %(n)s") % {"n": rp.number(given)},
                "share": done / given,
            }
        )
    return tiles


def silence_of(contest: Contest, silence: Silence) -> list[str]:
    """Return what is to be known of winners who said nothing: before the announcement, and after it."""
    if not silence:
        return []
    if contest.state in AFTER_PUBLICATION:
        return [_announced_in_silence(silence)]
    found = []
    if silence.untold:
        words = ngettext("%(n)d winner has not been told yet.", "%(n)d winners have not been told yet.", silence.untold)
        found.append(words % {"n": silence.untold})
    if silence.unanswered:
        words = ngettext(
            "%(n)d winner was told and has not answered.",
            "%(n)d winners were told and have not answered.",
            silence.unanswered,
        )
        found.append(words % {"n": silence.unanswered})
    rule = _("Who is silent is announced on %(day)s all the same, and named only where they agreed to it when they "
             "handed in.") % {"day": zones.said(contest.announce_at, contest.tz)}  # fmt: skip
    return [" ".join([*found, rule, _unnamed(silence)]).strip()]


def _announced_in_silence(silence: Silence) -> str:
    n = silence.untold + silence.unanswered
    words = ngettext(
        "%(n)d winner was announced without having answered.",
        "%(n)d winners were announced without having answered.",
        n,
    )
    return f"{words % {'n': n}} {_unnamed(silence)}".strip()


def _unnamed(silence: Silence) -> str:
    if silence.untold + silence.unanswered == 1:
        if silence.unnamed:
            return _("They did not agree to be named, and stand nowhere by name.")
        return _("They had agreed to be named.")
    if not silence.unnamed:
        return _("All of them had agreed to be named.")
    words = ngettext(
        "%(n)d of them did not agree to be named, and stands nowhere by name.",
        "%(n)d of them did not agree to be named, and stand nowhere by name.",
        silence.unnamed,
    )
    return words % {"n": silence.unnamed}


def in_words(counts: dict[str, int], states: type[TextChoices]) -> list[tuple[str, str]]:
    """Return each state that occurs, with how many are in it, in the order of life."""
    return [
        (str(state.label).capitalize(), rp.number(counts[state.value])) for state in states if counts.get(state.value)
    ]


def told_once(events: Iterable[Event]) -> list[Event]:
    """Return what happened without the moves that an event of their own tells better; reasons stay."""
    return [
        event
        for event in events
        if event.topic != "contest.moved" or event.payload["reason"] or event.payload["to"] not in OWN_TOPIC
    ]


def dates_of(contest: Contest) -> list[tuple[str, str]]:
    """Return the dates of the contest, in its zone."""
    days = [
        (_("Entries open"), contest.opens_at),
        (_("Entries close"), contest.closes_at),
        (_("Winners are announced"), contest.announce_at),
        (_("Event"), contest.event_at),
    ]
    if contest.people_choice and contest.votes_open_at is not None and contest.votes_close_at is not None:
        days[2:2] = [
            (_("Public vote opens"), contest.votes_open_at),
            (_("Public vote closes"), contest.votes_close_at),
        ]
    facts = [(words, zones.said(at, contest.tz)) for words, at in days]
    place = ", ".join(part for part in (contest.event_name, contest.event_place) if part)
    return [*facts, (_("Where"), place), (_("Run by"), contest.owner.name)]
