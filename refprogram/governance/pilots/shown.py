"""What the page of a pilot shows, and to whom: how far it is, what may be done now, and what is missing before."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.governance.pilots import selectors, things
from refprogram.governance.pilots.enums import BEFORE, DECISIONS, REACHING, Answer, PilotKind, PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult
from refprogram.governance.pilots.states import ANSWERS, ICONS, KINDS, STATES
from refprogram.kernel.tables import Pill
from refprogram.people.models import User

P = PilotState
WAY = (
    (P.DRAFT, gettext_lazy("Planned")),
    (P.CONSULTING, gettext_lazy("Sales agrees")),
    (P.READY, gettext_lazy("Ready")),
    (P.RUNNING, gettext_lazy("Running")),
    (P.ENDED, gettext_lazy("Decided")),
)


@dataclass(frozen=True)
class Said:
    """What sales was asked, and said."""

    row: PilotConsult
    pill: Pill
    present: bool  # about the pilot as it reads now
    waits: bool  # its condition waits to be ticked as met


def page(row: Pilot, viewer: User) -> dict[str, Any]:
    """Return what the page shows but for log and timeline. Reads nothing that the row did not bring, but its thing."""
    thing = things.find(row.kind, row.thing)
    runs, state = viewer.has_perm("governance.run_pilot", row), PilotState(row.state)
    present = selectors.present(row)
    criteria = list(row.criteria.all())
    needs_sales = (row.touches_customers or bool(present)) and not selectors.blessed(present)
    return {
        "row": row,
        "pill": STATES[state],
        "kind": KINDS[PilotKind(row.kind)],
        "icon": ICONS[PilotKind(row.kind)],
        "thing": thing,
        "steps": _steps(row, present),
        "people": [member.user for member in row.members.all()],
        "criteria": criteria,
        "judged": sum(one.met is not None for one in criteria),
        "met": sum(one.met is True for one in criteria),
        "said": [_said(one, row) for one in row.consults.all()],
        "missing": _missing(row, criteria, needs_sales=needs_sales) if runs and state in BEFORE else [],
        "needs_sales": needs_sales,
        "may_change": runs and state in BEFORE,
        "may_ask": runs and state in (P.DRAFT, P.CONSULTING) and bool(criteria),
        "may_settle": runs and state in (P.DRAFT, P.CONSULTING) and bool(criteria) and not needs_sales,
        "may_begin": runs and state == P.READY,
        "may_judge": runs and state in REACHING,
        "may_decide": viewer.has_perm("governance.decide_pilot", row) and state in REACHING,
        "may_write": viewer.has_perm("governance.write_pilot_log", row) and state in (P.READY, *REACHING),
        "may_answer": state == P.CONSULTING
        and any(one.asked_id == viewer.pk and one.answered_at is None for one in present),
        "decided": state in DECISIONS,
    }


def _steps(row: Pilot, present: list[PilotConsult]) -> list[dict[str, str]]:
    """Return the way of a pilot; without the word of sales where nobody has to ask for it."""
    state = P.ENDED if row.state in DECISIONS else PilotState(row.state)
    way = [(one, words) for one, words in WAY if one != P.CONSULTING or row.touches_customers or present]
    places = [one for one, _words in way]
    if state not in places:
        return []
    at = places.index(state)
    over = row.state in DECISIONS
    return [
        {"text": str(words), "state": "done" if place < at or over else "now" if place == at else ""}
        for place, (_one, words) in enumerate(way)
    ]


def _said(one: PilotConsult, row: Pilot) -> Said:
    present = one.version == row.version
    if one.answered_at is None:
        open_still = present and row.state == P.CONSULTING
        pill = Pill(_("asked"), "wait") if open_still else Pill(_("not needed any more"), "rest")
    else:
        pill = ANSWERS[Answer(one.answer)]
    waits = present and one.answer == Answer.YES_IF and one.met_at is None and row.state == P.CONSULTING
    return Said(one, pill, present, waits)


def _missing(row: Pilot, criteria: list[Any], *, needs_sales: bool) -> list[str]:
    """Return what is to be done before it can begin, in the order in which it is done."""
    missing = []
    if not criteria:
        missing.append(_("Say by what it is judged: add at least one exit criterion."))
    if needs_sales and row.state == P.DRAFT:
        missing.append(_("It touches customers: ask sales before it begins."))
    elif needs_sales:
        missing.append(_("Sales is asked: it begins when they agree, and when what they want first is so."))
    return missing
