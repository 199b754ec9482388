"""Waves put into the words, lines and pictures that their pages show."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.utils.translation import ngettext

from nominations.models import Cohort, Wave
from nominations.waves import policy
from nominations.waves.enums import WaveCut, WaveState
from nominations.waves.rates import Rates
from nominations.waves.selectors import Load, Plan
from nominations.waves.simulation import Band, Outcome, Setting
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp

OPEN, OVER, TO_COME = Pill(_t("Open"), "info"), Pill(_t("Over"), "ok"), Pill(_t("To come"), "")


@dataclass(frozen=True)
class Line:
    """One cohort: who, how many, when, what is expected to come in."""

    cohort: Cohort
    who: str
    size: int
    works: bool
    pill: Pill
    came: int
    expected: str


def who_words(cut: str, rule: Mapping[str, Any], groups: Mapping[int, str]) -> str:
    """Return whom a rule asks."""
    if cut == WaveCut.LAST_NAME:
        return _letters(rule.get("from", ""), rule.get("to", ""))
    if cut == WaveCut.HASH:
        return _("Part %(n)d of %(of)d, by chance") % {"n": rule.get("part", 0) + 1, "of": rule.get("of", 1)}
    return ", ".join(groups.get(one, _("gone")) for one in rule.get("ids", [])) or _("Nobody")


def _letters(low: str, high: str) -> str:
    if low and high:
        one = _("Last names with %(from)s") if low == high else _("Last names %(from)s to %(to)s")
        return one % {"from": low, "to": high}
    if low:
        return _("Last names from %(from)s on") % {"from": low}
    return _("Last names up to %(to)s") % {"to": high} if high else _("All last names")


def pill_of(cohort: Cohort) -> Pill:
    """Return where a cohort stands."""
    if cohort.closed_at is not None:
        return OVER
    return TO_COME if cohort.opened_at is None else OPEN


def expected_of(size: int, days: int, rates: Rates) -> float:
    """Return how many nominations a cohort of this size brings on average while it is open."""
    weeks = max(0, days) / 7
    whole = int(weeks)
    rate = [rates.weeks[at].rate if at < len(rates.weeks) else rates.baseline for at in range(whole + 1)]
    return size * (sum(rate[:whole]) + (weeks - whole) * rate[whole])


def lines_of(wave: Wave, plan: Plan, rates: Rates) -> list[Line]:
    """Return the calendar of a wave's cohorts; who has opened keeps its members, the others are counted by rule."""
    return [
        Line(
            cohort=row,
            who=who_words(wave.cut, row.rule, plan.groups),
            size=size,
            works=row.opened_at is not None or plan.works.works_on(row.opens_on),
            pill=pill_of(row),
            came=plan.came.get(row.pk, 0),
            expected=_about(expected_of(size, (row.closes_on - row.opens_on).days + 1, rates)),
        )
        for row, size in zip(plan.cohorts, plan.sizes, strict=True)
    ]


def _about(number: float) -> str:
    return rp.number(round(number)) if number >= 1 else _("less than 1")


def facts_of(wave: Wave) -> list[str]:
    """Return the line under a wave's name."""
    facts = [_("by %(cut)s") % {"cut": str(WaveCut(wave.cut).label).lower()}]
    facts.append(
        ngettext("a cohort every %(n)d day", "a cohort every %(n)d days", wave.days_each) % {"n": wave.days_each}
    )
    if wave.campaign is not None:
        facts.append(_("for “%(campaign)s”") % {"campaign": wave.campaign.name})
    return facts


def tiles_of(wave: Wave, load: Load) -> list[dict[str, Any]]:
    """Return what screening has to do, beside what it may have."""
    days = load.days(wave)
    return [
        {
            "name": _("In screening"),
            "value": rp.number(load.in_work),
            "target": _("of %(n)d at once") % {"n": wave.in_work},
        },
        {"name": _("In the queue"), "value": rp.number(load.queued), "target": _("waiting for their turn")},
        {
            "name": _("Backlog in working days"),
            "value": rp.number(round(days, 1)),
            "target": _("pauses above %(n)d") % {"n": wave.pause_after_days},
        },
    ]


def moves_of(wave: Wave) -> list[tuple[str, str, str]]:
    """Return the verbs that are possible now: (verb, words, question before it)."""
    state = WaveState(wave.state)
    found = []
    if state == WaveState.PLANNED:
        found.append(("start", _("Start the wave"), _("Start it? Each cohort is told on its first day.")))
    if state == WaveState.PAUSED:
        found.append(("resume", _("Go on"), ""))
    if state != WaveState.ENDED:
        found.append(("end", _("End the wave"), _("End it for good? What waits in the queue is let in.")))
    return found


def turn_words(cohort: Cohort) -> str:
    """Return when it is the turn of somebody whom this cohort asks, as they read it."""
    days = {"from": rp.day(cohort.opens_on), "to": rp.day(cohort.closes_on), "cohort": cohort.name}
    if cohort.closed_at is not None:
        return _("Your turn was until %(to)s (%(cohort)s); you may still nominate.") % days
    if cohort.opened_at is not None:
        return _("It is your turn now, until %(to)s (%(cohort)s).") % days
    return _("Your turn comes on %(from)s, until %(to)s (%(cohort)s); you may nominate before.") % days


