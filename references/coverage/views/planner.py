"""The bench planner: what the pipeline will ask for by segment and month, and targets for what is missing."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from references.accounts import clock
from references.accounts.enums import Stage
from references.accounts.segment_names import Names
from references.accounts.segments import Dimension, written
from references.coverage import charts, forecasts, policy, selectors, services
from references.coverage.planning import OF_A_DEAL
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


def _dimension(request: MemberRequest) -> Dimension:
    name = request.GET.get("by", "")
    return Dimension(name) if name in OF_A_DEAL else Dimension.INDUSTRY


@require_safe
@permission_required("references.see_coverage")
def planner(request: MemberRequest) -> HttpResponse:
    """Show the forecast by segment with its range, the bench, and what is missing month by month."""
    by = _dimension(request)
    forecast = selectors.newest_forecast()
    if forecast is None:
        return render(request, "references/coverage/planner_empty.html", {"may_edit": _may(request)})
    names = Names()
    rows = forecasts.rows(forecast, by, names)
    total = forecasts.total(rows)
    days = [forecast.made_on + policy.HORIZON / policy.BLOCKS * (n + 1) for n in range(policy.BLOCKS)]
    context = {
        "forecast": forecast,
        "by": by,
        "dimensions": [(one, one.label) for one in OF_A_DEAL],
        "rows": rows,
        "total": total,
        "days": days,
        "chart": charts.shortfalls([(rp.day(day), *month[:2]) for day, month in zip(days, total.months, strict=True)]),
        "short": sum(1 for row in rows if row.wanted),
        "hours": forecasts.hours(forecast),
        "rates": forecasts.rates(forecast, names, dict(Stage.choices)),
        "left_out": forecasts.left_out(forecast),
        "figures": policy.now(),
        "may_edit": _may(request),
        "fresh": selectors.freshness(),
    }
    return render(request, "references/coverage/planner.html", context)


def _may(request: MemberRequest) -> bool:
    return request.user.has_perm("references.run_coverage")


@require_http_methods(["GET", "POST"])
@permission_required("references.run_coverage")
def planner_targets(request: MemberRequest) -> HttpResponse:
    """Show the targets that would fill the shortfalls; set the chosen ones."""
    by = _dimension(request)
    forecast = selectors.newest_forecast()
    names = Names()
    rows = [row for row in forecasts.rows(forecast, by, names) if row.wanted] if forecast else []
    taken = selectors.open_cells()
    lines = [(row, written({by.value: row.value}), {by.value: row.value} in taken) for row in rows]
    due = clock.today() + policy.now().target_time
    if request.method == "POST":
        return _set(request, [(row, key) for row, key, open_already in lines if not open_already], by, due)
    context = {"lines": lines, "by": by, "due_on": due, "free": any(not taken for _row, _key, taken in lines)}
    return render(request, "references/coverage/planner_targets.html", context)


def _set(request: MemberRequest, lines: list[tuple[Any, str]], by: Dimension, due: dt.date) -> HttpResponse:
    chosen = set(request.POST.getlist("cell"))
    wishes = [(row.name, {by.value: row.value}, row.wanted) for row, key in lines if key in chosen]
    if not wishes:
        messages.warning(request, _("Choose at least one segment."))
        return redirect(f"{reverse('references:planner-targets')}?by={by.value}")
    made = services.open_many(
        wishes=wishes, due_on=due, reason=_("Requests expected from the open pipeline"), actor=request.user
    )
    messages.success(request, ngettext("%(n)d target is set.", "%(n)d targets are set.", made) % {"n": made})
    return redirect("references:recruiting")
