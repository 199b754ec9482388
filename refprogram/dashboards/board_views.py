"""The dashboards of the program, of sales, of juries and of support."""

from collections.abc import Collection
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from refprogram.dashboards import boards, desk, figures, jury, sales, support
from refprogram.dashboards.choosing import Board
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics import kept, shown
from refprogram.dashboards.quarter import lines_for
from refprogram.kernel.replica import from_replica
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

PROGRAM_PAGE, SALES_PAGE = "dashboards:program", "dashboards:sales"
PROGRAM: Final = (
    (
        "requests",
        _("How requests are answered"),
        (
            *("fill_rate", "turnaround", "first_response", "on_time"),
            *("acceptance", "deflection", "shadow_rate", "again"),
        ),
    ),
    (
        "pool",
        _("Who can speak"),
        (
            *("coverage", "strain", "bench_depth", "free"),
            *("freshness", "idle_pool", "concentration", "fatigue"),
        ),
    ),
    (
        "nominations",
        _("Who brings more of them"),
        ("nomination_to_active", "approval_rate", "days_to_active", "quota_attainment"),
    ),
    (
        "content",
        _("What is shown, and what it costs"),
        ("content_yield", "consent_health", "cost_per_used", "payout_per_enrolled"),
    ),
)
SALES: Final = ("revenue", "pipeline", "answered", "days")


def program_parts(about: Collection[str] = ()) -> list[tuple[Any, tuple[str, ...]]]:
    """Return the parts of the program's dashboard with their metrics; all of them where none is named."""
    return [(name, keys) for key, name, keys in PROGRAM if not about or key in about]


@permission_required("dashboards.see_metrics")
@require_GET
def program(request: MemberRequest) -> HttpResponse:
    """`/dashboards/program/?on=&about=`: for who runs the program: queues, and the metrics of the work."""
    board = Board(request, PROGRAM_PAGE, [(key, name) for key, name, _keys in PROGRAM])
    dialog = board.part()
    if dialog is not None:
        return dialog
    parts = program_parts(board.about)
    counted = kept.counted(on=board.on, metrics=[key for _name, keys in parts for key in keys])
    goals = figures.targets_for(request.user)
    runs_it = request.user.has_perm("dashboards.set_targets")
    context = {
        "tabs": boards.tabs_for(request.user, PROGRAM_PAGE),
        "board": board,
        "as_of": shown.as_of_words(counted.counting),
        "queues": desk.queues(request.user) if runs_it and not board.chips else [],
        "groups": [(name, shown.tiles(request.user, counted, keys, goals)) for name, keys in parts],
    }
    return render(request, "dashboards/program.html", context)


@permission_required("dashboards.see_sales")
@require_GET
def sales_board(request: MemberRequest) -> HttpResponse:
    """`/dashboards/sales/?team=`: a team's quarter, colleague by colleague."""
    board = Board(request, SALES_PAGE)
    dialog = board.part()
    if dialog is not None:
        return dialog
    with from_replica() as read_at:
        found = sales.lines_for(request.user, board.team)
        whole = None if board.team else lines_for(request.user)
        context = {
            "tabs": boards.tabs_for(request.user, SALES_PAGE),
            "board": board,
            "as_of": (whole.counted_at if whole else None) or read_at,
            "quarter": Quarter.now(),
            "stats": figures.stats(request.user, SALES, lines=whole.series) if whole else sales.sums_of(found),
            "lines": found,
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
