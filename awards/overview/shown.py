"""A contest at a glance, in the words and figures that its page shows."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests import zones
from awards.contests.models import Contest
from awards.entries.enums import JUDGED, EntryState
from awards.judging.enums import EXPECTED, AssignmentState, JudgeState
from awards.overview.selectors import Counts
from refprogram.kernel.models import Event
from refprogram.kernel.templatetags import rp

HANDED_IN = (EntryState.SUBMITTED, EntryState.SCREENING, EntryState.NEEDS_FIX, *JUDGED)
AFTER_CLOSING = ("closed", "screening", "judging", "deliberation", "decided")
OWN_TOPIC = ("announced", "open", "closed", "published", "cancelled")
DONE = (AssignmentState.SUBMITTED, AssignmentState.LOCKED)
GONE_BALLOTS = ("recused", "declined", "reassigned", "lapsed")


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
    given = sum(n for state, n in counts.ballots.items() if state not in GONE_BALLOTS)
    if given:
        done = sum(counts.ballots.get(state, 0) for state in DONE)
        tiles.append(
            {
                "name": _("Ballots in"),
                "value": rp.number(done),
                "target": _("of %(n)s") % {"n": rp.number(given)},
                "share": done / given,
            }
        )
    return tiles


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
    facts = [(words, zones.said(at, contest.tz)) for words, at in days]
    place = ", ".join(part for part in (contest.event_name, contest.event_place) if part)
    return [*facts, (_("Where"), place), (_("Run by"), contest.owner.name)]
