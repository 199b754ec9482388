"""The dashboards of the program, of sales, of juries and of support."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from refprogram.dashboards import boards, desk, figures, jury, sales, support
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics import kept, shown
from refprogram.kernel.replica import from_replica
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

PROGRAM: Final = (
    (
        _("How requests are answered"),
        (
            *("fill_rate", "turnaround", "first_response", "on_time"),
            *("acceptance", "deflection", "shadow_rate", "again"),
        ),
    ),
    (
        _("Who can speak"),
        (
            *("coverage", "strain", "bench_depth", "free"),
            *("freshness", "idle_pool", "concentration", "references"),
        ),
    ),
    (
        _("Who brings more of them"),
        ("nomination_to_active", "approval_rate", "days_to_active", "quota_attainment"),
    ),
)
SALES: Final = ("revenue", "pipeline", "answered", "days")


@permission_required("dashboards.see_metrics")
@require_GET
def program(request: MemberRequest) -> HttpResponse:
    """`/dashboards/program/`: for who runs the program: queues, and the metrics of the work."""
    keys = [key for _name, names in PROGRAM for key in names]
    counted = kept.counted(metrics=keys)
    goals = figures.targets_for(request.user)
    context = {
        "tabs": boards.tabs_for(request.user, "dashboards:program"),
        "as_of": shown.as_of_words(counted.counting),
        "queues": desk.queues(request.user) if request.user.has_perm("dashboards.set_targets") else [],
        "groups": [(name, shown.tiles(request.user, counted, names, goals)) for name, names in PROGRAM],
    }
    return render(request, "dashboards/program.html", context)


@permission_required("dashboards.see_sales")
@require_GET
def sales_board(request: MemberRequest) -> HttpResponse:
    """`/dashboards/sales/`: a team's quarter, colleague by colleague."""
    with from_replica() as as_of:
        context = {
            "tabs": boards.tabs_for(request.user, "dashboards:sales"),
            "as_of": as_of,
            "quarter": Quarter.now(),
            "stats": figures.stats(request.user, SALES),
            "lines": sales.lines_for(request.user),
        }
    return render(request, "dashboards/sales.html", context)


@permission_required("dashboards.see_jury")
@require_GET
def jury_board(request: MemberRequest) -> HttpResponse:
    """`/dashboards/jury/`: how far judging is."""
    context = {
        "tabs": boards.tabs_for(request.user, "dashboards:jury"),
        "contests": jury.judging_for(request.user),
    }
    return render(request, "dashboards/jury.html", context)


@permission_required("dashboards.see_support")
@require_GET
def support_board(request: MemberRequest) -> HttpResponse:
    """`/dashboards/support/`: the customers whom one cares for."""
    context = {
        "tabs": boards.tabs_for(request.user, "dashboards:support"),
        "care": support.care_of(request.user),
    }
    return render(request, "dashboards/support.html", context)
