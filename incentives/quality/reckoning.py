"""Reading what a month is counted from, for many colleagues at once, and keeping it so that it counts again."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from incentives.quality import policy
from incentives.quality.days import Workdays, workdays_of
from incentives.quality.models import Fault, Mark
from incentives.quality.month import A_DAY, Charge, Count, Line, Span, Terms, count
from refprogram.people.models import User


@dataclass(frozen=True)
class Inputs:
    """All that one month of one colleague follows from."""

    charges: tuple[Charge, ...]
    marks: tuple[tuple[dt.date, int], ...]
    days: "Workdays | KeptDays"
    terms: Terms
    as_of: dt.datetime
    closing: bool = False

    def count(self, span: Span) -> Count:
        """Count it."""
        return count(
            self.charges, self.marks, span=span, days=self.days, terms=self.terms, as_of=self.as_of,
            closing=self.closing,
        )  # fmt: skip


@dataclass(frozen=True)
class KeptDays:
    """Working days as they were when a month was closed."""

    zone: dt.tzinfo
    closed: frozenset[dt.date]

    def works_on(self, day: dt.date) -> bool:
        """Whether it was a working day."""
        return day not in self.closed


def inputs_of(
    users: Iterable[User], span: Span, *, as_of: dt.datetime | None = None, closing: bool = False
) -> dict[int, Inputs]:
    """Return what the month of each colleague follows from, by their key; they come with person and team."""
    everybody, at = list(users), as_of or timezone.now()
    keys = [user.pk for user in everybody]
    figures = policy.now()
    days = workdays_of(everybody, span.first)
    charges = _charges(keys, span)
    marks: dict[int, list[tuple[dt.date, int]]] = {}
    rows = Mark.objects.filter(user__in=keys, on__range=(span.first, span.last), waived_at__isnull=True)
    for key, on, points in rows.order_by("pk").values_list("user", "on", "points"):
        marks.setdefault(key, []).append((on, points))
    return {
        user.pk: Inputs(
            tuple(charges.get(user.pk, ())), tuple(marks.get(user.pk, ())), days[user.pk], terms_of(user, figures), at,
            closing,
        )
        for user in everybody
    }  # fmt: skip


def terms_of(user: User, figures: policy.Figures) -> Terms:
    """Return by which terms a colleague is charged."""
    spared = user.hired_on + figures.newcomer if user.hired_on is not None else None
    return Terms(dict(figures.demerits), figures.daily_cap, figures.mend_hours, spared)


def _charges(keys: Sequence[int], span: Span) -> dict[int, list[Charge]]:
    # A day to both sides, for the clocks of colleagues elsewhere: the count itself knows the right ones.
    first, last = (timezone.make_aware(dt.datetime.combine(day, dt.time()), dt.UTC) for day in (span.first, span.last))
    rows = Fault.objects.filter(user__in=keys, clock_from__lt=last + 2 * A_DAY).filter(
        Q(mended_at__isnull=True) | Q(mended_at__gte=first - A_DAY)
    )
    found: dict[int, list[Charge]] = {}
    for key, public_id, kind, clock_from, proposed, mended, excused in rows.order_by("pk").values_list(
        "user", "public_id", "kind", "clock_from", "proposed_at", "mended_at", "excused_at"
    ):
        charge = Charge(public_id, kind, clock_from, proposed, mended, excused is not None)
        found.setdefault(key, []).append(charge)
    return found


# ---------------------------------------------------------------- kept with a closed month, and read again


def kept(inputs: Inputs, span: Span, result: Count) -> dict[str, Any]:
    """Return the inputs as JSON. Days are kept as far as any hours to mend ran, however long somebody was away."""
    terms = inputs.terms
    last = max([span.last, *(line.due.astimezone(inputs.days.zone).date() for line in result.lines)])
    everything = (span.first + A_DAY * n for n in range((last - span.first).days + 2))
    return {
        "charges": [
            [c.key, c.kind, c.clock_from.isoformat(), _iso(c.proposed_at), _iso(c.mended_at), c.excused]
            for c in inputs.charges
        ],
        "marks": [[on.isoformat(), points] for on, points in inputs.marks],
        "zone": str(inputs.days.zone),
        "closed": [day.isoformat() for day in everything if not inputs.days.works_on(day)],
        "demerits": dict(terms.demerits),
        "daily_cap": terms.daily_cap,
        "mend_hours": terms.mend_hours,
        "spared_until": terms.spared_until.isoformat() if terms.spared_until else None,
        "as_of": inputs.as_of.isoformat(),
    }


def read(told: Mapping[str, Any]) -> Inputs:
    """Return what `kept` wrote."""
    spared = told["spared_until"]
    return Inputs(
        charges=tuple(
            Charge(key, kind, dt.datetime.fromisoformat(began), _at(proposed), _at(mended), excused)
            for key, kind, began, proposed, mended, excused in told["charges"]
        ),
        marks=tuple((dt.date.fromisoformat(on), points) for on, points in told["marks"]),
        days=KeptDays(ZoneInfo(told["zone"]), frozenset(map(dt.date.fromisoformat, told["closed"]))),
        terms=Terms(
            told["demerits"], told["daily_cap"], told["mend_hours"], dt.date.fromisoformat(spared) if spared else None
        ),
        as_of=dt.datetime.fromisoformat(told["as_of"]),
        closing=True,
    )


def line_as_kept(line: Line) -> list[Any]:
    """Return a line as a closed month keeps it."""
    return [line.key, line.on.isoformat(), line.due.isoformat(), line.points, str(line.state)]


def _iso(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _at(told: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(told) if told else None