def paused_words(wave: Wave) -> str:
    """Return why a wave is paused, and what makes it go on."""
    if wave.state != WaveState.PAUSED:
        return ""
    if wave.pause_reason:
        return _("Paused: %(reason)s What comes in waits in the queue.") % {"reason": f"{wave.pause_reason} "}
    return _(
        "Paused by itself: the backlog is more than %(n)d working days. It goes on by itself below half of that."
    ) % {"n": wave.pause_after_days}


# ---------------------------------------------------------------- the simulation


@dataclass(frozen=True)
class Chart:
    """A picture with its numbers: column heads as (text, role), rows with the label first."""

    kind: str
    title: str
    words: str
    heads: list[tuple[str, str]]
    rows: list[list[Any]]


def charts_of(outcome: Outcome, setting: Setting) -> list[Chart]:
    """Return what comes in, what waits and how long an answer takes, on each day of the wave."""
    days = outcome.days
    backlog: list[list[Any]] = [
        [rp.day(day), *_cells(one), setting.per_day * setting.pause_after_days]
        for day, one in zip(days, outcome.backlog, strict=True)
    ]
    waits: list[list[Any]] = [[rp.day(day), *_cells(one)] for day, one in zip(days, outcome.wait, strict=True)]
    came: list[list[Any]] = [[rp.day(day), *_cells(one)] for day, one in zip(days, outcome.arrivals, strict=True)]
    interval = policy.now().interval
    heads = [(_("Day"), ""), (_("Expected"), ""), (_("Low"), ""), (_("High"), "")]
    said = _("%(n)d %% of the runs lie between low and high.") % {"n": interval}
    return [
        Chart("line", _("Nominations that wait"), said, [*heads, (_("Pauses above"), "target")], backlog),
        Chart("line", _("Days until an answer"), said, heads, waits),
        Chart("line", _("Nominations that come in"), said, heads, came),
    ]


def _cells(band: Band) -> list[float]:
    return [round(band.mean, 1), round(band.low, 1), round(band.high, 1)]


def summary_of(outcome: Outcome, other: Outcome | None) -> list[tuple[str, str, str]]:
    """Return the figures of the plan, and beside them those of the other figures."""
    names = [
        (_("Nominations in all"), "total"),
        (_("Most that wait at once"), "peak"),
        (_("Longest wait for an answer, days"), "longest"),
        (_("Cohorts open later by, days"), "delay"),
    ]
    return [
        (name, _span(getattr(outcome, key)), _span(getattr(other, key)) if other is not None else "")
        for name, key in names
    ]


def _span(band: Band) -> str:
    return _("%(mean)s (%(low)s to %(high)s)") % {
        "mean": rp.number(round(band.mean)), "low": rp.number(round(band.low)), "high": rp.number(round(band.high)),
    }  # fmt: skip


def formula_of(rates: Rates, setting: Setting, wave: Wave) -> list[str]:
    """Return how the simulation counts, with the numbers it used."""
    weeks = ", ".join(f"{week.rate:.3f}" for week in rates.weeks)
    facts: dict[str, Any] = {
        "weight": policy.now().weight, "openings": rates.openings, "weeks": weeks, "n": rates.nominations,
        "people": rates.people, "over": round(rates.over_weeks), "base": f"{rates.baseline:.3f}",
        "decided": rates.decided, "days": rates.decided_days, "of": rates.days_with_decisions,
        "capacity": f"{setting.capacity:.1f}",
        "answer": rates.answer_days, "answers": rates.answers, "backlog": setting.backlog,
        "runs": policy.now().runs, "per_day": wave.per_day,
    }  # fmt: skip
    if rates.assumed:
        base = _("The program has no nominations yet: %(base)s per colleague and week is assumed (program settings).")
    else:
        base = _("Yearly mean: %(n)d nominations by %(people)d colleagues in %(over)d weeks = %(base)s a week each.")
    pace = _("Screeners: %(capacity)s decisions on a working day, as given.")
    if setting.capacity not in {float(wave.per_day), float(setting.per_day)}:
        pace = _(
            "Screeners: %(decided)d decisions on the busier %(days)d of %(of)d days with decisions lately = "
            "%(capacity)s a day (plan: %(per_day)d)."
        )
    return [
        sentence % facts
        for sentence in (
            _("On a working day: people of an open cohort × rate of its week ÷ 5, everybody else × yearly mean ÷ 5."),
            base,
            _(
                "Rates in the weeks after an opening: (nominations + %(weight)d × yearly mean) ÷ "
                "(people + %(weight)d), from %(openings)d past openings: %(weeks)s."
            ),
            pace,
            _("Owners answer after %(answer)d working days (%(answers)d answers). %(backlog)d wait already."),
            _("%(runs)d runs with the wave’s own seed: the same plan gives the same picture."),
        )
    ]


def weeks_of(rates: Rates) -> list[tuple[int, int, int, str]]:
    """Return the numbers behind the rates: week, people, nominations, rate."""
    return [(at, week.people, week.nominations, f"{week.rate:.3f}") for at, week in enumerate(rates.weeks, 1)]


def first_day(lines: Sequence[Line]) -> dt.date | None:
    """Return when the next cohort opens."""
    return next((line.cohort.opens_on for line in lines if line.cohort.opened_at is None), None)
