"""`/capacity/`: how much work is asked of the program, how far its hours reach, and what would change that."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from refprogram.governance.capacity import policy, selectors
from refprogram.governance.capacity.falling import Falling, named
from refprogram.governance.capacity.forms import WhatIfForm
from refprogram.governance.capacity.selectors import Reach
from refprogram.governance.capacity.shortage import NONE
from refprogram.governance.capacity.staff import Staff, staff_in
from refprogram.governance.capacity.what_if import Outcome, work_out
from refprogram.governance.charter import policy as charter_policy
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

BEFORE: Final = 2
DRAWN: Final = 3  # kinds of work that the picture tells apart; the rest is one
ASKED: Final = ("count", "people", "weekly")  # what makes it a question


@dataclass(frozen=True)
class Answer:
    """What a change would do, as the page tells it."""

    outcome: Outcome
    called: str
    days: Decimal
    falls: list[Falling]
    fits: list[Falling]


@require_safe
@permission_required("governance.see_capacity")
def capacity(request: MemberRequest) -> HttpResponse:
    """Show the hours of two months past, this one, and those to come; and what would be if something were otherwise."""
    today = timezone.localdate()
    coming = selectors.months_to_come(today)
    months = selectors.months_around(today, before=BEFORE, after=len(coming) - 1)
    staff = staff_in(months, newcomer=True)
    reach = selectors.reach(months, staff)
    asked = any(request.GET.get(name, "").strip() for name in ASKED)
    form = WhatIfForm(request.GET if asked else None, kinds=selectors.kinds_lately(today), months=coming)
    right = asked and form.is_valid()
    context = {
        "reach": reach,
        "ahead": reach.ahead(coming[0]),
        "rows": list(zip(reach.grid.months, reach.available, reach.shares, strict=True)),
        "now": coming[0],
        "form": form,
        "asked": asked,
        "answer": _answer(request, form, coming, staff) if right else None,
        "weekly": policy.now().weekly_hours,
        "threshold": policy.now().alert_percent,
        "may_set": request.user.has_perm("kernel.edit_program_settings"),
        **_picture(reach),
    }
    return render(request, "governance/capacity/capacity.html", context, status=422 if asked and not right else 200)


def _answer(request: MemberRequest, form: WhatIfForm, months: list[dt.date], staff: Staff) -> Answer:
    outcome = work_out(form.change(), months, staff, selectors.wanted_by_month(months))
    known = named([*outcome.falls, *outcome.fits], request.user)
    falls = len(outcome.falls)
    days = outcome.change.cost / charter_policy.now().day_hours
    return Answer(outcome, form.called, days, known[:falls], known[falls:])


def _picture(reach: Reach) -> dict[str, Any]:
    """Return the picture: hours asked for by kind, month by month, against the hours that there are."""
    lines, grid = reach.grid.lines, reach.grid
    shown, rest = lines[:DRAWN], lines[DRAWN:]
    heads = [(_("Month"), ""), *((line.name, "") for line in shown)]
    heads += [(_("Other work"), "")] if rest else []
    rows = []
    for at, month in enumerate(grid.months):
        drawn = [line.hours[at] for line in shown]
        drawn += [sum((line.hours[at] for line in rest), NONE)] if rest else []
        rows.append([date_format(month, "M Y"), *drawn, reach.available[at]])
    return {"picture_heads": [*heads, (_("Hours we have"), "target")], "picture": rows}
