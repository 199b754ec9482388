"""Keeping a plotted request, and deciding about it: taken on, passed on, said no to, answered elsewhere."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.capacity.models import Demand
from refprogram.governance.capacity.services import record_demand
from refprogram.governance.plotting.enums import PLOT_MOVES, PlotState
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.governance.plotting.weighing import Weighed
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

NOUN = "request"
DECIDED = ("decided_by", "decided_at")
KIND = 60
MOST_KEPT = 200  # of what falls off; the sum counts all of it


def _locked(row: PlottedRequest) -> PlottedRequest:
    return PlottedRequest.objects.select_for_update().get(pk=row.pk)


def _refuse_unless(by: User, permission: str, row: PlottedRequest | None = None) -> None:
    if not by.has_perm(permission, row):
        raise NotAllowed(_("The reference managers decide about what is asked of the program."))


def _note(topic: str, row: PlottedRequest, by: User | None) -> None:
    facts: dict[str, Any] = {
        "place": row.place, "hours": str(row.hours), "to": row.redirect_to_id, "asker": row.plotted_by_id,
        "due_on": row.due_on.isoformat() if row.due_on else None,
    }  # fmt: skip
    emit(topic, subject=row, actor_id=by.person_id if by else None, payload=facts)


@transaction.atomic
def keep(*, weighed: Weighed, by: User, asked_by: str = "", value: Decimal | None = None) -> PlottedRequest:
    """Keep what was asked as it stands on the map now."""
    _refuse_unless(by, "governance.plot")
    text = " ".join(weighed.text.split())[:300]
    if not text:
        message = _("Write what is asked for.")
        raise InvalidInput(message, errors={"q": message})
    about, line = weighed.about, weighed.line
    row = PlottedRequest(
        text=text,
        asked_by=(asked_by or (about.asked_by if about else "")).strip()[:120],
        subject_type=about.subject_type if about else "",
        subject_id=about.subject_id if about else None,
        url=about.url if about else "",
        place=weighed.place,
        line=line,
        line_name=line.name if line else "",
        kind=(line.kind or line.name.lower())[:KIND] if line else "",
        count=weighed.count,
        hours=weighed.cost,
        month=weighed.month,
        available=weighed.displaced.available,
        needed=weighed.displaced.needed,
        displaced=[
            {"name": one.kind, "hours": str(one.hours)} for one in weighed.falls[:MOST_KEPT]
        ],
        value=value if value is not None else (about.value if about else None),
        plotted_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    _note("plotted.kept", row, by)
    return row


def _decide(row: PlottedRequest, to: PlotState, by: User, *also: str) -> None:
    row.decided_by, row.decided_at = by, timezone.now()
    moves.move(row, to, moves=PLOT_MOVES, noun=_(NOUN), also=[*DECIDED, *also])


@transaction.atomic
def take(*, row: PlottedRequest, by: User) -> PlottedRequest:
    """Take it on: its hours count in the month from now on (unless a room above counts it already)."""
    row = _locked(row)
    _refuse_unless(by, "governance.decide_plotted", row)
    row.redirect_to, row.due_on = None, None
    _decide(row, PlotState.TAKEN, by, "redirect_to", "due_on")
    _count(row, row.hours)
    _note("plotted.taken", row, by)
    return row


@transaction.atomic
def redirect(*, row: PlottedRequest, to: User | None, due_on: dt.date, because: str, by: User) -> PlottedRequest:
    """Pass it on to a colleague who answers by a day; the program's no has a reason."""
    row = _locked(row)
    _refuse_unless(by, "governance.decide_plotted", row)
    moves.check(row, PlotState.REDIRECTED, moves=PLOT_MOVES, noun=_(NOUN))
    errors = {}
    if to is None or not to.is_active:
        errors["to"] = _("Choose who can help.")
    if due_on < timezone.localdate():
        errors["due_on"] = _("Choose a day that is still to come.")
    _refuse(errors | _without_reason(because))
    row.redirect_to, row.due_on, row.because = to, due_on, because.strip()
    _decide(row, PlotState.REDIRECTED, by, "redirect_to", "due_on", "because")
    _count(row, Decimal(0))
    _note("plotted.redirected", row, by)
    return row


@transaction.atomic
def decline(*, row: PlottedRequest, because: str, by: User) -> PlottedRequest:
    """Say no, because."""
    row = _locked(row)
    _refuse_unless(by, "governance.decide_plotted", row)
    moves.check(row, PlotState.DECLINED, moves=PLOT_MOVES, noun=_(NOUN))
    _refuse(_without_reason(because))
    row.because = because.strip()
    _decide(row, PlotState.DECLINED, by, "because")
    _count(row, Decimal(0))
    _note("plotted.declined", row, by)
    return row


@transaction.atomic
def settle(*, row: PlottedRequest, outcome: str, by: User) -> PlottedRequest:
    """Say what became of what was passed on."""
    row = _locked(row)
    _refuse_unless(by, "governance.settle_plotted", row)
    moves.check(row, PlotState.SETTLED, moves=PLOT_MOVES, noun=_(NOUN))
    if not outcome.strip():
        _refuse({"outcome": _("Say what came of it.")})
    row.outcome, row.settled_at = outcome.strip(), timezone.now()
    moves.move(row, PlotState.SETTLED, moves=PLOT_MOVES, noun=_(NOUN), also=["outcome", "settled_at"])
    _note("plotted.settled", row, by)
    return row


def _count(row: PlottedRequest, hours: Decimal) -> None:
    """Say to the register how much work it is; what a room above counts there itself is not counted twice."""
    if hours and Demand.objects.filter(subject_type=row.subject_type, subject_id=row.subject_id or 0).exists():
        return
    name = row.line_name or row.text[:80]
    record_demand(subject=row, kind=row.kind or "other", name=name[:80], hours=hours, on=row.month)


def _without_reason(because: str) -> dict[str, str]:
    return {} if because.strip() else {"because": _("Say why: who asked reads this, and the report.")}


def _refuse(errors: dict[str, str]) -> None:
    found: Collection[str] = errors.values()
    if found:
        raise InvalidInput(next(iter(found)), errors=errors)
